"""The files of a dossier's folder."""

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from amity.dossier.problems import Problem, Problems
from amity.foundation.words.characters import FORBIDDEN

HEAD = "dossier.yaml"
UNFINISHED = ".export"
"""The folder in which an export writes what is not whole yet."""
LARGEST_FILE = 512_000_000
"""Bytes in one file of records."""
TABLE = re.compile(rb"(?:[^:{}\[\]]*[,;\t]){2}[^:{}\[\]]*\r?\n")
"""A first line of three cells at least, without the name of a field."""
LONGEST_LINE = 10_000
SHEETS = (".csv", ".tsv", ".xls", ".xlsx", ".ods", ".numbers")
"""What people drop into a folder, and nobody reads."""


def record_files(root: Path, problems: Problems) -> Iterator[tuple[Path, str]]:
    """Every file of records below `root` with its name from there, in a fixed order.

    What is hidden is left alone. Folders that cannot be read, links, files that are too large and
    files that end in `.yml` are problems, because leaving them out in silence would lose records.
    """

    def unreadable(error: OSError) -> None:
        path = Path(str(error.filename or root))
        problems.add(_about(root, path, f"cannot be read: {error.strerror}"))

    for folder, folders, names in os.walk(root, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in [*folders]:
            if (Path(folder) / name).is_symlink():
                problems.add(_about(root, Path(folder) / name, "a link; expected a folder"))
                folders.remove(name)
        for name in sorted(names):
            path = Path(folder) / name
            if name.startswith(".") or not name.lower().endswith((".yaml", ".yml")):
                continue
            if path == root / HEAD:
                continue
            if not name.endswith(".yaml"):
                words = f"expected a name that ends in .yaml; rename it to {path.stem}.yaml"
                problems.add(_about(root, path, words))
            elif complaint := unfit(path, LARGEST_FILE):
                problems.add(_about(root, path, complaint))
            else:
                yield path, path.relative_to(root).as_posix()


def looks_like_a_table(path: Path) -> bool:
    """Whether a file begins as a table of cells does."""
    with path.open("rb") as stream:
        return TABLE.match(stream.readline(LONGEST_LINE)) is not None


def sheets(root: Path) -> Iterator[str]:
    """Tables that lie in a folder, by their names from there."""
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root)
        if path.suffix.lower() in SHEETS and not any(part.startswith(".") for part in name.parts):
            yield name.as_posix()


def unfit(path: Path, largest: int) -> str:
    """Why the file at `path` is not read; empty when it may be."""
    try:
        found = path.lstat()
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    if not stat.S_ISREG(found.st_mode):
        return "not a plain file; links and devices are not followed"
    if found.st_size > largest:
        return f"{found.st_size:,} bytes; expected at most {largest:,}"
    return ""


def not_unicode(path: Path) -> tuple[int, str] | None:
    """Line and complaint where the file stops being readable Unicode text; None where it is.

    Called only when the YAML reader has met such a place, which it cannot give a line for.
    """
    line = 1
    with path.open("rb") as stream:
        for raw in stream:
            try:
                words = raw.decode()
            except UnicodeDecodeError as error:
                return line, (
                    f"byte 0x{raw[error.start]:02X} is not UTF-8; expected text in Unicode (UTF-8)"
                )
            if bad := FORBIDDEN.search(words.rstrip("\r\n").removeprefix("\ufeff")):
                return line, (
                    f"the character U+{ord(bad.group()):04X} is not text; expected readable Unicode"
                )
            line += 1
    return None


def _about(root: Path, path: Path, message: str) -> Problem:
    return Problem(path.relative_to(root).as_posix(), 0, "", message)
