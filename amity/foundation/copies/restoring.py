"""Brings a copy back, whole or not at all."""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from django.conf import settings
from django.db import Error, connection

from amity.foundation.copies import embedded, served
from amity.foundation.copies.beside import beside
from amity.foundation.copies.checking import Checked, checked
from amity.foundation.copies.making import PIECE, media_files
from amity.foundation.copies.manifest import LEFT_OUT, MEDIA, CopyError, Manifest

WITHOUT_RECORDS = {*LEFT_OUT, "auth_permission", "django_content_type", "django_migrations"}
"""Tables that have rows, or may have, in a database that nobody has written in."""


def restore(
    copy: Path, *, key: Path | None = None, replace: bool = False, only_check: bool = False
) -> Manifest:
    """Bring the copy back into this installation, and give its manifest.

    `replace`: what stands in the database goes; files of media that the copy does not have stay.
    Without it an installation that holds anything is refused. `only_check`: nothing is written.
    Raises CopyError; then the installation is as it was.
    """
    media = Path(settings.MEDIA_ROOT)
    try:
        media.parent.mkdir(parents=True, exist_ok=True)
        with checked(copy, media.parent, key) as found:
            if only_check:
                return found.manifest
            if not replace and (reason := _why_not_empty(found, media)):
                raise CopyError(f"{reason}; --replace puts the copy in the place of it")
            kind = embedded if found.manifest.database == "sqlite" else served
            with _placed(found.folder / "media", media):
                kind.bring_back(found.folder / "database", found.manifest)
            return found.manifest
    except (OSError, Error, sqlite3.Error) as error:
        raise CopyError(f"could not be brought back: {' '.join(str(error).split())}") from error


def _why_not_empty(found: Checked, media: Path) -> str:
    """What stands here already, in a few words; empty where nothing does.

    Files that are those of the copy are left over from a restore that was interrupted.
    """
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            if name not in WITHOUT_RECORDS:
                cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(name)} LIMIT 1")  # noqa: S608
                if cursor.fetchone():
                    return f"the database here holds something already (in {name})"
    digests = {part.name: part.sha256 for part in found.manifest.parts}
    for name, path in media_files(media).items():
        if digests.get(MEDIA + name) != _digest(path):
            return f"the media here hold something already ({name})"
    return ""


@contextmanager
def _placed(source: Path, media: Path) -> Iterator[None]:
    """Move the files to their places; where what follows fails, all is put back as it was."""
    with (
        beside(media.parent) as aside,
        ExitStack() as back,
    ):
        for name, path in media_files(source).items():
            target = media / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if target.exists():
                former = aside / name
                former.parent.mkdir(parents=True, exist_ok=True)
                target.rename(former)
                back.callback(former.replace, target)
            else:
                back.callback(target.unlink, missing_ok=True)
            path.rename(target)
        yield
        back.pop_all()


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        digest = hashlib.sha256()
        while piece := stream.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()
