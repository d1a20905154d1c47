"""The sheet of parameters: weights, and from when to when hours suit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bench.conference_cells import Cell, Row, WorkbookError, key_of
from bench.conference_rows import whole_of
from bench.conference_tables import DAY_MINUTES, WEIGHTS

SECTIONS = ("suitableschedulingtimes", "lesssuitableschedulingtimes", "unsuitableschedulingtimes")
ZONE = "localtimezone"
_WEIGHTS = {key_of(name): name for name in WEIGHTS}
_IN_SECTIONS = ("from", "to", "penalty")


def parameters_of(rows: Sequence[Row]) -> tuple[dict[str, int], dict[tuple[str, str], Cell | None]]:
    """The weights, 0 for those that a workbook leaves out, and what stands beside the labels of
    each section."""
    weights: dict[str, int] = {}
    beside: dict[tuple[str, str], Cell | None] = {}
    section, columns = "", set()
    others: list[tuple[Cell, Cell]] = []
    for row in rows:
        for cell in row.held.values():
            key = key_of(cell.name())
            value = row.after(cell)
            if value is not None and _is_label(value):
                value = None
            if key in _WEIGHTS:
                if _WEIGHTS[key] in weights:
                    raise cell.wrong(f"weighs {cell.name()!r} a second time")
                weights[_WEIGHTS[key]] = whole_of(value)
                columns.add(cell.column)
            elif key in SECTIONS:
                section = key
            elif key == ZONE:
                beside["", key] = value
            elif key in _IN_SECTIONS:
                beside[section, key] = value
            elif isinstance(cell.value, str) and value is not None:
                others.append((cell, value))
    if not weights:
        raise WorkbookError("sheet 'parameters': has no weights")
    for cell, value in others:
        if cell.column in columns and isinstance(value.value, int | float):
            raise cell.wrong(f"{cell.name()!r} is no weight that is known")
    return {name: weights.get(name, 0) for name in WEIGHTS}, beside


def _is_label(cell: Cell) -> bool:
    key = key_of(cell.name())
    return key in _WEIGHTS or key in SECTIONS or key in _IN_SECTIONS or key == ZONE


def zone_of(cell: Cell | None, usual: int, *, timed: bool) -> int:
    """Minutes east of Greenwich; the usual ones where the cell is blank, or cannot be read and
    no hour costs anything."""
    if cell is None or cell.blank:
        return usual
    try:
        return cell.zone()
    except WorkbookError:
        if timed:
            raise
        return usual


def hours_of(
    parameters: Mapping[tuple[str, str], Cell | None], section: str, *, timed: bool
) -> tuple[int, int]:
    """From and to; the whole day where no hour costs anything and none is given."""
    start, end = parameters.get((section, "from")), parameters.get((section, "to"))
    if start is None or (end is None and start.span()[1] is None):
        if timed:
            raise WorkbookError("sheet 'parameters': does not say from when to when hours suit")
        return 0, DAY_MINUTES
    first, last = start.span()
    return first, end.span()[0] if end else last or DAY_MINUTES
