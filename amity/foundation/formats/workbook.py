"""Lists as XLSX, for people: their spreadsheet program shows numbers and days in its own way.

Words are written as words whatever they begin with, so nothing computes and nothing needs a mark
before it.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from tempfile import TemporaryFile
from typing import IO

import xlsxwriter
from django.utils import translation
from xlsxwriter.worksheet import Worksheet

from .tables import Cell, Column, Row

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_CELL = 32_767
"""Characters; what is longer is cut with a sign."""
LONGEST_NAME = 31
"""Characters of a sheet's name."""
WIDEST = 60
AS_WORDS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def workbook(
    name: str,
    columns: Sequence[Column[Row]],
    rows: Iterable[Row],
    language: str,
    made_at: datetime | None,
) -> IO[bytes]:
    """The table as a workbook of one sheet, in a temporary file at its beginning.

    `rows` are read as they are written, no more than one is in memory. `made_at`: when the record
    last changed; it stands in the file, so that the same table is the same bytes.
    """
    file = TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    options = {**AS_WORDS, "constant_memory": True, "default_date_format": "yyyy-mm-dd"}
    book = xlsxwriter.Workbook(file, options)
    if made_at is not None:
        book.set_properties({"created": made_at.replace(tzinfo=None)})
    sheet = book.add_worksheet(name[:LONGEST_NAME])
    sheet.freeze_panes(1, 0)
    head = book.add_format({"bold": True})
    with translation.override(language):
        labels = [str(column.label) for column in columns]
        for place, label in enumerate(labels):
            sheet.set_column(place, place, min(WIDEST, max(12, len(label) + 2)))
            sheet.write_string(0, place, label, head)
        last = 0
        for last, row in enumerate(rows, start=1):
            for place, column in enumerate(columns):
                _write(sheet, last, place, column.value(row))
    if labels:
        sheet.autofilter(0, 0, last, len(labels) - 1)
    book.close()
    file.seek(0)
    return file


def _write(sheet: Worksheet, line: int, place: int, cell: Cell) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, bool):
        sheet.write_boolean(line, place, cell)
    elif isinstance(cell, int | float):
        sheet.write_number(line, place, cell)
    elif isinstance(cell, date):
        sheet.write_datetime(line, place, cell)
    elif len(cell) > LONGEST_CELL:
        sheet.write_string(line, place, f"{cell[: LONGEST_CELL - 1]}…")
    else:
        sheet.write_string(line, place, cell)
