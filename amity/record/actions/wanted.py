"""From the plain form of a record to what is written of it, for many records at a time."""

import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models

from amity.foundation.differences import JSON, Plain
from amity.languages.fields import TextColumn
from amity.languages.saving import linked_up
from amity.record.bulk.numbers import Numbers
from amity.record.choices import Audience
from amity.record.kinds import Kind
from amity.record.models import Entry, Recorded
from amity.record.plain.layout import ChildList, child_columns, layout
from amity.record.plain.states import column_value

from .write import Fault, Kept, Write

MACHINE_WRITTEN = frozenset({"keeper", "begun_by", "readers", "revision", "dossier"})

Column: TypeAlias = "models.Field[object, object]"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A record as it shall stand, and as it stands (`before`, None for a new one), in plain form.

    `dossier`: number of the dossier of a new one. `audience` and `kept` as in `Write`.
    """

    kind: Kind
    key: str
    after: Plain
    before: Plain | None = None
    dossier: int = 0
    audience: Audience | None = None
    kept: Kept | None = None


class Unnamed(LookupError):
    """A record names one that is not there."""

    def __init__(self, model: type[models.Model], key: str) -> None:
        super().__init__(f"names {model._meta.model_name} {key}, which is not there")


def named(kind: Kind, wanted: Sequence[Wanted]) -> Iterator[tuple[type[models.Model], list[str]]]:
    """The models that records of a kind name, and the keys that these name."""
    found = layout(kind.model)
    yield kind.model, [one.key for one in wanted]
    for column in _references(found.columns):
        yield _model(column), _keys(one.after.get(column.name) for one in wanted)
    for many in found.lists:
        yield many.names, [key for one in wanted for key in _keys_in(one.after, many.name)]
    for child in found.children:
        rows = [row for one in wanted for row in _rows_in(one.after, child.name)]
        for column in _references(child_columns(child)):
            yield _model(column), _keys(row.get(column.name) for row in rows)


def names_entries(kind: Kind) -> bool:
    """Whether records of the kind, or their child rows, name entries of the register."""
    found = layout(kind.model)
    columns = [*found.columns, *(one for child in found.children for one in child_columns(child))]
    return any(_model(column) is Entry for column in _references(columns))


def filled(one: Wanted, number: int, stored: Recorded | None, numbers: Numbers) -> Write:
    """What is to be written of a record. Raises Unnamed where it names what has no number."""
    found = layout(one.kind.model)
    after = _linked(one, found.columns, found.children)
    record: Recorded
    if stored is not None:
        record = copy.copy(stored)
    else:
        record = one.kind.model(key=one.key, dossier_id=one.dossier)
        record.pk = number
    _fill(record, found.columns, after, numbers)
    lists = {
        many.name: [_number(numbers, many.names, key) for key in _keys_in(after, many.name)]
        for many in found.lists
    }
    children: dict[str, list[models.Model]] = {}
    for child in found.children:
        children[child.name] = []
        for item in _rows_in(after, child.name):
            row = child.model()
            _fill(row, child_columns(child), item, numbers)
            children[child.name].append(row)
    return Write(
        one.kind, record, after, lists, children, one.before, stored, one.audience, one.kept
    )


def faults_of(write: Write) -> Iterator[Fault]:
    """What the fields of a record and its child rows say against their values."""
    kind, key = write.kind, write.record.key
    yield from _faults(kind, key, write.record, MACHINE_WRITTEN, "")
    for child in layout(kind.model).children:
        outside = {child.owner, "position", "id"}
        for position, row in enumerate(write.children[child.name]):
            yield from _faults(kind, key, row, outside, f"{child.name}.{position}.")


def _faults(
    kind: Kind, key: str, row: models.Model, outside: "frozenset[str] | set[str]", before: str
) -> Iterator[Fault]:
    references = {
        column.name for column in row._meta.concrete_fields if isinstance(column, models.ForeignKey)
    }
    try:
        row.clean_fields(exclude={*outside, *references})
        row.clean()
    except ValidationError as error:
        for name, found in error.update_error_dict({}).items():
            shown = before + ("" if name == NON_FIELD_ERRORS else name)
            for one in found:
                for message in one.messages:
                    yield Fault(kind.kind, key, shown.rstrip("."), message)


def _linked(one: Wanted, columns: Sequence[Column], children: Sequence[ChildList]) -> Plain:
    """The state with every text's versions linked to what they were made from."""
    before = one.before or {}
    after = _row_linked(columns, one.after, before)
    for child in children:
        old = _rows_in(before, child.name)
        rows: list[JSON] = [
            _row_linked(child_columns(child), row, old[at] if at < len(old) else {})
            for at, row in enumerate(_rows_in(after, child.name))
        ]
        if rows:
            after[child.name] = rows
    return after


def _row_linked(columns: Sequence[Column], after: Plain, before: Plain) -> Plain:
    linked = dict(after)
    for column in columns:
        text, was = after.get(column.name), before.get(column.name)
        if isinstance(column, TextColumn) and isinstance(text, dict):
            linked[column.name] = linked_up(text, was if isinstance(was, dict) else None)
    return linked


def _fill(row: models.Model, columns: Sequence[Column], state: Plain, numbers: Numbers) -> None:
    for column in columns:
        value = state.get(column.name)
        if not isinstance(column, models.ForeignKey):
            setattr(row, column.attname, column_value(column, value))
        elif value is None:
            setattr(row, column.attname, None)
        else:
            setattr(row, column.attname, _number(numbers, _model(column), str(value)))


def _number(numbers: Numbers, model: type[models.Model], key: str) -> int:
    number = numbers.find(model, key)
    if number is None:
        raise Unnamed(model, key)
    return number


def _references(
    columns: Sequence[Column],
) -> "Iterator[models.ForeignKey[models.Model, models.Model]]":
    return (column for column in columns if isinstance(column, models.ForeignKey))


def _model(column: "models.ForeignKey[models.Model, models.Model]") -> type[models.Model]:
    found = column.related_model
    if not isinstance(found, type):
        raise TypeError(f"{column} is not ready")
    return found


def _keys(values: "Iterator[JSON]") -> list[str]:
    return [str(value) for value in values if value is not None]


def _keys_in(state: Plain, name: str) -> list[str]:
    found = state.get(name)
    return [str(key) for key in found] if isinstance(found, list) else []


def _rows_in(state: Plain, name: str) -> list[Plain]:
    found = state.get(name)
    return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []
