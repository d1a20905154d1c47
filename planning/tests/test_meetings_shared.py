"""Published instances of business meetings at their proven values (a few of the quick ones; the
measurements in `bench/` read them all)."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from bench.dzn import read
from planning import Infeasible, Plan, check
from planning.context import Context
from planning.meetings import KIND

SHARED = os.environ.get("AMITY_SHARED", "")
QUICK = [
    ("original", "tic-12.original.dzn", "2"),
    ("original", "tic-13.original.dzn", "2"),
    ("precedence", "forum-14.prec25.dzn", "2"),
    ("fairness", "forumt-14.original.dzn", "0"),
    ("fairness", "tic-13crafc.original.dzn", "0"),
]


@pytest.mark.shared
@pytest.mark.skipif(not SHARED, reason="AMITY_SHARED does not name the folder of test data")
@pytest.mark.parametrize("row", QUICK)
def test_a_published_instance_is_at_its_known_value(row):
    folder = Path(SHARED) / "data" / "scheduling" / "b2b"
    if not folder.exists():
        folder = Path(SHARED) / "scheduling" / "b2b"
    with (folder / "known_values.csv").open(encoding="utf-8", newline="") as file:
        known = {
            (r["set"], r["file"], r["fairness_d"]): r["known_value"] for r in csv.DictReader(file)
        }
    kept = "precedence" if row[0] == "precedence" else "original"
    problem = read(folder / kept / row[1], int(row[2]))
    answer = KIND.plan(problem, Context(limit_s=60, workers=1, deterministic=True))
    if known[row] == "infeasible":
        assert isinstance(answer, Infeasible)
        assert answer.reasons
        return
    assert isinstance(answer, Plan)
    verdict = check(problem, answer)
    assert verdict.broken == ()
    assert (answer.ended, verdict.goals[-1].value) == ("proven", int(known[row]))
