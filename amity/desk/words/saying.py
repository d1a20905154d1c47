"""Fields and values of records in words, for the pages of the desk."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from amity.desk.merging import is_text
from amity.desk.shown import PathShown
from amity.desk.words.values import in_words
from amity.foundation.dates import said as dates
from amity.foundation.dates.as_said import DateAsSaid
from amity.foundation.differences import JSON, Absent, FieldChange, Path
from amity.foundation.words.typography import labelled, semicolon
from amity.languages import codes
from amity.languages.negotiation import preferences
from amity.languages.text import Text
from amity.record.kinds import Kind
from amity.record.plain.layout import child_columns, field_label, layout

if TYPE_CHECKING:
    Column = models.Field[object, object]


def label(kind: Kind, path: Path, language: str) -> str:
    """What a place of a record is called: its field, the row of a list, the language of a text."""
    if not path:
        return _("The whole record")
    said = [field_label(kind.model, str(path[0]))]
    for step in path[1:]:
        if isinstance(step, int):
            said.append(f"{step + 1}.")
        elif step in ("versions", "words", "original"):
            continue
        elif codes.is_valid(step) and path[path.index(step) - 1] == "versions":
            said.append(codes.display_name(step, language))
        else:
            said.append(_row_field(kind, str(path[0]), step))
    return " · ".join(said)


def _row_field(kind: Kind, listed: str, name: str) -> str:
    for child in layout(kind.model).children:
        if child.name == listed:
            try:
                return str(child.model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            except FieldDoesNotExist:
                return name
    return name


def at(kind: Kind, path: Path, value: JSON | Absent, language: str) -> str:
    """What stands at a place of a record as a person reads it: what is chosen by its label.

    Of a whole record, field by field under their names; not the key, which its address says.
    """
    if not path and isinstance(value, Mapping):
        return semicolon().join(
            labelled(field_label(kind.model, name), said)
            for name, one in value.items()
            if name != "key" and (said := at(kind, (name,), one, language))
        )
    name, *rest = path or ("",)
    child = next((one for one in layout(kind.model).children if one.name == name), None)
    if child is None:
        return _of_column(None if rest else _columns(kind).get(str(name)), value, language)
    columns = {column.name: column for column in child_columns(child)}
    if not rest and isinstance(value, list):
        return semicolon().join(_row(columns, row, language) for row in value)
    if len(rest) == 1:
        return _row(columns, value, language)
    return _of_column(columns.get(str(rest[-1])) if len(rest) == 2 else None, value, language)


def _columns(kind: Kind) -> "Mapping[str, Column]":
    return {column.name: column for column in layout(kind.model).columns}


def _row(columns: "Mapping[str, Column]", row: JSON | Absent, language: str) -> str:
    """A row of a list on one line."""
    if not isinstance(row, Mapping):
        return words(row, language)
    said = (_of_column(columns.get(name), one, language) for name, one in row.items())
    return ", ".join(filter(None, said))


def _of_column(column: "Column | None", value: JSON | Absent, language: str) -> str:
    if column is None or isinstance(value, Absent | Mapping) or value in (None, "", []):
        return words(value, language)
    try:
        return in_words(column, value, language, timezone.get_current_timezone_name())
    except (ValueError, KeyError):  # what came back from a form may be no value of the column
        return words(value, language)


def words(value: JSON | Absent, language: str) -> str:
    """A value in plain form as a person reads it."""
    if isinstance(value, Absent) or value is None or value in ("", []):
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Mapping):
        return _of_mapping(value, language)
    if isinstance(value, list):
        return semicolon().join(words(one, language) for one in value)
    return str(value)


def _of_mapping(value: Mapping[str, JSON], language: str) -> str:
    if is_text(value):
        return _of_text(Text.from_json(value), language)
    if "words" in value and "origin" in value:
        return str(value["words"])
    if "precision" in value:
        return dates.in_words(DateAsSaid.from_json(value))
    return ", ".join(said for one in value.values() if (said := words(one, language)))


def _of_text(text: Text, language: str) -> str:
    """The version that the reader reads, and in which other languages there is one."""
    shown = text.best(preferences(language))
    others = [codes.display_name(tag, language) for tag in text.tags if tag != shown.tag]
    return f"{shown.words} ({', '.join(others)})" if others else shown.words


def paths(kind: Kind, changes: Iterable[FieldChange], language: str) -> tuple[PathShown, ...]:
    """What changed, place by place; what only links versions of a text to another is left out."""
    return tuple(
        PathShown(
            label(kind, change.path, language),
            at(kind, change.path, change.before, language),
            at(kind, change.path, change.after, language),
        )
        for change in changes
        if "made_from" not in change.path
    )
