"""Columns of lists that are had as CSV, in the words of the models."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amity.foundation.dates.as_said import DateAsSaid
from amity.foundation.dates.said import in_words
from amity.foundation.pages.links import absolute
from amity.languages.jinja import plain, raw_text
from amity.record import kinds
from amity.record.models import Dossier, Recorded

from .formats.tables import Column

BETWEEN = "; "
"""Stands between the several values of one cell."""


def field(model: type[models.Model], name: str, cell: Callable[[Any], Any] | None = None) -> Column:
    """A column under the name of a model's field, which shows the field unless `cell` says."""
    column: Any = model._meta.get_field(name)
    return Column(lambda: _capital(str(column.verbose_name)), cell or _shown(column))


def named(head: Any, cell: Callable[[Any], Any]) -> Column:
    """A column under words of its own."""
    return Column(lambda: str(head), cell)


def _shown(column: Any) -> Callable[[Any], Any]:
    name = column.name
    if column.choices:
        return lambda row: getattr(row, f"get_{name}_display")()
    if isinstance(column, models.ForeignKey):
        return lambda row: _name_of(getattr(row, name))
    return lambda row: _cell(getattr(row, name))


def _cell(value: Any) -> Any:
    if isinstance(value, DateAsSaid):
        return in_words(value)
    return plain(value) if hasattr(value, "versions") else value


def _name_of(record: Any) -> str:
    return plain(getattr(record, "title", None) or record.name) if record else ""


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def first_day(name: str) -> Column:
    """The first day that a date as said may mean, as ISO 8601."""
    return named(gettext_lazy("First day"), lambda row: _day(getattr(row, name), "start"))


def last_day(name: str) -> Column:
    """The last day that a date as said may mean, as ISO 8601."""
    return named(gettext_lazy("Last day"), lambda row: _day(getattr(row, name), "end"))


def _day(said: DateAsSaid | None, end: str) -> str:
    day = getattr(said, end) if said else None
    return day.isoformat() if day else ""


def _yes(value: bool) -> str:
    return _("yes") if value else _("no")


def of_record(model: type[Recorded], columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns, with those that every list has before and after them."""
    kind = kinds.by_model()[model].kind
    return (
        field(model, "key"),
        *columns,
        field(Dossier, "fictional", lambda row: _yes(row.dossier.fictional)),
        named(gettext_lazy("Page"), lambda row: absolute(kinds.entry_url(kind, row.key) or "")),
    )


def names(rows: list[dict[str, Any]] | None, order: str = "key") -> str:
    """The names in collected rows, in their order."""
    listed = sorted(rows or (), key=lambda row: row[order])
    return BETWEEN.join(plain(raw_text(row["name"])) for row in listed)
