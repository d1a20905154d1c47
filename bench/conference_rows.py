"""Rows of a sheet that lists something: where its fields stand, and names by which it is named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from bench.conference_cells import Cell, Row, key_of

# field -> its usual column, and the keys of the headings that it may have
Columns: TypeAlias = Mapping[str, tuple[int, tuple[str, ...]]]


class Names:
    """The names of a kind, by which others name them whatever the capitals."""

    def __init__(self, what: str, names: Iterable[str]) -> None:
        self.what = what
        self.held = list(names)
        self._folded: dict[str, list[str]] = {}
        for name in self.held:
            self._folded.setdefault(name.casefold(), []).append(name)

    def find(self, name: str) -> str | None:
        """Whom the name means, None where that is nobody or several."""
        if name in self.held:
            return name
        found = self._folded.get(name.casefold(), [])
        return found[0] if len(found) == 1 else None


def columns_of(head: Row, wanted: Columns, others: Sequence[Names] = ()) -> dict[str, int | None]:
    """Where each field stands: by its heading, else in its usual column if that has another
    heading than a field or one of the others' names."""
    by_key: dict[str, int] = {}
    for cell in head.held.values():
        by_key.setdefault(key_of(cell.name()), cell.column)
    found: dict[str, int | None] = {}
    for field, (_, keys) in wanted.items():
        found[field] = next((by_key[key] for key in keys if key in by_key), None)
    taken = set(found.values())
    for field, (usual, _) in wanted.items():
        title = head.at(usual)
        named = not title.blank and any(names.find(title.name()) for names in others)
        if found[field] is None and usual not in taken and not named:
            found[field] = usual
    return found


def cell_in(row: Row, column: int | None) -> Cell | None:
    """The cell of a row in a column, None where the sheet has no such column."""
    return None if column is None else row.at(column)


def first_of(what: str, rows: Sequence[Row]) -> list[Cell]:
    """The first cell of each row but that of the headings, none of them twice."""
    seen: dict[str, Cell] = {}
    for row in rows[1:]:
        cell = row.at(1)
        if cell.blank:
            raise cell.wrong(f"must name a {what}, since the row holds something")
        if cell.name() in seen:
            raise cell.wrong(f"names the {what} {cell.name()!r} a second time")
        seen[cell.name()] = cell
    return list(seen.values())


def whole_of(cell: Cell | None) -> int:
    """The whole number in a cell, 0 where there is none."""
    return cell.whole() if cell else 0
