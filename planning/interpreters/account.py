"""What a plan of interpreters costs, rule by rule, as the model sees it."""

from __future__ import annotations

from collections.abc import Sequence

from planning.interpreters import rules
from planning.interpreters.compiled import BOTH, Compiled, Shift
from planning.interpreters.problem import Duty
from planning.results import Cost, Move

Seats = dict[int, list[tuple[int, int]]]  # shift -> (booth, interpreter)


def account(c: Compiled, duties: Sequence[Duty]) -> tuple[Cost, ...]:
    """One entry per rule that may cost something, in the order of `rules.RULES`."""
    names = {person.id: i for i, person in enumerate(c.people)}
    keys = {shift.key: n for n, shift in enumerate(c.shifts)}
    seats: Seats = {n: [] for n in range(len(c.shifts))}
    for duty in duties:
        n = keys[duty.session, duty.part]
        booth = [name for name, _ in c.shifts[n].booths].index(duty.booth)
        seats[n].append((booth, names[duty.interpreter]))
    counts = dict.fromkeys(rules.RULES, 0)
    for n, shift in enumerate(c.shifts):
        _team(c, shift, seats[n], counts)
        if shift.part:
            before = {i for _, i in seats[n - 1]}
            counts[rules.CONTINUITY] += sum(i not in before for _, i in seats[n])
    totals = []
    for i, person in enumerate(c.people):
        own = [shift for n, shift in enumerate(c.shifts) if any(j == i for _, j in seats[n])]
        _hours(c, i, own, counts)
        if person.fair:
            totals.append(sum(shift.minutes for shift in own))
    counts[rules.FAIR] = max(totals, default=0) - min(totals, default=0)
    return tuple(
        Cost(rule, count, count * (c.cost[rule] or 0))
        for rule, count in counts.items()
        if c.cost[rule] is not None
    )


def _team(c: Compiled, shift: Shift, seats: list[tuple[int, int]], counts: dict[str, int]) -> None:
    sizes = [sum(b == booth for b, _ in seats) for booth in range(len(shift.booths))]
    short = sum(max(0, shift.booth - size) for size in sizes)
    counts[rules.TEAM] += max(short, shift.needed - len(seats))
    for b, i in seats:
        name, targets = shift.booths[b]
        counts[rules.INTO_B] += name != BOTH and targets[0] in c.people[i].b

    def able(source: str, target: str) -> list[int]:
        return [i for b, i in seats if target in shift.booths[b][1] and c.takes(i, source, target)]

    heard = shift.session.heard
    one_booth = shift.booths[0][0] == BOTH
    for source in shift.session.floor:
        others = [target for target in heard if target != source]
        who = {i for target in others for i in able(source, target)}
        relays = 0
        for target in others:
            if able(source, target):
                continue
            if not one_booth and any(
                able(source, pivot) and able(pivot, target) for pivot in others if pivot != target
            ):
                relays += 1
            else:
                counts[rules.DIRECTION] += 1
        counts[rules.RELAY] += relays
        if relays:
            counts[rules.PIVOTS] += max(0, c.problem.standard.pivots - len(who))
        counts[rules.SOLE] += shift.needed > 1 and len(who) == 1


def _hours(c: Compiled, i: int, own: list[Shift], counts: dict[str, int]) -> None:
    counts[rules.AWAY] += sum(c.away(i, shift) for shift in own)
    for day in c.days:
        shifts = [shift for shift in own if shift.day == day]
        if not shifts:
            continue
        counts[rules.FEE] += c.people[i].fee
        for rule in beyond_hours(c, shifts):
            counts[rule] += 1


def beyond_hours(c: Compiled, shifts: Sequence[Shift]) -> tuple[str, ...]:
    """The rules of working hours that these shifts of one interpreter on one day break."""
    standard = c.problem.standard
    stretches, longest = 0, 0
    begun = last = None
    for shift in sorted(shifts, key=lambda s: s.start):
        if begun is None or last is None or shift.start - last >= standard.rest_minutes:
            stretches, begun = stretches + 1, shift.start
        last = shift.end
        longest = max(longest, last - begun)
    broken = {
        rules.LONG_DAY: sum(shift.minutes for shift in shifts) > standard.day_minutes,
        rules.STRETCHES: stretches > standard.stretches,
        rules.STRETCH: longest > standard.stretch_minutes,
    }
    return tuple(rule for rule, is_broken in broken.items() if is_broken)


def changed_duties(before: set[Duty], now: set[Duty]) -> tuple[Move, ...]:
    """What differs between the duties before and now: each that was dropped or added."""
    changed = sorted(before ^ now, key=lambda d: (d.session, d.part, d.booth, d.interpreter))
    return tuple(
        Move(
            f"{duty.session}/{duty.part + 1}/{duty.interpreter}",
            duty if duty in before else None,
            None if duty in before else duty,
        )
        for duty in changed
    )
