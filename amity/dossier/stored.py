"""Records as the database holds them, for an export and for the API."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import F, JSONField, QuerySet, TextField
from django.db.models.functions import Cast

from amity.dossier.shapes.catalogue import head_shape
from amity.dossier.shapes.records import Field, RecordShape
from amity.dossier.shapes.references import AnyReference, Reference
from amity.foundation.differences import Plain
from amity.record import kinds
from amity.record.acting import STRANGER, Acting
from amity.record.models import Dossier
from amity.record.plain import plain_rows
from amity.record.queries import visible_to

AT_A_TIME = 2_000
"""Rows fetched at once."""
RAW = "raw_"


@dataclass(frozen=True, slots=True)
class Stored:
    """A record in plain form, with its number in the database."""

    pk: int
    key: str
    record: Plain


def stored_head(dossier: Dossier) -> dict[str, Any]:
    """What `dossier.yaml` says of a dossier."""
    shape = head_shape()
    rows = Dossier.objects.filter(pk=dossier.pk)
    (values,) = values_of(rows, shape, ())
    return record_of(shape, values)


def stored_records(kind: str, dossier: Dossier, acting: Acting = STRANGER) -> Iterator[Stored]:
    """The records of a kind in a dossier that whoever acts may read, by their numbers."""
    rows = visible_to(acting, kinds.get(kind).model).filter(dossier=dossier)
    for number, state in plain_rows(rows):
        yield Stored(number, str(state["key"]), state)


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
