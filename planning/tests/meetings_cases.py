"""Small days of meetings: strategies that make them, and their optimum by trying everything."""

from __future__ import annotations

from itertools import product

from hypothesis import strategies as st

from planning.meetings import (
    Interpreters,
    Meeting,
    Participant,
    Place,
    Precedence,
    Problem,
    Slot,
    Table,
    Wish,
)
from planning.meetings.check import judge
from planning.results import Lock, Plan

SLOTS = ("s1", "s2", "s3", "s4")
PEOPLE = ("A", "B", "C", "D")
PAIRS = [(a, b) for i, a in enumerate(PEOPLE) for b in PEOPLE[i + 1 :]]
subsets = st.lists(st.sampled_from(SLOTS), max_size=2, unique=True).map(tuple)


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """A day of up to four slots, four people and four meetings, with any of the rules."""
    slots = SLOTS[: draw(st.integers(2, 4))]
    absent = subsets.map(lambda given: tuple(slot for slot in given if slot in slots))
    languages = st.sampled_from([(), (), ("vi",), ("fr",), ("vi", "fr"), ("ru",)])
    people = tuple(
        Participant(
            name,
            languages=draw(languages),
            absent=draw(absent),
            most=draw(st.sampled_from([None, None, 1, 2])),
            priority=draw(st.sampled_from([1, 2])),
        )
        for name in PEOPLE
    )
    pairs = draw(st.lists(st.sampled_from(PAIRS), min_size=1, max_size=3, unique=True))
    meetings = tuple(
        Meeting(
            f"m{index}",
            a,
            b,
            required=draw(st.booleans()),
            value=draw(st.integers(0, 4)),
            session=draw(st.sampled_from(["", "", "morning"])),
            pinned=draw(st.sampled_from(["", "", "", slots[1]])),
        )
        for index, (a, b) in enumerate(pairs)
    )
    wished = draw(st.lists(st.sampled_from(PAIRS), max_size=1))
    wishes = tuple(Wish(*pair) for a, b in wished for pair in ((a, b), (b, a)))
    names = [meeting.id for meeting in meetings]
    orders = st.lists(st.sampled_from(list(product(names, names))), max_size=1)
    return Problem(
        slots=tuple(Slot(name, "morning" if name in SLOTS[:2] else "late") for name in slots),
        tables=tuple(Table(name, draw(absent)) for name in ("t1", "t2")[: draw(st.integers(1, 2))]),
        participants=people,
        meetings=meetings,
        wishes=wishes,
        precedences=tuple(Precedence(a, b) for a, b in draw(orders) if a != b),
        interpreters=draw(
            st.sampled_from(
                [
                    (),
                    (Interpreters("vf", ("vi", "fr")),),
                    (Interpreters("ve", ("vi", "en")), Interpreters("ef", ("en", "fr"), 1)),
                    (Interpreters("vfr", ("vi", "fr", "ru"), 1, ("s1",)),),
                ]
            )
        ),
        fairness=draw(st.sampled_from([None, None, 0, 1])),
    )


def candidates(problem: Problem) -> list[tuple[str, str, str]]:
    """(id, a, b) of all meetings that may be held."""
    found = [(each.id, each.a, each.b) for each in problem.meetings]
    agreed = {frozenset(pair) for _, *pair in found}
    for wish in problem.wishes:
        if wish.by < wish.of and frozenset((wish.by, wish.of)) not in agreed:
            found.append((f"{wish.by}+{wish.of}", wish.by, wish.of))
            agreed.add(frozenset((wish.by, wish.of)))
    return found


def optimum(
    problem: Problem, previous: Plan | None = None, locks: tuple[Lock, ...] = ()
) -> tuple[int, ...] | None:
    """The best goals of any plan, None where no plan keeps the rules: everything is tried."""
    found = candidates(problem)
    best = None
    for slots in product([None, *(slot.id for slot in problem.slots)], repeat=len(found)):
        held = {each: slot for each, slot in zip(found, slots, strict=True) if slot}
        if len({(person, slot) for each, slot in held.items() for person in each[1:]}) < 2 * len(
            held
        ):
            continue
        for served in product(*(_services(problem, a, b) for _, a, b in held)):
            plan = _seated(problem, {each[0]: slot for each, slot in held.items()}, served)
            if plan is None:
                continue
            verdict = judge(problem, plan, previous, locks)
            if verdict.ok:
                goals = tuple(
                    -goal.value if goal.maximize else goal.value for goal in verdict.goals
                )
                best = goals if best is None else min(best, goals)
    return best


def _services(problem: Problem, a: str, b: str) -> list[tuple[str, ...]]:
    speaks = {person.id: set(person.languages) for person in problem.participants}
    if not speaks[a] or not speaks[b] or speaks[a] & speaks[b]:
        return [()]
    groups = [group.id for group in problem.interpreters]
    return [*((g,) for g in groups), *((g, h) for g in groups for h in groups if g != h)]


def _seated(
    problem: Problem, held: dict[str, str], served: tuple[tuple[str, ...], ...]
) -> Plan | None:
    free = {
        slot.id: [table.id for table in problem.tables if slot.id not in table.closed]
        for slot in problem.slots
    }
    places = []
    for (name, slot), service in zip(held.items(), served, strict=True):
        if not free[slot]:
            return None
        places.append(Place(name, slot, free[slot].pop(0), service))
    return Plan("meetings", tuple(places))
