"""The search for a programme by the exact model of the whole alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from planning.programme.account import account
from planning.programme.exact import ExactModel
from planning.programme.problem import Place
from planning.results import Answer, Goal

if TYPE_CHECKING:
    from planning.programme.model import Search

CORES: dict[str, object] = {
    "num_workers": 1,
    "optimize_with_core": True,
    "linearization_level": 0,
    "cp_model_presolve": False,
}


class ExactSearch:
    """What `search` is given, solved by the exact model; start: a programme that is there, if no
    other stands."""

    def __init__(self, search: Search, start: Sequence[Place] = ()) -> None:
        self.search, self.start = search, start

    def answer(self) -> Answer:
        """First for the fewest moves, then for the least cost."""
        search, context = self.search, self.search.context
        model = ExactModel(
            search.c, previous=search.previous, locks=search.locked, shut_slots=search.shut
        )
        goals: list[Goal] = []
        kept: list[Place] = []
        known: int | None = None
        if search.previous:
            solver, status = self._fewest_moves(model)
            answer = self._without(status)
            if answer:
                return answer
            kept = model.places(solver)
            moves = round(solver.objective_value)
            goals.append(Goal("moves", moves, round(solver.best_objective_bound)))
            search.report("moves", kept, goals)
            model.model.add(model.moved <= moves)
            # some of them are one and the same, which may be hinted once
            literals = (*model.meets.values(), *model.at.values(), *model.on.values())
            for literal in {literal.index: literal for literal in literals}.values():
                model.model.add_hint(literal, solver.boolean_value(literal))
        model.model.minimize(model.objective())
        if self.start:
            model.hint(self.start)
            kept, known = list(self.start), self._cost(self.start)
        solver = context.solver()
        status = context.run(solver, model.model, Watch(model, search, goals, known))
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE) and kept:
            return search.answer(kept, [*goals, Goal("cost", self._cost(kept), 0)], "limit")
        answer = self._without(status)
        if answer:
            return answer
        bound = max(0, round(solver.best_objective_bound))
        places = model.places(solver)
        cost = self._cost(places)
        if known is not None and known < cost:
            places, cost = list(self.start), known
        proven = status == cp_model.OPTIMAL and all(goal.value == goal.bound for goal in goals)
        goals.append(Goal("cost", cost, min(cost, bound)))
        return search.answer(places, goals, "proven" if proven else "limit")

    def _cost(self, places: Sequence[Place]) -> int:
        return sum(line.cost for line in account(self.search.c, places))

    def _fewest_moves(self, model: ExactModel) -> tuple[cp_model.CpSolver, cp_model.CpSolverStatus]:
        """Nearly everything stays, which a search guided by cores proves at once where it can."""
        context = self.search.context
        model.model.minimize(model.moved)
        solver = context.solver(context.remaining() * 0.2, **CORES)
        status = context.run(solver, model.model)
        if status in (cp_model.OPTIMAL, cp_model.INFEASIBLE):
            return solver, status
        second = context.solver(context.remaining() * 0.6)
        again = context.run(second, model.model)
        undecided = again not in (cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.INFEASIBLE)
        if undecided and status == cp_model.FEASIBLE:
            return solver, status
        return second, again

    def _without(self, status: cp_model.CpSolverStatus) -> Answer | None:
        """The answer where a solve gave no programme."""
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        if status != cp_model.INFEASIBLE:
            return self.search.unknown(())
        return self.search.impossible()


class Watch(cp_model.CpSolverSolutionCallback):
    """Hands solutions on while the solver works, those that cost less than is known."""

    def __init__(
        self, model: ExactModel, search: Search, goals: Sequence[Goal], known: int | None
    ) -> None:
        super().__init__()
        self.model, self.search, self.goals, self.known = model, search, list(goals), known

    def on_solution_callback(self) -> None:
        bound = max(0, round(self.best_objective_bound))
        cost = round(self.objective_value)
        if self.known is not None and cost >= self.known:
            return
        places = self.model.places(self)
        goals = [*self.goals, Goal("cost", cost, min(cost, bound))]
        plan = self.search.answer(places, goals, "limit")
        self.search.context.progress("cost", cost, bound, plan)
