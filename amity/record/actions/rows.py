"""Rows that go with records: pairs of many-to-many lists, and child rows."""

from collections.abc import Sequence

from django.db import models

from amity.record import derived
from amity.record.models import Recorded
from amity.record.plain import layout

from .write import Write


def write_lists(writes: Sequence[Write]) -> None:
    """Write the many-to-many lists that are given."""
    for many in layout(writes[0].kind.model).lists:
        owner, other = f"{many.owner}_id", f"{many.other}_id"
        written = [write for write in writes if many.name in write.lists]
        _forget_rows(many.pairs, owner, written)
        many.pairs._base_manager.bulk_create(
            many.pairs(**{owner: write.record.pk, other: number})
            for write in written
            for number in write.lists[many.name]
        )


def write_children(writes: Sequence[Write]) -> None:
    """Write the lists of child rows that are given, in the order in which they are."""
    for child in layout(writes[0].kind.model).children:
        written = [write for write in writes if child.name in write.children]
        _forget_rows(child.model, f"{child.owner}_id", written)
        child.model._base_manager.bulk_create(
            _placed(row, child.owner, write.record, position)
            for write in written
            for position, row in enumerate(write.children[child.name], start=1)
        )


def _forget_rows(model: type[models.Model], owner: str, writes: Sequence[Write]) -> None:
    known = [write.record.pk for write in writes if write.stored is not None]
    for few in derived.some(known):
        model._base_manager.filter(**{f"{owner}__in": few}).delete()


def _placed(row: models.Model, owner: str, record: Recorded, position: int) -> models.Model:
    row.pk = None
    setattr(row, owner, record)
    row.position = position  # type: ignore[attr-defined] # child rows have one
    return row
