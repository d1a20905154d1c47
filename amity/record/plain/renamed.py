"""Plain states of long ago, with all that they name under the identifiers of today."""

from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q

from amity.foundation.differences import JSON, Plain
from amity.record import kinds
from amity.record.acting import RegisterKey
from amity.record.models import Entry, Recorded
from amity.record.plain.layout import child_columns, layout

Name = tuple[str, str]
"""Kind and identifier of a record."""


def key_now(kind: str, key: str) -> str:
    """The identifier that a record which was called `key` has now; one that was merged has none."""
    former = Entry.everything.filter(kind=kind, key=key, removed_at=None)
    now = former.exclude(moved_to=None).values_list("moved_to__key", flat=True).first()
    return now or key


def name_now(name: RegisterKey) -> RegisterKey:
    """The same for what stands in `keeper`, `begun_by` and `readers`."""
    kind, colon, key = name.partition(":")
    return f"{kind}:{key_now(kind, key)}" if colon else name


def as_named_now(model: type[Recorded], state: Plain) -> Plain:
    """A state of a record of `model`, with every reference under its present identifier."""
    named: list[Name] = []

    def noted(name: Name) -> str:
        named.append(name)
        return name[1]

    _mapped(model, state, noted)
    renamed = _renamed(named)
    return _mapped(model, state, lambda name: renamed.get(name, name[1])) if renamed else state


def named_otherwise(model: type[Recorded], state: Plain, names: Mapping[Name, str]) -> Plain:
    """A state of a record of `model` that names others by the identifiers given in `names`."""
    return _mapped(model, state, lambda name: names.get(name, name[1]))


def _renamed(names: Iterable[Name]) -> dict[Name, str]:
    asked = [Q(kind=kind, key=key) for kind, key in set(names)]
    if not asked:
        return {}
    former = Entry.everything.filter(reduce(or_, asked), moved_to__isnull=False)
    found = former.values_list("kind", "key", "moved_to__key")
    return {(kind, key): now for kind, key, now in found}


def _mapped(model: type[models.Model], state: Plain, change: Callable[[Name], str]) -> Plain:
    found = layout(model)
    mapped = _row_mapped(found.columns, state, change)
    for many in found.lists:
        keys = state.get(many.name)
        if isinstance(keys, list):
            mapped[many.name] = sorted({str(_changed(many.names, key, change)) for key in keys})
    for child in found.children:
        rows = state.get(child.name)
        if isinstance(rows, list):
            columns = child_columns(child)
            mapped[child.name] = [
                _row_mapped(columns, row, change) if isinstance(row, dict) else row for row in rows
            ]
    return mapped


def _row_mapped(
    columns: "Iterable[models.Field[object, object]]",
    state: Plain,
    change: Callable[[Name], str],
) -> Plain:
    mapped = dict(state)
    for column in columns:
        if isinstance(column, models.ForeignKey) and state.get(column.name) is not None:
            mapped[column.name] = _changed(column.related_model, state[column.name], change)
    return mapped


def _changed(model: type[models.Model], value: JSON, change: Callable[[Name], str]) -> JSON:
    if model is Entry:
        kind, _slash, key = str(value).partition("/")
        return f"{kind}/{change((kind, key))}"
    if not issubclass(model, Recorded):
        return value
    return change((kinds.of_model(model).kind, str(value)))
