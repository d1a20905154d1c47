"""A folder of a dossier gets its new files beside the old ones, and takes them when all are there.

Until then the old ones stand as they stood. While they are exchanged there is no `dossier.yaml`, so
a folder that was left half-way says so, and passes for nothing else.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from amity.dossier.problems import DossierError, Problem, Problems
from amity.dossier.reading.files import HEAD, UNFINISHED, record_files, unfit
from amity.dossier.reading.yaml import Reader, Unreadable
from amity.dossier.shapes.pictures import FOLDER


@contextmanager
def replaced(folder: Path, dossier: str) -> Iterator[Path]:
    """Gives a folder to write into, and lets what was written stand in `folder` in the end.

    `folder` is new or empty, or holds the dossier called `dossier`: then its files of records and
    its pictures go, and what else lies there stays. Raises DossierError before anything is done
    where it holds something else, or links, by which files elsewhere would be written.
    """
    former = _former(folder, dossier)
    beside = folder / UNFINISHED
    _forget(beside)
    beside.mkdir(parents=True)
    try:
        yield beside
    except BaseException:
        _forget(beside)
        if former is None and not any(folder.iterdir()):
            folder.rmdir()
        raise
    _exchange(folder, beside, former or [])


def _exchange(folder: Path, beside: Path, former: list[Path]) -> None:
    (folder / HEAD).unlink(missing_ok=True)
    written = [path for path in sorted(beside.rglob("*")) if path.is_file()]
    names = {path.relative_to(beside) for path in written}
    for path in former:
        if path.relative_to(folder) not in names:
            path.unlink(missing_ok=True)
    for path in written:
        if path.name != HEAD:
            target = folder / path.relative_to(beside)
            target.parent.mkdir(exist_ok=True)
            path.replace(target)
    (beside / HEAD).replace(folder / HEAD)
    _forget(beside)


def _former(folder: Path, dossier: str) -> list[Path] | None:
    """The files of a former export; None where there is no folder yet. Raises DossierError."""
    if not folder.exists():
        return None
    problems = Problems()
    unfinished = folder / UNFINISHED / HEAD
    head = folder / HEAD if (folder / HEAD).exists() or not unfinished.exists() else unfinished
    others = [path for path in folder.iterdir() if path.name != UNFINISHED]
    if others and (unfit(head, 1 << 20) or _id_in(head) != dossier):
        words = f"holds something else than the dossier {dossier}; expected an empty folder"
        raise DossierError.about(str(folder), words)
    found = [path for path, _ in record_files(folder, problems)]
    found += [folder / name for name in _pictures_of(folder / f"{FOLDER}.yaml")]
    for path in (folder / UNFINISHED, folder / FOLDER):
        if path.is_symlink():
            problems.add(Problem(path.name, 0, "", "a link; expected a folder"))
    if problems:
        raise DossierError(problems)
    return found


def _id_in(head: Path) -> object:
    try:
        with head.open("rb") as stream:
            node = Reader(stream).whole()
    except (OSError, Unreadable):
        return None
    return node.data.get("id") if node and isinstance(node.data, dict) else None


def _pictures_of(path: Path) -> Iterator[str]:
    """The files that an exported list of pictures names."""
    if unfit(path, 1 << 30):
        return
    with path.open("rb") as stream:
        try:
            for _plural, _line, items in Reader(stream).sections():
                for node in items or ():
                    name = node.data.get("file") if isinstance(node.data, dict) else None
                    if isinstance(name, str) and Path(name).parent == Path(FOLDER):
                        yield name
        except Unreadable:
            return


def _forget(beside: Path) -> None:
    if beside.is_symlink() or beside.is_file():
        beside.unlink()
    elif beside.exists():
        shutil.rmtree(beside)
