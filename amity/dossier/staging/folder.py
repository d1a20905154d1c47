"""A dossier's folder read and held against the shapes, before anything is written anywhere."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from amity.dossier.problems import DossierError, Problem, Problems, Wrong
from amity.dossier.progress import Progress
from amity.dossier.reading.files import (
    HEAD,
    UNFINISHED,
    looks_like_a_table,
    not_unicode,
    record_files,
    unfit,
)
from amity.dossier.reading.yaml import Node, Reader, Unreadable
from amity.dossier.shapes.base import suggestion
from amity.dossier.shapes.beside import OF_HEADS, OF_RECORDS, split
from amity.dossier.shapes.beside import Field as Beside
from amity.dossier.shapes.catalogue import PICTURE, head_shape, record_shape
from amity.dossier.shapes.pictures import PictureShape, Taken
from amity.dossier.shapes.records import RecordShape
from amity.dossier.staging.clocks import Written, written_in
from amity.dossier.staging.database import REGISTER, Place, StagingDatabase
from amity.dossier.staging.spool import Spool
from amity.dossier.telling.numbers import following
from amity.foundation.differences import JSON
from amity.foundation.faults import place
from amity.record import kinds

LARGEST_HEAD = 1_000_000
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


@dataclass
class Staged:
    """What a folder holds. `broken`: kind and key of records that were there but are wrong."""

    root: Path
    files: list[tuple[Path, str]] = field(default_factory=list)
    head: dict[str, Any] = field(default_factory=dict)
    database: StagingDatabase = field(default_factory=StagingDatabase)
    spool: Spool = field(default_factory=Spool)
    beside: dict[tuple[str, str], dict[str, JSON]] = field(default_factory=dict)
    """What records say beside their fields, by kind and key; see `dossier.beside`."""
    clocks: dict[str, list[Written]] = field(default_factory=lambda: defaultdict(list))
    """Moments that are not written in UTC, by kind; see `dossier.clocks`."""
    head_beside: dict[str, JSON] = field(default_factory=dict)
    pictures: Taken = field(default_factory=Taken)
    broken: set[tuple[str, str]] = field(default_factory=set)
    unread: bool = False
    """Whether a file could not be read to its end, so that records may be missing."""
    problems: Problems = field(default_factory=Problems)
    counts: Counter[str] = field(default_factory=Counter)
    suggested: int = 0
    """How many suggestions were looked for."""

    def rows(self, kind: str) -> "QuerySet[Any]":
        """The records of a kind, in the staging database."""
        return self.database.rows(kinds.get(kind).model)

    def has(self, kind: str, key: str) -> bool:
        """Whether there is such a record."""
        return self.database.has(kind, key)

    def place(self, kind: str, key: str) -> Place:
        """Where the record was read. Raises KeyError."""
        return self.database.place(kind, self.database.number(kind, key))

    def count(self, kind: str | None = None) -> int:
        """How many records there are, of one kind or of all."""
        return sum(self.counts.values()) if kind is None else self.counts[kind]

    def keys(self, kind: str) -> list[str]:
        """The keys of a kind."""
        return list(self.rows(kind).order_by("pk").values_list("key", flat=True))

    def missing(self, kind: str) -> dict[int, str]:
        """Numbers and keys of what was named and is not there, neither right nor wrong."""
        named = self.database.mentioned_only(kind)
        if kind == REGISTER:
            whole = {number: key.partition("/") for number, key in named.items()}
            return {
                number: named[number]
                for number, (of, _slash, key) in whole.items()
                if not self.has(of, key) and (of, key) not in self.broken
            }
        return {number: key for number, key in named.items() if (kind, key) not in self.broken}


def read_folder(root: Path, progress: Progress) -> Staged:
    """Read all of a dossier. Raises DossierError only where there is no dossier at all."""
    if not root.is_dir():
        problems = Problems()
        problems.add(Problem(str(root), 0, "", "is not a folder; expected a dossier's"))
        raise DossierError(problems)
    staged = Staged(root)
    with _noting(staged, HEAD):
        _read_head(staged)
    staged.database.head(fictional=bool(staged.head.get("fictional")))
    staged.files = list(record_files(root, staged.problems))
    shapes = {kind.kind: record_shape(kind.kind) for kind in kinds.kinds()}
    pictures = shapes[PICTURE]
    if isinstance(pictures, PictureShape):
        shapes[PICTURE] = pictures.reading_from(root, staged.pictures)
    progress.start("reading", sum(_size(path) for path, _ in staged.files))
    for number, (path, name) in enumerate(staged.files):
        with _noting(staged, name):
            _read_file(staged, path, name, number, shapes, progress)
    staged.database.finish()
    return staged


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # it is gone; reading it will say so
        return 0


@contextmanager
def _noting(staged: Staged, name: str) -> Iterator[None]:
    """Note where a file cannot be read; nothing more is read of it then."""
    try:
        yield
    except OSError as error:
        staged.unread = True
        staged.problems.add(Problem(name, 0, "", f"cannot be read: {error.strerror}"))


@dataclass
class Counted:
    """A file that tells how much of it was read."""

    stream: BinaryIO
    progress: Progress

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes."""
        content = self.stream.read(size)
        self.progress.step(len(content))
        return content


