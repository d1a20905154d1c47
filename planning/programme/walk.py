"""The local search in the time that it has, and how the time of a search is shared out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from planning.context import Context
from planning.programme.improve import Annealer
from planning.programme.problem import Place
from planning.programme.units import BIG

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
    first       seconds more of local search alone where the first frame breaks what must hold, and
                no part of the problem shows that there is no programme
    frame       part of the time for a frame of each further kind
    settle      part of the time in which a new frame is improved before it is compared
    warm        the first temperature of that
    again       when frames of patterns are tried again, as parts of the time
    soon, last  after which part of the time they are tried again where that gave a better
                programme, and until when
    idle        parts in a row without gain after which the exact model of the whole is tried
    least       part of the time that is given to the race before that
    small       places up to which the exact model of the whole is tried sooner: after which
    soon_idle   parts in a row without gain, and after which part of the time
    latest      in any case
    trial       part of the time in which the exact model must show that it can bound the cost
    near        distance from its bound, as a part of the cost, from which on it has the rest
    """

    cycles: tuple[float, ...] = (0.06, 0.25, 0.85, 0.93, 1.0)
    hot: tuple[float, ...] = (1.0, 1.0, 1.5, 0.3, 0.2)
    cold: float = 0.004
    parts: int = 4
    chunks: int = 100
    first: float = 2.0
    frame: float = 0.1
    settle: float = 0.06
    warm: float = 0.3
    again: tuple[float, ...] = (0.35, 0.6)
    soon: float = 0.08
    last: float = 0.75
    idle: int = 12
    least: float = 0.2
    small: int = 8_000
    soon_idle: int = 4
    latest: float = 0.3
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

    def mend(self, seconds: float) -> None:
        """Steps until nothing is broken that must hold, if it takes little time."""
        context = self.clock.context
        end = context.seconds() + min(seconds, 0.1 * context.limit_s)
        while self.annealer.best >= BIG and context.seconds() < end and self.step():
            pass

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
