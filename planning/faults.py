"""What is wrong with a problem that cannot be read or cannot mean anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from re import fullmatch


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
    """A moment as problems write it; what is none is added to what was `found`."""
    if fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d", text):
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            pass
    found.append(Fault(path, "must be a moment YYYY-MM-DDTHH:MM"))
    return None
