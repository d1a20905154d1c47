"""Columns that know what may be written in them, in whatever way it comes.

Each reads what people write (`read`), says what is wrong with it in the reader's language,
and writes it again (`written`). A form, a folder and the API ask the same column, so they refuse
the same with the same words. The database keeps an ordinary column of Django's, and so do
migrations, which need not know any of this.
"""

from .numbers import (
    AmountColumn,
    DegreesColumn,
    SmallWholeColumn,
    WholeColumn,
    WholeNumbers,
    plain_decimal,
)
from .values import ListColumn, ReadableJSON, ValueColumn
from .words import AddressColumn, ChoiceColumn, SlugColumn, WordsColumn
from .written import MISSING, PatternValidator, WrittenColumn, WrittenField, refused

__all__ = [
    "MISSING",
    "AddressColumn",
    "AmountColumn",
    "ChoiceColumn",
    "DegreesColumn",
    "ListColumn",
    "PatternValidator",
    "ReadableJSON",
    "SlugColumn",
    "SmallWholeColumn",
    "ValueColumn",
    "WholeColumn",
    "WholeNumbers",
    "WordsColumn",
    "WrittenColumn",
    "WrittenField",
    "plain_decimal",
    "refused",
]
