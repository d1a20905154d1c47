"""Reads the MiniZinc data of business meeting instances (Bofill and others, JAIR 74, 2022)."""

from __future__ import annotations

import re
from pathlib import Path

from planning.meetings import Meeting, Participant, Precedence, Problem, Slot, Table

SESSIONS = {1: "morning", 2: "afternoon", 3: ""}


def read(path: Path, fairness: int | None) -> Problem:
    """The instance in `path` with fairness bound `fairness`.

    `precedences[m]` names the meetings before m; `forbidden[p]` the slots in which p is not there
    (0 none); `fixed[m]` the slot of m (0 none); the third column of `requested` is the session.
    """
    text = re.sub(r"%[^\n]*", "", path.read_text(encoding="utf-8"))
    slots = _number(text, "nTotalSlots")
    morning = _number(text, "nMorningSlots")
    forbidden = _sets(text, "forbidden")
    fixed = _list(text, "fixed")
    rows = _rows(text)
    people = _number(text, "nBusiness")
    return Problem(
        slots=tuple(
            Slot(f"s{slot}", "morning" if slot <= morning else "afternoon")
            for slot in range(1, slots + 1)
        ),
        tables=tuple(Table(f"t{table}") for table in range(1, _number(text, "nTables") + 1)),
        participants=tuple(
            Participant(
                f"p{person}",
                absent=tuple(
                    f"s{slot}"
                    for slot in sorted(set(forbidden[person - 1] if forbidden else ()))
                    if 1 <= slot <= slots
                ),
            )
            for person in range(1, people + 1)
        ),
        meetings=tuple(
            Meeting(
                f"m{index}",
                f"p{a}",
                f"p{b}",
                session=SESSIONS[session] if 0 < morning < slots else "",
                pinned=f"s{fixed[index - 1]}" if fixed and fixed[index - 1] else "",
            )
            for index, (a, b, session) in enumerate(rows, start=1)
        ),
        precedences=tuple(
            Precedence(f"m{first}", f"m{then}")
            for then, firsts in enumerate(_sets(text, "precedences"), start=1)
            for first in firsts
        ),
        fairness=fairness,
    )


def _number(text: str, name: str) -> int:
    found = re.search(rf"\b{name}\s*=\s*(\d+)\s*;", text)
    if found is None:
        raise ValueError(f"{name} is missing")
    return int(found.group(1))


def _integers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"-?\d+", text)]


def _list(text: str, name: str) -> list[int]:
    found = re.search(rf"\b{name}\s*=\s*\[(.*?)\]\s*;", text, re.S)
    return _integers(found.group(1)) if found else []


def _sets(text: str, name: str) -> list[list[int]]:
    found = re.search(rf"\b{name}\s*=\s*\[(.*?)\]\s*;", text, re.S)
    return [_integers(part) for part in re.findall(r"\{(.*?)\}", found.group(1))] if found else []


def _rows(text: str) -> list[list[int]]:
    found = re.search(r"\brequested\s*=\s*\[\|(.*?)\|\s*\]\s*;", text, re.S)
    if found is None:
        raise ValueError("requested is missing")
    return [row for row in map(_integers, found.group(1).split("|")) if row]
