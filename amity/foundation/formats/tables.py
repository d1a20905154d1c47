"""Lists as CSV (RFC 4180), for programs: commas, decimal points, UTF-8 with its mark, and nothing
that a spreadsheet computes."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO
from typing import TYPE_CHECKING, Generic, TypeAlias, TypeVar

from django.utils import translation

from amity.foundation.database.batches import batched

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Label
else:
    Label = object

BYTE_ORDER_MARK = "\ufeff"
"""Without it spreadsheet programs take UTF-8 for the computer's old code page."""
COMPUTES = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "−")
"""What a spreadsheet may take for a formula when a cell begins with it (OWASP, CSV injection), also
in full width, as Excel reads it in East Asian languages."""
PARTED = re.compile(rf"([;\t])(?=\"*[{re.escape(''.join(COMPUTES))}])")
"""What may begin another cell within one: where the comma is the decimal sign, spreadsheets part
cells at semicolons, and know nothing of quotation marks that begin in the middle."""
AT_A_TIME = 500

Cell: TypeAlias = str | int | float | date | None
Row = TypeVar("Row")
Row_contra = TypeVar("Row_contra", contravariant=True)


@dataclass(frozen=True, slots=True)
class Column(Generic[Row_contra]):
    """A column of a list: its name for programs, its head for readers, the cell of a row.

    Head and cell are asked for while the reader's language is active.
    """

    name: str
    label: Label
    value: Callable[[Row_contra], Cell]


def lines(columns: Sequence[Column[Row]], rows: Iterable[Row], language: str) -> Iterator[str]:
    """The table in pieces of some hundred lines, in `language`; `rows` are read as they go."""
    with translation.override(language):
        heads = _written([[str(column.label) for column in columns]])
    yield BYTE_ORDER_MARK + heads
    for batch in batched(rows, AT_A_TIME):
        with translation.override(language):
            written = _written([[column.value(row) for column in columns] for row in batch])
        yield written


def _written(cells: Iterable[Iterable[Cell]]) -> str:
    buffer = StringIO()
    csv.writer(buffer).writerows([harmless(cell) for cell in row] for row in cells)
    return buffer.getvalue()


def harmless(cell: Cell) -> Cell:
    """The cell as no spreadsheet computes it; numbers stay numbers."""
    if cell is None or isinstance(cell, int | float):
        return cell
    words = PARTED.sub(r"\1'", str(cell))
    return f"'{words}" if words.startswith(COMPUTES) else words
