"""Finding the lines of mistakes that show only when a folder has been read.

No line is kept of what was read, since there may be a hundred thousand records: the files that
hold a mistake are read once more.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from amity.dossier.problems import MOST_SHOWN, Path, Problem, Problems
from amity.dossier.reading.files import HEAD
from amity.dossier.reading.yaml import Reader, Unreadable
from amity.dossier.staging.database import Place
from amity.dossier.staging.folder import Staged
from amity.foundation.faults import place as place_of


@dataclass
class Unplaced:
    """Mistakes in records of a folder, with the way into the record, and of the head."""

    found: list[tuple[Place, Path, str]] = field(default_factory=list)
    of_head: list[tuple[Path, str]] = field(default_factory=list)
    more: int = 0

    def add(self, place: Place, path: Path, message: str) -> None:
        """Take note of one in a record."""
        if len(self.found) < MOST_SHOWN:
            self.found.append((place, path, message))
        else:
            self.more += 1

    def add_to_head(self, path: Path, message: str) -> None:
        """Take note of one in `dossier.yaml`, or in nothing that stands in the folder."""
        self.of_head.append((path, message))

    def __bool__(self) -> bool:
        return bool(self.found or self.of_head)


def placed(staged: Staged, unplaced: Unplaced) -> Problems:
    """The mistakes with their lines, file by file."""
    problems = Problems()
    problems.extend(_in_head(staged, unplaced.of_head))
    by_file: dict[int, dict[int, list[tuple[Path, str]]]] = {}
    for where, path, message in unplaced.found:
        by_file.setdefault(where.file, {}).setdefault(where.number, []).append((path, message))
    for number, wanted in sorted(by_file.items()):
        problems.extend(_in_file(staged, number, wanted))
    problems.count += unplaced.more
    return problems


def way(words: str) -> Path:
    """The way that a path in words leads: `parties.0.side`."""
    return tuple(int(part) if part.isdigit() else part for part in words.split(".") if part)


def _in_file(
    staged: Staged, number: int, wanted: dict[int, list[tuple[Path, str]]]
) -> Iterator[Problem]:
    path, name = staged.files[number]
    count = 0
    with path.open("rb") as stream:
        try:
            for _, _, items in Reader(stream).sections():
                for node in items or ():
                    for into, message in wanted.get(count, ()):
                        found = _in_list(node.data, into)
                        yield Problem(name, node.line(found), place_of(found), message)
                    count += 1
        except Unreadable:
            return


def _in_head(staged: Staged, wanted: list[tuple[Path, str]]) -> Iterator[Problem]:
    if not wanted:
        return
    with (staged.root / HEAD).open("rb") as stream:
        node = Reader(stream).whole()
    for path, message in wanted:
        line = node.line(path) if node is not None and path else 0
        yield Problem(HEAD, line, place_of(path), message)


def _in_list(data: Any, path: Path) -> Path:
    """A key in a list of keys as its position in the list as it was written."""
    if len(path) == 2 and isinstance(path[1], str):
        listed = data.get(path[0])
        if isinstance(listed, list) and path[1] in listed:
            return (path[0], listed.index(path[1]))
    return path
