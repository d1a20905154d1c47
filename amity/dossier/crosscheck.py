"""What must hold between the records of a dossier: references, what may be there once, rules."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from amity.dossier.problems import MOST_SHOWN, Path, Problem
from amity.dossier.progress import Progress
from amity.dossier.reading.yaml import Reader, Unreadable
from amity.dossier.shapes.base import suggestion
from amity.dossier.shapes.catalogue import record_shape
from amity.dossier.shapes.records import RecordShape
from amity.dossier.shapes.references import AnyReference, Reference
from amity.dossier.spool import Place
from amity.dossier.staging import Staged
from amity.foundation.faults import place
from amity.record import kinds
from amity.record.kinds import Kind

SUGGEST_AMONG = 2_000
"""With more records of a kind than this, a dangling reference gets no suggestion."""
SUGGESTIONS = 50
"""And no more than so many get one: comparing spellings takes its time."""
STEPS = 500


@dataclass
class Unplaced:
    """Mistakes whose lines are found when all are known, by reading their files once more."""

    found: list[tuple[Place, Path, str]] = field(default_factory=list)
    more: int = 0

    def add(self, place: Place, path: Path, message: str) -> None:
        """Take note of one."""
        if len(self.found) < MOST_SHOWN:
            self.found.append((place, path, message))
        else:
            self.more += 1


def check_between(staged: Staged, progress: Progress) -> None:
    """Check everything that one record alone cannot show; mistakes go to `staged.problems`."""
    unplaced = Unplaced()
    progress.start("checking", staged.spool.count())
    for kind in kinds.kinds():
        _check_kind(staged, kind, unplaced, progress)
    _place(staged, unplaced)


def _check_kind(staged: Staged, kind: Kind, unplaced: Unplaced, progress: Progress) -> None:
    shape = record_shape(kind.kind)
    references = _references_of(shape)
    once: list[dict[Any, str]] = [{} for _ in shape.once]
    for count, (key, record) in enumerate(staged.spool.records(kind.kind), 1):
        faults: list[tuple[Path, str]] = []
        if not staged.unread:
            faults += _dangling(staged, references, record)
        for among, seen in zip(shape.once, once, strict=True):
            values = among.of(record)
            if values is not None and (first := seen.setdefault(values, key)) != key:
                words = " and ".join(among.fields)
                faults.append(
                    ((among.fields[-1],), f"the same {words} as {first}; expected it once")
                )
        for rule in kind.rules:
            faults += [
                (_path(broken.field), broken.message) for broken in rule(record, staged.spool)
            ]
        for path, message in faults:
            unplaced.add(staged.spool.place(kind.kind, key), path, message)
        if count % STEPS == 0:
            progress.step(STEPS)


@dataclass(frozen=True, slots=True)
class _References:
    """Where in a record of one shape keys of others stand."""

    single: tuple[tuple[str, str], ...]
    any_kind: tuple[str, ...]
    many: tuple[tuple[str, str], ...]
    children: tuple[tuple[str, "_References"], ...]


def _references_of(shape: RecordShape) -> _References:
    fields = shape.fields.values()
    children = [(name, _references_of(child.shape)) for name, child in shape.children.items()]
    return _References(
        tuple((one.name, one.shape.kind) for one in fields if isinstance(one.shape, Reference)),
        tuple(one.name for one in fields if isinstance(one.shape, AnyReference)),
        tuple((name, one.kind) for name, one in shape.lists.items()),
        tuple((name, inner) for name, inner in children if inner.single or inner.any_kind),
    )


def _dangling(
    staged: Staged, references: _References, record: dict[str, Any]
) -> list[tuple[Path, str]]:
    known = staged.known
    found: list[tuple[Path, str]] = []
    for name, kind in references.single:
        key = record.get(name)
        if key is not None and not known(kind, key):
            found.append(((name,), _missing(staged, kind, key)))
    for name in references.any_kind:
        kind, _, key = record[name].partition("/")
        if not known(kind, key):
            found.append(((name,), _missing(staged, kind, key)))
    for name, kind in references.many:
        for key in record.get(name, ()):
            if not known(kind, key):
                found.append(((name, key), _missing(staged, kind, key)))
    for name, inner in references.children:
        for position, row in enumerate(record.get(name, ())):
            found += [
                ((name, position, *path), message)
                for path, message in _dangling(staged, inner, row)
            ]
    return found


def _missing(staged: Staged, kind: str, key: str) -> str:
    near = ""
    if staged.suggested < SUGGESTIONS and staged.spool.count(kind) <= SUGGEST_AMONG:
        staged.suggested += 1
        near = suggestion(key, staged.spool.keys(kind))
    return f"there is no {kind} {key} in this dossier{near}; expected one that is"


def _path(words: str) -> Path:
    return tuple(int(part) if part.isdigit() else part for part in words.split("."))


def _place(staged: Staged, unplaced: Unplaced) -> None:
    """Find the lines of what was found, file by file."""
    by_file: dict[int, dict[int, list[tuple[Path, str]]]] = {}
    for where, path, message in unplaced.found:
        by_file.setdefault(where.file, {}).setdefault(where.number, []).append((path, message))
    for number, wanted in sorted(by_file.items()):
        staged.problems.extend(_with_lines(staged, number, wanted))
    staged.problems.count += unplaced.more


def _with_lines(
    staged: Staged, number: int, wanted: dict[int, list[tuple[Path, str]]]
) -> Iterator[Problem]:
    path, name = staged.files[number]
    count = 0
    with path.open("rb") as stream:
        try:
            for _, _, items in Reader(stream).sections():
                for node in items or ():
                    for way, message in wanted.get(count, ()):
                        placed = _in_list(node.data, way)
                        yield Problem(name, node.line(placed), place(placed), message)
                    count += 1
        except Unreadable:
            return


def _in_list(data: Any, path: Path) -> Path:
    """A key in a list of keys as its position in the list as it was written."""
    if len(path) == 2 and isinstance(path[1], str) and isinstance(data.get(path[0]), list):
        return (path[0], data[path[0]].index(path[1]))
    return path
