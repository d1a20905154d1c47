"""The days of a programme, written out for its page.

The page gets words and no rows: the macros of a template keep all that it was given until the
garbage collector comes, and a programme is thousands of rows.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup

from .choices import SessionKind
from .grid import Cell, Column, grid
from .lines import SessionLines
from .queries.programme import Day


@dataclass(frozen=True, slots=True)
class WrittenCell:
    """A place in the table over some rows and columns; what stands there, which may be nothing."""

    words: Markup | None
    rows: int
    columns: int
    is_break: bool


@dataclass(frozen=True, slots=True)
class WrittenDay:
    """One day: a table of `columns` and `rows` where there are rows, and the items of a list."""

    day: date | None
    columns: list[Column]
    rows: list[tuple[datetime, list[WrittenCell]]]
    listed: Markup


def as_lists(days: Iterable[Day], lines: SessionLines) -> list[WrittenDay]:
    """Each day as a list of its sessions."""
    return [WrittenDay(day.day, [], [], lines(day.sessions)) for day in days]


def as_grids(days: Iterable[Day], lines: SessionLines) -> list[WrittenDay]:
    """Each day as a table, with a list of the sessions that have no time."""
    return [
        WrittenDay(
            one.day,
            one.columns,
            [(start, [_written(cell, lines) for cell in cells]) for start, cells in one.rows],
            lines(one.untimed),
        )
        for one in map(grid, days)
    ]


def _written(cell: Cell, lines: SessionLines) -> WrittenCell:
    row = cell.session
    return WrittenCell(
        lines.box(row) if row else None,
        cell.rows,
        cell.columns,
        row is not None and row.session.kind == SessionKind.BREAK,
    )
