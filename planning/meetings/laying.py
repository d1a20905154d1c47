"""Lays the meetings of a day one after another, in moments and without a solver.

Those that must be held go first, always the one with the fewest slots left, into the slot that
others want least; one that finds none has those who are in its way moved, where they can be. What
need not be held follows where it fits, the most valuable first. Fairness is not kept.
"""

from __future__ import annotations

from collections.abc import Iterable

from planning.meetings.compiled import Day
from planning.meetings.places import Draft
from planning.meetings.standing import Obstacle, Standing
from planning.meetings.windows import windows


def lay(day: Day) -> Draft:
    """A draft that keeps every rule, except that some meetings that must be held may be missing
    and idle breaks may not be fair."""
    standing = Standing(day)
    must = [
        meeting
        for meeting, given in enumerate(day.meetings)
        if given.required or meeting in day.locked
    ]
    _lay_fewest_first(standing, must)
    for meeting in must:
        if meeting not in standing.slots and not _put(standing, meeting):
            _make_room(standing, meeting)
    if day.problem.fairness is None:  # what need not be held would only make breaks less fair
        _lay_what_fits(standing)
    return standing.draft()


def _lay_fewest_first(standing: Standing, must: Iterable[int]) -> None:
    day = standing.day
    narrowed = windows(day)
    left = {meeting: set(narrowed[meeting]) for meeting in must}
    while left:
        meeting = min(left, key=lambda each: (len(left[each]), each))
        open_to_it = left.pop(meeting)
        near = [other for person in day.ends[meeting] for other in day.of[person] if other in left]
        before = day.previous.get(meeting)
        wanted = {
            slot: (slot != before, sum(slot in left[other] for other in near), slot)
            for slot in open_to_it
            if standing.obstacle(meeting, slot) is None
        }
        if not wanted:
            continue
        slot = min(wanted, key=lambda each: wanted[each])
        _hold(standing, meeting, slot)
        for other in left if standing.is_full(slot) else near:
            left.get(other, set()).discard(slot)


def _lay_what_fits(standing: Standing) -> None:
    day = standing.day
    free = [
        meeting
        for meeting, given in enumerate(day.meetings)
        if not given.required and meeting not in standing.slots
    ]
    for meeting in sorted(free, key=lambda each: (-day.meetings[each].value, each)):
        _put(standing, meeting, worthwhile=True)


def _hold(standing: Standing, meeting: int, slot: int) -> None:
    service = standing.service(meeting, slot)
    if service is None:
        raise AssertionError("held where nobody is left to interpret")
    standing.hold(meeting, slot, service)


def _put(standing: Standing, meeting: int, *, worthwhile: bool = False) -> bool:
    """Hold it in the first slot that is free for it, preferably that of the previous plan;
    worthwhile: only where that is worth something. Whether it is held."""
    day = standing.day
    before = day.previous.get(meeting)
    for slot in sorted(day.domain[meeting], key=lambda each: (each != before, each)):
        service = standing.service(meeting, slot)
        if service is None or (worthwhile and day.worth(meeting, service) <= 0):
            continue
        if standing.obstacle(meeting, slot) is None:
            standing.hold(meeting, slot, service)
            return True
    return False


def _make_room(standing: Standing, meeting: int) -> None:
    """Move who is in its way elsewhere, if all of them can be."""
    for slot in standing.day.domain[meeting]:
        obstacle = standing.obstacle(meeting, slot)
        if obstacle is None or obstacle.what == "most":
            continue
        for movable in _in_the_way(standing, meeting, slot, obstacle):
            if _moved(standing, meeting, slot, movable):
                return


def _in_the_way(
    standing: Standing, meeting: int, slot: int, obstacle: Obstacle
) -> list[tuple[int, ...]]:
    """Sets of meetings without which the slot might do."""
    if obstacle.what == "met":
        ends = standing.day.ends[meeting]
        there = [standing.taken[each, slot] for each in ends if (each, slot) in standing.taken]
        return [tuple(dict.fromkeys(there))]
    if obstacle.what == "order":
        return [tuple(each for each in obstacle.subject if each != meeting)]
    return [(each,) for each in standing.in_slot(slot)]


def _moved(standing: Standing, meeting: int, slot: int, movable: tuple[int, ...]) -> bool:
    """Hold the meeting in the slot and the others elsewhere; all as it was where that fails."""
    was = {each: (standing.slots[each], standing.service_of(each)) for each in movable}
    for each in movable:
        standing.release(each)
    if standing.obstacle(meeting, slot) is None:
        _hold(standing, meeting, slot)
        if all(_put(standing, each) for each in movable):
            return True
        standing.release(meeting)
        for each in movable:
            if each in standing.slots:
                standing.release(each)
    for each, (at, service) in was.items():
        standing.hold(each, at, service)
    return False
