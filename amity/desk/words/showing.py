"""What stands in a record, field by field in words, as its page at the desk shows it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models

from amity.desk.merging import is_text
from amity.desk.shown import FieldShown, PathShown
from amity.desk.words import saying, values
from amity.desk.words.saying import label
from amity.foundation.dates.as_said import DateAsSaid
from amity.foundation.dates.fields import DateAsSaidColumn
from amity.foundation.dates.said import in_words
from amity.foundation.differences import JSON, Absent, FieldChange, Path, Plain
from amity.languages import codes
from amity.languages.fields import TextColumn
from amity.languages.negotiation import preferences
from amity.languages.text import Text
from amity.record import kinds
from amity.record.kinds import Kind
from amity.record.models import Entry
from amity.record.plain.layout import ChildList, child_columns, layout

if TYPE_CHECKING:
    Column = models.Field[object, object]


@dataclass(frozen=True, slots=True)
class Showing:
    """Puts what stands in records into words of `language`, moments by the clocks of `zone`.

    `names`: what the records are called that are `named` in them, by register key.
    """

    language: str
    zone: str
    names: Mapping[str, Text]

    def fields(self, kind: Kind, state: Plain) -> Iterator[FieldShown]:
        """All that stands in a record, in the order of its form."""
        found = layout(kind.model)
        columns = {column.name: column for column in found.columns}
        listed = {many.name: _kind_of(many.names) for many in found.lists}
        children = {child.name: child for child in found.children}
        for name in found.names:
            value = state.get(name)
            if name == "key" or value in (None, "", []):
                continue
            said = label(kind, (name,), self.language)
            if column := columns.get(name):
                yield FieldShown(said, (self._value(column, value),), self._others(column, value))
            elif isinstance(value, list) and name in listed:
                yield FieldShown(said, tuple(self.called(listed[name], str(k)) for k in value), ())
            elif isinstance(value, list):
                rows = tuple(self._row(children[name], row) for row in value)
                yield FieldShown(said, rows, ())

    def _row(self, child: ChildList, row: JSON) -> str:
        """A row of a list on one line."""
        given = row if isinstance(row, dict) else {}
        said = (
            self._value(one, given[one.name]) for one in child_columns(child) if one.name in given
        )
        return " · ".join(words for words in said if words)

    def _value(self, column: "Column", value: JSON) -> str:
        if isinstance(column, models.ForeignKey):
            return self._named(column, str(value))
        if isinstance(column, TextColumn) and isinstance(value, Mapping):
            return str(Text.from_json(value).best(preferences(self.language)).words)
        if isinstance(column, DateAsSaidColumn) and isinstance(value, Mapping):
            return in_words(DateAsSaid.from_json(value))
        return values.in_words(column, value, self.language, self.zone)

    def _others(self, column: "Column", value: JSON) -> tuple[str, ...]:
        """The other languages in which a text stands."""
        if not isinstance(column, TextColumn) or not isinstance(value, Mapping):
            return ()
        text = Text.from_json(value)
        shown = text.best(preferences(self.language)).tag
        return tuple(codes.display_name(tag, self.language) for tag in text.tags if tag != shown)

    def called_in(self, columns: "Sequence[Column]", state: Mapping[str, JSON]) -> Plain:
        """What columns that are references name in a state, by name."""
        return {
            column.name: self._named(column, str(key))
            for column in columns
            if isinstance(column, models.ForeignKey) and (key := state.get(column.name))
        }

    def _named(self, column: "Column", key: str) -> str:
        kind, key = _target(column, key)
        return self.called(kind, key)

    def called(self, kind: str, key: str) -> str:
        """A record's name; its key where it has none, or is not there for whoever reads."""
        name = self.names.get(f"{kind}:{key}")
        return str(name.best(preferences(self.language)).words) if name else key


def named(kind: Kind, state: Plain) -> set[str]:
    """The register keys of all that a record names, in rows of its lists too."""
    found = layout(kind.model)
    wanted = set(_named_in(found.columns, state))
    for many in found.lists:
        keys = state.get(many.name)
        if isinstance(keys, list):
            wanted |= {f"{_kind_of(many.names)}:{key}" for key in keys}
    for child in found.children:
        rows = state.get(child.name)
        for row in rows if isinstance(rows, list) else ():
            wanted |= set(_named_in(child_columns(child), row if isinstance(row, dict) else {}))
    return wanted


