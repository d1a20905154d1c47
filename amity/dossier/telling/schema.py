"""JSON Schemas of everything a dossier holds, for editors and for programs that write dossiers."""

import json
from pathlib import Path
from typing import Any

from amity.dossier.reading.files import HEAD
from amity.dossier.shapes.beside import OF_HEADS, OF_RECORDS, Field
from amity.dossier.shapes.beside import schema as schema_of
from amity.dossier.shapes.catalogue import head_shape, record_shape
from amity.dossier.shapes.texts import DEFINITIONS
from amity.record import kinds

DIALECT = "https://json-schema.org/draft/2020-12/schema"
HEAD_SCHEMA = "dossier.json"
FILE_SCHEMA = "records.json"


def schemas() -> dict[str, dict[str, Any]]:
    """File name → schema: of `dossier.yaml`, of a file of records, and of each kind of record."""
    by_kind = {
        kind.kind: _with(record_shape(kind.kind).schema(), OF_RECORDS) for kind in kinds.kinds()
    }
    made = {
        HEAD_SCHEMA: _whole(f"A dossier's {HEAD}", _with(head_shape().schema(), OF_HEADS)),
        FILE_SCHEMA: _whole(
            "A file of records in a dossier",
            {
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    kind.plural: {"type": "array", "items": {"$ref": f"{kind.kind}.json"}}
                    for kind in sorted(kinds.kinds(), key=lambda one: one.plural)
                },
            },
        ),
    }
    for name, schema in sorted(by_kind.items()):
        made[f"{name}.json"] = _whole(f"A record of the kind {name}", schema)
    return made


def write(folder: Path) -> int:
    """Write all schemas into `folder`, and remove those of kinds that are gone; how many."""
    folder.mkdir(parents=True, exist_ok=True)
    made = schemas()
    for path in folder.glob("*.json"):
        if path.name not in made:
            path.unlink()
    for name, schema in made.items():
        (folder / name).write_text(text_of(schema), encoding="utf-8", newline="\n")
    return len(made)


def text_of(schema: dict[str, Any]) -> str:
    """A schema as it stands in its file."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _with(schema: dict[str, Any], beside: tuple[Field, ...]) -> dict[str, Any]:
    """The schema of a record with what may stand beside its fields."""
    return {**schema, "properties": {**schema["properties"], **schema_of(beside)}}


def _whole(title: str, schema: dict[str, Any]) -> dict[str, Any]:
    words = json.dumps(schema)
    used = {
        name: definition for name, definition in DEFINITIONS.items() if f'"#/$defs/{name}"' in words
    }
    whole = {"$schema": DIALECT, "title": title, **schema}
    return {**whole, "$defs": used} if used else whole
