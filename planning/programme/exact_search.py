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
    """What `search` is given, solved by the exact model."""

    def __init__(self, search: Search) -> None:
        self.search = search

    def answer(self) -> Answer:
        """First for the fewest moves, then for the least cost."""
        search, context = self.search, self.search.context
        model = ExactModel(
            search.c, previous=search.previous, locks=search.locked, shut_slots=search.shut
        )
        goals: list[Goal] = []
        kept: list[Place] = []
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
        solver = context.solver()
        status = context.run(solver, model.model, Watch(model, search, goals))
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE) and kept:
            cost = sum(line.cost for line in account(search.c, kept))
            return search.answer(kept, [*goals, Goal("cost", cost, 0)], "limit")
        answer = self._without(status)
        if answer:
            return answer
        bound = max(0, round(solver.best_objective_bound))
        places = model.places(solver)
        cost = sum(line.cost for line in account(search.c, places))
        proven = status == cp_model.OPTIMAL and all(goal.value == goal.bound for goal in goals)
        goals.append(Goal("cost", cost, min(cost, bound)))
        return search.answer(places, goals, "proven" if proven else "limit")

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
    """Hands solutions on while the solver works."""

    def __init__(self, model: ExactModel, search: Search, goals: Sequence[Goal]) -> None:
        super().__init__()
        self.model, self.search, self.goals = model, search, list(goals)

    def on_solution_callback(self) -> None:
        bound = max(0, round(self.best_objective_bound))
        cost = round(self.objective_value)
        places = self.model.places(self)
        goals = [*self.goals, Goal("cost", cost, min(cost, bound))]
        plan = self.search.answer(places, goals, "limit")
        self.search.context.progress("cost", cost, bound, plan)