def named_at(kind: Kind, path: Path, *values: JSON | Absent) -> set[str]:
    """The register keys of what is named by values that stand at a place of a record."""
    states = (_state_with(path, value) for value in values)
    return {key for state in states if state is not None for key in named(kind, state)}


def with_names(
    kind: Kind, path: Path, value: JSON | Absent, names: Mapping[str, Text], language: str
) -> JSON | Absent:
    """A value that stands at a place of a record, with what it names called by name."""
    state = _state_with(path, value)
    if state is None:
        return value
    said = dict(state)
    showing = Showing(language, "", names)
    found = layout(kind.model)
    said |= showing.called_in(found.columns, state)
    for many in found.lists:
        if isinstance(keys := state.get(many.name), list):
            said[many.name] = [showing.called(_kind_of(many.names), str(key)) for key in keys]
    for child in found.children:
        if isinstance(rows := state.get(child.name), list):
            columns = child_columns(child)
            said[child.name] = [
                {**row, **showing.called_in(columns, row)} if isinstance(row, dict) else row
                for row in rows
            ]
    return _at(path, said)


def names_of_changes(kind: Kind, changes: Iterable[FieldChange]) -> set[str]:
    """The register keys of all that is named in changes of a record."""
    return {key for one in changes for key in named_at(kind, one.path, one.before, one.after)}


def paths(
    kind: Kind, changes: Iterable[FieldChange], names: Mapping[str, Text], language: str
) -> tuple[PathShown, ...]:
    """What changed, place by place, with what is named called by name."""
    return saying.paths(kind, (in_names(kind, one, names, language) for one in changes), language)


def at(
    kind: Kind, path: Path, value: JSON | Absent, names: Mapping[str, Text], language: str
) -> str:
    """What stands at a place of a record as a person reads it, with what it names by name."""
    return saying.at(kind, path, with_names(kind, path, value, names, language), language)


def in_names(
    kind: Kind, change: FieldChange, names: Mapping[str, Text], language: str
) -> FieldChange:
    """A change, with what is named before and after called by name."""
    return FieldChange(
        change.path,
        with_names(kind, change.path, change.before, names, language),
        with_names(kind, change.path, change.after, names, language),
    )


def _state_with(path: Path, value: JSON | Absent) -> Plain | None:
    """A state in which so much stands as is said of a place; None for within a text or a date."""
    if isinstance(value, Absent):
        return None
    if not path:
        return dict(value) if isinstance(value, Mapping) else None
    name, *rest = path
    if not rest:
        return {str(name): value}
    if len(rest) <= 2 and isinstance(rest[0], int):
        return {str(name): [value if len(rest) == 1 else {str(rest[1]): value}]}
    return None


def _at(path: Path, state: Plain) -> JSON | Absent:
    found: JSON = state
    for step in path:
        if isinstance(found, Mapping):
            found = found[str(step)]
        elif isinstance(found, list):
            found = found[0]
    return found


def _named_in(columns: "tuple[Column, ...]", state: Plain) -> Iterator[str]:
    for column in columns:
        if isinstance(column, models.ForeignKey) and (key := state.get(column.name)):
            yield ":".join(_target(column, str(key)))


def _target(column: "Column", key: str) -> tuple[str, str]:
    """Kind and key of what a reference names; one to the register writes both."""
    if column.related_model is Entry:
        kind, _slash, key = key.partition("/")
        return kind, key
    return _kind_of(column.related_model), key


def _kind_of(model: object) -> str:
    return next((one.kind for one in kinds.kinds() if one.model is model), "")


def tags_in(state: JSON) -> frozenset[str]:
    """The languages in which anything stands in a record."""
    return frozenset(tag for text in _texts_in(state) for tag in text.tags)


def missing_in(kind: Kind, state: Plain, language: str) -> Iterator[str]:
    """The fields with a text that does not stand in a language, or is outdated there."""
    for name, value in state.items():
        texts = list(_texts_in(value))
        if any(language not in text.tags or text.is_stale(language) for text in texts):
            yield label(kind, (name,), language)


def _texts_in(value: JSON) -> Iterator[Text]:
    if is_text(value) and isinstance(value, Mapping):
        yield Text.from_json(value)
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts_in(inner)
