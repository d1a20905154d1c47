"""Rules between records: what must hold of one record in the light of others.

A room states its rules as functions over plain records (mappings as dossiers write them) in its
own `rules.py`, and registers them with its kinds. They are checked wherever records come in
together, before anything is written.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

Record = Mapping[str, Any]
"""A record's fields: references are keys, texts and dates their JSON form, defaults left out."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule is broken: the field (a path such as `parties.0.side`), and what is expected."""

    field: str
    message: str


class Records(Protocol):
    """All records that are to stand together."""

    def find(self, kind: str, key: str) -> Record | None:
        """The record with this key, or None."""

    def referring(self, kind: str, field: str, key: str) -> list[Record]:
        """Records of `kind` whose reference `field` names `key`."""


Rule = Callable[[Record, Records], Iterator[Broken]]
"""Yields what is wrong with one record."""


def no_circle(kind: str, reference: str) -> Rule:
    """Rule: what a record of `kind` is part of, by `reference`, is never in the end part of it."""

    def rule(record: Record, records: Records) -> Iterator[Broken]:
        seen = {record["id"]}
        key = record.get(reference)
        while key is not None and key not in seen:
            seen.add(key)
            above = records.find(kind, key)
            key = above.get(reference) if above else None
        if key is not None:
            yield Broken(reference, f"{record['id']} is, in the end, a part of itself")

    return rule


def same_owner(reference: str, kind: str, theirs: str, own: str) -> Rule:
    """Rule: `reference` (of `kind`) belongs by `theirs` to what this belongs to by `own`."""

    def rule(record: Record, records: Records) -> Iterator[Broken]:
        key, owner = record.get(reference), record.get(own)
        other = records.find(kind, key) if key is not None else None
        if other is None or owner is None or other.get(theirs) == owner:
            return
        yield Broken(
            reference, f"{key} belongs to {other.get(theirs)}; expected a {kind} of {owner}"
        )

    return rule
