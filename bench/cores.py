"""How quick the processor is just now, timed beside what a script measures.

Shared machines switch between speeds (here two, one twice the other), so that a time in
milliseconds says little alone. A fixed loop is timed in turn with the work; `reckoned` then says
what the work takes on a quick core, which does the loop in `QUICK_MS`.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

QUICK_MS = 2.75
"""CPU milliseconds of the loop on a quick core (AMD EPYC of 2023, CPython 3.11)."""


def loop_ms() -> float:
    """CPU milliseconds of a fixed loop."""
    begin = time.process_time()
    total = 0
    for k in range(100_000):
        total += k & 3
    return 1000 * (time.process_time() - begin)


def reckoned(times: list[float], loops: list[float]) -> float:
    """What work takes on a quick core: the median of `times`, each by the loop timed just before
    it, in the unit of `times`. Raises ValueError where there are not as many of both."""
    return median(took * QUICK_MS / loop for took, loop in zip(times, loops, strict=True))


@dataclass(slots=True)
class Cores:
    """Times of the loop, taken again and again beside what is measured."""

    times: list[float] = field(default_factory=list)

    def look(self) -> float:
        """Time the loop once more; by what a time just taken is longer than on a quick core."""
        self.times.append(loop_ms())
        return self.times[-1] / QUICK_MS

    def __str__(self) -> str:
        """The least, the middle and the longest of its times."""
        return (
            f"loop {min(self.times):.2f} ms at least, {median(self.times):.2f} in the middle, "
            f"{max(self.times):.2f} at most"
        )


def time_of(work: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds by the clock and of CPU that some work takes, the database's included."""
    began, began_cpu = time.perf_counter(), cpu_s()
    work()
    return 1_000 * (time.perf_counter() - began), 1_000 * (cpu_s() - began_cpu)


def cpu_s() -> float:
    """Seconds of CPU that this process had, and that of PostgreSQL that serves it (on Linux)."""
    from django.db import connection

    served = 0
    if connection.vendor == "postgresql" and connection.connection is not None:
        told = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
        served = int(told.read_text("ascii").split()[0]) if told.exists() else 0
    return time.process_time() + served / 1e9
