"""Frozen dataclasses to and from plain JSON values, by their type hints alone.

Understood: str, int, float, bool, None, Literal, Optional and unions with one dataclass or several
plain types, `tuple[X, ...]`, `tuple[X, Y]`, `Mapping[str, X]`, dataclasses, and `Annotated` with a
`planning.fields.Range`. Reading collects every fault with its path; it never stops at the first.
For a faulty part something of the right type stands in, so that the rest can be checked further.
Strings are read in their composed form (Unicode NFC), so that names which look alike are alike.
"""

from __future__ import annotations

import types
import unicodedata
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin, get_type_hints

from planning.faults import Fault
from planning.fields import Range

Json: TypeAlias = Any  # what JSON holds, or a value made of it
Hint: TypeAlias = Any  # a type, or what `typing` says of one

LARGEST = 10**15  # of whole numbers, either way

_PLAIN: dict[type, str] = {
    str: "a string",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    type(None): "null",
}


@cache
def hints_of(cls: type) -> dict[str, object]:
    """The resolved type hints of a dataclass, `Annotated` kept."""
    return get_type_hints(cls, include_extras=True)


def encode(value: object) -> Json:
    """A JSON value for `value`; fields that hold their default are left out."""
    if is_dataclass(value) and not isinstance(value, type):
        pairs = ((field, getattr(value, field.name)) for field in fields(value))
        return {
            field.name: encode(held)
            for field, held in pairs
            if field.default is MISSING or held != field.default
        }
    if isinstance(value, tuple | list):
        return [encode(item) for item in value]
    if isinstance(value, Mapping):
        return {key: encode(held) for key, held in value.items()}
    return value


def decode(hint: Hint, value: Json, path: str, faults: list[Fault]) -> Json:
    """The value of type `hint` written as the JSON value `value`.

    Faults are added to `faults` with their path; what is returned for a faulty part only has the
    right type.
    """
    bounds: Range | None = None
    if get_origin(hint) is Annotated:
        bounds = next((extra for extra in hint.__metadata__ if isinstance(extra, Range)), None)
        hint = get_args(hint)[0]
    before = len(faults)
    held = _decode_plain_or_nested(hint, value, path, faults)
    if bounds is not None and held is not None and len(faults) == before:
        _check_range(bounds, held, path, faults)
    return held


def _decode_plain_or_nested(hint: Hint, value: Json, path: str, faults: list[Fault]) -> Json:
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return _decode_union(get_args(hint), value, path, faults)
    if origin is Literal:
        if value not in get_args(hint) or isinstance(value, bool):
            faults.append(Fault(path, "must be one of " + ", ".join(map(repr, get_args(hint)))))
            return get_args(hint)[0]
        return value
    if origin is tuple:
        return _decode_tuple(get_args(hint), value, path, faults)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _decode_mapping(get_args(hint)[1], value, path, faults)
    if is_dataclass(hint):
        return _decode_dataclass(hint, value, path, faults)
    if not _fits(hint, value):
        faults.append(Fault(path, f"must be {_PLAIN[hint]}"))
        return stand_in(hint)
    if hint is str:
        return text_of(value, path, faults)
    if hint in (int, float) and not abs(value) <= LARGEST:
        faults.append(Fault(path, "is too large a number"))
        return stand_in(hint)
    return float(value) if hint is float else value


def text_of(value: str, path: str, faults: list[Fault]) -> str:
    """A string as it is compared: composed (NFC), and without halves of characters."""
    if any("\ud800" <= character <= "\udfff" for character in value):
        faults.append(Fault(path, "holds half of a character (a lone surrogate)"))
        return "?"
    return unicodedata.normalize("NFC", value)


def _fits(hint: Hint, value: object) -> bool:
    if hint is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if hint is int:
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, hint)


def _decode_union(
    choices: tuple[Hint, ...], value: object, path: str, faults: list[Fault]
) -> object:
    first: list[Fault] = []
    for choice in choices:
        trial: list[Fault] = []
        held = decode(choice, value, path, trial)
        if not trial:
            return held
        deeper = is_dataclass(choice) and isinstance(value, Mapping)
        if not first or deeper or len(trial) < len(first):
            first = trial
    plain = [choice for choice in choices if choice in _PLAIN]
    if len(plain) == len(choices):
        words = " or ".join(_PLAIN[choice] for choice in choices)
        first = [Fault(path, f"must be {words}")]
    faults.extend(first)
    return stand_in(choices[0])


def stand_in(hint: Hint) -> Json:
    """Something of this type, for what is missing or wrong."""
    if get_origin(hint) is Annotated:
        return stand_in(get_args(hint)[0])
    if is_dataclass(hint):
        return hint(  # type: ignore[operator]  # a dataclass type
            **{
                field.name: stand_in(hints_of(hint)[field.name])  # type: ignore[arg-type]
                for field in fields(hint)
                if field.default is MISSING and field.default_factory is MISSING
            }
        )
    origin = get_origin(hint)
    if origin in (Union, types.UnionType, Literal):
        first = get_args(hint)[0]
        return first if origin is Literal else stand_in(first)
    if origin is tuple:
        items = get_args(hint)
        return () if items[1:] == (Ellipsis,) else tuple(map(stand_in, items))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {}
    return None if hint is type(None) else hint()


def _decode_tuple(
    items: tuple[object, ...], value: object, path: str, faults: list[Fault]
) -> object:
    if not isinstance(value, list | tuple):
        faults.append(Fault(path, "must be a list"))
        return ()
    if len(items) == 2 and items[1] is Ellipsis:
        return tuple(
            decode(items[0], item, f"{path}[{index}]", faults) for index, item in enumerate(value)
        )
    if len(value) != len(items):
        faults.append(Fault(path, f"must be a list of {len(items)}"))
        return tuple(map(stand_in, items))
    return tuple(
        decode(hint, item, f"{path}[{index}]", faults)
        for index, (hint, item) in enumerate(zip(items, value, strict=True))
    )


def _decode_mapping(hint: object, value: object, path: str, faults: list[Fault]) -> object:
    if not isinstance(value, Mapping):
        faults.append(Fault(path, "must be an object"))
        return {}
    return {
        text_of(key, path, faults): decode(hint, held, f"{path}.{key}", faults)
        for key, held in value.items()
    }


def _decode_dataclass(cls: Hint, value: object, path: str, faults: list[Fault]) -> object:
    if not isinstance(value, Mapping):
        faults.append(Fault(path, "must be an object"))
        return stand_in(cls)
    hints = hints_of(cls)
    prefix = f"{path}." if path else ""
    known = {field.name: field for field in fields(cls)}
    faults.extend(Fault(f"{prefix}{name}", "is not known") for name in value if name not in known)
    held = {}
    for name, field in known.items():
        if name in value:
            held[name] = decode(hints[name], value[name], f"{prefix}{name}", faults)
        elif field.default is MISSING and field.default_factory is MISSING:
            faults.append(Fault(f"{prefix}{name}", "is missing"))
            held[name] = stand_in(hints[name])
    return cls(**held)


def _check_range(bounds: Range, held: Json, path: str, faults: list[Fault]) -> None:
    sized = isinstance(held, str | tuple)
    size = len(held) if sized else held
    if bounds.least is not None and size < bounds.least:
        if sized and bounds.least == 1:
            faults.append(Fault(path, "must not be empty"))
        else:
            faults.append(Fault(path, f"must be {'of length ' * sized}{bounds.least} or more"))
    if bounds.most is not None and size > bounds.most:
        faults.append(Fault(path, f"must be {'of length ' * sized}{bounds.most} or less"))
