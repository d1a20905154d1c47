"""A day of meetings by numbers: what every model of it starts from.

Everything is derived in the order of the problem, so that the same problem gives the same model.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from planning.meetings.problem import Meeting, Participant, Problem
from planning.results import Lock, Plan

Service = tuple[int, ...]
"""The groups that interpret for a meeting, by index: none, one, or two for a relay."""


@dataclass(frozen=True)
class Day:
    """A problem by index.

    meetings  agreed ones, then those that both sides wish for
    ends      participants (a, b) of each meeting
    allowed   slots in which each meeting can be by its own rules, without absences and locks
    domain    slots in which it can be at all
    of        meetings of each participant
    present   slots in which each participant is there
    tables    tables that can be used in each slot
    services  ways to interpret for each meeting, cheapest first; ((),) where nobody is needed
    seats     meetings that each group can serve in each slot
    before    (first, then) pairs of meetings
    previous  the slot of each meeting in the previous plan, where it was held
    locked    meetings that must stay in their previous slot
    """

    problem: Problem
    meetings: tuple[Meeting, ...]
    ends: tuple[tuple[int, int], ...]
    allowed: tuple[frozenset[int], ...]
    domain: tuple[tuple[int, ...], ...]
    of: tuple[tuple[int, ...], ...]
    present: tuple[frozenset[int], ...]
    tables: tuple[int, ...]
    services: tuple[tuple[Service, ...], ...]
    seats: tuple[tuple[int, ...], ...]
    before: tuple[tuple[int, int], ...]
    previous: dict[int, int]
    locked: dict[int, int]
    locked_slots: frozenset[int]

    @property
    def slots(self) -> range:
        """All slots."""
        return range(len(self.problem.slots))

    @property
    def people(self) -> range:
        """All participants."""
        return range(len(self.problem.participants))

    def needed(self, person: int) -> tuple[int, ...]:
        """The meetings of a participant that must be held."""
        return tuple(meeting for meeting in self.of[person] if self.meetings[meeting].required)

    def worth(self, meeting: int, service: Service = ()) -> int:
        """Value of holding a meeting with that service."""
        costs = (0, self.problem.direct_cost, self.problem.relay_cost)
        return self.meetings[meeting].value - costs[len(service)]


def compile_day(problem: Problem, previous: Plan | None = None, locks: Sequence[Lock] = ()) -> Day:
    """`problem` by numbers, with what a re-plan keeps."""
    people = {person.id: index for index, person in enumerate(problem.participants)}
    slot_of = {slot.id: index for index, slot in enumerate(problem.slots)}
    meetings = (*problem.meetings, *_wished(problem, people))
    index_of = {meeting.id: index for index, meeting in enumerate(meetings)}
    ends = tuple((people[meeting.a], people[meeting.b]) for meeting in meetings)
    present = tuple(
        frozenset(
            index for index, slot in enumerate(problem.slots) if slot.id not in set(person.absent)
        )
        for person in problem.participants
    )
    allowed = tuple(_allowed(problem, meeting, slot_of) for meeting in meetings)
    of: list[list[int]] = [[] for _ in people]
    for index, (a, b) in enumerate(ends):
        of[a].append(index)
        of[b].append(index)
    before = {
        index_of[place.meeting]: slot_of[place.slot]
        for place in (previous.assignments if previous else ())
        if place.meeting in index_of and place.slot in slot_of
    }
    locked_slots = frozenset(slot_of[lock.slot] for lock in locks if lock.slot)
    items = {lock.item for lock in locks if lock.item}
    locked = {
        index: slot
        for index, slot in before.items()
        if slot in locked_slots or meetings[index].id in items
    }
    return Day(
        problem=problem,
        meetings=meetings,
        ends=ends,
        allowed=allowed,
        domain=tuple(
            tuple(
                slot
                for slot in sorted(allowed[index] & present[a] & present[b])
                if (locked[index] == slot if index in locked else slot not in locked_slots)
            )
            for index, (a, b) in enumerate(ends)
        ),
        of=tuple(map(tuple, of)),
        present=present,
        tables=tuple(
            sum(slot.id not in table.closed for table in problem.tables) for slot in problem.slots
        ),
        services=tuple(_services(problem, a, b) for a, b in ends),
        seats=tuple(
            tuple(0 if slot.id in group.absent else group.count for slot in problem.slots)
            for group in problem.interpreters
        ),
        before=tuple((index_of[each.before], index_of[each.after]) for each in problem.precedences),
        previous=before,
        locked=locked,
        locked_slots=locked_slots,
    )


def _wished(problem: Problem, people: dict[str, int]) -> list[Meeting]:
    """Meetings for which both wish, in the order of the participants."""
    wished: dict[tuple[int, int], int] = defaultdict(int)
    for wish in problem.wishes:
        wished[people[wish.by], people[wish.of]] += wish.weight
    taken = {frozenset((people[each.a], people[each.b])) for each in problem.meetings}
    taken |= {frozenset((people[each.a], people[each.b])) for each in problem.forbidden}
    made = []
    for a, b in sorted(wished):
        if a < b and (b, a) in wished and frozenset((a, b)) not in taken:
            one: Participant = problem.participants[a]
            other: Participant = problem.participants[b]
            value = wished[a, b] * one.priority + wished[b, a] * other.priority
            made.append(Meeting(f"{one.id}+{other.id}", one.id, other.id, False, value))
    return made


def _allowed(problem: Problem, meeting: Meeting, slot_of: dict[str, int]) -> frozenset[int]:
    banned = any({meeting.a, meeting.b} == {pair.a, pair.b} for pair in problem.forbidden)
    if banned:
        return frozenset()
    return frozenset(
        slot_of[slot.id]
        for slot in problem.slots
        if (not meeting.session or slot.session == meeting.session)
        and (not meeting.slots or slot.id in meeting.slots)
        and (not meeting.pinned or slot.id == meeting.pinned)
    )


def _services(problem: Problem, a: int, b: int) -> tuple[Service, ...]:
    one = set(problem.participants[a].languages)
    other = set(problem.participants[b].languages)
    if not one or not other or one & other:
        return ((),)
    works = [set(group.languages) for group in problem.interpreters]
    direct = [(g,) for g, langs in enumerate(works) if one & langs and other & langs]
    relay = [
        (g, h)
        for g, first in enumerate(works)
        for h, second in enumerate(works)
        if g != h
        and one & first
        and other & second
        and (first & second) - one - other
        and (g,) not in direct
        and (h,) not in direct
    ]
    found: list[Service] = [*direct, *relay]
    if problem.relay_cost < problem.direct_cost:
        found.sort(key=len, reverse=True)
    return tuple(found)
