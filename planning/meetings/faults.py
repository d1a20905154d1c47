"""What is wrong with a day of meetings that the types of its fields cannot say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from planning.faults import Fault
from planning.meetings.problem import Problem


class _Named(Protocol):
    @property
    def id(self) -> str: ...


def faults(problem: Problem) -> Sequence[Fault]:
    """Every wrong field: ids used twice, ids that nobody has, people who meet themselves."""
    return list(_all(problem))


def _all(problem: Problem) -> Iterator[Fault]:
    slots = {slot.id for slot in problem.slots}
    people = {person.id for person in problem.participants}
    sessions = {slot.session for slot in problem.slots}
    yield from _twice("slots", problem.slots)
    yield from _twice("tables", problem.tables)
    yield from _twice("participants", problem.participants)
    yield from _twice("meetings", problem.meetings)
    yield from _twice("interpreters", problem.interpreters)
    for index, table in enumerate(problem.tables):
        yield from _unknown(f"tables[{index}].closed", table.closed, slots, "slot")
    for index, person in enumerate(problem.participants):
        yield from _unknown(f"participants[{index}].absent", person.absent, slots, "slot")
    for index, group in enumerate(problem.interpreters):
        yield from _unknown(f"interpreters[{index}].absent", group.absent, slots, "slot")
    for index, meeting in enumerate(problem.meetings):
        path = f"meetings[{index}]"
        yield from _pair(path, "a", meeting.a, "b", meeting.b, people)
        yield from _unknown(f"{path}.slots", meeting.slots, slots, "slot")
        if meeting.session and meeting.session not in sessions:
            yield Fault(f"{path}.session", f"no slot is in session {meeting.session!r}")
        if meeting.pinned and meeting.pinned not in slots:
            yield Fault(f"{path}.pinned", f"no slot is called {meeting.pinned!r}")
    for index, wish in enumerate(problem.wishes):
        yield from _pair(f"wishes[{index}]", "by", wish.by, "of", wish.of, people)
    for index, pair in enumerate(problem.forbidden):
        yield from _pair(f"forbidden[{index}]", "a", pair.a, "b", pair.b, people)
    yield from _precedences(problem)


def _twice(path: str, things: Iterable[_Named]) -> Iterator[Fault]:
    seen = set()
    for index, thing in enumerate(things):
        if thing.id in seen:
            yield Fault(f"{path}[{index}].id", f"{thing.id!r} is used twice")
        seen.add(thing.id)


def _unknown(path: str, names: Sequence[str], known: set[str], what: str) -> Iterator[Fault]:
    for index, name in enumerate(names):
        if name not in known:
            yield Fault(f"{path}[{index}]", f"no {what} is called {name!r}")


def _pair(
    path: str, one: str, first: str, other: str, second: str, people: set[str]
) -> Iterator[Fault]:
    for field, person in ((one, first), (other, second)):
        if person not in people:
            yield Fault(f"{path}.{field}", f"no participant is called {person!r}")
    if first == second:
        yield Fault(f"{path}.{other}", "must be another participant")


def _precedences(problem: Problem) -> Iterator[Fault]:
    rank = {person.id: index for index, person in enumerate(problem.participants)}
    wished = {(wish.by, wish.of) for wish in problem.wishes}
    known = {meeting.id for meeting in problem.meetings}
    for by, of in sorted(wished):
        if (of, by) in wished and rank.get(by, 0) < rank.get(of, 0):
            name = f"{by}+{of}"
            if name in known:
                pairs = {frozenset((meeting.a, meeting.b)) for meeting in problem.meetings}
                if frozenset((by, of)) not in pairs:
                    yield Fault("wishes", f"the wish of {by!r} needs the meeting id {name!r}")
            known.add(name)
    for index, precedence in enumerate(problem.precedences):
        for field in ("before", "after"):
            name = getattr(precedence, field)
            if name not in known:
                yield Fault(f"precedences[{index}].{field}", f"no meeting is called {name!r}")
        if precedence.before == precedence.after:
            yield Fault(f"precedences[{index}].after", "must be another meeting")
