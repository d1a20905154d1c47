"""Finds a programme: the exact model where it is small enough, else frame first, talks after."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import Any

from ortools.sat.python import cp_model

from planning.context import Context
from planning.programme import rules
from planning.programme.account import account
from planning.programme.compiled import BIG, Compiled
from planning.programme.exact import ExactModel
from planning.programme.explain import explain
from planning.programme.frame import BlockFrame, Extend, FrameModel, lay_out
from planning.programme.improve import Allowed, Moves, anneal
from planning.programme.problem import Place, Problem
from planning.programme.state import State, lay_previous
from planning.results import Answer, Ended, Goal, Infeasible, Move, Plan, Unknown

KIND = "programme"
EXACT_PLACES = 40_000  # places (contribution, cell, time) up to which the exact model is built
EXACT_PAIRS = 4_000  # wished pairs up to which it is
CORES: dict[str, object] = {
    "num_workers": 1,
    "optimize_with_core": True,
    "linearization_level": 0,
    "cp_model_presolve": False,
}
CHUNKS_PER_SECOND = 25  # of local search that stand for a second in deterministic mode
MOVE_COST = 20_000  # of one change from a previous programme, in the local search
FRAME_SECONDS = 1.5  # for making a frame that was found better

Frame = BlockFrame | FrameModel
# a part of the search that somebody else decides together with the frame
OnFrame = Callable[[Frame, cp_model.CpSolver, State], Allowed]


def plan(problem: Problem, context: Context) -> Answer:
    """The best programme found in the time given, or why there is none."""
    search = Search(problem, context)
    if search.fits_exact():
        return search.exact()
    found = search.large()
    if isinstance(found, Unknown) and context.remaining() > 1.0:
        return search.exact()
    return found


class Search:
    """One search for a programme. `large` may be told of a frame decided with something else."""

    def __init__(self, problem: Problem, context: Context) -> None:
        self.c = Compiled(problem)
        self.context = context
        standing = context.previous.assignments if context.previous else ()
        self.previous: dict[str, Place] = {
            place.contribution: place for place in standing if place.contribution in self.c.index
        }
        self.locked = self._locked()
        self.shut = tuple(lock.slot for lock in context.locks if lock.slot)

    def _locked(self) -> tuple[str, ...]:
        """Contributions that must stay: named ones, and all that were in a locked slot."""
        named = {lock.item for lock in self.context.locks if lock.item}
        slots = {lock.slot for lock in self.context.locks if lock.slot}
        return tuple(
            name for name, place in self.previous.items() if name in named or place.slot in slots
        )

    def fits_exact(self) -> bool:
        """Whether the exact model is small enough to be built."""
        c = self.c
        pairs = len(c.wanted) if c.cost[rules.CLASH] != 0 else 0
        return c.count_places() <= EXACT_PLACES and pairs <= EXACT_PAIRS

    # -- the exact model ---------------------------------------------------------------------

    def exact(self) -> Answer:
        """Solve the exact model: first for the fewest moves, then for the least cost."""
        context = self.context
        model = ExactModel(self.c, previous=self.previous, locks=self.locked, shut_slots=self.shut)
        goals: list[Goal] = []
        kept: list[Place] = []
        if self.previous:
            solver, status = self._fewest_moves(model)
            answer = self._without(status)
            if answer:
                return answer
            kept = model.places(solver)
            moves = round(solver.objective_value)
            goals.append(Goal("moves", moves, round(solver.best_objective_bound)))
            self._report("moves", kept, goals)
            model.model.add(model.moved <= moves)
            for literal in (*model.meets.values(), *model.at.values(), *model.on.values()):
                model.model.add_hint(literal, solver.boolean_value(literal))
        model.model.minimize(model.objective())
        solver = context.solver()
        status = context.run(solver, model.model, _Watch(model, self, goals))
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE) and kept:
            cost = sum(line.cost for line in account(self.c, kept))
            return self.answer(kept, [*goals, Goal("cost", cost, 0)], "limit")
        answer = self._without(status)
        if answer:
            return answer
        bound = max(0, round(solver.best_objective_bound))
        places = model.places(solver)
        cost = sum(line.cost for line in account(self.c, places))
        proven = status == cp_model.OPTIMAL and all(goal.value == goal.bound for goal in goals)
        goals.append(Goal("cost", cost, min(cost, bound)))
        return self.answer(places, goals, "proven" if proven else "limit")

    def _fewest_moves(self, model: ExactModel) -> tuple[cp_model.CpSolver, cp_model.CpSolverStatus]:
        """Nearly everything stays, which a search guided by cores proves at once where it can."""
        model.model.minimize(model.moved)
        solver = self.context.solver(self.context.remaining() * 0.2, **CORES)
        status = self.context.run(solver, model.model)
        if status in (cp_model.OPTIMAL, cp_model.INFEASIBLE):
            return solver, status
        second = self.context.solver(self.context.remaining() * 0.6)
        again = self.context.run(second, model.model)
        undecided = again not in (cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.INFEASIBLE)
        if undecided and status == cp_model.FEASIBLE:
            return solver, status
        return second, again

    def _without(self, status: cp_model.CpSolverStatus) -> Answer | None:
        """The answer where a solve gave no programme."""
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        if status != cp_model.INFEASIBLE:
            return Unknown(KIND, "limit", self.context.seconds())
        self.context.allow_more(5.0)
        reasons, smallest = explain(self.c, self.context, self.previous, self.locked, self.shut)
        return Infeasible(KIND, reasons, smallest, self.context.seconds())

    # -- frame first, talks after --------------------------------------------------------------

    def large(self, extend: Extend | None = None, on_frame: OnFrame | None = None) -> Answer:
        """Decide the frame, lay the contributions in, improve both until the time is over."""
        context, c = self.context, self.c
        rng = Random(context.seed)  # noqa: S311 - search, not secrecy
        state = Moves(c, rng, self._standing(), frozenset(c.index[n] for n in self.locked))
        state.set_move_cost(MOVE_COST, frozenset(c.slot_index[name] for name in self.shut))
        bound = state.floor()
        allowed: Allowed = lambda a, b: True  # noqa: E731 - the simplest of a family of functions
        if not (self.previous and on_frame is None and lay_previous(state, self.previous)):
            laid = self._frame(state, extend, on_frame)
            if laid is None:
                return Unknown(KIND, "limit", context.seconds())
            allowed = laid
        best: list[tuple[int, list[Place]]] = []

        def keep(cost: int, places: list[Place]) -> None:
            best[:] = [(cost, places)]
            if cost < BIG:
                self._report("cost", places, self._goals(places, bound))

        anneal(state, share=self._share(), on_best=keep, may_swap=allowed, hot=c.first_heat())
        cost, places = best[0]
        if cost >= BIG:
            return Unknown(KIND, "limit", context.seconds())
        goals = self._goals(places, bound)
        proven = all(goal.value == goal.bound for goal in goals)
        return self.answer(places, goals, "proven" if proven else "limit")

    def _standing(self) -> dict[int, tuple[int, int]]:
        c = self.c
        return {
            c.index[name]: (c.slot_index[place.slot], c.room_index[place.room])
            for name, place in self.previous.items()
            if place.slot in c.slot_index and place.room in c.room_index
        }

    def _frame(
        self, state: State, extend: Extend | None, on_frame: OnFrame | None
    ) -> Allowed | None:
        for kind in (BlockFrame, FrameModel):
            frame: Frame = kind(self.c, extend)
            solver = self._solve_frame(frame)
            if solver is None:
                continue
            sessions = {
                state.cell_of_place[s, r]: t
                for (t, s, r), meets in frame.meets.items()
                if solver.value(meets)
            }
            if lay_out(state, sessions):
                return on_frame(frame, solver, state) if on_frame else lambda a, b: True
            state.clear()
        return None

    def _solve_frame(self, frame: Frame) -> cp_model.CpSolver | None:
        """A frame at all first, which must be found; then a good one, in little time."""
        context = self.context
        solver = context.solver(context.remaining() * 0.5, stop_after_first_solution=True)
        status = context.run(solver, frame.model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        if status == cp_model.FEASIBLE:
            for literal in frame.literals:
                frame.model.add_hint(literal, solver.boolean_value(literal))
            better = context.solver(FRAME_SECONDS, relative_gap_limit=0.02)
            if context.run(better, frame.model) in (cp_model.OPTIMAL, cp_model.FEASIBLE):
                return better
        return solver

    def _share(self) -> Callable[[], float]:
        """The part of the remaining time that has passed; no clock in deterministic mode."""
        context = self.context
        before, span = context.seconds(), max(0.05, context.remaining())
        if not context.deterministic:
            return lambda: (context.seconds() - before) / span

        def counted() -> float:
            context.spent += 1 / CHUNKS_PER_SECOND
            return (context.seconds() - before) / span

        return counted

    # -- answers -------------------------------------------------------------------------------

    def _goals(self, places: Sequence[Place], bound: int) -> list[Goal]:
        cost = sum(line.cost for line in account(self.c, places))
        goals = [Goal("cost", cost, min(cost, bound))]
        if self.previous:
            goals.insert(0, Goal("moves", len(moves_between(self.previous, places)), 0))
        return goals

    def _report(self, name: str, places: Sequence[Place], goals: Sequence[Goal]) -> None:
        goal = next(goal for goal in goals if goal.name == name)
        plan = self.answer(places, goals, "limit")
        self.context.progress(name, goal.value, goal.bound, plan)

    def answer(self, places: Sequence[Place], goals: Sequence[Goal], ended: Ended) -> Plan:
        """The plan of a programme."""
        return Plan(
            KIND,
            tuple(places),
            account(self.c, places),
            tuple(goals),
            moves_between(self.previous, places) if self.previous else (),
            ended,
            self.context.seconds(),
        )


def moves_between(previous: Mapping[str, Place], places: Sequence[Place]) -> tuple[Move, ...]:
    """Contributions now in another slot or room; one that is new is no move."""
    moves: list[Move] = []
    for place in places:
        old: Any = previous.get(place.contribution)
        if old and (old.slot, old.room) != (place.slot, place.room):
            moves.append(Move(place.contribution, old, place))
    return tuple(moves)


class _Watch(cp_model.CpSolverSolutionCallback):
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
