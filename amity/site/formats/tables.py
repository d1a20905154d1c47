"""Lists as CSV (RFC 4180), for spreadsheets: UTF-8 with its mark, and nothing that computes."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import islice
from typing import Any

from django.utils import translation

BYTE_ORDER_MARK = "\ufeff"
"""Without it spreadsheet programs take UTF-8 for the computer's old code page."""
COMPUTES = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet may take for a formula when a cell begins with it (OWASP, CSV injection)."""
AT_A_TIME = 500


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what its head says in the current language, and the cell of a row."""

    head: Callable[[], str]
    cell: Callable[[Any], Any]


def lines(columns: Sequence[Column], rows: Iterable[Any], language: str) -> Iterator[str]:
    """The table in pieces of some hundred lines, in `language`; `rows` are read as they go."""
    reading = iter(rows)
    with translation.override(language):
        heads = _written([[column.head() for column in columns]])
    yield BYTE_ORDER_MARK + heads
    while batch := list(islice(reading, AT_A_TIME)):
        with translation.override(language):
            written = _written([[column.cell(row) for column in columns] for row in batch])
        yield written


def _written(cells: Iterable[Iterable[Any]]) -> str:
    buffer = StringIO()
    csv.writer(buffer).writerows([harmless(cell) for cell in row] for row in cells)
    return buffer.getvalue()


def harmless(cell: Any) -> Any:
    """The cell as no spreadsheet computes it; numbers stay numbers."""
    if cell is None or isinstance(cell, int | float):
        return cell
    words = str(cell)
    return f"'{words}" if words.startswith(COMPUTES) else words
