"""Penalties: in tables of their own, and beside submissions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bench.conference_cells import Cell, Row
from bench.conference_rows import Names


def columns_of_penalties(
    head: Row, taken: set[int | None], places: Sequence[Names]
) -> dict[int, str]:
    """The columns of penalties, by the session or room of each."""
    found: dict[int, str] = {}
    for cell in head.held.values():
        meant = [names.find(cell.name()) for names in places]
        if cell.column in taken or not any(meant):
            continue
        if all(meant):
            raise cell.wrong(f"{cell.name()!r} is a session and a room")
        name = next(name for name in meant if name)
        if name in found.values():
            raise cell.wrong(f"has the penalties of {name!r} a second time")
        found[cell.column] = name
    return found


def penalty_of(
    row: Row, head: Row, columns: Mapping[int, str], taken: set[int | None]
) -> dict[str, int]:
    """The penalties of one submission that are not 0, by session or room."""
    found: dict[str, int] = {}
    for cell in row.held.values():
        if cell.column in columns:
            if cost := cell.whole():
                found[columns[cell.column]] = cost
        elif cell.column != 1 and cell.column not in taken:
            _pass_over(cell, head, "session and no room")
    return found


def _pass_over(cell: Cell, head: Row, what: str) -> None:
    """Notes in words may stand anywhere; a number that says nothing is a penalty gone astray."""
    if not isinstance(cell.value, str) and cell.value != 0:
        title = head.at(cell.column)
        under = "no heading" if title.blank else f"{title.name()!r}, which is no {what}"
        raise cell.wrong(f"stands under {under}")


def table_of(rows: Sequence[Row], down: Names, across: Names) -> dict[tuple[str, str], int]:
    """The penalties that are not 0, by the names of their row and column."""
    found: dict[tuple[str, str], int] = {}
    for row in rows[1:]:
        first = row.at(1)
        name = down.find(first.name()) if not first.blank else None
        for cell in row.held.values():
            if cell.column == 1:
                continue
            head = rows[0].at(cell.column)
            other = across.find(head.name()) if not head.blank else None
            if other is None:
                _pass_over(cell, rows[0], across.what)
            elif cost := cell.whole():
                if name is None:
                    raise first.wrong(f"must name a {down.what}, since {cell.at} is a penalty")
                if (name, other) in found:
                    raise cell.wrong(f"is a second penalty of {name!r} and {other!r}")
                found[name, other] = cost
    return found
