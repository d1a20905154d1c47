"""Programmes made around a plan that keeps every rule, and how the planner does against it.

    python -m bench.planning_generated [--seeds 1..10] [--limit 60] [--files FOLDER]

One programme for each seed, of ten kinds in turn (`bench.generated_programme`): 100 to 600
contributions in 8 to 60 tracks, of one to three lengths, slots of differing lengths, cells filled
to 85, 92 and 97 %, closed rooms, orders, positions, chairs of two tracks, speakers in several,
overlapping slots. FOLDER (that of `programme` below AMITY_SHARED where that is set) holds
ordered.json, ordered_hard.json and large.json, each planned with five seeds. Exits 1 unless every
first plan is there within 5 s, every last one keeps every hard rule, and the files reach what is
asked of them. Beside the times stand the processor's seconds that were had in them (on Linux), as
other work may run beside it, and how long a fixed loop took then, as machines differ.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from bench.generated_programme import make
from planning import check, solve
from planning.json_io import load_problem
from planning.programme.problem import Problem
from planning.results import Plan, Progress

FIRST_S = 5.0
FILE_SEEDS = (1, 2, 3, 4, 5)
FILES = {"ordered": 150, "ordered_hard": 150, "large": 10}  # costs that are to be reached


@dataclass(frozen=True)
class Outcome:
    """What one solve gave. first: seconds until the first plan, None without any; cost None where
    no plan keeps every rule; order: what breaks it; used: the processor's seconds by then."""

    first: float | None
    first_used: float
    used: float
    cost: int | None
    order: int
    seconds: float
    memory: int


def loop_ms() -> float:
    """Milliseconds of a fixed loop: how quick the processor is just now."""
    begin = time.perf_counter()
    total = 0
    for k in range(100_000):
        total += k & 3
    return 1000 * (time.perf_counter() - begin)


def used_s() -> float:
    """The processor's seconds that children of this process had, those that live included (on
    other systems than Linux only those that ended)."""
    tick = os.sysconf("SC_CLK_TCK")
    total = sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])
    for held in Path("/proc/self/task").glob("*/children"):
        for child in held.read_text(encoding="ascii").split():
            numbers = Path(f"/proc/{child}/stat").read_text(encoding="ascii").rsplit(")", 1)[1]
            total += sum(map(int, numbers.split()[11:13])) / tick
    return total


def run(problem: Problem, seed: int, limit: float, workers: int) -> Outcome:
    """Plan it, and judge the first and the last plan."""
    first: list[tuple[float, float]] = []
    before = used_s()

    def note(progress: Progress) -> None:
        if progress.plan is not None and not first:
            if not check(problem, progress.plan).ok:
                raise AssertionError("the first plan breaks a rule")
            first.append((progress.seconds, used_s() - before))

    begin = time.monotonic()
    answer = solve(problem, limit_s=limit, seed=seed, workers=workers, on_progress=note)
    took = time.monotonic() - begin
    used = used_s() - before
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    if not isinstance(answer, Plan):
        return Outcome(None, 0.0, used, None, 0, took, memory)
    judged = check(problem, answer)
    counts = {line.rule: line.count for line in judged.costs}
    cost = judged.goals[-1].value if judged.ok else None
    soon, soon_used = first[0] if first else (took, used)
    return Outcome(soon, soon_used, used, cost, counts.get("order", 0), took, memory)


def row(name: str, seed: int, problem: Problem, outcome: Outcome, wanted: int) -> None:
    """One line of the table."""
    first = "none" if outcome.first is None else f"{outcome.first:.1f}"
    print(
        f"| {name} | {seed} | {len(problem.contributions)} | {len(problem.tracks)} | {first} "
        f"| {outcome.first_used:.1f} | {wanted} | {outcome.cost} | {outcome.seconds:.0f} "
        f"| {outcome.used:.0f} | {outcome.memory} "
        f"| {loop_ms():.1f} |",
        flush=True,
    )


def files(folder: Path, limit: float, workers: int) -> bool:
    """Plan the three files; whether each reaches its cost on each seed."""
    good = True
    for name, most in FILES.items():
        problem = load_problem((folder / f"{name}.json").read_text(encoding="utf-8"))
        for seed in FILE_SEEDS:
            outcome = run(problem, seed, limit, workers)
            row(name, seed, problem, outcome, most)
            good = good and outcome.cost is not None and outcome.cost <= most
            good = good and (name == "large" or outcome.order == 0)
    return good


def seeds_of(text: str) -> list[int]:
    """Seeds written "1..10" or "1,4,7"."""
    if ".." in text:
        low, high = text.split("..")
        return list(range(int(low), int(high) + 1))
    return [int(part) for part in text.split(",")]


def main(arguments: list[str] | None = None) -> int:
    """Print a row for each programme; 1 where one is not as good as asked for."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    shared = os.environ.get("AMITY_SHARED", "")
    folder = Path(shared) / "data" / "scheduling" / "programme" if shared else None
    parser.add_argument("--seeds", type=seeds_of, default=seeds_of("1..10"))
    parser.add_argument("--limit", type=float, default=60.0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--files", type=Path, default=folder)
    parser.add_argument("--no-files", action="store_true", help="the generated ones alone")
    given = parser.parse_args(arguments)
    print(
        "| programme | seed | contributions | tracks | first s | first CPU s | wanted | cost | s "
        "| CPU s | most MB so far | loop ms |"
    )
    print("| --- |" + " --: |" * 11)
    good, first, kept, ratios = True, 0, 0, []
    if given.files and not given.no_files:
        good = files(given.files, given.limit, given.workers)
        print(f"files: {'as' if good else 'not as'} good as asked for")
    for seed in given.seeds:
        kind, problem, planted = make(seed)
        judged = check(problem, planted)
        if not judged.ok:
            raise AssertionError(f"the planted plan of seed {seed} is broken: {judged.broken[:3]}")
        outcome = run(problem, seed, given.limit, given.workers)
        cost = judged.goals[-1].value
        row(kind, seed, problem, outcome, cost)
        first += outcome.first is not None and outcome.first <= FIRST_S
        kept += outcome.cost is not None
        ratios.append(float("inf") if outcome.cost is None else outcome.cost / max(1, cost))
    count = len(given.seeds)
    print(
        f"generated: {count} programmes, {first} first plans within 5 s, {kept} keep every hard "
        f"rule after {given.limit:.0f} s, median {statistics.median(ratios):.2f} × the planted "
        f"cost, worst {max(ratios):.2f} ×"
    )
    return 0 if good and first == kept == count else 1


if __name__ == "__main__":
    sys.exit(main())
