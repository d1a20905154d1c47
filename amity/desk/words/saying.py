"""Fields and values of records in words, for the pages of the desk."""

from collections.abc import Iterable, Mapping

from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _

from amity.desk.merging import is_text
from amity.desk.shown import PathShown
from amity.foundation.dates.as_said import DateAsSaid
from amity.foundation.dates.said import in_words
from amity.foundation.differences import JSON, Absent, FieldChange, Path
from amity.foundation.words.typography import labelled, semicolon
from amity.languages import codes
from amity.languages.negotiation import preferences
from amity.languages.text import Text
from amity.record.kinds import Kind
from amity.record.plain.layout import field_label, layout


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
    if len(path) == 1 and isinstance(value, str):
        return str(_labels(kind, str(path[0])).get(value, value))
    return words(value, language)


def _labels(kind: Kind, name: str) -> Mapping[str, object]:
    """What can be chosen in a field, by its label; empty where nothing is chosen."""
    return next(
        (dict(one.flatchoices) for one in layout(kind.model).columns if one.name == name), {}
    )


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
        return in_words(DateAsSaid.from_json(value))
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
