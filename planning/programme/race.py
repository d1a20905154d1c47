"""Improves a first programme by several searches at once, each taking up the best of the others.

Local search, large neighbourhoods and, when they give nothing more and it is small enough, the
exact model of the whole, started from the best there is. With two workers or more the local search
has a thread of its own; with one, and in deterministic mode, they take turns.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from planning.context import Context
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
from planning.programme.problem import Place
from planning.programme.units import BIG
from planning.results import Reason

if TYPE_CHECKING:
    from planning.programme.model import Search

CHUNK = 100  # moves of the local search between two looks at the clock
CHUNKS_PER_SECOND = 50  # that stand for a second in deterministic mode


@dataclass(frozen=True)
class Pace:
    """How the time is shared out.

    cycles      when the local search is cold, as parts of the time: quickly once for a good
                programme, then ever more slowly, and at last from the best there is
    hot         the first temperature of each cycle, as a part of what moves cost
    cold        the last temperature of a cycle, as a part of the first
    parts       large neighbourhoods in a turn, where they take turns
    chunks      of moves of the local search in a turn
    soon        seconds of local search alone where the first frame breaks what must hold
    first       seconds more, where no part of the problem shows that there is no programme
    frame       part of the time for a frame of each further kind
    settle      part of the time in which a new frame is improved before it is compared
    warm        the first temperature of that
    again       when frames of patterns are tried again, as parts of the time
    idle        parts in a row without gain after which the exact model of the whole is tried
    least       part of the time that is given to the race before that
    trial       part of the time in which the exact model must show that it can bound the cost
    near        distance from its bound, as a part of the cost, from which on it has the rest
    """

    cycles: tuple[float, ...] = (0.06, 0.25, 0.85, 0.93, 1.0)
    hot: tuple[float, ...] = (1.0, 1.0, 1.5, 0.3, 0.2)
    cold: float = 0.004
    parts: int = 4
    chunks: int = 100
    soon: float = 0.3
    first: float = 2.0
    frame: float = 0.1
    settle: float = 0.06
    warm: float = 0.3
    again: tuple[float, ...] = (0.35, 0.6)
    idle: int = 12
    least: float = 0.2
    trial: float = 0.15
    near: float = 0.5


class Clock:
    """Part of a stretch of time that has passed; in deterministic mode each look counts."""

    def __init__(self, context: Context, seconds: float) -> None:
        self.context = context
        self.span = max(0.05, seconds)
        self.begun = context.seconds()

    def share(self) -> float:
        """From 0 to 1 and beyond."""
        if self.context.deterministic:
            self.context.spent += 1 / CHUNKS_PER_SECOND
        return (self.context.seconds() - self.begun) / self.span


class Walk:
    """The local search, chunk by chunk: cycles from hot to cold, each from the best there is.

    keep is told of every best; best is asked for one at the start of each cycle.
    """

    def __init__(
        self,
        annealer: Annealer,
        clock: Clock,
        keep: Callable[[int, list[Place]], object],
        best: Callable[[], tuple[int | None, Sequence[Place]]] = lambda: (None, ()),
        pace: Pace | None = None,
    ) -> None:
        self.annealer, self.clock, self.keep, self.best = annealer, clock, keep, best
        self.pace = pace or Pace()
        self.cycle = -1
        self.heat = self.begun = 0.0
        self.told: int | None = None
        if annealer.best >= BIG:
            annealer.mend()
        self._tell()

    def done(self) -> bool:
        """Whether there is nothing more to gain."""
        return self.annealer.best == 0 or not self.annealer.free

    def step(self) -> bool:
        """One chunk of moves; False when the time is over."""
        passed = self.clock.share()
        if self.done() or passed >= 1:
            return False
        cycle = next(k for k, end in enumerate(self.pace.cycles) if passed < end)
        if cycle != self.cycle:
            self._begin(cycle, passed)
        along = (passed - self.begun) / (self.pace.cycles[cycle] - self.begun)
        self.annealer.chunk(self.heat * self.pace.cold**along if along < 0.97 else 0.0, CHUNK)
        self._tell()
        return True

    def _begin(self, cycle: int, passed: float) -> None:
        cost, places = self.best()
        if cost is not None and cost < self.annealer.cost:
            self.annealer.state.load(places)
            self.annealer.restart()
        self.cycle, self.begun = cycle, passed
        self.heat = self.annealer.heat() * self.pace.hot[cycle]

    def _tell(self) -> None:
        annealer = self.annealer
        if self.told is None or annealer.best < self.told:
            self.told = annealer.best
            self.keep(annealer.best, annealer.state.places(annealer.kept))


class Race:
    """bound: proven for the cost; impossible: proven that there is no programme, and `reasons` if
    a part of it shows why."""

    def __init__(
        self, search: Search, state: Moves, pool: Pool, framing: Framing, laid: bool
    ) -> None:
        self.search, self.state, self.pool, self.laid = search, state, pool, laid
        self.framing = framing
        self.context, self.c = search.context, search.c
        self.pace = Pace()
        self.bound = 0
        self.tried = False
        self.impossible = False
        self.reasons: tuple[Reason, ...] = ()
        self._failure: BaseException | None = None

    def run(self) -> None:
        """Until the time is over or the best is proven."""
        if not self.laid:
            self.pool.offer(BIG * 1000, self.state.places())
            if self.search.fits_exact():
                self._whole(self.context.remaining())
            return
        search = self._walk(Annealer(self.state))
        self._first_plan(search, self.pace.soon)
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

    def _walk(self, annealer: Annealer) -> Walk:
        clock = Clock(self.context, self.context.remaining())
        return Walk(annealer, clock, self.pool.offer, self.pool.best, self.pace)

    def _first_plan(self, search: Walk, seconds: float) -> None:
        """Local search alone until nothing is broken that must hold, if it takes little time."""
        end = self.context.seconds() + min(seconds, 0.1 * self.context.limit_s)
        while self._broken() and self.context.seconds() < end and search.step():
            pass

    # -- side by side, or in turns ---------------------------------------------------------------

    def _side_by_side(self, search: Walk, parts: Neighbourhoods) -> None:
        stop = threading.Event()

        def walk() -> None:
            try:
                while not stop.is_set() and not self._done() and search.step():
                    pass
            except BaseException as error:  # told to the main thread
                self._failure = error

        self._first_plan(search, self.pace.first)
        self._reframe(parts)  # alone: both are in Python, and would take each other's time
        walker = threading.Thread(target=walk, name="local search", daemon=True)
        walker.start()
        again = list(self.pace.again)
        try:
            while not self._done() and self._failure is None:
                self._part(parts)
                if again and self.context.seconds() >= again[0] * self.context.limit_s:
                    again.pop(0)
                    self._reframe(parts, patterns_only=True)
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
        self._first_plan(search, self.pace.first)
        self._reframe(parts)
        while not self._done():
            for _ in range(self.pace.parts):
                if not self._done():
                    self._part(parts)
            if self._exhausted(parts) and self._promising():
                self._whole(self.context.remaining())
                return
            for _ in range(self.pace.chunks):
                if self._done() or not search.step():
                    break

    # -- parts, frames and the whole -------------------------------------------------------------

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
        return (
            not self.tried
            and parts.idle >= self.pace.idle
            and self.context.seconds() >= self.pace.least * self.context.limit_s
            and self.search.fits_exact()
        )

    def _promising(self) -> bool:
        """Whether the exact model of the whole, tried for a while beside the local search, comes
        near the cost with its bound."""
        self.tried = True
        self._whole(self.pace.trial * self.context.limit_s)
        cost = self.pool.cost or 0
        return not self._done() and cost - self.bound <= self.pace.near * cost

    def _whole(self, seconds: float) -> None:
        """The exact model of all of it, started from the best there is."""
        from planning.programme.model import Offers

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
