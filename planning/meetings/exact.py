"""The exact search: value first, then moves from the previous plan, then idle breaks."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from planning.context import Context
from planning.meetings import explain, rows
from planning.meetings.attempt import Drafted
from planning.meetings.compiled import Day
from planning.meetings.places import Bounds, Count, Draft, count, plan_of
from planning.meetings.race import Outcome, Race, Step
from planning.meetings.slots_model import CLAUSES, Encoding, SlotsModel
from planning.meetings.windows import windows
from planning.results import Answer, Ended, Infeasible, Plan

# Core-guided search proves idle breaks best.
CORE: dict[str, object] = {
    **CLAUSES,
    "optimize_with_core": True,
    "core_minimization_level": 0,
    "find_multiple_cores": False,
}
RELAXED: dict[str, object] = {"linearization_level": 2}


def plan(day: Day, context: Context, first: Drafted) -> Answer:
    """The best plan found in the time; `first` where none is found and it is one."""
    narrowed = windows(day)
    reasons = rows.contradiction(day, narrowed, context)
    if reasons:
        return Infeasible("meetings", reasons, False, context.seconds())
    return _Exact(day, narrowed, context, first).plan()


class _Exact:
    """One goal after the other, each proven before the next as far as time allows."""

    def __init__(
        self, day: Day, narrowed: list[tuple[int, ...]], context: Context, first: Drafted
    ) -> None:
        self._day = day
        self._first = first
        self._context = context
        self._windows = narrowed
        self._best: Draft | None = None
        self._floor: int | None = None
        self._moves: int | None = None
        self._bounds = Bounds(sum(meeting.value for meeting in day.meetings))
        self._build_s = 0.0  # the longest that a model took to be built

    def plan(self) -> Answer:
        """The answer."""
        ended: Ended = "proven"
        for name, ask in self._goals():
            outcome = ask()
            if outcome.draft is None and self._best is None:
                if outcome.proven:
                    return explain.infeasible(self._day, self._context, self._build_s)
                if not self._first.is_plan:
                    return self._first.unknown(self._context.seconds())
                return self._plan("limit")
            if not outcome.proven:
                ended = "limit"
            self._note(name, outcome)
        return self._plan(ended)

    def _goals(self) -> list[tuple[str, Callable[[], Outcome]]]:
        goals: list[tuple[str, Callable[[], Outcome]]] = []
        if self._has_choice():
            goals.append(("value", self._value))
        else:
            self._bounds = replace(self._bounds, value=self._set_value())
        if self._context.previous is not None:
            goals.append(("moves", self._move))
        return [*goals, ("idle_breaks", self._idle)]

    def _has_choice(self) -> bool:
        day = self._day
        if any(not meeting.required for meeting in day.meetings):
            return True
        return any(len({len(each) for each in services}) > 1 for services in day.services)

    def _set_value(self) -> int:
        """The value where nothing is to be chosen."""
        return sum(
            self._day.worth(meeting, services[0])
            for meeting, services in enumerate(self._day.services)
        )

    def _note(self, name: str, outcome: Outcome) -> None:
        if outcome.draft is not None:
            self._best = outcome.draft
        if self._best is None:
            return
        counted = count(self._day, self._best)
        if name == "value":
            bound = outcome.bound if outcome.bound is not None else -self._bounds.value
            self._bounds = replace(self._bounds, value=max(counted.value, -bound))
            self._floor = counted.value
        elif name == "moves":
            bound = outcome.bound or 0
            self._bounds = replace(self._bounds, moves=min(counted.moves, bound))
            self._moves = counted.moves
        else:
            bound = max(0, outcome.bound or 0)
            self._bounds = replace(self._bounds, idle_breaks=min(counted.idle_breaks, bound))

    def _plan(self, ended: Ended) -> Plan:
        draft, bounds = self._best, self._bounds
        if self._first.is_plan and (
            draft is None or self._rank(self._first.draft) < self._rank(draft)
        ):
            # What was proven after the value holds for plans that are as good as the other one.
            draft, bounds = self._first.draft, replace(bounds, moves=0, idle_breaks=0)
        if draft is None:
            raise AssertionError("asked for a plan before there was one")
        context = self._context
        return plan_of(self._day, draft, bounds, context.previous, ended, context.seconds())

    def _rank(self, draft: Draft) -> tuple[int, int, int]:
        """The less, the better."""
        counted = count(self._day, draft)
        return -counted.value, counted.moves, counted.idle_breaks

    # The questions, in their order

    def _value(self) -> Outcome:
        def build() -> SlotsModel:
            built = self._model("linear")
            built.model.minimize(-1 * built.value())
            return built

        return self._ask(
            "value",
            lambda counted: -counted.value,
            [[Step(build, True, {"num_workers": self._context.workers})]],
        )

    def _move(self) -> Outcome:
        def build(encoding: Encoding) -> Callable[[], SlotsModel]:
            def made() -> SlotsModel:
                built = self._model(encoding)
                built.model.minimize(built.moves())
                return built

            return made

        return self._ask(
            "moves",
            lambda counted: counted.moves,
            [[Step(build("people"), True, CORE)], [Step(build("linear"), True, {})]],
        )

    def _idle(self) -> Outcome:
        def build(encoding: Encoding) -> Callable[[], SlotsModel]:
            def made() -> SlotsModel:
                built = self._model(encoding)
                built.model.minimize(built.idle_breaks())
                return built

            return made

        first = Step(
            lambda: self._model("hosts"),
            False,
            CLAUSES,
            self._context.limit_s / 3,
            # Where nobody may have an idle break, the core search looks for a first plan itself.
            lambda found: not found and self._day.problem.fairness != 0,
        )
        contenders = [
            [Step(build("people"), True, CORE)],
            [first, Step(build("both"), True, CORE)],
            [Step(build("linear"), True, RELAXED)],
        ]
        for number in range(len(contenders), self._context.workers):
            luck = {**CORE, "random_seed": self._context.seed + number}
            contenders.append([Step(build("people" if number % 2 else "both"), True, luck)])
        return self._ask(
            "idle_breaks",
            lambda counted: counted.idle_breaks,
            contenders[: max(2, self._context.workers)],
        )

    def _ask(
        self, goal: str, measure: Callable[[Count], int], contenders: list[list[Step]]
    ) -> Outcome:
        sign = -1 if goal == "value" else 1

        def report(draft: Draft | None, value: int | None, bound: int | None) -> None:
            plan = None
            if draft is not None:
                self._best = draft
                plan = self._plan("limit")
            self._context.progress(
                goal,
                None if value is None else sign * value,
                None if bound is None else sign * bound,
                plan,
            )

        race = Race(self._context, lambda draft: measure(count(self._day, draft)), report)
        return race.run(contenders)

    def _model(self, encoding: Encoding) -> SlotsModel:
        begun = time.monotonic()
        built = SlotsModel(self._day, self._windows, encoding)
        if self._day.problem.fairness is not None:
            built.idle_breaks()
        if self._floor is not None:
            built.model.add(built.value() >= self._floor)
        if self._moves is not None:
            built.model.add(built.moves() <= self._moves)
        standing = self._day.previous if self._best is None else self._best.slots
        if standing:
            for meeting, literals in enumerate(built.x):
                for slot, literal in literals.items():
                    built.model.add_hint(literal, standing.get(meeting) == slot)
        if not self._context.deterministic:
            self._build_s = max(self._build_s, time.monotonic() - begun)
        return built
