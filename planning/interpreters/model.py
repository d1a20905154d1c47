"""Finds who sits in which booth, and says why where nobody can."""

from __future__ import annotations

from collections.abc import Sequence

from ortools.sat.python import cp_model

from planning.context import Context
from planning.interpreters.account import account, changed_duties
from planning.interpreters.compiled import Compiled
from planning.interpreters.explain import explain
from planning.interpreters.problem import Duty, Problem
from planning.interpreters.staffing import Staffing
from planning.results import Answer, Ended, Goal, Infeasible, Move, Plan, Unknown

KIND = "interpreters"


def plan(problem: Problem, context: Context) -> Answer:
    """The best staffing found in the time given, or why there is none."""
    return _Search(Compiled(problem), context).run()


class _Search:
    def __init__(self, compiled: Compiled, context: Context) -> None:
        self.c, self.context = compiled, context
        self.previous: tuple[Duty, ...] = context.previous.assignments if context.previous else ()
        items = {lock.item for lock in context.locks if lock.item}
        slots = {lock.slot for lock in context.locks if lock.slot}
        self.locked = [
            shift.key
            for shift in compiled.shifts
            if shift.session.id in items or shift.session.parts[shift.part].start in slots
        ]

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
            context.progress("moves", moves, goals[0].bound, self.answer(kept, goals, "limit"))
            model.model.add(model.moved <= moves)
            for literal in model.sits.values():
                model.model.add_hint(literal, solver.boolean_value(literal))
        model.model.minimize(model.objective())
        solver = context.solver()
        status = context.run(solver, model.model, _Watch(model, self, goals))
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE) and kept:
            cost = self._cost(kept)
            return self.answer(kept, [*goals, Goal("cost", cost, 0)], "limit")
        answer = self._without(status)
        if answer:
            return answer
        duties = model.duties(solver)
        cost = self._cost(duties)
        bound = max(0, round(solver.best_objective_bound))
        proven = status == cp_model.OPTIMAL and all(goal.value == goal.bound for goal in goals)
        goals.append(Goal("cost", cost, min(cost, bound)))
        return self.answer(duties, goals, "proven" if proven else "limit")

    def _cost(self, duties: Sequence[Duty]) -> int:
        return sum(line.cost for line in account(self.c, duties))

    def _without(self, status: cp_model.CpSolverStatus) -> Answer | None:
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        if status != cp_model.INFEASIBLE:
            return Unknown(KIND, "limit", self.context.seconds())
        self.context.allow_more(5.0)
        reasons, smallest = explain(self.c, self.context, self.previous, self.locked)
        return Infeasible(KIND, reasons, smallest, self.context.seconds())

    def answer(self, duties: Sequence[Duty], goals: Sequence[Goal], ended: Ended) -> Plan:
        """The plan of these duties."""
        return Plan(
            KIND,
            tuple(duties),
            account(self.c, duties),
            tuple(goals),
            self._moves(duties) if self.context.previous else (),
            ended,
            self.context.seconds(),
        )

    def _moves(self, duties: Sequence[Duty]) -> tuple[Move, ...]:
        """Duties dropped and added in parts that were planned before."""
        keys = {shift.key for shift in self.c.shifts}
        planned = {(duty.session, duty.part) for duty in self.previous}
        old = {duty for duty in self.previous if (duty.session, duty.part) in keys}
        new = {duty for duty in duties if (duty.session, duty.part) in planned}
        return changed_duties(old, new)


class _Watch(cp_model.CpSolverSolutionCallback):
    """Hands solutions on while the solver works."""

    def __init__(self, model: Staffing, search: _Search, goals: Sequence[Goal]) -> None:
        super().__init__()
        self.model, self.search, self.goals = model, search, list(goals)

    def on_solution_callback(self) -> None:
        bound = max(0, round(self.best_objective_bound))
        duties = self.model.duties(self)
        plan = self.search.answer(duties, self.goals, "limit")
        cost = sum(line.cost for line in plan.costs)
        goals = [*self.goals, Goal("cost", cost, min(cost, bound))]
        plan = self.search.answer(duties, goals, "limit")
        self.search.context.progress("cost", cost, min(cost, bound), plan)
