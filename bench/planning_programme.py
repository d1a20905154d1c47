"""Real conference programmes, against what is known of them.

    python -m bench.planning_programme FOLDER [--limit 60] [--known GECCO21=11130] [--gap 0.1]

Reads every workbook of the folder, plans it, and prints its penalty as the workbook's own library
counts it, the bound and the gap. Exits 1 where a known value is missed, where the gap of one
without a known value is not below --gap, or where a workbook cannot be read.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from pathlib import Path

from bench.conference_cells import WorkbookError
from bench.conference_problem import problem_of
from bench.conference_score import score
from bench.conference_workbook import read
from planning import ProblemError, check, solve
from planning.results import Plan


def main(arguments: list[str] | None = None) -> int:
    """Print a row for each workbook."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--limit", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--gap", type=float, default=0.1)
    parser.add_argument("--known", nargs="*", default=["GECCO21=11130"])
    given = parser.parse_args(arguments)
    known = {name: int(value) for name, value in (text.split("=") for text in given.known)}
    print("| programme | contributions | penalty | known | bound | gap % | s | CPU s |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    good = True
    for path in sorted(given.folder.glob("*.xlsx")):
        try:
            book = read(path)
        except WorkbookError as error:
            print(error, file=sys.stderr)
            good = False
            continue
        problem = problem_of(book)
        begin = time.monotonic()
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        try:
            answer = solve(problem, limit_s=given.limit, seed=given.seed, workers=2)
        except ProblemError as error:
            print(f"{path}: {error}", file=sys.stderr)
            good = False
            continue
        took = time.monotonic() - begin
        used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
        if not isinstance(answer, Plan) or not check(problem, answer).ok:
            print(f"| {path.stem} | {len(book.talks)} | no plan | | | | {took:.1f} | {used:.1f} |")
            good = False
            continue
        penalty = sum(score(book, answer.assignments).values())
        gap = (penalty - answer.bound) / max(1, penalty)
        best = known.get(path.stem)
        print(
            f"| {path.stem} | {len(book.talks)} | {penalty} | {best or ''} | {answer.bound} "
            f"| {100 * gap:.1f} | {took:.1f} | {used:.1f} |",
            flush=True,
        )
        good = good and (penalty <= best if best is not None else gap < given.gap)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
