"""Judges a plan of meetings from the problem alone. Shares no code with the models."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from planning.meetings.problem import Interpreters, Meeting, Place, Problem
from planning.results import Cost, Goal, Lock, Move, Plan, Reason, Verdict


def judge(
    problem: Problem,
    plan: Plan,
    previous: Plan | None = None,
    locks: Sequence[Lock] = (),
) -> Verdict:
    """Every rule broken, and value, moves, idle breaks and costs counted again.

    The goals of a verdict hold the counted value as their bound too: a check proves no bounds.
    """
    meetings = {meeting.id: meeting for meeting in problem.meetings}
    meetings.update(_wished(problem))
    broken = list(_unknown(problem, plan, meetings))
    if broken:
        return Verdict(tuple(broken))
    held: dict[str, Place] = {}
    for place in plan.assignments:
        if place.meeting in held:
            broken.append(Reason.of("twice", meeting=place.meeting))
        held[place.meeting] = place
    breaks = _idle_breaks(problem, meetings, held)
    broken.extend(_people(problem, meetings, held))
    broken.extend(_meetings(problem, meetings, held))
    broken.extend(_tables(problem, held))
    broken.extend(_interpreting(problem, meetings, held))
    broken.extend(_fairness(problem, breaks))
    broken.extend(_locks(held, previous, locks))
    moves = tuple(_moves(held, previous))
    return Verdict(
        tuple(broken),
        _costs(problem, meetings, held, breaks, previous),
        _goals(problem, meetings, held, breaks, None if previous is None else len(moves)),
        moves,
    )


def _wished(problem: Problem) -> dict[str, Meeting]:
    """Meetings that may be held because both wish for them."""
    weights: dict[tuple[str, str], int] = {}
    for wish in problem.wishes:
        weights[wish.by, wish.of] = weights.get((wish.by, wish.of), 0) + wish.weight
    agreed = {frozenset((meeting.a, meeting.b)) for meeting in problem.meetings}
    banned = {frozenset((pair.a, pair.b)) for pair in problem.forbidden}
    found = {}
    for position, a in enumerate(problem.participants):
        for b in problem.participants[position + 1 :]:
            pair = frozenset((a.id, b.id))
            if (a.id, b.id) not in weights or (b.id, a.id) not in weights:
                continue
            if pair in agreed or pair in banned:
                continue
            worth = weights[a.id, b.id] * a.priority + weights[b.id, a.id] * b.priority
            name = f"{a.id}+{b.id}"
            found[name] = Meeting(name, a.id, b.id, required=False, value=worth)
    return found


def _unknown(problem: Problem, plan: Plan, meetings: dict[str, Meeting]) -> Iterator[Reason]:
    slots = {slot.id for slot in problem.slots}
    tables = {table.id for table in problem.tables}
    groups = {group.id for group in problem.interpreters}
    for place in plan.assignments:
        if place.meeting not in meetings:
            yield Reason.of("unknown", what="meeting", name=place.meeting)
        if place.slot not in slots:
            yield Reason.of("unknown", what="slot", name=place.slot)
        if place.table not in tables:
            yield Reason.of("unknown", what="table", name=place.table)
        for group in place.interpreters:
            if group not in groups:
                yield Reason.of("unknown", what="interpreters", name=group)


def _people(
    problem: Problem, meetings: dict[str, Meeting], held: dict[str, Place]
) -> Iterator[Reason]:
    slots_of: dict[str, list[str]] = defaultdict(list)
    for place in held.values():
        for end in (meetings[place.meeting].a, meetings[place.meeting].b):
            slots_of[end].append(place.slot)
    for person in problem.participants:
        mine = Counter(slots_of[person.id])
        missed = tuple(
            slot.id for slot in problem.slots if mine[slot.id] and slot.id in person.absent
        )
        if missed:
            yield Reason.of("absent", person=person.id, slots=missed)
        for slot, count in mine.items():
            if count > 1:
                at_once = tuple(
                    place.meeting
                    for place in held.values()
                    if place.slot == slot
                    and person.id in (meetings[place.meeting].a, meetings[place.meeting].b)
                )
                yield Reason.of("busy", person=person.id, meetings=at_once, slot=slot)
        if person.most is not None and len(slots_of[person.id]) > person.most:
            yield Reason.of("most", person=person.id, most=person.most)
    for pair in problem.forbidden:
        if any({meetings[name].a, meetings[name].b} == {pair.a, pair.b} for name in held):
            yield Reason.of("forbidden", a=pair.a, b=pair.b)


def _meetings(
    problem: Problem, meetings: dict[str, Meeting], held: dict[str, Place]
) -> Iterator[Reason]:
    order = {slot.id: index for index, slot in enumerate(problem.slots)}
    session = {slot.id: slot.session for slot in problem.slots}
    for meeting in meetings.values():
        if meeting.id not in held:
            if meeting.required:
                yield Reason.of("required", meeting=meeting.id, a=meeting.a, b=meeting.b)
            continue
        slot = held[meeting.id].slot
        if meeting.session and session[slot] != meeting.session:
            yield Reason.of("session", meeting=meeting.id, session=meeting.session)
        if meeting.slots and slot not in meeting.slots:
            yield Reason.of("slots", meeting=meeting.id, slots=meeting.slots)
        if meeting.pinned and slot != meeting.pinned:
            yield Reason.of("pinned", meeting=meeting.id, slot=meeting.pinned)
    for each in problem.precedences:
        if (
            each.before in held
            and each.after in held
            and order[held[each.before].slot] >= order[held[each.after].slot]
        ):
            yield Reason.of("precedence", before=each.before, after=each.after)


def _tables(problem: Problem, held: dict[str, Place]) -> Iterator[Reason]:
    closed = {(table.id, slot) for table in problem.tables for slot in table.closed}
    taken = set()
    for place in held.values():
        if (place.table, place.slot) in closed:
            yield Reason.of("closed", table=place.table, slot=place.slot)
        if (place.table, place.slot) in taken:
            there = tuple(
                each.meeting
                for each in held.values()
                if (each.table, each.slot) == (place.table, place.slot)
            )
            yield Reason.of("table", table=place.table, meetings=there, slot=place.slot)
        taken.add((place.table, place.slot))


def _interpreting(
    problem: Problem, meetings: dict[str, Meeting], held: dict[str, Place]
) -> Iterator[Reason]:
    speaks = {person.id: set(person.languages) for person in problem.participants}
    groups = {group.id: group for group in problem.interpreters}
    serving: Counter[tuple[str, str]] = Counter()
    for place in held.values():
        a, b = meetings[place.meeting].a, meetings[place.meeting].b
        for name in place.interpreters:
            serving[name, place.slot] += 1
        if not _understand(speaks[a], speaks[b], [groups[name] for name in place.interpreters]):
            yield Reason.of("language", a=a, b=b, interpreters=place.interpreters)
    for group in problem.interpreters:
        for slot in problem.slots:
            there = 0 if slot.id in group.absent else group.count
            if serving[group.id, slot.id] > there:
                yield Reason.of("interpreters", group=group.id, count=there, slot=slot.id)


def _understand(a: set[str], b: set[str], chain: list[Interpreters]) -> bool:
    """Whether people who speak a and b understand each other through the chain, of which every
    link is needed."""
    if not a or not b or a & b:
        return not chain
    if not chain or len(chain) > 2:
        return False
    reached = set(a)
    for group in chain:
        if not reached & set(group.languages):
            return False
        reached = set(group.languages) - reached
    return bool(reached & b)


def _idle_breaks(
    problem: Problem, meetings: dict[str, Meeting], held: dict[str, Place]
) -> dict[str, int]:
    found = {}
    for person in problem.participants:
        mine = {
            place.slot
            for place in held.values()
            if person.id in (meetings[place.meeting].a, meetings[place.meeting].b)
        }
        row = "".join("x" if slot.id in mine else "." for slot in problem.slots)
        found[person.id] = len([run for run in row.split(".") if run]) - 1 if mine else 0
    return found


def _fairness(problem: Problem, breaks: dict[str, int]) -> Iterator[Reason]:
    if problem.fairness is None or not breaks:
        return
    fewest = min(breaks, key=lambda name: breaks[name])
    for person, count in breaks.items():
        if count - breaks[fewest] > problem.fairness:
            yield Reason.of(
                "uneven", person=person, breaks=count, other=fewest, fewest=breaks[fewest]
            )


def _locks(
    held: dict[str, Place], previous: Plan | None, locks: Sequence[Lock]
) -> Iterator[Reason]:
    before = {} if previous is None else {place.meeting: place for place in previous.assignments}
    for lock in locks:
        if lock.item and lock.item in before:
            now = held.get(lock.item)
            if now is None or now.slot != before[lock.item].slot:
                yield Reason.of("lock", meeting=lock.item, slot=before[lock.item].slot)
        if lock.slot:
            then = {name for name, place in before.items() if place.slot == lock.slot}
            if then != {name for name, place in held.items() if place.slot == lock.slot}:
                yield Reason.of("locked_slot", slot=lock.slot)


def _moves(held: dict[str, Place], previous: Plan | None) -> Iterator[Move]:
    for place in () if previous is None else previous.assignments:
        now = held.get(place.meeting)
        if now is None or now.slot != place.slot:
            yield Move(place.meeting, place, now)


def _costs(
    problem: Problem,
    meetings: dict[str, Meeting],
    held: dict[str, Place],
    breaks: dict[str, int],
    previous: Plan | None,
) -> tuple[Cost, ...]:
    idle = sum(breaks.values())
    direct = sum(len(place.interpreters) == 1 for place in held.values())
    relay = sum(len(place.interpreters) == 2 for place in held.values())
    left_out = [meeting for name, meeting in meetings.items() if name not in held]
    before = {} if previous is None else {place.meeting: place for place in previous.assignments}
    tables = sum(
        name in before and before[name].slot == place.slot and before[name].table != place.table
        for name, place in held.items()
    )
    return (
        Cost("not_held", len(left_out), sum(meeting.value for meeting in left_out)),
        Cost("direct", direct, direct * problem.direct_cost),
        Cost("relay", relay, relay * problem.relay_cost),
        Cost("idle_breaks", idle, idle),
        Cost("other_table", tables, 0),
    )


def _goals(
    problem: Problem,
    meetings: dict[str, Meeting],
    held: dict[str, Place],
    breaks: dict[str, int],
    moves: int | None,
) -> tuple[Goal, ...]:
    costs = (0, problem.direct_cost, problem.relay_cost)
    value = sum(
        meetings[name].value - costs[len(place.interpreters)]
        for name, place in held.items()
        if len(place.interpreters) < len(costs)
    )
    idle = sum(breaks.values())
    goals = [Goal("value", value, value, maximize=True)]
    if moves is not None:
        goals.append(Goal("moves", moves, moves))
    return (*goals, Goal("idle_breaks", idle, idle))
