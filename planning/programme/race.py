"""Improves a first programme by several searches at once, each taking up the best of the others.

Local search, large neighbourhoods and, when they give nothing more and it is small enough, the
exact model of the whole, started from the best there is. With two workers or more the local search
has a thread of its own; with one, and in deterministic mode, they take turns.
"""

from __future__ import annotations

import threading
from random import Random
from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from planning.programme.account import account
from planning.programme.attempt import attempt_of
from planning.programme.block_frame import BlockFrame
from planning.programme.exact import ExactModel
from planning.programme.frame import FrameModel
from planning.programme.framing import Framing
from planning.programme.grounds import of_parts
from planning.programme.improve import Annealer
from planning.programme.moves import Moves
from planning.programme.neighbourhoods import Neighbourhoods
from planning.programme.pool import Pool
from planning.programme.units import BIG
from planning.programme.walk import Clock, Pace, Walk
from planning.results import Reason

if TYPE_CHECKING:
    from planning.programme.compiled import Compiled
    from planning.programme.model import Search


class Race:
    """bound: proven for the cost; impossible: proven that there is no programme, and `reasons` if
    a part of it shows why."""

    def __init__(
        self, search: Search, state: Moves, pool: Pool, framing: Framing, walk: Walk | None
    ) -> None:
        self.search, self.state, self.pool = search, state, pool
        self.framing, self.walk = framing, walk
        self.context, self.c = search.context, search.c
        self.pace = Pace()
        self.bound = 0
        self.tried = False
        self.again = list(self.pace.again)
        self.impossible = False
        self.reasons: tuple[Reason, ...] = ()
        self._failure: BaseException | None = None

    def run(self) -> None:
        """Until the time is over or the best is proven."""
        search = self.walk
        if search is None:
            self.pool.offer(BIG * 1000, self.state.places())
            if self.search.fits_exact():
                self._whole(self.context.remaining())
            return
        if self._broken() and self._shown_by_parts():
            return
        other = Moves(self.c, Random(self.context.seed + 1))  # noqa: S311 - search, not secrecy
        parts = Neighbourhoods(other, self.context, Random(self.context.seed + 2))  # noqa: S311
        if self.context.workers < 2:
            self._in_turns(search, parts)
        else:
            self._side_by_side(search, parts)
        self.pool.ended = True

    def _shown_by_parts(self) -> bool:
        """Whether what the first attempt breaks is impossible in a part of the problem."""
        _, places = self.pool.best()
        broken = attempt_of(self.c.problem, places, 0.0).broken
        self.reasons = of_parts(self.c, self.context, broken)
        return bool(self.reasons)

    def _broken(self) -> bool:
        """Whether the best attempt breaks what must hold."""
        return (self.pool.cost or 0) >= BIG

    def _done(self) -> bool:
        cost = self.pool.cost
        return self.context.remaining() <= 0 or (cost is not None and cost <= self.bound)

    # -- side by side, or in turns ---------------------------------------------------------------

    def _side_by_side(self, search: Walk, parts: Neighbourhoods) -> None:
        stop = threading.Event()

        def walk() -> None:
            try:
                while not stop.is_set() and not self._done() and search.step():
                    pass
            except BaseException as error:  # told to the main thread
                self._failure = error

        search.mend(self.pace.first)
        self._reframe(parts)  # alone: both are in Python, and would take each other's time
        walker = threading.Thread(target=walk, name="local search", daemon=True)
        walker.start()
        try:
            while not self._done() and self._failure is None:
                self._part(parts)
                self._reframe_again(parts)
                if self._exhausted(parts) and self._promising():
                    stop.set()
                    walker.join()
                    self._whole(self.context.remaining())
                    break
        finally:
            stop.set()
            walker.join(2.0)
        if self._failure is not None:
            raise self._failure

    def _in_turns(self, search: Walk, parts: Neighbourhoods) -> None:
        search.mend(self.pace.first)
        self._reframe(parts)
        while not self._done():
            for _ in range(self.pace.parts):
                if not self._done():
                    self._part(parts)
            self._reframe_again(parts)
            if self._exhausted(parts) and self._promising():
                self._whole(self.context.remaining())
                return
            for _ in range(self.pace.chunks):
                if self._done() or not search.step():
                    break

    # -- parts, frames and the whole -------------------------------------------------------------

    def _reframe_again(self, parts: Neighbourhoods) -> None:
        """A frame of patterns where it is time for one; soon after one that was better, another."""
        now, limit = self.context.seconds(), self.context.limit_s
        if self._done() or not self.again or now < self.again[0] * limit:
            return
        self.again.pop(0)
        before = self.pool.cost or 0
        self._reframe(parts, patterns_only=True)
        soon = self.context.seconds() / limit + self.pace.soon
        if (self.pool.cost or 0) < before and soon < self.pace.last:
            self.again = [soon, *(share for share in self.again if share > soon)]

    def _reframe(self, parts: Neighbourhoods, *, patterns_only: bool = False) -> None:
        """A frame of another kind, at true prices: blocks by patterns or, where a track has none,
        by a model, or else any frame."""
        for kind in (None,) if patterns_only else (None, BlockFrame, FrameModel):
            _, places = self.pool.best()
            if not places or self._done():
                return
            parts.state.load(places)
            seconds = min(6.0, self.pace.frame * self.context.limit_s)
            if kind is None:
                filled = self.framing.patterned(parts.state, parts.rng, seconds)
            else:
                filled = self.framing.better(parts.state, kind, seconds)
            if filled:
                self._settle(Annealer(parts.state))
                return

    def _settle(self, annealer: Annealer) -> None:
        """Let a new frame find what suits it, from little heat, before it is compared."""
        clock = Clock(self.context, self.pace.settle * self.context.limit_s)
        pace = Pace(cycles=(1.0,), hot=(self.pace.warm,))
        walk = Walk(annealer, clock, self.pool.offer, pace=pace)
        while not self._done() and walk.step():
            pass

    def _part(self, parts: Neighbourhoods) -> None:
        cost, places = self.pool.best()
        if cost is None:
            return
        found = parts.step(cost, places)
        if found:
            self.pool.offer(*found)

    def _exhausted(self, parts: Neighbourhoods) -> bool:
        """Whether it is time to try the exact model of the whole."""
        passed = self.context.seconds() / self.context.limit_s
        if self.tried or passed < self.pace.least or not self.search.fits_exact():
            return False
        small = self.search.c.count_places() <= self.pace.small
        idle = self.pace.soon_idle if small else self.pace.idle
        return parts.idle >= idle or (small and passed >= self.pace.latest)

    def _promising(self) -> bool:
        """Whether the exact model of the whole, tried for a while beside the local search, comes
        near the cost with its bound."""
        self.tried = True
        self._whole(self.pace.trial * self.context.limit_s)
        cost = self.pool.cost or 0
        return not self._done() and cost - self.bound <= self.pace.near * cost

    def _whole(self, seconds: float) -> None:
        """The exact model of all of it, started from the best there is."""
        cost, places = self.pool.best()
        ceiling = cost if cost is not None and cost < BIG else None
        model = ExactModel(self.c, ceiling=ceiling)
        model.model.minimize(model.objective())
        if ceiling is not None:
            model.hint(places)
        solver = self.context.solver(seconds)
        status = self.context.run(solver, model.model, Offers(model, self.pool, self.c))
        if status == cp_model.INFEASIBLE:
            self.impossible = ceiling is None
        elif status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            self.bound = max(self.bound, round(solver.best_objective_bound))


class Offers(cp_model.CpSolverSolutionCallback):
    """Offers solutions of the exact model to the pool."""

    def __init__(self, model: ExactModel, pool: Pool, c: Compiled) -> None:
        super().__init__()
        self.model, self.pool, self.c = model, pool, c

    def on_solution_callback(self) -> None:
        places = self.model.places(self)
        self.pool.offer(sum(line.cost for line in account(self.c, places)), places)
