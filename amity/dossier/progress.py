"""Where a long command stands, on standard error."""

import sys
import time
from typing import TextIO

WIDTH = 30
EVERY = 0.1
"""Seconds between two drawings."""


class Progress:
    """Silent; what a command says that shows none."""

    def start(self, what: str, total: int) -> None:
        """Something with `total` steps begins."""

    def step(self, count: int = 1) -> None:
        """So many more steps are done."""

    def finish(self) -> None:
        """Nothing more follows."""


class Bar(Progress):
    """One line that is drawn again: what is done, a bar, per cent, seconds."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._what, self._total, self._done = "", 1, 0
        self._begun = self._drawn = time.monotonic()

    def start(self, what: str, total: int) -> None:
        self._what, self._total, self._done = what, max(total, 1), 0
        self._draw(time.monotonic())

    def step(self, count: int = 1) -> None:
        self._done += count
        now = time.monotonic()
        if now - self._drawn >= EVERY:
            self._draw(now)

    def finish(self) -> None:
        self._stream.write("\r" + " " * (WIDTH + 50) + "\r")
        self._stream.flush()

    def _draw(self, now: float) -> None:
        self._drawn = now
        share = min(self._done / self._total, 1.0)
        bar = "#" * round(share * WIDTH)
        self._stream.write(
            f"\r[{bar:<{WIDTH}}] {share:4.0%} {self._what:<24.24} {now - self._begun:5.0f} s"
        )
        self._stream.flush()
