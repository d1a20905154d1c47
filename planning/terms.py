"""Parts of problems that several kinds share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from planning.fields import Id, Range

Name = Annotated[str, Id]
Minutes = Annotated[int, Range(1, 1440)]
Count = Annotated[int, Range(0, 1_000_000)]
Price = Annotated[int, Range(0, 1_000_000_000)]


@dataclass(frozen=True)
class Period:
    """From start up to, not including, end; local times of the venue "YYYY-MM-DDTHH:MM"."""

    start: str
    end: str


@dataclass(frozen=True)
class Weight:
    """Replaces the usual cost of a rule (see `RULES` of the kind): a number >= 0, or None for a
    rule that must not be broken."""

    rule: Name
    cost: Annotated[int | None, Range(0, 1_000_000_000)]
