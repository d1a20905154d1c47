"""Chooses meetings from many wishes, where the exact model is too large to be solved at once.

First the choice alone: which meetings are worth most if only each participant's slots, the tables
of the day and the interpreters of the day are counted. The bound of its linear relaxation (solved
by GLOP) holds for the whole problem. Then slots are filled one after the other, those chosen
first, and improved by solving a few slots at a time exactly together with what has no slot yet
(large neighbourhood search): first for value, then for idle breaks at no loss of value.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from ortools.linear_solver import pywraplp  # type: ignore[import-untyped]  # it ships no types

from planning.context import Context
from planning.meetings.attempt import Drafted, attempt_of, missing_of
from planning.meetings.compiled import Day
from planning.meetings.partial import Partial, Question
from planning.meetings.places import Bounds, Draft, count, plan_of
from planning.results import Answer, Plan, Unknown

_LARGE = 4000
_FEW_SLOTS = 3
_NEAR = 1.0
_PATIENCE = 24
_VALUE_SHARE = 0.6


def is_large(day: Day) -> bool:
    """Whether the exact model would be too large: many meetings may, but need not, be held.

    Fairness binds everybody at once, so that a few slots at a time cannot keep it.
    """
    if day.problem.fairness is not None:
        return False
    free = sum(
        len(domain)
        for meeting, domain in zip(day.meetings, day.domain, strict=True)
        if not meeting.required
    )
    return free > _LARGE


@dataclass(frozen=True)
class Choice:
    """meetings: those that the relaxation holds for the most part; near: those that it holds, or
    would at a loss of _NEAR at most; bound: no plan is worth more."""

    meetings: frozenset[int]
    near: frozenset[int]
    bound: int


def plan(day: Day, context: Context, first: Drafted) -> Answer:
    """The best plan found in the time, with the bound of the choice alone; `first` where none is
    found and it is one, else the best attempt."""
    search = _Search(day, context, choose(day), first)
    search.fill()
    if not search.complete():
        if first.is_plan:
            search.take_up(first.draft)
        else:
            search.improve_value(all_time=True)
        if not search.complete():
            return search.unknown()
    search.improve_value(all_time=False)
    search.improve_breaks()
    return search.plan()


def choose(day: Day) -> Choice:
    """Solve the linear relaxation of the choice alone."""
    solver = pywraplp.Solver.CreateSolver("GLOP")
    costs = (0, day.problem.direct_cost, day.problem.relay_cost)
    goal = solver.Objective()
    held = []
    for meeting, given in enumerate(day.meetings):
        possible = bool(day.domain[meeting]) and bool(day.services[meeting])
        held.append(solver.NumVar(int(given.required), int(possible), ""))
        goal.SetCoefficient(held[-1], given.value)
    for person in day.people:
        most = day.problem.participants[person].most
        room = len(day.present[person])
        row = solver.Constraint(0, room if most is None else min(room, most))
        for meeting in day.of[person]:
            row.SetCoefficient(held[meeting], 1)
    tables = solver.Constraint(0, sum(day.tables))
    for literal in held:
        tables.SetCoefficient(literal, 1)
    groups = [solver.Constraint(0, sum(seats)) for seats in day.seats]
    for services in dict.fromkeys(day.services):
        if not services or services == ((),):
            continue
        served = solver.Constraint(0, 0)
        for meeting, literal in enumerate(held):
            if day.services[meeting] == services:
                served.SetCoefficient(literal, 1)
        for service in services:
            number = solver.NumVar(0, len(held), "")
            goal.SetCoefficient(number, -costs[len(service)])
            served.SetCoefficient(number, -1)
            for group in service:
                groups[group].SetCoefficient(number, 1)
    goal.SetMaximization()
    if solver.Solve() != pywraplp.Solver.OPTIMAL:
        # Some of what must be held has no room; nothing is known but the sum of all values.
        every = frozenset(range(len(held)))
        return Choice(frozenset(), every, sum(meeting.value for meeting in day.meetings))
    chosen = [meeting for meeting, literal in enumerate(held) if literal.solution_value() > 0.5]
    near = [
        meeting
        for meeting, literal in enumerate(held)
        if literal.solution_value() > 0 or literal.reduced_cost() >= -_NEAR
    ]
    return Choice(frozenset(chosen), frozenset(near), int(goal.Value() + 1e-6))


class _Search:
    def __init__(self, day: Day, context: Context, choice: Choice, first: Drafted) -> None:
        self._day = day
        self._attempt = first  # the best so far, while something that must be held is not
        self._context = context
        self._choice = choice
        self._random = Random(context.seed)  # noqa: S311  # a search, no secret
        self._draft = Draft({})
        self._partial = Partial(day, context)

    def fill(self) -> None:
        """Give slots one after the other what fits best, the scarcest people first."""
        for slot in self._day.slots:
            question = Question(frozenset([slot]), self._choice.meetings, self._choice.near, "fill")
            self._take(question)
            self._report()

    def complete(self) -> bool:
        """Whether all that must be held is."""
        return not missing_of(self._day, self._draft)

    def take_up(self, draft: Draft) -> None:
        """Go on from another draft."""
        self._draft = draft

    def unknown(self) -> Unknown:
        """The best attempt."""
        return self._attempt.unknown(self._context.seconds())

    def improve_value(self, *, all_time: bool) -> None:
        """Solve a few slots at a time for value until nothing is gained or its time is over."""
        total = self._context.limit_s
        until = total if all_time else _VALUE_SHARE * total
        idle = 0
        for slots in self._few():
            worth = self._value()
            if worth >= self._choice.bound or idle > _PATIENCE:
                return
            if self._context.seconds() > until or (all_time and self.complete()):
                return
            self._take(Question(slots, self._choice.meetings, self._choice.near, "value"))
            if self._value() > worth:
                idle = 0
                self._report()
            else:
                idle += 1

    def improve_breaks(self) -> None:
        """Solve a few slots at a time for idle breaks, at no loss of value."""
        idle = 0
        for slots in self._few():
            before = count(self._day, self._draft).idle_breaks
            if before == 0 or self._context.remaining() <= 0 or idle > _PATIENCE:
                return
            self._take(Question(slots, self._choice.meetings, self._choice.near, "breaks"))
            idle = 0 if count(self._day, self._draft).idle_breaks < before else idle + 1
            if not idle:
                self._report()

    def plan(self) -> Plan:
        """The plan so far; proven where nothing could be better in any goal."""
        day, context = self._day, self._context
        counted = count(day, self._draft)
        bounds = Bounds(value=self._choice.bound)
        best = (self._choice.bound, 0, 0)
        proven = (counted.value, counted.moves, counted.idle_breaks) == best
        return plan_of(
            day,
            self._draft,
            bounds,
            context.previous,
            "proven" if proven else "limit",
            context.seconds(),
        )

    def _take(self, question: Question) -> None:
        found = self._partial.solve(self._draft, question)
        if found is not None:
            self._draft = found

    def _value(self) -> int:
        return count(self._day, self._draft).value

    def _few(self) -> Iterator[frozenset[int]]:
        """Sets of a few slots, each slot as often as any other; neighbours and random ones."""
        slots = list(self._day.slots)
        size = min(_FEW_SLOTS, len(slots))
        while True:
            first = self._random.randrange(len(slots) - size + 1)
            yield frozenset(range(first, first + size))
            yield frozenset(self._random.sample(slots, size))

    def _report(self) -> None:
        missing = len(missing_of(self._day, self._draft))
        if missing and missing < len(self._attempt.missing):
            self._attempt = attempt_of(self._day, self._draft, self._context)
            self._context.attempt(self.unknown())
        plan = None if missing else self.plan()
        self._context.progress("value", self._value(), self._choice.bound, plan)
