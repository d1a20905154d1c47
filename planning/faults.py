"""What is wrong with a problem that cannot be read or cannot mean anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from re import fullmatch

FIRST_YEAR, LAST_YEAR = 1900, 2999  # of moments


@dataclass(frozen=True)
class Fault:
    """path: the field, such as "meetings[3].value"; words: what is wrong with it."""

    path: str
    words: str


class ProblemError(ValueError):
    """A malformed problem, plan or lock; `faults` names every wrong field at once."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(
            "; ".join(f"{fault.path or 'problem'}: {fault.words}" for fault in self.faults)
        )


def moment(path: str, text: str, found: list[Fault]) -> datetime | None:
    """A moment as problems write it; what is none is added to what was `found`. Years are such
    that days before and after can be reckoned with."""
    if fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d", text):
        try:
            read = datetime.fromisoformat(text)
        except ValueError:
            pass
        else:
            if FIRST_YEAR <= read.year <= LAST_YEAR:
                return read
    years = f"of the years {FIRST_YEAR} to {LAST_YEAR}"
    found.append(Fault(path, f"must be a moment YYYY-MM-DDTHH:MM {years}"))
    return None
