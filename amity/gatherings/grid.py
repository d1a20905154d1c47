"""A day of the programme as a table of times and rooms."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import zip_longest
from typing import cast

from amity.gatherings.models import Room
from amity.gatherings.queries.programme import Day, SessionRow


@dataclass(frozen=True, slots=True)
class Column:
    """A room (None: sessions without one), as wide as the sessions that overlap in it."""

    room: Room | None
    lanes: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A place in the table: a session over some rows and columns, or nothing."""

    row: SessionRow | None
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """One day. Each row begins at its time and holds only the cells that begin there.

    `untimed` are the sessions of the day of which no time is known.
    """

    day: date | None
    columns: list[Column]
    rows: list[tuple[datetime, list[Cell]]]
    untimed: list[SessionRow]


EMPTY = Cell(None)
A_MOMENT = timedelta(seconds=1)


def grid(day: Day) -> Grid:
    """Lay out the sessions of a day, each exactly once: in the table where its time is known.

    There is a row for each time at which a session starts. Sessions that overlap in one room
    stand side by side. One without a room, beside which nothing else happens (a break, a
    departure), goes across all columns.
    """
    timed = sorted(
        (row for row in day.sessions if row.session.starts_at),
        key=lambda row: (row.session.starts_at, row.session.position, row.session.key),
    )
    starts = sorted({_start(row) for row in timed})
    number = {start: place for place, start in enumerate(starts)}
    alone = _alone(timed)
    lanes: dict[int | None, list[list[SessionRow]]] = {}
    rooms: dict[int | None, Room | None] = {}
    for row in timed:
        if row.session.key not in alone:
            rooms[row.session.room_id] = row.session.room
            _put(row, lanes.setdefault(row.session.room_id, []))
    order = sorted(rooms, key=lambda pk: _place(rooms[pk]))
    placed: dict[tuple[int, int], Cell] = {}
    columns = [Column(rooms[pk], len(lanes[pk])) for pk in order] or [Column(None, 1)]
    width = sum(column.lanes for column in columns)
    spanned = {number[_start(row)]: row for row in timed if row.session.key in alone}
    for lane, sessions in enumerate(lane for pk in order for lane in lanes[pk]):
        for row in sessions:
            first = number[_start(row)]
            placed[first, lane] = Cell(row, _rows(row, starts, first))
    untimed = [row for row in day.sessions if not row.session.starts_at]
    return Grid(day.day, columns, _lines(starts, placed, spanned, width), untimed)


def _start(row: SessionRow) -> datetime:
    """When the session starts; only sessions with a known start stand in the table."""
    return cast(datetime, row.session.starts_at)


def _end(row: SessionRow) -> datetime:
    """When the session gives up its place: what has no end, or ends as it starts, soon after."""
    return max(row.session.ends_at or _start(row), _start(row) + A_MOMENT)


def _alone(timed: list[SessionRow]) -> set[str]:
    """Keys of the sessions without a room beside which nothing else happens."""
    busy_until: datetime | None = None
    beside: set[str] = set()
    for row, following in zip_longest(timed, timed[1:]):
        before = busy_until is not None and _start(row) < busy_until
        if before or (following and _start(following) < _end(row)):
            beside.add(row.session.key)
        busy_until = max(busy_until or _end(row), _end(row))
    return {
        row.session.key
        for row in timed
        if row.session.room_id is None and row.session.key not in beside
    }


def _put(row: SessionRow, lanes: list[list[SessionRow]]) -> None:
    """Put a session into the first lane that is free when it starts."""
    for lane in lanes:
        if _end(lane[-1]) <= _start(row):
            lane.append(row)
            return
    lanes.append([row])


def _place(room: Room | None) -> tuple[bool, int, str]:
    return (room is None, room.position if room else 0, room.key if room else "")


def _rows(row: SessionRow, starts: list[datetime], first: int) -> int:
    """How many rows the session runs through."""
    return sum(1 for start in starts[first:] if start < _end(row))


def _lines(
    starts: list[datetime],
    placed: dict[tuple[int, int], Cell],
    spanned: dict[int, SessionRow],
    width: int,
) -> list[tuple[datetime, list[Cell]]]:
    lines: list[tuple[datetime, list[Cell]]] = []
    running = [0] * width
    for place, start in enumerate(starts):
        if place in spanned:
            lines.append((start, [Cell(spanned[place], 1, width)]))
            continue
        cells = []
        for lane in range(width):
            if running[lane] > place:
                continue
            cell = placed.get((place, lane), EMPTY)
            running[lane] = place + cell.rows
            cells.append(cell)
        lines.append((start, cells))
    return lines
