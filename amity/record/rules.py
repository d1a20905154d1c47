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