def _read_head(staged: Staged) -> None:
    path = staged.root / HEAD
    if not path.exists() and not path.is_symlink():
        expected = ", ".join(head_shape().names)
        message = f"is missing; expected it with {expected}"
        if (staged.root / UNFINISHED).exists():
            message = "is missing, for an export into this folder was interrupted; export it again"
        staged.problems.add(Problem(HEAD, 0, "", message))
        return
    if complaint := unfit(path, LARGEST_HEAD):
        staged.problems.add(Problem(HEAD, 0, "", complaint))
        return
    with path.open("rb") as stream:
        reader = Reader(stream)
        try:
            node = None if _is_utf16(stream) else reader.whole()
        except Unreadable as error:
            _unreadable(staged, path, HEAD, error)
            return
        finally:
            _refused(staged, HEAD, reader)
    if node is None:
        staged.problems.add(Problem(HEAD, 1, "", "expected a mapping of names to values in UTF-8"))
        return
    staged.head = _fits(staged, HEAD, node, head_shape(), OF_HEADS, staged.head_beside) or {}


def _read_file(
    staged: Staged,
    path: Path,
    name: str,
    number: int,
    shapes: dict[str, RecordShape],
    progress: Progress,
) -> None:
    with path.open("rb") as stream:
        if _is_utf16(stream):
            staged.unread = True
            staged.problems.add(Problem(name, 1, "", "UTF-16; expected text in Unicode (UTF-8)"))
            return
        reader = Reader(Counted(stream, progress))  # type: ignore[arg-type] # all that is used
        try:
            for kind, place, node in _nodes(staged, name, number, reader):
                _stage(staged, name, kind, place, node, shapes[kind])
        except Unreadable as error:
            staged.unread = True
            _unreadable(staged, path, name, error)
        finally:
            _refused(staged, name, reader)


def _nodes(
    staged: Staged, name: str, number: int, reader: Reader
) -> Iterator[tuple[str, Place, Node]]:
    """Every record in a file with its kind and its place."""
    by_plural = kinds.by_plural()
    seen: set[str] = set()
    count = 0
    for plural, line, items in reader.sections():
        kind = by_plural.get(plural)
        if kind is None:
            near = suggestion(plural, by_plural)
            known = ", ".join(sorted(by_plural))
            staged.problems.add(
                Problem(name, line, plural, f"unknown kind{near}; expected one of {known}")
            )
        elif plural in seen:
            staged.problems.add(
                Problem(name, line, plural, "is given twice; expected each kind once per file")
            )
        seen.add(plural)
        if items is None:
            staged.problems.add(Problem(name, line, plural, "expected a list of records"))
            continue
        for node in items:
            if kind is not None:
                yield kind.kind, Place(number, count), node
            count += 1


def _stage(
    staged: Staged, name: str, kind: str, place: Place, node: Node, shape: RecordShape
) -> None:
    said: dict[str, JSON] = {}
    record = _fits(staged, name, node, shape, OF_RECORDS, said)
    key = record["id"] if record else None
    if key is None:
        written = node.data.get("id") if isinstance(node.data, dict) else None
        if isinstance(written, str):
            staged.broken.add((kind, str(written)))
        return
    if staged.has(kind, key):
        first = staged.files[staged.place(kind, key).file][1]
        staged.problems.add(
            Problem(
                name,
                node.line(("id",)),
                "id",
                _("%(key)s is taken by another %(kind)s in %(file)s; expected one of its own")
                % {"key": key, "kind": kind, "file": first}
                + _free(staged, kind, key),
            )
        )
        return
    staged.database.add(kind, shape, record or {}, place)
    staged.counts[kind] += 1
    staged.spool.add(kind, key, record or {}, place)
    staged.clocks[kind] += written_in(shape, node.data, key)
    if said:
        staged.beside[kind, key] = said


def _free(staged: Staged, kind: str, key: str) -> str:
    """`, such as P-2026-008`, where that is how the kind is numbered."""
    series = [one for one in staged.spool.keys(kind) if one[:7] == key[:7]]
    free = following(series)
    words = _(", such as %(number)s if no later file has it")
    return words % {"number": free[0]} if free else ""


def _fits(
    staged: Staged,
    name: str,
    node: Node,
    shape: RecordShape,
    beside: tuple[Beside, ...],
    said: dict[str, JSON],
) -> dict[str, Any] | None:
    """The record in `node`; None, with its mistakes noted, when it does not fit.

    What stands `beside` its fields is put into `said`.
    """
    for line, again in node.twice:
        staged.problems.add(Problem(name, line, again, _("is given twice; expected it once")))
    try:
        fields, found = split(node.data, beside)
        said |= found
        record = shape.read(fields)
    except Wrong as wrong:
        staged.problems.extend(
            Problem(name, node.line(path), place(path), message) for path, message in wrong.faults
        )
        return None
    return None if node.twice else record


def _unreadable(staged: Staged, path: Path, name: str, error: Unreadable) -> None:
    found = not_unicode(path) if error.placeless else None
    line, message = found or (error.line, error.message)
    if line == 1 and looks_like_a_table(path):
        message = f"{message}; this is a table, and a folder holds records: see docs/dossier.md"
    staged.problems.add(Problem(name, line, "", message))


def _refused(staged: Staged, name: str, reader: Reader) -> None:
    staged.problems.extend(Problem(name, line, "", message) for line, message in reader.refused)


def _is_utf16(stream: BinaryIO) -> bool:
    start = stream.read(2)
    stream.seek(0)
    return start in UTF16_MARKS
