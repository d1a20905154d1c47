"""From slots to a plan: a table and interpreters for each meeting, breaks and costs counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from planning.meetings.compiled import Day, Service
from planning.meetings.problem import Place
from planning.results import Cost, Ended, Goal, Move, Plan


@dataclass(frozen=True)
class Draft:
    """What a search decides: the slot of each meeting held, and in which ways the meetings of each
    class of services are served in each slot."""

    slots: Mapping[int, int]
    served: Mapping[tuple[tuple[Service, ...], int], Sequence[Service]] = field(
        default_factory=dict
    )


def places(day: Day, draft: Draft, previous: Plan | None = None) -> tuple[Place, ...]:
    """A place for each meeting of the draft, in the order of the meetings.

    Who stays in a slot keeps the table where it is still open; the others take free tables in the
    order of the problem.
    """
    names = [slot.id for slot in day.problem.slots]
    before = {place.meeting: place for place in (previous.assignments if previous else ())}
    left = {key: list(services) for key, services in draft.served.items()}
    free = {
        slot: [table.id for table in day.problem.tables if names[slot] not in table.closed]
        for slot in day.slots
    }
    kept: dict[int, str] = {}
    for meeting, slot in draft.slots.items():
        then = before.get(day.meetings[meeting].id)
        if then is not None and then.slot == names[slot] and then.table in free[slot]:
            kept[meeting] = then.table
            free[slot].remove(then.table)
    made = []
    for meeting in sorted(draft.slots):
        slot = draft.slots[meeting]
        services = day.services[meeting]
        service = left[services, slot].pop(0) if services != ((),) else ()
        made.append(
            Place(
                day.meetings[meeting].id,
                names[slot],
                kept[meeting] if meeting in kept else free[slot].pop(0),
                tuple(day.problem.interpreters[group].id for group in service),
            )
        )
    return tuple(made)


@dataclass(frozen=True)
class Count:
    """What a draft comes to."""

    value: int
    moves: int
    idle_breaks: int


def count(day: Day, draft: Draft) -> Count:
    """Value, moves and idle breaks of a draft."""
    value = sum(day.meetings[meeting].value for meeting in draft.slots)
    costs = (0, day.problem.direct_cost, day.problem.relay_cost)
    value -= sum(costs[len(each)] for services in draft.served.values() for each in services)
    moves = sum(draft.slots.get(meeting) != slot for meeting, slot in day.previous.items())
    taken: dict[int, list[int]] = defaultdict(list)
    for meeting, slot in draft.slots.items():
        for person in day.ends[meeting]:
            taken[person].append(slot)
    idle = 0
    for slots in taken.values():
        slots.sort()
        idle += sum(then - first > 1 for first, then in pairwise(slots))
    return Count(value, moves, idle)


@dataclass(frozen=True)
class Bounds:
    """What was proven of each goal; see `planning.results.Goal`."""

    value: int
    moves: int = 0
    idle_breaks: int = 0


def plan_of(
    day: Day,
    draft: Draft,
    bounds: Bounds,
    previous: Plan | None,
    ended: Ended,
    seconds: float,
) -> Plan:
    """The plan that a draft makes."""
    made = places(day, draft, previous)
    counted = count(day, draft)
    before = {place.meeting: place for place in (previous.assignments if previous else ())}
    now = {place.meeting: place for place in made}
    goals = [Goal("value", counted.value, bounds.value, maximize=True)]
    moves: tuple[Move, ...] = ()
    if previous is not None:
        moves = tuple(
            Move(name, place, now.get(name))
            for name, place in before.items()
            if name not in now or now[name].slot != place.slot
        )
        goals.append(Goal("moves", len(moves), bounds.moves))
    goals.append(Goal("idle_breaks", counted.idle_breaks, bounds.idle_breaks))
    return Plan(
        "meetings",
        made,
        _costs(day, made, counted.idle_breaks, before),
        tuple(goals),
        moves,
        ended,
        seconds,
    )


def _costs(
    day: Day, made: Sequence[Place], idle: int, before: Mapping[str, Place]
) -> tuple[Cost, ...]:
    held = {place.meeting for place in made}
    left = [meeting.value for meeting in day.meetings if meeting.id not in held]
    direct = sum(len(place.interpreters) == 1 for place in made)
    relay = sum(len(place.interpreters) == 2 for place in made)
    tables = sum(
        place.meeting in before
        and before[place.meeting].slot == place.slot
        and before[place.meeting].table != place.table
        for place in made
    )
    return (
        Cost("not_held", len(left), sum(left)),
        Cost("direct", direct, direct * day.problem.direct_cost),
        Cost("relay", relay, relay * day.problem.relay_cost),
        Cost("idle_breaks", idle, idle),
        Cost("other_table", tables, 0),
    )
