"""Columns that lists of records have in common, and what helps a room to declare its own."""

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Field, Model
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amity.foundation.dates.as_said import DateAsSaid
from amity.foundation.dates.said import in_words
from amity.foundation.formats.tables import Column, Label
from amity.foundation.pages.links import absolute
from amity.languages.jinja import plain
from amity.languages.text import Text
from amity.record import kinds
from amity.record.models import Dossier, Recorded

Row = TypeVar("Row", bound=Recorded)

BETWEEN = "; "
"""Stands between the several values of one cell."""


def label_of(model: type[Model], field: str) -> Label:
    """The name of a model's field, as a column's head."""
    column = model._meta.get_field(field)
    assert isinstance(column, Field)  # noqa: S101 - not the other end of a reference
    name = column.verbose_name
    return lazy(lambda: _capital(str(name)), str)()


def of_records(kind: str, *columns: Column[Row]) -> tuple[Column[Row], ...]:
    """The columns of a list of records, with those that all have before and after them."""
    return (
        Column("id", label_of(Recorded, "key"), lambda row: row.key),
        *columns,
        Column(
            "fictional",
            label_of(Dossier, "fictional"),
            lambda row: _("yes") if row.dossier.fictional else _("no"),
        ),
        Column(
            "page", gettext_lazy("Page"), lambda row: absolute(kinds.entry_url(kind, row.key) or "")
        ),
    )


def joined(words: Iterable[str]) -> str:
    """Several values in one cell."""
    return BETWEEN.join(words)


def names(texts: Iterable[Text]) -> str:
    """Several texts in one cell, in the reader's language."""
    return joined(plain(text) for text in texts)


def when(said: DateAsSaid | None) -> str:
    """A date as said, in the reader's words."""
    return in_words(said) if said else ""


def first_day(said: DateAsSaid | None) -> str:
    """The first day that a date as said may mean, as ISO 8601."""
    return said.start.isoformat() if said and said.start else ""


def last_day(said: DateAsSaid | None) -> str:
    """The last day that a date as said may mean, as ISO 8601."""
    return said.end.isoformat() if said and said.end else ""


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
