"""Proofs by counting that there is no plan: fast, and easy to tell.

Each function looks for one kind of contradiction among the meetings that must be held and returns
the first it finds as a set of reasons that cannot hold together, smallest arguments first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from planning.meetings.blocks import matching
from planning.meetings.compiled import Day
from planning.meetings.windows import windows
from planning.results import Reason


def contradiction(day: Day) -> tuple[Reason, ...]:
    """The first contradiction found, empty where counting finds none."""
    for search in (_single, _people, _chains, _tables, _interpreters):
        for reasons in search(day):
            return tuple(reasons)
    return ()


def named(day: Day, slots: Iterable[int]) -> tuple[str, ...]:
    """Slots in words: the sessions where they are exactly these, else their ids, in order."""
    given = sorted(slots)
    sessions = list(dict.fromkeys(day.problem.slots[slot].session for slot in given))
    whole = [slot for slot in day.slots if day.problem.slots[slot].session in sessions]
    if whole == given and "" not in sessions:
        return tuple(sessions)
    return tuple(day.problem.slots[slot].id for slot in given)


def who(day: Day, person: int) -> str:
    """The id of a participant."""
    return day.problem.participants[person].id


def _single(day: Day) -> Iterator[list[Reason]]:
    """Meetings that have no slot by themselves."""
    for meeting, given in enumerate(day.meetings):
        if not given.required:
            continue
        a, b = day.ends[meeting]
        must = Reason.of("required", meeting=given.id, a=given.a, b=given.b)
        if not day.services[meeting]:
            yield [Reason.of("no_interpreter", meeting=given.id, a=given.a, b=given.b)]
        if any({given.a, given.b} == {pair.a, pair.b} for pair in day.problem.forbidden):
            yield [must, Reason.of("forbidden", a=given.a, b=given.b)]
        if day.domain[meeting]:
            continue
        both = day.present[a] & day.present[b]
        if not both:
            yield [
                Reason.of(
                    "nowhere",
                    meeting=given.id,
                    a=given.a,
                    b=given.b,
                    a_slots=named(day, day.present[a]),
                    b_slots=named(day, day.present[b]),
                )
            ]
        elif not both & day.allowed[meeting]:
            yield [
                Reason.of(
                    "outside",
                    meeting=given.id,
                    a=given.a,
                    b=given.b,
                    both=named(day, both),
                    allowed=named(day, day.allowed[meeting]),
                )
            ]
        else:
            yield [must, *narrowing(day, meeting)]


def narrowing(day: Day, meeting: int) -> list[Reason]:
    """What leaves a meeting fewer slots than the day has: absences, its own rules, locks."""
    a, b = day.ends[meeting]
    both = day.present[a] & day.present[b]
    return [*_at_home(day, meeting, both), *_locks(day, meeting)]


def _at_home(day: Day, meeting: int, both: frozenset[int]) -> list[Reason]:
    """What else than locks narrows a meeting's slots."""
    found = []
    for person in day.ends[meeting]:
        missing = set(day.slots) - day.present[person]
        if missing:
            found.append(Reason.of("absent", person=who(day, person), slots=named(day, missing)))
    allowed = day.allowed[meeting]
    if len(allowed) < len(day.slots) and both - allowed:
        given = day.meetings[meeting]
        if given.pinned:
            found.append(Reason.of("pinned", meeting=given.id, slot=given.pinned))
        else:
            found.append(Reason.of("slots", meeting=given.id, slots=named(day, allowed)))
    return found


def _locks(day: Day, meeting: int) -> list[Reason]:
    if meeting in day.locked:
        slot = day.problem.slots[day.locked[meeting]].id
        return [Reason.of("lock", meeting=day.meetings[meeting].id, slot=slot)]
    return [
        Reason.of("locked_slot", slot=name)
        for name in named(day, day.locked_slots & day.allowed[meeting])
    ]


def _people(day: Day) -> Iterator[list[Reason]]:
    """People with more meetings than slots for them."""
    for person in day.people:
        mine = day.needed(person)
        most = day.problem.participants[person].most
        if most is not None and len(mine) > most:
            yield [Reason.of("over_most", person=who(day, person), meetings=len(mine), most=most)]
        slots = {slot for meeting in mine for slot in day.domain[meeting]}
        if len(mine) > len(slots):
            yield [
                Reason.of(
                    "too_many",
                    person=who(day, person),
                    meetings=len(mine),
                    slots=len(slots),
                    where=named(day, slots),
                )
            ]
    for person in day.people:
        mine = day.needed(person)
        yield from _crowded(day, person, mine, [day.domain[meeting] for meeting in mine])


def _crowded(
    day: Day, person: int, meetings: Sequence[int], options: Sequence[tuple[int, ...]]
) -> Iterator[list[Reason]]:
    """Some of the meetings have fewer slots among them than they are (P. Hall's theorem)."""
    holder = matching(options)
    placed = set(holder.values())
    for left in range(len(meetings)):
        if left in placed:
            continue
        # The meetings reachable from the one left over by alternating paths are too many.
        group = {left}
        while True:
            slots = {slot for meeting in group for slot in options[meeting]}
            larger = group | {holder[slot] for slot in slots if slot in holder}
            if larger == group:
                break
            group = larger
        yield [
            Reason.of(
                "window",
                person=who(day, person),
                meetings=len(group),
                slots=len(slots),
                where=named(day, slots),
            )
        ]


