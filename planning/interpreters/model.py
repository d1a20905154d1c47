"""The exact search for who sits in which booth, and why where nobody can."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ortools.sat.python import cp_model

from planning.context import Context
from planning.interpreters.account import account
from planning.interpreters.attempt import first_plan
from planning.interpreters.compiled import Compiled
from planning.interpreters.explain import explain
from planning.interpreters.made import KIND, locked_of, moves_of, plan_of, previous_of
from planning.interpreters.problem import Duty
from planning.interpreters.staffing import Staffing
from planning.results import Answer, Attempt, Ended, Goal, Infeasible, Plan


class Search:
    """One search; `first` is answered where nothing better is found."""

    def __init__(self, compiled: Compiled, context: Context, first: Attempt) -> None:
        self.c, self.context, self.first = compiled, context, first
        self.previous = previous_of(context)
        self.locked = locked_of(compiled, context)

    def run(self) -> Answer:
        """First the fewest moves where there is a previous plan, then the least cost."""
        context = self.context
        model = Staffing(self.c, previous=self.previous, locked=self.locked)
        goals: list[Goal] = []
        kept: list[Duty] = []
        if context.previous:
            model.model.minimize(model.moved)
            solver = context.solver(context.remaining() * 0.6)
            status = context.run(solver, model.model)
            answer = self._without(status)
            if answer:
                return answer
            kept = model.duties(solver)
            moves = round(solver.objective_value)
            goals.append(Goal("moves", moves, round(solver.best_objective_bound)))
            better = self.better(kept) is kept
            told = self.answer(kept, goals, "limit") if better else None
            context.progress("moves", moves, goals[0].bound, told)
            model.model.add(model.moved <= moves)
            for literal in model.sits.values():
                model.model.add_hint(literal, solver.boolean_value(literal))
        model.model.minimize(model.objective())
        solver = context.solver()
        status = context.run(solver, model.model, _Watch(model, self, goals))
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE) and kept:
            return self._ended(kept, goals, 0, optimal=False)
        answer = self._without(status)
        if answer:
            return answer
        bound = max(0, round(solver.best_objective_bound))
        optimal = status == cp_model.OPTIMAL
        return self._ended(model.duties(solver), goals, bound, optimal=optimal)

    def _ended(
        self, found: Sequence[Duty], goals: Sequence[Goal], bound: int, *, optimal: bool
    ) -> Plan:
        """The answer of a search that found these duties, whose cost has this bound."""
        duties = self.better(found)
        moves, cost = self._rank(duties)
        told = [replace(goal, value=moves) for goal in goals]
        proven = optimal and all(goal.value == goal.bound for goal in told)
        told.append(Goal("cost", cost, min(cost, bound)))
        return self.answer(duties, told, "proven" if proven else "limit")

    def _cost(self, duties: Sequence[Duty]) -> int:
        return sum(line.cost for line in account(self.c, duties))

    def _rank(self, duties: Sequence[Duty]) -> tuple[int, int]:
        """The less, the better."""
        moves = len(moves_of(self.c, self.previous, duties)) if self.context.previous else 0
        return moves, self._cost(duties)

    def better(self, duties: Sequence[Duty]) -> Sequence[Duty]:
        """These, or those of the first attempt where it is a plan and the better one."""
        if self.first.is_plan and self._rank(self.first.assignments) < self._rank(duties):
            return self.first.assignments
        return duties

    def _without(self, status: cp_model.CpSolverStatus) -> Answer | None:
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        if status != cp_model.INFEASIBLE:
            return first_plan(self.c, self.context, self.first) or self.first.unknown(
                self.context.seconds()
            )
        self.context.allow_more(5.0)
        reasons, smallest = explain(self.c, self.context, self.previous, self.locked)
        return Infeasible(KIND, reasons, smallest, self.context.seconds())

    def answer(self, duties: Sequence[Duty], goals: Sequence[Goal], ended: Ended) -> Plan:
        """The plan of these duties."""
        return plan_of(self.c, self.context, duties, goals, ended)


class _Watch(cp_model.CpSolverSolutionCallback):
    """Hands solutions on while the solver works."""

    def __init__(self, model: Staffing, search: Search, goals: Sequence[Goal]) -> None:
        super().__init__()
        self.model, self.search, self.goals = model, search, list(goals)

    def on_solution_callback(self) -> None:
        bound = max(0, round(self.best_objective_bound))
        duties = self.model.duties(self)
        if self.search.better(duties) is not duties:
            return
        plan = self.search.answer(duties, self.goals, "limit")
        cost = sum(line.cost for line in plan.costs)
        goals = [*self.goals, Goal("cost", cost, min(cost, bound))]
        plan = self.search.answer(duties, goals, "limit")
        self.search.context.progress("cost", cost, min(cost, bound), plan)
