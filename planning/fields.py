"""Ranges of fields, written at the field: `value: Annotated[int, Range(0, 1000)] = 10`.

The codec checks them when it reads, and the published schema shows them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Range:
    """least and most are inclusive; None where there is no end. For numbers, and for the length
    of strings and tuples."""

    least: float | None = None
    most: float | None = None


Id = Range(1, 200)
"""The length of an identifier: `id: Annotated[str, Id]`."""
