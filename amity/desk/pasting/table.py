"""What was pasted, as a table: tab separated as sheets copy it, or CSV."""

import csv
import re
from io import StringIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from amity.foundation.words.characters import in_a_line

LARGEST = 200_000
"""Characters."""
MOST_LINES = 300
MOST_COLUMNS = 30
OTHERS = (";", ",")
"""What separates cells where no tab does; spreadsheets of Russian and French write semicolons."""
STRAY = re.compile("(?<!«)\u00a0(?![:;!?»])")
"""A space of a word processor that does not break, where no mark of French asks for one."""

Line = tuple[str, ...]


def read(words: str) -> list[Line]:
    """The lines of the table, without empty ones, all of the same length.

    Raises ValidationError where it is too much, or no table.
    """
    if len(words) > LARGEST:
        raise ValidationError(_("This is too much at once: paste it in parts."))
    lines = [tuple(map(_tidy, line)) for line in _cells(words.lstrip("\ufeff"))]
    lines = [line for line in lines if any(line)]
    if not lines:
        raise ValidationError(_("Paste at least one row."))
    if len(lines) > MOST_LINES:
        raise ValidationError(
            _("These are %(count)s rows; paste at most %(most)s at once.")
            % {"count": len(lines), "most": MOST_LINES}
        )
    width = max(map(len, lines))
    while all(len(line) < width or not line[width - 1] for line in lines):
        width -= 1
    if width > MOST_COLUMNS:
        raise ValidationError(
            _("These are %(count)s columns; paste at most %(most)s.")
            % {"count": width, "most": MOST_COLUMNS}
        )
    return [(*line, *[""] * (width - len(line)))[:width] for line in lines]


def _cells(words: str) -> list[list[str]]:
    separator = "\t" if "\t" in words else max(OTHERS, key=words.partition("\n")[0].count)
    lines = words.replace("\r\n", "\n").replace("\r", "\n")
    try:
        return list(csv.reader(StringIO(lines), delimiter=separator, strict=True))
    except csv.Error as error:
        if separator != "\t":
            raise ValidationError(
                _("A quotation mark is not closed, or stands within a cell; double it there.")
            ) from error
    return [line.split("\t") for line in lines.split("\n")]  # marks that only belong to words


def _tidy(cell: str) -> str:
    return "\n".join(in_a_line(STRAY.sub(" ", line)) for line in cell.strip().split("\n"))
