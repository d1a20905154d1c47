"""A day of the programme as a table of times and rooms."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from amity.gatherings.queries.programme import Day, SessionRow


@dataclass(frozen=True, slots=True)
class Cell:
    """A place in the grid: a session over `rows` rows, or nothing."""

    session: SessionRow | None
    rows: int


@dataclass(frozen=True, slots=True)
class Grid:
    """One day: `columns` are rooms (None: without a room), each row starts at its time.

    A row holds a cell per column, or None where a session from above still runs.
    """

    day: date | None
    columns: list[Any]
    rows: list[tuple[datetime, list[Cell | None]]]


def grid(day: Day) -> Grid:
    """Lay out the sessions of a day that have times. Sessions that overlap in one room share it:
    the later one follows in the next free row, so nothing is lost.
    """
    timed = [row for row in day.sessions if row.session.starts_at and row.session.ends_at]
    columns = _columns(timed)
    starts = sorted({row.session.starts_at for row in timed})
    cells: dict[tuple[int, Any], Cell | None] = {}
    for column in columns:
        _fill(column, [row for row in timed if row.session.room == column], starts, cells)
    return Grid(
        day.day,
        columns,
        [
            (start, [cells.get((number, column), Cell(None, 1)) for column in columns])
            for number, start in enumerate(starts)
        ],
    )


def _columns(timed: list[SessionRow]) -> list[Any]:
    rooms = {row.session.room for row in timed}
    return sorted(rooms, key=lambda room: (room is None, room.position if room else 0))


def _fill(
    column: Any,
    sessions: list[SessionRow],
    starts: list[datetime],
    cells: dict[tuple[int, Any], Cell | None],
) -> None:
    free = 0
    for row in sorted(sessions, key=lambda one: one.session.starts_at):
        first = max(starts.index(row.session.starts_at), free)
        if first >= len(starts):
            first = len(starts) - 1
        ends = row.session.ends_at
        until = next((n for n in range(first + 1, len(starts)) if starts[n] >= ends), len(starts))
        taken = [n for n in range(first, until) if (n, column) not in cells]
        if not taken:
            continue
        cells[taken[0], column] = Cell(row, len(taken))
        for number in taken[1:]:
            cells[number, column] = None
        free = until
