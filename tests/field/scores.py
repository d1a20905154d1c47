"""Published scores of parties, as a dossier: each score the report of one side on a commitment.

The mapping is that of the scale itself: −1 nothing was done, 0 part of it, 1 all of it. A score
that is none of these (a stray sign, nothing) is no report.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

COMPLETION = {-1: "not_started", 0: "limited", 1: "complete"}
COLUMNS_BEFORE_SCORES = 6
"""Theme, number, year, code, words and average."""
MINUS = str.maketrans({"\N{MINUS SIGN}": "-"})


@dataclass(frozen=True)
class Scored:
    """A commitment: the year it was made, its words, the scores of the parties that have one."""

    number: int
    year: int
    words: str
    scores: dict[str, int]

    @property
    def key(self) -> str:
        """Its number in the dossier; the file has one number twice."""
        return f"C-{self.year}-{self.number:03}"


def read(path: Path) -> list[Scored]:
    """The rows of the file, in their order."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file)
        parties = next(rows)[COLUMNS_BEFORE_SCORES:]
        return [
            Scored(
                number,
                int(row[2]),
                " ".join(row[4].split()),
                dict(_scores(parties, row[COLUMNS_BEFORE_SCORES:])),
            )
            for number, row in enumerate(rows, 1)
        ]


def _scores(parties: list[str], cells: list[str]) -> Iterator[tuple[str, int]]:
    for party, cell in zip(parties, cells, strict=True):
        written = cell.strip().translate(MINUS)
        if re.fullmatch(r"-?[01]", written):
            yield party, int(written)


def records(scored: list[Scored]) -> dict[str, Any]:
    """The records of a dossier: a partnership of all, each holder of what it was scored on."""
    parties = sorted({party for one in scored for party in one.scores})
    return {
        "organizations": [{"id": "bureau", "kind": "other", "name": {"en": "Bureau"}}],
        "areas": [{"id": one, "kind": "country", "name": {"en": one.title()}} for one in parties],
        "partnerships": [{"id": "all", "kind": "committee", "name": {"en": "All of them"}}],
        "sides": [
            {"id": f"side-{one}", "partnership": "all", "area": one, "position": place}
            for place, one in enumerate(parties, 1)
        ],
        "commitments": [
            {
                "id": one.key,
                "kind": "commitment",
                "grade": "will",
                "title": {"en": one.words},
                "parties": [{"side": f"side-{party}", "role": "holder"} for party in one.scores],
            }
            for one in scored
        ],
        "reports": [
            {
                "id": f"{one.key.lower()}-{party}",
                "commitment": one.key,
                "side": f"side-{party}",
                "completion": COMPLETION[score],
                "text": {"en": f"Scored {score}"},
                "obstacles": {"en": "The score says none."},
                "state": "accepted",
                "submitted_on": f"{one.year + 1}-01-01",
                "accepted_on": f"{one.year + 1}-01-02",
            }
            for one in scored
            for party, score in one.scores.items()
        ],
    }
