"""Finds a programme: the exact model where it is small enough, else frame first, talks after.

In: a problem that has been validated. Out: `Found`. No clock is read in deterministic mode.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from ortools.sat.python import cp_model

from planning.programme import rules
from planning.programme.compiled import BIG, Compiled
from planning.programme.exact import ExactModel
from planning.programme.frame import Extend, FrameModel, lay_out
from planning.programme.improve import Allowed, State, anneal
from planning.programme.problem import Place, Problem

EXACT_PLACES = 40_000  # places (contribution, cell, time) up to which the exact model is built
EXACT_PAIRS = 4_000  # wished pairs up to which it is
CHUNKS_PER_SECOND = 20  # in deterministic mode: chunks of local search that stand for a second
MOVE_COST = 20_000  # of one change from a previous programme, in the local search

# cost, places, best bound, seconds since the start; called for each better programme and bound
Progress = Callable[[int, Sequence[Place] | None, int], None]
Cancelled = Callable[[], bool]


@dataclass(frozen=True)
class Found:
    """status: "optimal", "feasible", "infeasible" or "unknown"; cost and bound in units of cost,
    moves and their bound only where there is a previous programme."""

    status: str
    places: tuple[Place, ...] = ()
    cost: int = 0
    bound: int = 0
    moves_bound: int = 0


def places_count(compiled: Compiled) -> int:
    """How many places the exact model would weigh."""
    total = 0
    for given in compiled.problem.contributions:
        for s, _ in compiled.cells:
            if given.minutes <= compiled.long[s]:
                steps = (compiled.long[s] - given.minutes) // compiled.step + 1
                total += steps if compiled.timed else 1
    return total


def is_small(compiled: Compiled) -> bool:
    pairs = len(compiled.wanted) if compiled.cost[rules.CLASH] != 0 else 0
    return places_count(compiled) <= EXACT_PLACES and pairs <= EXACT_PAIRS


def find(
    problem: Problem,
    *,
    seconds: float,
    seed: int = 0,
    workers: int = 2,
    deterministic: bool = False,
    previous: Sequence[Place] | None = None,
    locks: Sequence[str] = (),
    on_progress: Progress = lambda cost, places, bound: None,
    cancelled: Cancelled = lambda: False,
    extend: Extend | None = None,
    may_swap: Callable[[State], Allowed] | None = None,
    on_frame: Callable[[FrameModel, cp_model.CpSolver], None] | None = None,
) -> Found:
    """The best programme found within `seconds`.

    previous: the programme that stands, from which as few contributions as possible are moved to
    another slot or room, before any cost counts; locks: contributions that must not be moved.
    extend, may_swap, on_frame: for callers who plan something else together with the frame.
    """
    compiled = Compiled(problem)
    before = {place.contribution: place for place in previous or ()}
    run = _Run(
        compiled,
        seconds,
        seed,
        workers,
        deterministic,
        before,
        tuple(locks),
        on_progress,
        cancelled,
    )
    if extend is None and is_small(compiled):
        return run.exact()
    return run.large(extend, may_swap, on_frame)


@dataclass
class _Run:
    c: Compiled
    seconds: float
    seed: int
    workers: int
    deterministic: bool
    previous: Mapping[str, Place]
    locks: tuple[str, ...]
    on_progress: Progress
    cancelled: Cancelled

    def __post_init__(self) -> None:
        self.start = time.monotonic()

    def _left(self) -> float:
        return max(0.05, self.seconds - (time.monotonic() - self.start))

    def solver(self, seconds: float) -> cp_model.CpSolver:
        solver = cp_model.CpSolver()
        parameters = solver.parameters
        parameters.random_seed = self.seed
        parameters.num_workers = self.workers
        if self.deterministic:
            parameters.max_deterministic_time = seconds
            parameters.interleave_search = self.workers > 1
        else:
            parameters.max_time_in_seconds = seconds
        return solver

    def exact(self) -> Found:
        model = ExactModel(self.c, previous=self.previous, locks=self.locks)
        moves_bound = 0
        watch = _Watch(model, self, report=not self.previous)
        if self.previous:
            model.model.minimize(model.moved)
            solver = self.solver(self.seconds / 2 if self.deterministic else self._left() * 0.6)
            status = solver.solve(model.model, watch)
            if status == cp_model.INFEASIBLE:
                return Found("infeasible")
            if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
                return Found("unknown")
            moves_bound = round(solver.best_objective_bound)
            model.model.add(model.moved <= round(solver.objective_value))
            for literal in (*model.meets.values(), *model.at.values(), *model.on.values()):
                model.model.add_hint(literal, solver.boolean_value(literal))
            kept = tuple(model.places(solver))
            watch = _Watch(model, self, report=True)
        model.model.minimize(model.objective())
        solver = self.solver(
            self.seconds / (2 if self.previous else 1) if self.deterministic else self._left()
        )
        status = solver.solve(model.model, watch)
        if status == cp_model.INFEASIBLE:
            return Found("infeasible")
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            if self.previous:
                return Found("feasible", kept, moves_bound=moves_bound)
            return Found("unknown")
        word = "optimal" if status == cp_model.OPTIMAL else "feasible"
        return Found(
            word,
            tuple(model.places(solver)),
            round(solver.objective_value),
            max(0, round(solver.best_objective_bound)),
            moves_bound,
        )

    def large(
        self,
        extend: Extend | None,
        may_swap: Callable[[State], Allowed] | None,
        on_frame: Callable[[FrameModel, cp_model.CpSolver], None] | None,
    ) -> Found:
        rng = Random(self.seed)  # noqa: S311 - search, not secrecy
        previous = {
            self.c.index[name]: (self.c.slot_index[place.slot], self.c.room_index[place.room])
            for name, place in self.previous.items()
            if name in self.c.index
            and place.slot in self.c.slot_index
            and place.room in self.c.room_index
        }
        locks = frozenset(self.c.index[name] for name in self.locks)
        state = State(self.c, rng, previous, locks, MOVE_COST if previous else 0)
        bound = floor_of(state)
        laid = bool(previous) and lay_previous(state, self.previous)
        if not laid:
            frame = FrameModel(self.c, extend)
            solver = self.solver(2.0 if self.deterministic else min(3.0, self._left() * 0.3))
            solver.parameters.relative_gap_limit = 0.02
            status = solver.solve(frame.model)
            if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
                return Found("unknown")
            if on_frame:
                on_frame(frame, solver)
            sessions = {
                state.cell_of_place[s, r]: t
                for (t, s, r), literal in frame.meets.items()
                if solver.boolean_value(literal)
            }
            if not lay_out(state, sessions):
                return Found("unknown")
        best: list[tuple[int, list[Place]]] = []

        def keep(cost: int, places: list[Place]) -> None:
            best[:] = [(cost, places)]
            if cost < BIG:
                self.on_progress(cost, places, bound)

        allowed = may_swap(state) if may_swap else lambda a, b: True
        anneal(state, share=self._share(), on_best=keep, may_swap=allowed, hot=heat_of(self.c))
        cost, places = best[0]
        if cost >= BIG:
            return Found("unknown")
        moved = sum(
            1
            for i, where in previous.items()
            if (place := places[i])
            and (self.c.slot_index[place.slot], self.c.room_index[place.room]) != where
        )
        return Found("feasible", tuple(places), cost - moved * state.move_cost, bound)

    def _share(self) -> Callable[[], float]:
        """The part of the time that has passed, counted in calls in deterministic mode."""
        if self.deterministic:
            total, calls = max(1, int(self.seconds * CHUNKS_PER_SECOND)), [0]

            def counted() -> float:
                calls[0] += 1
                return 1.0 if self.cancelled() else calls[0] / total

            return counted
        begin = time.monotonic()
        span = max(0.05, self.seconds - (begin - self.start))
        return lambda: 1.0 if self.cancelled() else (time.monotonic() - begin) / span


def heat_of(compiled: Compiled) -> float:
    """A first temperature that fits the size of the costs of wishes."""
    if not compiled.wanted:
        return 5.0
    mean = sum(compiled.wanted.values()) / len(compiled.wanted)
    return 2.0 * mean * compiled.weighted(rules.CLASH)


def floor_of(state: State) -> int:
    """A lower bound on the cost: each contribution where it alone is cheapest."""
    lowest = 0
    for i in range(len(state.cell)):
        per_slot = [
            int(state.by_unit[i, first : first + max(1, room - state.length[i] + 1)].min())
            for first, room in zip(state.first_unit, state.room, strict=True)
        ]
        options = [
            int(state.by_cell[i, n]) + per_slot[s]
            for n, (s, _) in enumerate(state.c.cells)
            if state.room[s] >= state.length[i]
        ]
        lowest += min(options, default=0)
    return lowest


def lay_previous(state: State, previous: Mapping[str, Place]) -> bool:
    """Start from the programme that stands; False where it does not cover the contributions."""
    c = state.c
    if set(previous) != {given.id for given in c.problem.contributions}:
        return False
    cells: dict[int, list[tuple[int, int]]] = {}
    for name, place in previous.items():
        key = (c.slot_index.get(place.slot, -1), c.room_index.get(place.room, -1))
        if key not in state.cell_of_place:
            return False
        cells.setdefault(state.cell_of_place[key], []).append((place.offset, c.index[name]))
    for n, held in sorted(cells.items()):
        talks = [i for _, i in sorted(held)]
        if len({c.track_of[i] for i in talks}) > 1 or not state.fits(n, talks):
            return False
    for n, held in sorted(cells.items()):
        talks = [i for _, i in sorted(held)]
        state.lay(n, c.track_of[talks[0]], talks)
    return True


class _Watch(cp_model.CpSolverSolutionCallback):
    """Hands solutions on while the solver works, and stops it when asked."""

    def __init__(self, model: ExactModel, run: _Run, report: bool) -> None:
        super().__init__()
        self.model, self.run, self.report = model, run, report

    def on_solution_callback(self) -> None:
        if self.run.cancelled():
            self.stop_search()
        if self.report:
            bound = max(0, round(self.best_objective_bound))
            self.run.on_progress(round(self.objective_value), self.model.places(self), bound)


__all__ = ["Found", "Progress", "find"]
