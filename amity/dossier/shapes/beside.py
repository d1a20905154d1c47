"""What a folder says beside the fields of a record: who reads it, who keeps it, whose it is.

Of a record these stand among its fields in YAML, and are split off before these are read. All but
`audience` and `belongs_to` are for bringing a whole dossier back.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from amity.dossier.problems import Path, Wrong
from amity.dossier.shapes.base import quoted
from amity.dossier.shapes.references import KEY
from amity.dossier.shapes.texts import InLanguages, without_marks
from amity.foundation.differences import JSON
from amity.languages.codes import LanguageCodeError, canonical
from amity.record.choices import Audience

REGISTER_KEY = re.compile(r"(?:organization|side|partnership):\S+\Z")
AUDIENCES = (str(Audience.CIRCLE), str(Audience.KEEPER))
EVERYTHING = ""
"""The extent of a folder that holds all of its dossier."""
PUBLIC_PART = "public"

Split = tuple[dict[str, Any], dict[str, JSON]]


@dataclass(frozen=True)
class Field:
    """One such field: how it is read, and its JSON Schema."""

    name: str
    schema: dict[str, Any]

    def read(self, raw: object) -> JSON:
        """The value in what the reader gave. Raises Wrong."""
        value = without_marks(raw)
        reader = _READERS[self.name]
        return reader(value)


def _audience(value: object) -> JSON:
    if value not in AUDIENCES:
        raise Wrong.here(f"{quoted(value)} is no audience; expected circle or keeper")
    return str(value)


def _register_key(value: object) -> JSON:
    if not isinstance(value, str) or (value and not REGISTER_KEY.match(value)):
        raise Wrong.here(
            f"{quoted(value)} is no keeper; expected one such as organization:hanoi-union"
        )
    return value


def _key(value: object) -> JSON:
    if not isinstance(value, str) or not KEY.match(value):
        raise Wrong.here(f"{quoted(value)} is not an identifier")
    return value


def _confirmed(value: object) -> JSON:
    rows = _rows(value, {"side", "at"}, {"languages"})
    for position, row in enumerate(rows):
        try:
            if datetime.fromisoformat(str(row["at"])).tzinfo is None:
                raise ValueError
            row["languages"] = [canonical(tag) for tag in row.get("languages", [])]
        except (ValueError, TypeError, LanguageCodeError) as error:
            message = "expected side, a moment such as 2025-09-30T09:00:00Z, and languages"
            raise Wrong([((position,), message)]) from error
    return rows


def _offices(value: object) -> JSON:
    rows = _rows(value, {"organization"}, {"timezone", "sides", "voice"})
    for position, row in enumerate(rows):
        if not isinstance(row.get("sides", []), list):
            raise Wrong([((position,), "expected a list of the sides that it speaks for")])
        row["voice"] = row.get("voice") in (True, "true")
    return rows


def _carried(value: object) -> JSON:
    rows = _rows(value, {"id", "title"}, {"fictional"})
    for position, row in enumerate(rows):
        try:
            row["id"], row["title"] = _key(row["id"]), InLanguages().read(row["title"])
        except Wrong as wrong:
            raise Wrong([((position, *path), told) for path, told in wrong.faults]) from wrong
        row["fictional"] = row.get("fictional") in (True, "true")
    return rows


def _rows(value: object, required: set[str], optional: set[str]) -> list[dict[str, Any]]:
    """A list of mappings with these names. Raises Wrong."""
    expected = ", ".join(sorted(required | optional))
    if not isinstance(value, list) or not value:
        raise Wrong.here(f"{quoted(value)} is not a list; expected one with {expected}")
    faults: list[tuple[Path, str]] = [
        ((position,), f"expected a mapping of {expected}")
        for position, row in enumerate(value)
        if not isinstance(row, Mapping) or not required <= row.keys() <= required | optional
    ]
    if faults:
        raise Wrong(faults)
    return [dict(row) for row in value]


_READERS = {
    "audience": _audience,
    "keeper": _register_key,
    "begun_by": _register_key,
    "confirmed": _confirmed,
    "belongs_to": _key,
    "offices": _offices,
    "carried": _carried,
    "extent": lambda value: PUBLIC_PART if value == PUBLIC_PART else _register_key(value),
}
_WORDS = {"type": "string"}
OF_RECORDS = (
    Field("audience", {"enum": list(AUDIENCES), "description": "Left out it is public."}),
    Field("keeper", {**_WORDS, "description": "Where it does not follow, to bring back."}),
    Field("begun_by", {**_WORDS, "description": "Where it does not follow, to bring back."}),
    Field(
        "confirmed",
        {"type": "array", "items": {"type": "object"}, "description": "Sides, to bring back."},
    ),
    Field("belongs_to", {**_WORDS, "description": "The dossier it was carried along from."}),
)
OF_HEADS = (
    Field("offices", {"type": "array", "items": {"type": "object"}}),
    Field("carried", {"type": "array", "items": {"type": "object"}}),
    Field("extent", {**_WORDS, "description": "What of the dossier this is; left out, all."}),
)


def split(raw: object, fields: tuple[Field, ...]) -> Split:
    """What stands in a record of YAML: its own fields, and what is beside them. Raises Wrong."""
    if not isinstance(raw, dict):
        return raw, {}  # type: ignore[return-value] # its shape says what is wrong with it
    names = {one.name: one for one in fields}
    found: dict[str, JSON] = {}
    faults: list[tuple[Path, str]] = []
    for name in names.keys() & raw.keys():
        try:
            found[name] = names[name].read(raw[name])
        except Wrong as wrong:
            faults += [((name, *path), message) for path, message in wrong.faults]
    if faults:
        raise Wrong(faults)
    return {name: value for name, value in raw.items() if name not in names}, found


def schema(fields: tuple[Field, ...]) -> dict[str, Any]:
    """The properties of JSON Schema that these add."""
    return {one.name: one.schema for one in fields}
