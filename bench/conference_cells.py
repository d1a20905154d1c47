"""Sheets and cells of a workbook, read as what they mean whichever way they were typed."""

from __future__ import annotations

import re
import unicodedata
import warnings
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook  # type: ignore[import-untyped]  # it has no stubs
from openpyxl.utils import get_column_letter, range_boundaries  # type: ignore[import-untyped]  # it has no stubs
from openpyxl.utils.exceptions import InvalidFileException  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet  # type: ignore[import-untyped]

DAY_MINUTES = 1440
MOST_BYTES = 20_000_000  # that a workbook may hold when it is unpacked
MOST_MERGED = 100_000  # cells, each of which would be made
# what openpyxl raises for files that are none of its own
_TORN = (
    BadZipFile,
    InvalidFileException,
    EOFError,
    KeyError,
    OSError,
    SyntaxError,  # of the XML
    TypeError,
    ValueError,
    zlib.error,
)
_SERIAL_DAYS = 20_000  # a number from here on is a day with its time, as spreadsheets count them
_DATE = re.compile(r"^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}[T\s,]+")
_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?:\s?[:.hH]\s?(?P<minute>\d\d)(?::\d\d(?:[.,]\d+)?)?)?"
    r"\s?(?P<half>[aApP])?(?(half)\.?[mM]\.?)"
)
_ZONE = re.compile(r"(?:GMT|UTC)?\s*(?P<sign>[+-])?\s*(?P<hours>\d{1,2})(?P<rest>[:.]\d{1,2})?")
_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*["']([A-Z0-9:$]+)["']""")
_MINUS = str.maketrans({"−": "-", "–": "-", "—": "-"})


class WorkbookError(ValueError):
    """A workbook that cannot be read: which file, which sheet, which cell, and why."""


def key_of(text: str) -> str:
    """A heading, label or title as it is compared: its letters and figures, without their case."""
    return "".join(
        each for each in unicodedata.normalize("NFKC", text).casefold() if each.isalnum()
    )


def name_of(value: object) -> str:
    """A name as it is compared: composed, with single spaces, a whole number without its point."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(unicodedata.normalize("NFC", str(value)).split())


@dataclass(frozen=True)
class Cell:
    """One cell: its sheet, its place ("C5") and column, and what it holds."""

    sheet: str
    at: str
    column: int
    value: object = None

    @property
    def blank(self) -> bool:
        """Whether it holds nothing that can be seen."""
        return self.value is None or (isinstance(self.value, str) and not self.value.strip())

    def wrong(self, words: str) -> WorkbookError:
        """What is wrong with it, to be raised."""
        return WorkbookError(f"sheet {self.sheet!r}, cell {self.at}: {words}")

    def name(self) -> str:
        """The name that it holds."""
        return name_of(self.value)

    def names(self) -> frozenset[str]:
        """The names that it holds, with commas, semicolons or lines between them."""
        if self.blank:
            return frozenset()
        value = self.value
        parts = re.split(r"[,;\r\n]", value) if isinstance(value, str) else [name_of(value)]
        return frozenset(name for name in map(name_of, parts) if name)

    def whole(self, least: int = 0) -> int:
        """A whole number from `least` on; 0 where the cell is blank."""
        value = 0 if self.blank else self.value
        if isinstance(value, str):
            text = value.strip().replace("\N{NO-BREAK SPACE}", "").replace(" ", "")
            if re.fullmatch(r"[+-]?\d{1,15}(?:[.,]0*)?", text):
                value = int(re.split("[.,]", text)[0])
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            raise self.wrong(f"must be a whole number from {least} on, not {self.value!r}")
        return value

    def span(self) -> tuple[int, int | None]:
        """Minutes of the day from and, where it holds both ("9:00-10:30"), to."""
        if isinstance(self.value, str):
            text = _DATE.sub("", self.value.strip()).translate(_MINUS)
            parts = [part.strip() for part in re.split(r"-|\bto\b", text)]
            minutes = [self._typed(part) for part in parts[:2]]
            if len(parts) > 2:
                raise self.wrong(f"must be a time, not {self.value!r}")
            return minutes[0], minutes[1] if len(parts) == 2 else None
        return self._counted(self.value), None

    def _counted(self, value: object) -> int:
        if isinstance(value, datetime | time):
            seconds = value.hour * 3600 + value.minute * 60 + value.second + 1
            return seconds // 60
        if isinstance(value, timedelta) and timedelta() <= value <= timedelta(days=1):
            return int(value.total_seconds() + 1) // 60
        if isinstance(value, int | float) and not isinstance(value, bool):
            if 0 <= value < 1 or value >= _SERIAL_DAYS:
                return int(value % 1 * DAY_MINUTES + 1 / 60)
            if 1 < value <= 24 and value == int(value):
                return int(value) * 60
        raise self.wrong(f"must be a time such as 9:30, not {value!r}")

    def _typed(self, text: str) -> int:
        found = _TIME.fullmatch(text)
        if found is None:
            try:
                return self._counted(float(text))
            except ValueError:
                raise self.wrong(f"must be a time such as 9:30, not {self.value!r}") from None
        hour, minute = int(found["hour"]), int(found["minute"] or 0)
        if found["half"]:
            hour = hour % 12 + (12 if found["half"] in "pP" else 0)
        if hour * 60 + minute > DAY_MINUTES or minute > 59:
            raise self.wrong(f"must be a time of the day, not {self.value!r}")
        return hour * 60 + minute

    def zone(self) -> int:
        """Minutes east of Greenwich of "GMT+2", "UTC-3:30", "GMT" or a number of hours."""
        text = name_of(self.value).upper().translate(_MINUS)
        if text in ("GMT", "UTC", "Z"):
            return 0
        found = _ZONE.fullmatch(text)
        if found is None or int(found["hours"]) > 14:
            raise self.wrong(f"must be a zone such as GMT+2, not {self.value!r}")
        rest = found["rest"] or ":0"
        part = int(rest[1:]) if rest[0] == ":" else round(float(f"0{rest}") * 60)
        minutes = int(found["hours"]) * 60 + part
        return -minutes if found["sign"] == "-" else minutes


@dataclass(frozen=True)
class Row:
    """One row: the cells that are not blank, by column from 1."""

    sheet: str
    number: int
    held: Mapping[int, Cell]

    def at(self, column: int) -> Cell:
        """The cell in a column."""
        place = f"{get_column_letter(column)}{self.number}"
        return self.held.get(column) or Cell(self.sheet, place, column)

    def after(self, cell: Cell) -> Cell | None:
        """The next cell to the right that is not blank."""
        return next((each for each in self if each.column > cell.column), None)

    def __iter__(self) -> Iterator[Cell]:
        return iter(self.held.values())


@dataclass(frozen=True)
class Sheet:
    """The rows of a sheet that are not blank."""

    title: str
    rows: Sequence[Row]
    hidden: bool


def sheets_of(path: Path) -> list[Sheet]:
    """All sheets of a workbook; `WorkbookError` where the file is none, or holds an error or a
    formula without its value."""
    try:
        _weigh(path)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and other things that do not matter here
            held = load_workbook(path, data_only=True)
            formulas = load_workbook(path)
    except WorkbookError:
        raise
    except _TORN:
        raise WorkbookError("is no workbook") from None
    return [_sheet(sheet, formulas[sheet.title]) for sheet in held.worksheets]


def _weigh(path: Path) -> None:
    """Refuse what would take minutes and gigabytes to read; `WorkbookError` says what."""
    with ZipFile(path) as packed:
        if sum(part.file_size for part in packed.infolist()) > MOST_BYTES:
            raise WorkbookError(f"holds more than {MOST_BYTES:,} bytes when it is unpacked")
        merged = 0
        for part in packed.namelist():
            if part.startswith("xl/worksheets/"):
                for area in _MERGED.findall(packed.read(part)):
                    left, top, right, bottom = range_boundaries(area.decode("ascii"))
                    merged += (right - left + 1) * (bottom - top + 1)
        if merged > MOST_MERGED:
            raise WorkbookError(f"merges more than {MOST_MERGED:,} cells")


def _sheet(sheet: Worksheet, formulas: Worksheet) -> Sheet:
    rows: dict[int, dict[int, Cell]] = {}
    # to walk over its rows would make all cells up to the last one that has a style
    for (row, column), each in sorted(sheet._cells.items()):
        cell = Cell(sheet.title, each.coordinate, column, each.value)
        if each.data_type == "e":
            raise cell.wrong(f"holds the error {each.value}")
        # a formula that gives an empty text is known by its type
        empty = each.value is None and each.data_type != "str"
        if empty and formulas.cell(row, column).data_type == "f":
            words = "holds a formula whose value is not stored: open and save the workbook"
            raise cell.wrong(f"{words} in a spreadsheet program")
        if not cell.blank:
            rows.setdefault(row, {})[column] = cell
    for area in sheet.merged_cells.ranges:
        _spread(sheet.title, rows, area.bounds)
    kept = [
        Row(sheet.title, number, dict(sorted(own.items()))) for number, own in sorted(rows.items())
    ]
    return Sheet(sheet.title, kept, sheet.sheet_state != "visible")


def _spread(
    title: str, rows: dict[int, dict[int, Cell]], bounds: tuple[int, int, int, int]
) -> None:
    """What stands in merged cells of a column holds for each of its rows. Names of rows, in the
    first column, do not: none is there twice."""
    left, top, right, bottom = bounds
    first = rows.get(top, {}).get(left)
    if first is None or left == 1 or left != right:
        return
    for row in range(top + 1, bottom + 1):
        if row in rows:
            place = f"{get_column_letter(left)}{row}"
            rows[row][left] = Cell(title, place, left, first.value)
