"""Improves a first programme by several searches at once, each taking up the best of the others.

Local search, large neighbourhoods and, when they give nothing more and it is small enough, the
exact model of the whole, started from the best there is. With two workers or more the local search
has a thread of its own; with one, and in deterministic mode, they take turns.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from planning.context import Context
from planning.programme.block_frame import BlockFrame
from planning.programme.compiled import BIG
from planning.programme.exact import ExactModel
from planning.programme.frame import FrameModel
from planning.programme.framing import Framing
from planning.programme.improve import Annealer, Moves
from planning.programme.neighbourhoods import Neighbourhoods
from planning.programme.pool import Pool
from planning.programme.problem import Place

if TYPE_CHECKING:
    from planning.programme.model import Search

CHUNK = 100  # moves of the local search between two looks at the clock
CHUNKS_PER_SECOND = 50  # that stand for a second in deterministic mode


@dataclass(frozen=True)
class Pace:
    """How the time is shared out.

    cycle       moves of the local search from hot to cold, the first time; each has more
    longer      by this factor
    cold        the last temperature of a cycle, as a part of the first
    parts       large neighbourhoods between two cycles, where they take turns
    idle        parts in a row without gain after which the exact model of the whole is tried
    least       part of the time that is given to the race before that
    """

    cycle: int = 20_000
    longer: float = 1.4
    cold: float = 0.004
    parts: int = 6
    idle: int = 12
    least: float = 0.2


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


def anneal(
    annealer: Annealer,
    clock: Clock,
    keep: Callable[[int, list[Place]], object],
    moves: int = 10**12,
    cold: float = 0.004,
) -> None:
    """One cycle from hot to cold, of so many moves or until the clock has run out; `keep` is told
    of every best, at most once a chunk."""
    state = annealer.state
    if annealer.best >= BIG:
        annealer.mend()
    keep(annealer.best, state.places(annealer.kept))
    told = annealer.best
    if not annealer.free or annealer.best == 0:
        return
    hot = annealer.heat()
    made = 0
    while annealer.best > 0 and (passed := max(clock.share(), made / moves)) < 1:
        made += CHUNK
        annealer.chunk(hot * cold**passed if passed < 0.95 else 0.0, CHUNK)
        if annealer.best < told:
            told = annealer.best
            keep(told, state.places(annealer.kept))


class Race:
    """bound: proven for the cost; impossible: proven that there is no programme."""

    def __init__(self, search: Search, state: Moves, pool: Pool, laid: bool) -> None:
        self.search, self.state, self.pool, self.laid = search, state, pool, laid
        self.context, self.c = search.context, search.c
        self.pace = Pace()
        self.moves = float(self.pace.cycle)  # of the next cycle of the local search
        self.bound = 0
        self.impossible = False
        self._failure: BaseException | None = None

    def run(self) -> None:
        """Until the time is over or the best is proven."""
        if not self.laid:
            self.pool.offer(BIG * 1000, self.state.places())
            if self.search.fits_exact():
                self._whole()
            return
        annealer = Annealer(self.state)
        if annealer.best >= BIG:
            annealer.mend()
        self._offer(annealer)
        other = Moves(self.c, Random(self.context.seed + 1))  # noqa: S311 - search, not secrecy
        parts = Neighbourhoods(other, self.context, Random(self.context.seed + 2))  # noqa: S311
        if self.context.workers < 2:
            self._in_turns(annealer, parts)
        else:
            self._side_by_side(annealer, parts)
        self.pool.ended = True

    def _offer(self, annealer: Annealer) -> None:
        self.pool.offer(annealer.best, annealer.state.places(annealer.kept))

    def _done(self) -> bool:
        cost = self.pool.cost
        return self.context.remaining() <= 0 or (cost is not None and cost <= self.bound)

    # -- the local search ------------------------------------------------------------------------

    def _walk(self, annealer: Annealer, until: Callable[[], bool]) -> None:
        """A cycle of annealing from the best there is."""
        cost, places = self.pool.best()
        if cost is not None and cost < annealer.cost:
            annealer.state.load(places)
            annealer.restart()
        clock = _Until(self.context, self.context.remaining(), until)
        anneal(annealer, clock, self.pool.offer, round(self.moves), self.pace.cold)

    def _side_by_side(self, annealer: Annealer, parts: Neighbourhoods) -> None:
        stop = threading.Event()

        def walk() -> None:
            try:
                until = lambda: stop.is_set() or self._done()  # noqa: E731 - said twice
                while not until() and annealer.best > 0:
                    self._walk(annealer, until)
                    self.moves *= self.pace.longer
            except BaseException as error:  # told to the main thread
                self._failure = error

        walker = threading.Thread(target=walk, name="local search", daemon=True)
        walker.start()
        try:
            self._reframe(parts)
            while not self._done() and self._failure is None:
                self._part(parts)
                if self._exhausted(parts):
                    stop.set()
                    walker.join()
                    self._whole()
                    parts.idle = -1_000_000
                    break
        finally:
            stop.set()
            walker.join(2.0)
        if self._failure is not None:
            raise self._failure

    def _in_turns(self, annealer: Annealer, parts: Neighbourhoods) -> None:
        self._reframe(parts)
        while not self._done():
            for _ in range(self.pace.parts):
                if not self._done():
                    self._part(parts)
            if self._exhausted(parts):
                self._whole()
                return
            if annealer.best > 0:
                self._walk(annealer, self._done)

    # -- parts, frames and the whole -------------------------------------------------------------

    def _reframe(self, parts: Neighbourhoods) -> None:
        """Frames of both other kinds, at true prices."""
        for kind in (BlockFrame, FrameModel):
            _, places = self.pool.best()
            if not places or self._done():
                return
            parts.state.load(places)
            framing = Framing(self.c, self.context)
            if framing.better(parts.state, kind, min(6.0, 0.1 * self.context.limit_s)):
                annealer = Annealer(parts.state)
                annealer.mend()
                self._offer(annealer)

    def _part(self, parts: Neighbourhoods) -> None:
        cost, places = self.pool.best()
        if cost is None:
            return
        found = parts.step(cost, places)
        if found:
            self.pool.offer(*found)

    def _exhausted(self, parts: Neighbourhoods) -> bool:
        return (
            parts.idle >= self.pace.idle
            and self.context.seconds() >= self.pace.least * self.context.limit_s
            and self.search.fits_exact()
        )

    def _whole(self) -> None:
        """The exact model of all of it, started from the best there is, to the end of the time."""
        from planning.programme.model import Offers

        cost, places = self.pool.best()
        ceiling = cost if cost is not None and cost < BIG else None
        model = ExactModel(self.c, ceiling=ceiling)
        model.model.minimize(model.objective())
        if ceiling is not None:
            model.hint(places)
        solver = self.context.solver()
        status = self.context.run(solver, model.model, Offers(model, self.pool, self.c))
        if status == cp_model.INFEASIBLE:
            self.impossible = ceiling is None
        elif status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            self.bound = max(0, round(solver.best_objective_bound))


class _Until(Clock):
    """A clock that also ends when it is told to."""

    def __init__(self, context: Context, seconds: float, until: Callable[[], bool]) -> None:
        super().__init__(context, seconds)
        self.until = until

    def share(self) -> float:
        return 1.0 if self.until() else super().share()
