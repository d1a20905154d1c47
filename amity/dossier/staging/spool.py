"""Records on their way into or out of the database, kept in a file and not in memory."""

import marshal
import tempfile
import weakref
from array import array
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from amity.dossier.staging.database import Place

Record = dict[str, Any]

IN_MEMORY = 32_000_000
"""Bytes that are kept in memory before a file is made."""
REMEMBERED = 4_096
"""Records that are kept unpacked, for rules that ask for the same ones again."""


@dataclass
class _Shelf:
    """All records of one kind: key → position in the arrays beside it."""

    positions: dict[str, int] = field(default_factory=dict)
    offsets: "array[int]" = field(default_factory=lambda: array("Q"))
    sizes: "array[int]" = field(default_factory=lambda: array("I"))
    files: "array[int]" = field(default_factory=lambda: array("I"))
    numbers: "array[int]" = field(default_factory=lambda: array("I"))


class Spool:
    """Records by kind and key, in the order they were added."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - see close
        self._let_go = weakref.finalize(self, self._file.close)
        self._end = 0
        self._shelves: dict[str, _Shelf] = {}
        self._recent: OrderedDict[tuple[str, str], dict[str, Any]] = OrderedDict()

    def close(self) -> None:
        """Throw all of it away; done by itself when nobody holds the spool any more."""
        self._let_go()

    def add(self, kind: str, key: str, record: dict[str, Any], place: Place | None = None) -> None:
        """Keep a record. The key must be new in its kind."""
        packed = marshal.dumps(record)
        shelf = self._shelves.setdefault(kind, _Shelf())
        shelf.positions[key] = len(shelf.offsets)
        shelf.offsets.append(self._end)
        shelf.sizes.append(len(packed))
        shelf.files.append(place.file if place else 0)
        shelf.numbers.append(place.number if place else 0)
        self._file.seek(self._end)
        self._file.write(packed)
        self._end += len(packed)

    def replace(self, kind: str, key: str, record: Record) -> None:
        """Keep another record in place of the one with that key. Raises KeyError."""
        packed = marshal.dumps(record)
        shelf = self._shelves[kind]
        position = shelf.positions[key]
        shelf.offsets[position], shelf.sizes[position] = self._end, len(packed)
        self._recent.pop((kind, key), None)
        self._file.seek(self._end)
        self._file.write(packed)
        self._end += len(packed)

    def has(self, kind: str, key: str) -> bool:
        """Whether there is such a record."""
        shelf = self._shelves.get(kind)
        return shelf is not None and key in shelf.positions

    def place(self, kind: str, key: str) -> Place:
        """Where the record was read. Raises KeyError."""
        shelf = self._shelves[kind]
        position = shelf.positions[key]
        return Place(shelf.files[position], shelf.numbers[position])

    def find(self, kind: str, key: str) -> Record | None:
        """The record, or None."""
        recent = self._recent.get((kind, key))
        if recent is not None:
            self._recent.move_to_end((kind, key))
            return recent
        if not self.has(kind, key):
            return None
        shelf = self._shelves[kind]
        record = self._read(shelf, shelf.positions[key])
        self._recent[kind, key] = record
        if len(self._recent) > REMEMBERED:
            self._recent.popitem(last=False)
        return record

    def count(self, kind: str | None = None) -> int:
        """How many records there are, of one kind or of all."""
        if kind is None:
            return sum(len(shelf.offsets) for shelf in self._shelves.values())
        shelf = self._shelves.get(kind)
        return len(shelf.offsets) if shelf else 0

    def keys(self, kind: str) -> list[str]:
        """The keys of a kind, in the order they were added."""
        shelf = self._shelves.get(kind)
        return list(shelf.positions) if shelf else []

    def records(self, kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Keys and records of a kind, in the order they were added."""
        return self.picked(kind, self.keys(kind))

    def picked(self, kind: str, keys: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
        """Keys and records, in the order of `keys`."""
        shelf = self._shelves.get(kind)
        if shelf is None:
            return
        for key in keys:
            yield key, self._read(shelf, shelf.positions[key])

    def _read(self, shelf: _Shelf, position: int) -> dict[str, Any]:
        self._file.seek(shelf.offsets[position])
        record: dict[str, Any] = marshal.loads(  # noqa: S302 - written by this object
            self._file.read(shelf.sizes[position])
        )
        return record
