"""The records' JSON Schemas as the interface's description (OpenAPI 3.1) holds them."""

import json
from typing import Any

from django import forms
from django.db import models

from amity.dossier.shapes.catalogue import PICTURE, head_shape, record_shape
from amity.dossier.shapes.records import RecordShape
from amity.dossier.shapes.texts import DEFINITIONS
from amity.followup.models import Commitment
from amity.foundation.pages.filters import (
    ChoiceField,
    Filters,
    FlagField,
    KeyField,
    MomentField,
    WholeField,
)
from amity.languages.search.asking import LONGEST_QUERY
from amity.network.choices import Certainty
from amity.network.models import Partnership
from amity.record import kinds
from amity.record.kinds import Kind
from amity.site.forms import WordsField, YearField

from . import changes, problems
from .records import Json, derived


def name_of(kind: str) -> str:
    """What a kind's schema is called: `commitment` → `Commitment`."""
    return kind.capitalize()


def reference(name: str) -> Json:
    """A reference to a schema of the description."""
    return {"$ref": f"#/components/schemas/{name}"}


def list_schema(kind: str) -> Json:
    """A page of a list."""
    return {
        "type": "object",
        "required": ["items", "next"],
        "properties": {
            "items": {"type": "array", "items": reference(name_of(kind))},
            "next": {
                "description": "Address of the next page; null on the last one.",
                "anyOf": [{"type": "string", "format": "uri"}, {"type": "null"}],
            },
        },
    }


def schemas() -> dict[str, Json]:
    """All schemas, by name."""
    made: dict[str, Json] = {
        "Problem": problems.SCHEMA,
        "Dossier": head_shape().schema(),
        "Change": changes.SCHEMA,
        "ChangeList": list_schema("change"),
        **{name.capitalize(): schema for name, schema in DEFINITIONS.items()},
    }
    for kind in kinds.kinds():
        made[name_of(kind.kind)] = record_schema(kind)
        made[f"{name_of(kind.kind)}List"] = list_schema(kind.kind)
    return with_our_references(made)


def with_our_references(made: dict[str, Json]) -> dict[str, Json]:
    """The schemas, with references to those of the description."""
    words = json.dumps(made)
    for name in DEFINITIONS:
        words = words.replace(f'"#/$defs/{name}"', f'"#/components/schemas/{name.capitalize()}"')
    moved: dict[str, Json] = json.loads(words)
    return moved


def record_schema(kind: Kind) -> Json:
    """A record of a kind: what its dossier writes, and what is read beside it."""
    shape = record_shape(kind.kind)
    base = RecordShape.schema(shape) if kind.kind == PICTURE else shape.schema()
    head: Json = {
        "dossier": {"type": "string", "readOnly": True},
        "fictional": {"type": "boolean", "readOnly": True},
    }
    head["changed_at"] = {
        "description": "When anything in it last changed that everybody reads.",
        "type": "string",
        "format": "date-time",
        "readOnly": True,
    }
    if kind.page:
        head["page"] = {"type": "string", "format": "uri", "readOnly": True}
    if kind.kind == PICTURE:
        head["file"] = {"type": "string", "format": "uri", "readOnly": True}
    follows = {name: _derived(kind.model, name) for name in derived(kind.model)}
    if kind.model is Commitment:
        follows["overdue"] = {"type": "boolean", "readOnly": True}
    if kind.model is Partnership:
        follows["certainty"] = {"enum": Certainty.values, "readOnly": True}
    return {
        **base,
        "description": (kind.model.__doc__ or "").strip().partition("\n\n")[0],
        "required": [*base["required"], "dossier", "fictional"],
        "properties": {**base["properties"], **head, **follows},
    }


def parameters(form: type[Filters]) -> list[Json]:
    """The parameters of a list, from its form."""
    return [
        {
            "name": name,
            "in": "query",
            "required": False,
            "description": str(field.help_text),
            "schema": _values(field),
        }
        for name, field in form.base_fields.items()
    ]


def _values(field: forms.Field) -> Json:
    match field:
        case WordsField():
            return {"type": "string", "maxLength": LONGEST_QUERY}
        case YearField():
            return {"type": "integer", "minimum": field.min_value, "maximum": field.max_value}
        case WholeField():
            return {
                "type": "integer",
                "minimum": field.min_value,
                "maximum": field.max_value,
                "default": field.initial,
            }
        case ChoiceField():
            return {"type": "string", "enum": values_of(field)}
        case FlagField():
            return {"type": "boolean", "default": False}
        case KeyField():
            return {"type": "string", "pattern": field.words}
        case MomentField():
            return {"type": "string", "format": "date-time"}
        case _:
            raise TypeError(f"the interface cannot describe {field!r}")


def values_of(field: forms.Field) -> list[str]:
    """What may be chosen in a field, where that is a closed list; empty for others."""
    return field.values() if isinstance(field, ChoiceField) else []


def _derived(model: type[models.Model], name: str) -> Json:
    column: Any = model._meta.get_field(name)
    made: Json = {"type": "string", "readOnly": True}
    if column.choices:
        made["enum"] = [str(value) for value, _ in column.flatchoices]
    elif isinstance(column, models.BooleanField):
        made["type"] = "boolean"
    elif isinstance(column, models.DateField):
        made["format"] = "date"
    return made
