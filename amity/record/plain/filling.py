"""Records filled from their plain form, which `record.plain.states` reads."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from amity.foundation.differences import JSON, Plain
from amity.record import kinds
from amity.record.models import Entry, Recorded
from amity.record.plain.layout import child_columns, layout
from amity.record.plain.states import column_value


def fill(record: Recorded, state: Plain) -> dict[str, list[models.Model]]:
    """Give `record` the values of `state`; what is not in it becomes empty or default.

    Gives all its lists: records by the names of many-to-many lists, new rows by those of child
    lists. Raises ValidationError where something is named that is not there.
    """
    found = layout(type(record))
    for column in found.columns:
        _set(record, column, state.get(column.name))
    rows: dict[str, list[models.Model]] = {}
    for field in found.lists:
        keys = state.get(field.name, [])
        rows[field.name] = [_named(field.names, key, field.name) for key in _listed(keys)]
    for child in found.children:
        rows[child.name] = []
        for item in _listed(state.get(child.name, [])):
            row = child.model()
            for column in child_columns(child):
                _set(row, column, item.get(column.name) if isinstance(item, dict) else None)
            rows[child.name].append(row)
    return rows


def _listed(value: JSON) -> "list[JSON]":
    return list(value) if isinstance(value, list) else []


def _set(row: models.Model, column: "models.Field[object, object]", value: JSON) -> None:
    if not isinstance(column, models.ForeignKey):
        setattr(row, column.name, column_value(column, value))
    elif value is None:
        setattr(row, column.name, None)
    else:
        setattr(row, column.name, _named(column.related_model, value, column.name))


def _named(model: type[models.Model], key: JSON, field: str) -> models.Model:
    """The record, or the entry of the register, that a reference names."""
    found: models.Model | None
    if model is Entry:
        kind, _slash, name = str(key).partition("/")
        found = Entry.everything.filter(kind=kind, key=name).first()
    else:
        found = model._base_manager.filter(key=key).first() or _moved(model, key)
    if found is None:
        raise ValidationError({field: _("There is no %(key)s any more.") % {"key": key}})
    return found


def _moved(model: type[models.Model], key: JSON) -> models.Model | None:
    """The record that had this identifier before it was renamed."""
    kind = kinds.of_model(model).kind
    entry = Entry.everything.filter(kind=kind, key=key).select_related("moved_to").first()
    if entry is None or entry.moved_to is None:
        return None
    return model._base_manager.filter(key=entry.moved_to.key).first()
