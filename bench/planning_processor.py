"""Programmes planned by the processor's seconds in place of the clock's.

    python -m bench.planning_processor [--seeds 8,11] [--limit 60] [--seed 0] [FILE …]

The programmes of `bench.planning_generated`, or problems in files, of which nothing is planted,
for machines on which other work runs as well: what a plan costs then depends on how much of the
processor it had, which this holds fast. The limit is of all threads together (sixty seconds on two
free cores are about ninety), and the solver's limits are of its own deterministic seconds, of
which one takes about one of a core. Each programme is planned in a process of its own. Exits 1
where a plan breaks a rule or costs more than 1.1 times the planted one.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.generated_programme import make
from bench.planning_generated import loop_ms, seeds_of
from planning import check
from planning.context import Context
from planning.json_io import load_problem
from planning.programme.model import Search
from planning.programme.problem import Problem
from planning.results import Plan, Progress

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

WORST = 1.1
PATIENCE = 40  # seconds by the clock in which the solver may take one of its own


class Processor(Context):
    """A context whose time is that which this process had of the processor."""

    def seconds(self) -> float:
        """Of all threads together."""
        return time.process_time()

    def solver(self, limit_s: float | None = None, **parameters: Any) -> cp_model.CpSolver:
        """One that is stopped by its own seconds."""
        solver = super().solver(limit_s, **parameters)
        left = solver.parameters.max_time_in_seconds
        solver.parameters.max_deterministic_time = left
        solver.parameters.max_time_in_seconds = PATIENCE * left
        return solver


def of_seed(made: int, limit: float, seed: int) -> tuple[bool, str]:
    """Plan the programme of a seed: whether it is good, and a line of the table."""
    kind, problem, planted = make(made)
    wanted = check(problem, planted).goals[-1].value
    return row(f"{kind} {made}", problem, wanted, limit, seed)


def of_file(path: Path, limit: float, seed: int) -> tuple[bool, str]:
    """The same of a file."""
    return row(path.stem, load_problem(path.read_text(encoding="utf-8")), None, limit, seed)


def row(
    name: str, problem: Problem, wanted: int | None, limit: float, seed: int
) -> tuple[bool, str]:
    """Plan a programme: whether it is good, and a line of the table."""
    found: list[tuple[float, int]] = []

    def note(progress: Progress) -> None:
        if progress.incumbent is not None:
            found.append((progress.seconds, progress.incumbent))

    begun = time.process_time()
    context = Processor(limit_s=begun + limit, seed=seed, send=note)
    answer = Search(problem, context).race()
    used = time.process_time() - begun
    judged = check(problem, answer) if isinstance(answer, Plan) else None
    cost = judged.goals[-1].value if judged and judged.ok else None
    first, last = (f"{at - begun:.1f}" for at, _ in (found[0], found[-1])) if found else ("", "")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    line = (
        f"| {name} | {seed} | {len(problem.contributions)} | {len(problem.tracks)} "
        f"| {first} | {'' if wanted is None else wanted} | {cost} "
        f"| {last} | {used:.0f} | {memory} | {loop_ms():.1f} |"
    )
    good = cost is not None and (wanted is None or cost <= WORST * max(1, wanted))
    return good, line


def main(arguments: list[str] | None = None) -> int:
    """Print a row for each programme; 1 where one is not as good as asked for."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("files", type=Path, nargs="*")
    parser.add_argument("--seeds", type=seeds_of, default=seeds_of("1..10"))
    parser.add_argument("--limit", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=0, help="of the search")
    given = parser.parse_args(arguments)
    print(
        "| programme | search's seed | contributions | tracks | first CPU s | wanted | cost "
        "| since CPU s | CPU s | MB | loop ms |"
    )
    print("| --- |" + " --: |" * 10)
    good = True
    for made in given.files or given.seeds:
        of = of_file if given.files else of_seed
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            kept, line = pool.apply(of, (made, given.limit, given.seed))
        print(line, flush=True)
        good = good and kept
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
