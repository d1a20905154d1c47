"""The best programme so far, shared by searches that work side by side."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from planning.programme.problem import Place

Report = Callable[[int, Sequence[Place]], None]


class Pool:
    """cost and places of the best programme, and (`ended`) whether nothing better is looked for.

    report is told of every better one, in the thread that found it.
    """

    def __init__(self, report: Report) -> None:
        self._lock = threading.Lock()
        self._report = report
        self.cost: int | None = None
        self.places: tuple[Place, ...] = ()
        self.ended = False

    def offer(self, cost: int, places: Sequence[Place]) -> bool:
        """Take the programme if it is better; whether it was."""
        with self._lock:
            if self.ended or (self.cost is not None and cost >= self.cost):
                return False
            self.cost, self.places = cost, tuple(places)
            self._report(cost, self.places)
            return True

    def best(self) -> tuple[int | None, tuple[Place, ...]]:
        """Cost and places at one moment."""
        with self._lock:
            return self.cost, self.places
