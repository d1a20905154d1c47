"""Lists that are kept in one JSON column: languages, and other names."""

import json
from typing import Any

from amity.dossier.problems import Path, Wrong
from amity.network.choices import NameKind

from .base import Shape, quoted, suggestion
from .texts import TAG_PATTERN, to_json
from .values import Language, OneOf, Words

LONGEST_NAME = 200


class Languages(Shape):
    """Language tags, each once, in the order given."""

    def read(self, raw: Any) -> list[str]:
        if not isinstance(raw, list) or not raw:
            raise Wrong.here(f"{quoted(raw)} is not a list of languages such as [vi, ru]")
        tags: list[str] = []
        faults: list[tuple[Path, str]] = []
        for position, item in enumerate(raw):
            try:
                tag = Language().read(item)
            except Wrong as wrong:
                faults += [((position, *path), message) for path, message in wrong.faults]
                continue
            if tag in tags:
                faults.append(((position,), f"{tag} is given twice; expected each language once"))
            tags.append(tag)
        if faults:
            raise Wrong(faults)
        return tags

    def to_column(self, value: list[str] | None) -> str:
        return to_json(value or []) or "[]"

    def from_column(self, value: str | None) -> list[str]:
        return json.loads(value) if value else []

    def schema(self) -> dict[str, Any]:
        return {
            "type": "array",
            "minItems": 1,
            "uniqueItems": True,
            "items": {"type": "string", "pattern": TAG_PATTERN},
        }


class OtherNames(Shape):
    """Other names: the words, their language, and why they are known."""

    fields = {"words": Words(LONGEST_NAME), "lang": Language(), "kind": OneOf(NameKind.values)}

    def read(self, raw: Any) -> list[dict[str, str]]:
        if not isinstance(raw, list) or not raw:
            raise Wrong.here(
                f"{quoted(raw)} is not a list of names such as "
                "[{words: Leningrad, lang: en, kind: former}]"
            )
        names: list[dict[str, str]] = []
        faults: list[tuple[Path, str]] = []
        for position, item in enumerate(raw):
            try:
                names.append(self._name(item))
            except Wrong as wrong:
                faults += [((position, *path), message) for path, message in wrong.faults]
        if faults:
            raise Wrong(faults)
        return names

    def _name(self, raw: Any) -> dict[str, str]:
        if not isinstance(raw, dict):
            raise Wrong.here(f"{quoted(raw)} is not a mapping of words, lang and kind")
        faults: list[tuple[Path, str]] = [
            ((name,), f"unknown field{suggestion(name, self.fields)}; expected words, lang, kind")
            for name in raw
            if name not in self.fields
        ]
        made: dict[str, str] = {}
        for name, shape in self.fields.items():
            if name not in raw:
                faults.append(((), f"{name} is missing; expected words, lang and kind"))
                continue
            try:
                made[name] = shape.read(raw[name])
            except Wrong as wrong:
                faults += [((name, *path), message) for path, message in wrong.faults]
        if faults:
            raise Wrong(faults)
        return made

    def write(self, value: list[dict[str, str]]) -> list[dict[str, str]]:
        return [{name: item[name] for name in self.fields} for item in value]

    def to_column(self, value: list[dict[str, str]] | None) -> str:
        return to_json(value or []) or "[]"

    def from_column(self, value: str | None) -> list[dict[str, str]]:
        return json.loads(value) if value else []

    def schema(self) -> dict[str, Any]:
        return {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": list(self.fields),
                "additionalProperties": False,
                "properties": {name: shape.schema() for name, shape in self.fields.items()},
            },
        }
