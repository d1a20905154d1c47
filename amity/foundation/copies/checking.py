"""Reads a copy without trusting it: nothing is taken from it before all of it is checked."""

import hashlib
import shutil
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from amity.foundation.copies import embedded, served
from amity.foundation.copies.beside import beside
from amity.foundation.copies.manifest import LARGEST, NAME, CopyError, Manifest, Part, read
from amity.foundation.copies.sealing import is_sealed, unseal

PIECE = 1 << 20
ROOM = 50_000_000
"""Bytes of a disk that are left when a copy is unpacked."""
ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True)
class Checked:
    """A copy that is whole: its manifest, and the folder that holds its parts."""

    manifest: Manifest
    folder: Path


@contextmanager
def checked(copy: Path, room: Path, key: Path | None = None) -> Iterator[Checked]:
    """Unpack a copy into a folder in `room`, which goes afterwards, and check all of it.

    `key`: file with the secret key where it is encrypted. Raises CopyError where anything is not
    as the manifest says, and where this database or release cannot take it.
    """
    with beside(room) as folder:
        try:
            plain = copy
            if is_sealed(copy):
                plain = folder / "plain"
                unseal(copy, plain, key)
            with ZipFile(plain) as archive:
                manifest = _unpack(archive, folder)
        except (
            BadZipFile,
            zlib.error,
            EOFError,
            ValueError,
            struct.error,
            NotImplementedError,
        ) as error:
            raise CopyError(f"is damaged, or no copy of Amity's: {error}") from error
        except OSError as error:
            raise CopyError(f"cannot be read: {error}") from error
        _fits(manifest)
        kind = embedded if manifest.database == "sqlite" else served
        kind.check(folder / "database", manifest)
        yield Checked(manifest, folder)


def _unpack(archive: ZipFile, folder: Path) -> Manifest:
    entries = {info.filename: info for info in archive.infolist()}
    if len(entries) != len(archive.infolist()):
        raise CopyError("holds a part twice")
    if NAME not in entries:
        raise CopyError(f"is no copy of Amity's: it has no {NAME}")
    if entries[NAME].file_size > LARGEST:
        raise CopyError(f"its {NAME} is longer than {LARGEST:,} bytes")
    manifest = read(_manifest_of(archive, entries.pop(NAME)))
    if set(entries) != {part.name for part in manifest.parts}:
        raise CopyError(f"holds other parts than its {NAME} names")
    needed = sum(part.size for part in manifest.parts)
    if needed + ROOM > shutil.disk_usage(folder).free:
        raise CopyError(f"unpacks to {needed:,} bytes, and the disk has no room for them")
    (folder / "database").mkdir()
    for part in manifest.parts:
        _take(archive, entries[part.name], part, folder / part.name)
    return manifest


def _manifest_of(archive: ZipFile, info: ZipInfo) -> bytes:
    _as_ours(info)
    with archive.open(info) as stream:
        words = stream.read(LARGEST + 1)
    if len(words) > LARGEST:
        raise CopyError(f"its {NAME} is longer than {LARGEST:,} bytes")
    return words


def _as_ours(info: ZipInfo) -> None:
    if info.flag_bits & ENCRYPTED or info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise CopyError("is packed in another way than ours")


def _take(archive: ZipFile, info: ZipInfo, part: Part, target: Path) -> None:
    """Unpack one part, and no more bytes of it than the manifest says."""
    _as_ours(info)
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with archive.open(info) as source, target.open("xb") as stream:
        while piece := source.read(PIECE):
            size += len(piece)
            if size > part.size:
                break
            digest.update(piece)
            stream.write(piece)
    if size != part.size or digest.hexdigest() != part.sha256:
        raise CopyError(f"{part.name} is not what its {NAME} says")


def _fits(manifest: Manifest) -> None:
    """Raises CopyError where this database, or this release, cannot take the copy."""
    if manifest.database != connection.vendor:
        raise CopyError(f"is of {manifest.database}, and the database here is {connection.vendor}")
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    unknown = [name for name in manifest.migrations if name not in known]
    if unknown:
        raise CopyError(
            f"was made by another release ({manifest.release}), which knows {unknown[0]}; "
            "install that release"
        )
    if not manifest.migrations:
        raise CopyError("names no migrations")
