"""Why infeasible business meetings are: `bench/planning.py explain FOLDER --known FILE.csv`."""

from __future__ import annotations

import argparse
import csv
import time
from pathlib import Path

from bench.dzn import read
from planning import Infeasible, sentence, solve


def main(arguments: list[str]) -> int:
    """Print the reasons of each infeasible instance and how long they took; 1 where one took more
    than 5 s or has none."""
    parser = argparse.ArgumentParser(prog="bench/planning.py explain", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--known", type=Path, required=True)
    options = parser.parse_args(arguments)
    by_name = {file.name: file for file in sorted(options.folder.rglob("*.dzn"))}
    with options.known.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["file"] in by_name]
    bad = 0
    for row in rows:
        if row["known_value"] != "infeasible":
            continue
        problem = read(by_name[row["file"]], int(row["fairness_d"]))
        started = time.monotonic()
        answer = solve(problem, limit_s=60, seed=0, workers=2)
        seconds = time.monotonic() - started
        told = sentence(answer) if isinstance(answer, Infeasible) else "not explained"
        explained = isinstance(answer, Infeasible) and bool(answer.reasons)
        bad += not explained or seconds > 5
        print(f"{row['file'].removesuffix('.dzn')} d={row['fairness_d']} {seconds:.1f} s: {told}")
    print(f"{bad} not explained within 5 s")
    return 1 if bad else 0
