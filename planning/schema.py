"""JSON Schema (2020-12) of a dataclass, made from the same type hints that the codec reads."""

from __future__ import annotations

import inspect
import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from typing import Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin

from planning.codec import encode, hints_of
from planning.fields import Range

_TYPES: dict[type, str] = {
    str: "string",
    int: "integer",
    float: "number",
    bool: "boolean",
    type(None): "null",
}


Schema: TypeAlias = dict[str, Any]
"""A part of a JSON Schema."""


def schema_of(cls: type, kind: str) -> Schema:
    """The schema of a document whose "kind" is `kind`, its other members those of `cls`."""
    parts: Schema = {}
    _object(cls, parts)
    top = parts.pop(cls.__name__)
    top["properties"] = {"kind": {"const": kind}, **top["properties"]}
    top["required"] = ["kind", *top.get("required", [])]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"{kind}: {cls.__name__}",
        **top,
        "$defs": dict(sorted(parts.items())),
    }


def _object(cls: Any, parts: Schema) -> None:
    if cls.__name__ in parts:
        return
    parts[cls.__name__] = {}
    hints = hints_of(cls)
    members: Schema = {}
    for field in fields(cls):
        members[field.name] = _part(hints[field.name], parts)
        if field.default is not MISSING:
            members[field.name]["default"] = encode(field.default)
    made: Schema = {
        "type": "object",
        "description": " ".join(inspect.cleandoc(cls.__doc__ or "").split()),
        "properties": members,
        "additionalProperties": False,
    }
    required = [
        field.name
        for field in fields(cls)
        if field.default is MISSING and field.default_factory is MISSING
    ]
    if required:
        made["required"] = required
    parts[cls.__name__] = made


def _part(hint: Any, parts: Schema) -> Schema:
    if get_origin(hint) is Annotated:
        made = _part(get_args(hint)[0], parts)
        for extra in hint.__metadata__:
            if isinstance(extra, Range):
                _add_range(made, extra)
        return made
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return {"anyOf": [_part(choice, parts) for choice in get_args(hint)]}
    if origin is Literal:
        return {"enum": list(get_args(hint))}
    if origin is tuple:
        return _list(get_args(hint), parts)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": _part(get_args(hint)[1], parts)}
    if is_dataclass(hint):
        _object(hint, parts)
        return {"$ref": f"#/$defs/{hint.__name__}"}  # type: ignore[union-attr]  # a dataclass type
    return {"type": _TYPES[hint]}


def _list(items: tuple[object, ...], parts: dict[str, object]) -> dict[str, object]:
    if len(items) == 2 and items[1] is Ellipsis:
        return {"type": "array", "items": _part(items[0], parts)}
    return {
        "type": "array",
        "prefixItems": [_part(item, parts) for item in items],
        "minItems": len(items),
        "maxItems": len(items),
    }


def _add_range(made: Schema, bounds: Range) -> None:
    targets = made.get("anyOf", [made])
    for target in targets:
        names = {
            "string": ("minLength", "maxLength"),
            "array": ("minItems", "maxItems"),
            "integer": ("minimum", "maximum"),
            "number": ("minimum", "maximum"),
        }.get(target.get("type", ""))
        if names is None:
            continue
        if bounds.least is not None:
            target[names[0]] = bounds.least
        if bounds.most is not None:
            target[names[1]] = bounds.most
