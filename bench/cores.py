"""How quick the processor is just now, timed beside what a script measures.

Shared machines switch between speeds (here two, one twice the other), so that a time in
milliseconds says little alone. A fixed loop is timed in turn with the work; `reckoned` then says
what the work takes on a quick core, which does the loop in `QUICK_MS`.
"""

import time
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
