"""Business meetings against known values: `bench/planning.py b2b FOLDER --known FILE.csv`."""

from __future__ import annotations

import argparse
import csv
import resource
import time
from pathlib import Path

from bench.dzn import read
from planning import Infeasible, Plan, check, solve


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench/planning.py b2b", description=__doc__)
    parser.add_argument("folder", type=Path, help="searched for .dzn files, also in subfolders")
    parser.add_argument(
        "--known", type=Path, required=True, help="CSV: set,file,fairness_d,known_value"
    )
    parser.add_argument("--limit", type=float, default=60.0, help="seconds for each instance")
    parser.add_argument("--set", action="append", help="only rows of this set; may be repeated")
    parser.add_argument("--only", default="", help="only files whose name holds this")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args(arguments)


def main(arguments: list[str]) -> int:
    """Print a row per instance and the summary; 1 where one is not at its known value."""
    options = _options(arguments)
    files = sorted(options.folder.rglob("*.dzn"))
    by_name = {file.name: file for file in files}
    with options.known.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["file"] in by_name]
    if options.set:
        rows = [row for row in rows if row["set"] in options.set]
    rows = [row for row in rows if options.only in row["file"]]
    if not rows:
        print(f"no instance of {options.known} is in {options.folder}")
        return 1
    print(f"{'set':<12}{'instance':<28}{'d':>2}{'known':>12}{'found':>12}{'s':>8}{'CPU s':>8}")
    good = 0
    slowest = total = 0.0
    for row in rows:
        found, seconds, cpu = _measure(by_name[row["file"]], row, options)
        agrees = found == row["known_value"]
        good += agrees
        slowest, total = max(slowest, seconds), total + seconds
        print(
            f"{row['set']:<12}{row['file'].removesuffix('.dzn'):<28}{row['fairness_d']:>2}"
            f"{row['known_value']:>12}{found:>12}{seconds:>8.1f}{cpu:>8.1f}"
            f"{'' if agrees else '  <-- differs'}",
            flush=True,
        )
    print(f"all together {total:.1f} s")
    print(f"{good} of {len(rows)} at the known value, slowest {slowest:.1f} s")
    return 0 if good == len(rows) else 1


def _measure(
    path: Path, row: dict[str, str], options: argparse.Namespace
) -> tuple[str, float, float]:
    problem = read(path, int(row["fairness_d"]))
    before = _cpu()
    started = time.monotonic()
    answer = solve(problem, limit_s=options.limit, seed=options.seed, workers=options.workers)
    seconds = time.monotonic() - started
    cpu = _cpu() - before
    if isinstance(answer, Infeasible):
        return "infeasible", seconds, cpu
    if not isinstance(answer, Plan):
        return "unknown", seconds, cpu
    verdict = check(problem, answer)
    if not verdict.ok:
        return "BROKEN", seconds, cpu
    value = next(goal.value for goal in verdict.goals if goal.name == "idle_breaks")
    proven = answer.ended == "proven"
    return (str(value) if proven else f"{answer.bound}..{value}"), seconds, cpu


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
