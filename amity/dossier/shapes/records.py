"""The shape of a whole record, made from its model."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from django.db import models
from django.utils.translation import gettext as _

from amity.dossier.problems import Path, Wrong
from amity.foundation.dates.fields import DateAsSaidColumn
from amity.foundation.fields import MISSING
from amity.languages.fields import TextColumn
from amity.record import kinds
from amity.record.models import Dossier, Entry, Recorded
from amity.record.plain.layout import child_columns, layout

from .base import Shape, is_nothing, quoted, suggestion
from .columns import shape_of
from .references import AnyReference, Reference, References
from .texts import AsSaid, InLanguages

Plain = dict[str, Any]
"""A record as shapes give it: its fields by name."""
Column: TypeAlias = "models.Field[object, object]"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record: its shape, and the column it is kept in.

    `default`: what stands for it where nothing is written. `required`: it must be written.
    """

    name: str
    shape: Shape
    column: "models.Field[object, object]"
    required: bool
    default: object


@dataclass(frozen=True)
class RecordShape:
    """All fields of one kind of record, or of a child row that has no key of its own."""

    model: type[models.Model]
    fields: Mapping[str, Field]
    """Fields in columns, in the order they are written; `id` first where there is one."""
    lists: Mapping[str, References]
    """Fields kept in tables of pairs."""
    children: Mapping[str, "ChildShape"]
    """Lists of child rows."""
    required: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        required = frozenset(name for name, one in self.fields.items() if one.required)
        object.__setattr__(self, "required", required)

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that may be written, in the order in which it is."""
        return (*self.fields, *self.lists, *self.children)

    def read(self, raw: object) -> Plain:
        """The record in what the reader gave. Raises Wrong with everything that is wrong."""
        if raw.__class__ is not dict:
            words = _("%(value)s is not a record; expected a mapping of its fields")
            raise Wrong.here(words % {"value": quoted(raw)})
        faults: list[tuple[Path, str]] = []
        record: Plain = {}
        fields = self.fields
        for name, value in raw.items():
            one = fields.get(name)
            try:
                if one is not None:
                    if is_nothing(value):
                        raise Wrong.here(_("is empty; leave the field out or fill it"))
                    read = one.shape.read(value)
                    if one.required or read != one.default:
                        record[name] = read
                elif name in self.lists:
                    record[name] = self.lists[name].read(value)
                elif name in self.children:
                    record[name] = self.children[name].read(value)
                else:
                    raise Wrong.here(self._unknown(name))
            except Wrong as wrong:
                faults += [((name, *path), message) for path, message in wrong.faults]
        if not self.required <= raw.keys():
            missing = [name for name in fields if name in self.required - raw.keys()]
            faults += [((name,), str(MISSING)) for name in missing]
        if faults:
            raise Wrong(faults)
        return record

    def write(self, record: Plain) -> Plain:
        """The record as people write it, its fields in order."""
        written: Plain = {}
        for name, one in self.fields.items():
            if name in record:
                written[name] = one.shape.write(record[name])
        for name in self.lists:
            if name in record:
                written[name] = record[name]
        for name, child in self.children.items():
            if name in record:
                written[name] = [child.shape.write(item) for item in record[name]]
        return written

    def schema(self) -> Plain:
        """JSON Schema of what people write."""
        properties = {name: one.shape.schema() for name, one in self.fields.items()}
        properties |= {name: one.schema() for name, one in self.lists.items()}
        properties |= {name: one.schema() for name, one in self.children.items()}
        return {
            "type": "object",
            "additionalProperties": False,
            "required": [name for name in self.fields if name in self.required],
            "properties": properties,
        }

    def _unknown(self, name: str) -> str:
        return _("unknown field%(near)s; expected one of %(known)s") % {
            "near": suggestion(name, self.names),
            "known": ", ".join(self.names),
        }


@dataclass(frozen=True)
class ChildShape:
    """A list of child rows; `owner` is their reference to the record they belong to."""

    shape: RecordShape
    owner: str
    name: str

    def read(self, raw: object) -> list[Plain]:
        """The rows. Raises Wrong."""
        if not isinstance(raw, list) or not raw:
            words = _("%(value)s is not a list; expected a list of mappings")
            raise Wrong.here(words % {"value": quoted(raw)})
        rows: list[Plain] = []
        faults: list[tuple[Path, str]] = []
        for position, item in enumerate(raw):
            try:
                rows.append(self.shape.read(item))
            except Wrong as wrong:
                faults += [((position, *path), message) for path, message in wrong.faults]
        if faults:
            raise Wrong(faults)
        return rows

    def schema(self) -> Plain:
        """JSON Schema of the list."""
        return {"type": "array", "minItems": 1, "items": self.shape.schema()}


def as_written(state: Plain) -> Plain:
    """The state of a record (`record.plain`) under the names that people write in a folder."""
    return {"id": state["key"], **{name: value for name, value in state.items() if name != "key"}}


def shape_of_model(model: type[Recorded] | type[Dossier]) -> RecordShape:
    """The shape of a kind of record, or of the dossier itself."""
    return _shape(model, layout(model).columns)


def _shape(model: type[models.Model], columns: Iterable[Column]) -> RecordShape:
    names = {column: "id" if column.name == "key" else column.name for column in columns}
    fields = {name: _field(name, column) for column, name in names.items()}
    found = layout(model)
    return RecordShape(
        model,
        {**{name: one for name, one in fields.items() if name == "id"}, **fields},
        {many.name: References(_kind_of(many.names)) for many in found.lists},
        {
            child.name: ChildShape(
                _shape(child.model, child_columns(child)), child.owner, child.name
            )
            for child in found.children
        },
    )


def _field(name: str, column: "models.Field[object, object]") -> Field:
    default = None
    if column.has_default():
        default = column.get_default()
        default = str(default) if isinstance(default, str) else default
    elif isinstance(column, models.CharField):
        default = "" if column.blank else None
    required = not (column.blank or column.null or column.has_default())
    return Field(name, _shape_of_column(column), column, required, default)


def _shape_of_column(column: "models.Field[object, object]") -> Shape:
    if isinstance(column, models.ForeignKey):
        target = column.related_model
        return AnyReference() if target is Entry else Reference(_kind_of(target))
    if isinstance(column, TextColumn):
        return InLanguages()
    return AsSaid() if isinstance(column, DateAsSaidColumn) else shape_of(column)


def _kind_of(model: Any) -> str:
    return kinds.of_model(model).kind
