"""Records as the database holds them, in the plain form that the shapes define."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import F, JSONField, Model, Q, QuerySet, TextField
from django.db.models.functions import Cast

from amity.dossier.shapes.catalogue import head_shape, record_shape
from amity.dossier.shapes.records import ChildShape, Field, RecordShape
from amity.dossier.shapes.references import AnyReference, Reference
from amity.record.models import Dossier

AT_A_TIME = 2_000
"""Rows fetched at once."""
RAW = "raw_"


@dataclass(frozen=True, slots=True)
class Stored:
    """A record with its number in the database."""

    pk: int
    key: str
    record: dict[str, Any]


def stored_head(dossier: Dossier) -> dict[str, Any]:
    """What `dossier.yaml` says of a dossier."""
    shape = head_shape()
    rows = Dossier.objects.filter(pk=dossier.pk)
    (values,) = values_of(rows, shape, ())
    return record_of(shape, values)


def stored_records(kind: str, dossier: Dossier) -> Iterator[Stored]:
    """The dossier's records of a kind, in the order of their numbers.

    Child rows and pairs are read beside them, each in one statement, so that no more than a few
    records are ever in memory.
    """
    shape = record_shape(kind)
    rows = shape.model._default_manager.filter(dossier=dossier).order_by("pk")
    lists = {name: _Beside(_pairs(shape.model, name, dossier)) for name in shape.lists}
    children = {
        name: (child, _Beside(_rows(child, dossier))) for name, child in shape.children.items()
    }
    for pk, key, *values in values_of(rows, shape, ("pk", "key")):
        record = record_of(shape, values)
        for name, pairs in lists.items():
            if keys := [row[0] for row in pairs.of(pk)]:
                record[name] = sorted(keys)
        for name, (child, beside) in children.items():
            if found := [record_of(child.shape, row) for row in beside.of(pk)]:
                record[name] = found
        yield Stored(pk, key, record)


class _Beside:
    """Rows that begin with their owner's number, read in step with the owners."""

    def __init__(self, rows: Iterator[tuple[Any, ...]]) -> None:
        self._rows = rows
        self._next = next(rows, None)

    def of(self, owner: int) -> list[tuple[Any, ...]]:
        """The rows of `owner`, without its number. Owners must be asked for in order."""
        found = []
        while self._next is not None and self._next[0] <= owner:
            if self._next[0] == owner:
                found.append(self._next[1:])
            self._next = next(self._rows, None)
        return found


def _pairs(model: type[Model], name: str, dossier: Dossier) -> Iterator[tuple[Any, ...]]:
    column: Any = model._meta.get_field(name)
    owner, other = column.m2m_field_name(), column.m2m_reverse_field_name()
    rows = column.remote_field.through._default_manager.filter(**{f"{owner}__dossier": dossier})
    return iter(
        rows.order_by(f"{owner}_id")
        .values_list(f"{owner}_id", f"{other}__key")
        .iterator(chunk_size=AT_A_TIME)
    )


def _rows(child: ChildShape, dossier: Dossier) -> Iterator[tuple[Any, ...]]:
    rows = child.shape.model._default_manager.filter(**{f"{child.owner}__dossier": dossier})
    ordered = rows.order_by(f"{child.owner}_id", "position")
    return values_of(ordered, child.shape, (f"{child.owner}_id",))


def values_of(
    rows: "QuerySet[Any]", shape: RecordShape, before: tuple[str, ...]
) -> Iterator[tuple[Any, ...]]:
    """Rows of `before` and then what `record_of` takes for each field."""
    paths: list[str] = []
    raw: dict[str, Any] = {}
    for one in shape.fields.values():
        name = one.column.name
        if isinstance(one.shape, AnyReference):
            paths += [f"{name}__kind", f"{name}__key"]
        elif isinstance(one.shape, Reference):
            paths.append(f"{name}__key")
        elif isinstance(one.column, JSONField):
            raw[RAW + name] = Cast(F(name), TextField())
            paths.append(RAW + name)
        else:
            paths.append(name)
    return iter(rows.annotate(**raw).values_list(*before, *paths).iterator(chunk_size=AT_A_TIME))


def record_of(shape: RecordShape, values: Any) -> dict[str, Any]:
    """The record in a row that `values_of` gave, without what stands before its fields."""
    record: dict[str, Any] = {}
    given = iter(values)
    for name, one in shape.fields.items():
        if isinstance(one.shape, AnyReference):
            record[name] = f"{next(given)}/{next(given)}"
            continue
        value = one.shape.from_column(next(given))
        if value is not None and not _is_default(one, value):
            record[name] = value
    return record


def _is_default(one: Field, value: Any) -> bool:
    return not one.required and bool(value == one.default)


def owned_by_others(model: type[Model], dossier: Dossier | None) -> "QuerySet[Any]":
    """Rows of `model` that belong to dossiers other than this one."""
    rows = model._default_manager.all()
    return rows.filter(~Q(dossier=dossier)) if dossier else rows
