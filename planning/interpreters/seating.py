"""Seats interpreters one after another, in moments and without a solver.

Parts go first for which the fewest can be found. Of those who are free, and whom no rule that must
hold keeps out, whoever takes most of what nobody in the team takes yet gets the next seat.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from planning.interpreters import rules
from planning.interpreters.account import beyond_hours
from planning.interpreters.compiled import BOTH, Compiled, Shift
from planning.interpreters.problem import Duty


class Seating:
    """Who sits where so far."""

    def __init__(self, c: Compiled) -> None:
        self.c = c
        self.teams: list[list[tuple[int, int]]] = [[] for _ in c.shifts]  # (booth, interpreter)
        self.own: list[list[Shift]] = [[] for _ in c.people]

    def obstacle(self, i: int, n: int) -> str | None:
        """The rule that keeps an interpreter who could work in a shift out of it."""
        c, shift = self.c, self.c.shifts[n]
        if c.hard(rules.AWAY) and c.away(i, shift):
            return rules.GONE
        if self.at_once(i, n):
            return rules.BUSY
        same_day = [held for held in self.own[i] if held.day == shift.day]
        for rule in beyond_hours(c, [*same_day, shift]):
            if c.hard(rule):
                return rule
        return None

    def at_once(self, i: int, n: int) -> list[Shift]:
        """The duties that an interpreter has at the time of a shift."""
        shift = self.c.shifts[n]
        return [s for s in self.own[i] if s.start < shift.end and shift.start < s.end]

    def seat(self, i: int, n: int, b: int) -> None:
        """Give a duty."""
        self.teams[n].append((b, i))
        self.own[i].append(self.c.shifts[n])

    def is_in(self, i: int, n: int) -> bool:
        """Whether an interpreter is in the team of a shift."""
        return any(held == i for _, held in self.teams[n])

    def duties(self) -> tuple[Duty, ...]:
        """By session, part, booth and interpreter in their order."""
        return tuple(
            Duty(shift.session.id, shift.part, shift.booths[b][0], self.c.people[i].id)
            for n, shift in enumerate(self.c.shifts)
            for b, i in sorted(self.teams[n])
        )


def seat(
    c: Compiled, previous: Sequence[Duty] = (), locked: Iterable[tuple[str, int]] = ()
) -> Seating:
    """Everybody seated who can be: what is locked as it was, then what stood before, then the
    rest."""
    seating = Seating(c)
    fixed = set(locked)
    _seat_again(seating, [duty for duty in previous if (duty.session, duty.part) in fixed])
    _seat_again(seating, [duty for duty in previous if (duty.session, duty.part) not in fixed])
    able = [
        sum(c.fits(i, shift) and not c.away(i, shift) for i in range(len(c.people)))
        for shift in c.shifts
    ]
    order = sorted(range(len(c.shifts)), key=lambda n: (able[n] - c.shifts[n].needed, n))
    for n in order:
        if c.shifts[n].key not in fixed:
            _fill(seating, n)
    return seating


def _seat_again(seating: Seating, duties: Sequence[Duty]) -> None:
    """What can still be as it was."""
    c = seating.c
    shifts = {shift.key: n for n, shift in enumerate(c.shifts)}
    people = {person.id: i for i, person in enumerate(c.people)}
    for duty in duties:
        n, i = shifts.get((duty.session, duty.part)), people.get(duty.interpreter)
        if n is None or i is None or seating.obstacle(i, n):
            continue
        for b, (name, targets) in enumerate(c.shifts[n].booths):
            if name == duty.booth and c.can_sit(i, c.shifts[n], targets):
                seating.seat(i, n, b)


def _fill(seating: Seating, n: int) -> None:
    """Seat one after another until the team is whole and all that is spoken is heard."""
    c, shift = seating.c, seating.c.shifts[n]
    while True:
        sizes = [sum(b == booth for b, _ in seating.teams[n]) for booth in range(len(shift.booths))]
        short = {b for b, size in enumerate(sizes) if size < shift.booth}
        whole = not short and sum(sizes) >= shift.needed
        taken = _taken(seating, n)
        choices = []
        for i in range(len(c.people)):
            if not c.fits(i, shift) or seating.obstacle(i, n):
                continue
            for b, (_, targets) in enumerate(shift.booths):
                if not c.can_sit(i, shift, targets) or (short and b not in short):
                    continue
                gain = _gain(seating, i, n, targets, taken)
                if not whole or gain >= _FIRST:
                    choices.append((-gain, *_dislike(seating, i, n, b), b, i))
        if not choices:
            return
        *_, b, i = min(choices)
        seating.seat(i, n, b)


_FIRST = 100  # of one who takes what nobody in the team does


def _taken(seating: Seating, n: int) -> dict[tuple[str, str], int]:
    """How many take each language of the floor into each that is heard."""
    c, shift = seating.c, seating.c.shifts[n]
    return {
        (source, target): sum(
            target in shift.booths[b][1] and c.takes(i, source, target) for b, i in seating.teams[n]
        )
        for source in shift.session.floor
        for target in shift.session.heard
        if source != target
    }


def _gain(
    seating: Seating,
    i: int,
    n: int,
    targets: Sequence[str],
    taken: dict[tuple[str, str], int],
) -> int:
    """How much the team lacks what an interpreter would take in a booth: directly, or on relay."""
    c, heard = seating.c, seating.c.shifts[n].session.heard
    gain = 0
    for (source, target), count in taken.items():
        if target not in targets:
            continue
        if c.takes(i, source, target):
            gain += _FIRST if not count else 2 if count == 1 else 0
        elif not count:
            gain += any(c.takes(i, pivot, target) for pivot in heard if pivot != source)
    return gain


def _dislike(seating: Seating, i: int, n: int, b: int) -> tuple[int, ...]:
    """What speaks against an interpreter in a booth, the gravest first."""
    c, shift = seating.c, seating.c.shifts[n]
    name, targets = shift.booths[b]
    return (
        int(c.away(i, shift)),
        int(shift.part > 0 and not seating.is_in(i, n - 1)),
        int(name != BOTH and targets[0] in c.people[i].b),
        sum(held.minutes for held in seating.own[i]),
        c.people[i].fee,
    )
