"""Makes a copy: written beside, checked as if it were brought back, and then exchanged."""

import hashlib
import os
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.conf import settings
from django.db import Error, connection
from django.utils import timezone
from pyrage.x25519 import Recipient

from amity.foundation.copies import embedded, served
from amity.foundation.copies.beside import beside
from amity.foundation.copies.checking import checked
from amity.foundation.copies.last import Last, remember
from amity.foundation.copies.manifest import (
    DATABASE,
    MEDIA,
    NAME,
    CopyError,
    Manifest,
    Part,
    Table,
    applied_migrations,
)
from amity.foundation.copies.sealing import recipient_of, seal

PIECE = 1 << 20
WHEN = (1980, 1, 1, 0, 0, 0)
"""The time of every part: the manifest says when the copy was made."""


@dataclass(frozen=True, slots=True)
class Made:
    """A copy that was made. `size` in bytes; rows of all tables, files of media."""

    path: Path
    made_at: datetime
    size: int
    rows: int
    files: int


def make(target: Path, recipient: str = "") -> Made:
    """Write database and media to the file `target`, encrypted where a recipient is named.

    Officers may write meanwhile: the database is of one moment, and every file that it names was
    there by then. What stood at `target` goes when the new copy is whole. Raises CopyError.
    """
    public = recipient_of(recipient) if recipient else None
    if target.is_dir():
        raise CopyError("a folder stands there; expected the name of a file")
    if not target.parent.is_dir():
        raise CopyError(f"there is no folder {target.parent}")
    try:
        with beside(target.parent) as place:
            return _make(target, place, public)
    except (OSError, sqlite3.Error, Error) as error:
        raise CopyError(f"cannot be made: {' '.join(str(error).split())}") from error


def _make(target: Path, place: Path, recipient: Recipient | None) -> Made:
    made_at = timezone.now()
    whole = place / "whole"
    tables, files = _pack(whole, place, made_at)
    with checked(whole, place):
        pass
    if recipient is not None:
        sealed = place / "sealed"
        seal(whole, sealed, recipient)
        whole = sealed
    _to_disk(whole)
    size = whole.stat().st_size
    whole.replace(target)
    _to_disk(target.parent)
    remember(Last(made_at=made_at, file=str(target.absolute()), size=size))
    return Made(target, made_at, size, sum(table.rows for table in tables), files)


def _pack(whole: Path, place: Path, made_at: datetime) -> tuple[list[Table], int]:
    """Write all parts and the manifest; gives the tables, and how many files of media there are."""
    database = place / "database"
    database.mkdir()
    kind = embedded if connection.vendor == "sqlite" else served
    migrations = applied_migrations()
    if not migrations:
        raise CopyError("the database here is empty; there is nothing to copy")
    tables = kind.write(database)
    parts = []
    with ZipFile(whole, "w") as archive:
        for path in sorted(database.iterdir()):
            parts.append(_add(archive, path, DATABASE + path.name, ZIP_DEFLATED))
            path.unlink()
        media = media_files(Path(settings.MEDIA_ROOT))
        parts += [_add(archive, path, MEDIA + name, ZIP_STORED) for name, path in media.items()]
        manifest = Manifest(
            amity=1,
            release=settings.RELEASE,
            made_at=made_at.isoformat(),
            database="sqlite" if kind is embedded else "postgresql",
            migrations=migrations,
            tables=tables,
            parts=parts,
        )
        info = ZipInfo(NAME, WHEN)
        info.compress_type = ZIP_DEFLATED
        archive.writestr(info, manifest.model_dump_json(indent=1))
    return tables, len(media)


def media_files(folder: Path) -> dict[str, Path]:
    """All files of media, by their path within it; what is being written is left out."""
    found = {
        path.relative_to(folder).as_posix(): path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink() and path.suffix != ".partial"
    }
    return found if folder.is_dir() else {}


def _add(archive: ZipFile, path: Path, name: str, compression: int) -> Part:
    info = ZipInfo(name, WHEN)
    info.compress_type = compression
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as source, archive.open(info, "w", force_zip64=True) as target:
        while piece := source.read(PIECE):
            target.write(piece)
            digest.update(piece)
            size += len(piece)
    return Part(name=name, size=size, sha256=digest.hexdigest())


def _to_disk(path: Path) -> None:
    """Wait until a file or folder is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