def _chains(day: Day) -> Iterator[list[Reason]]:
    """Precedences that go round, or push a meeting out of the day."""
    circle = _circle(day)
    if circle:
        names = tuple(day.meetings[meeting].id for meeting in circle)
        yield [Reason.of("circle", meetings=names)]
        return
    narrowed = windows(day)
    for meeting, window in enumerate(narrowed):
        if not window and day.domain[meeting] and day.meetings[meeting].required:
            yield _pushed_out(day, meeting)
            return
    for person in day.people:
        mine = day.needed(person)
        for reasons in _crowded(day, person, mine, [narrowed[meeting] for meeting in mine]):
            yield [*reasons, *_orders(day, mine)]


def _orders(day: Day, meetings: Sequence[int]) -> list[Reason]:
    """The precedences that bind these meetings."""
    return [
        Reason.of("precedence", before=day.meetings[a].id, after=day.meetings[b].id)
        for a, b in day.before
        if a in meetings or b in meetings
    ]


def _pushed_out(day: Day, meeting: int) -> list[Reason]:
    for first, then in day.before:
        if meeting in (first, then) and day.domain[first][0] >= day.domain[then][-1]:
            names = (day.meetings[first].id, day.meetings[then].id)
            return [
                *_only(day, first),
                *_only(day, then),
                Reason.of("precedence", before=names[0], after=names[1]),
            ]
    linked_before = _linked(day, meeting, {then: [] for _, then in day.before}, backwards=True)
    linked_after = _linked(day, meeting, {first: [] for first, _ in day.before}, backwards=False)
    return [
        Reason.of(
            "order",
            meeting=day.meetings[meeting].id,
            before=tuple(day.meetings[each].id for each in linked_before),
            after=tuple(day.meetings[each].id for each in linked_after),
        )
    ]


def _only(day: Day, meeting: int) -> list[Reason]:
    """Where a meeting can be, and what leaves it no more."""
    given = day.meetings[meeting]
    must = Reason.of("only", meeting=given.id, slots=named(day, day.domain[meeting]))
    absences = [
        Reason.of("there", person=who(day, person), slots=named(day, day.present[person]))
        for person in day.ends[meeting]
        if not day.allowed[meeting] <= day.present[person]
    ]
    return [*absences, must]


def _linked(day: Day, meeting: int, links: dict[int, list[int]], *, backwards: bool) -> list[int]:
    for first, then in day.before:
        if backwards:
            links[then].append(first)
        else:
            links[first].append(then)
    found: list[int] = []
    waiting = list(links.get(meeting, ()))
    while waiting:
        each = waiting.pop(0)
        if each not in found and day.meetings[each].required:
            found.append(each)
            waiting += links.get(each, ())
    return found


def _circle(day: Day) -> list[int]:
    links: dict[int, list[int]] = {}
    for first, then in day.before:
        if day.meetings[first].required and day.meetings[then].required:
            links.setdefault(first, []).append(then)
    done: set[int] = set()
    for start in links:
        path: list[int] = []
        stack = [(start, 0)]
        while stack:
            node, position = stack.pop()
            if position == 0:
                if node in path:
                    return path[path.index(node) :]
                if node in done:
                    continue
                path.append(node)
            targets = links.get(node, [])
            if position < len(targets):
                stack.append((node, position + 1))
                stack.append((targets[position], 0))
            else:
                done.add(node)
                path.pop()
    return []


def _tables(day: Day) -> Iterator[list[Reason]]:
    """More meetings in a stretch of the day than places at its tables."""
    needed = [meeting for meeting, given in enumerate(day.meetings) if given.required]
    domains = {meeting: (day.domain[meeting][0], day.domain[meeting][-1]) for meeting in needed}
    for length in range(1, len(day.slots) + 1):
        for first in range(len(day.slots) - length + 1):
            last = first + length - 1
            inside = [m for m in needed if first <= domains[m][0] and domains[m][1] <= last]
            places = sum(day.tables[slot] for slot in range(first, last + 1))
            if len(inside) > places:
                yield [
                    Reason.of(
                        "too_few_tables",
                        meetings=len(inside),
                        places=places,
                        where=named(day, range(first, last + 1)),
                    )
                ]


def _interpreters(day: Day) -> Iterator[list[Reason]]:
    """More meetings that only one group can serve than that group can."""
    for group, given in enumerate(day.problem.interpreters):
        only = [
            meeting
            for meeting, services in enumerate(day.services)
            if day.meetings[meeting].required
            and services
            and all(group in service for service in services)
        ]
        slots = {slot for meeting in only for slot in day.domain[meeting]}
        places = sum(day.seats[group][slot] for slot in slots)
        if len(only) > places:
            yield [
                Reason.of("too_few_interpreters", group=given.id, meetings=len(only), places=places)
            ]
