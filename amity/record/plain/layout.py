"""Which columns and lists people write of a kind of record, read from its model.

What only the machine writes (keeper, readers, derived columns) is not part of it, so undo never
brings back old rights.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.core.exceptions import FieldDoesNotExist
from django.db import models

from amity.record.models import Recorded

NOT_WRITTEN = frozenset({"id", "dossier", "keeper", "begun_by", "readers", "revision"})


@dataclass(frozen=True, slots=True)
class ManyList:
    """A many-to-many list: its pairs, their references to the owner and the other, and that."""

    name: str
    pairs: type[models.Model]
    owner: str
    other: str
    names: type[models.Model]


@dataclass(frozen=True, slots=True)
class ChildList:
    """A list of child rows: the name of the relation, the model, and its reference to the owner."""

    name: str
    model: type[models.Model]
    owner: str


@dataclass(frozen=True, slots=True)
class Layout:
    """What people write of a kind of record: columns, lists of references, lists of child rows."""

    columns: "tuple[models.Field[object, object], ...]"
    lists: tuple[ManyList, ...]
    children: tuple[ChildList, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all that people write."""
        return (
            *(column.name for column in self.columns),
            *(field.name for field in self.lists),
            *(child.name for child in self.children),
        )


@cache
def layout(model: type[models.Model]) -> Layout:
    """The layout of a model of records, or of child rows (without their owner and position)."""
    return Layout(
        tuple(_columns(model, NOT_WRITTEN)),
        tuple(_lists(model)),
        tuple(_children(model)) if issubclass(model, Recorded) else (),
    )


def _columns(
    model: type[models.Model], skipped: frozenset[str]
) -> "Iterator[models.Field[object, object]]":
    for column in model._meta.local_concrete_fields:
        if column.editable and not column.generated and column.name not in skipped:
            yield column


def _lists(model: type[models.Model]) -> Iterator[ManyList]:
    for field in model._meta.local_many_to_many:
        pairs, names = field.remote_field.through, field.related_model
        if pairs is None or not isinstance(names, type):
            raise TypeError(f"{field} is not ready")
        yield ManyList(
            field.name, pairs, field.m2m_field_name(), field.m2m_reverse_field_name(), names
        )


def _children(model: type[models.Model]) -> Iterator[ChildList]:
    """Rows without a key of their own that go with the record and have a position in it."""
    for relation in model._meta.related_objects:
        child = relation.related_model
        if (
            not issubclass(child, Recorded)
            and relation.on_delete is models.CASCADE
            and any(column.name == "position" for column in child._meta.fields)
            and (name := relation.get_accessor_name())
        ):
            yield ChildList(name, child, relation.field.name)


@cache
def child_columns(child: ChildList) -> "tuple[models.Field[object, object], ...]":
    """The columns of a child row that people write."""
    return tuple(_columns(child.model, NOT_WRITTEN | {child.owner, "position"}))


def field_label(model: type[models.Model], name: str) -> str:
    """What a field or list of a record is called, beginning with a capital; `name` for none."""
    for child in layout(model).children:
        if child.name == name:
            said = str(child.model._meta.verbose_name_plural or name)
            break
    else:
        try:
            said = str(getattr(model._meta.get_field(name), "verbose_name", name))
        except FieldDoesNotExist:
            return name
    return said[:1].upper() + said[1:]
