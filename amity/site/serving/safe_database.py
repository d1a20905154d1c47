"""Whether the database can be trusted; looked at before any command that works with the record."""

import stat
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.db import connection

from amity import sqlite


def above(path: Path) -> Sequence[Path]:
    """The folders that a file is in."""
    return path.parents


@register("amity")
def only_the_service_reads(**kwargs: object) -> list[CheckMessage]:
    """amity.W002: other users of this computer can read the database's file.

    Of a demonstration nobody need be told: its dossiers are there for everybody.
    """
    path = Path(str(connection.settings_dict["NAME"]))
    if connection.vendor != "sqlite" or not settings.SQLITE_MUST_BE_SAFE or not path.is_file():
        return []
    reached = all(one.stat().st_mode & stat.S_IXOTH for one in above(path))
    if not reached or not path.stat().st_mode & stat.S_IROTH:
        return []
    words = f"Other users of this computer can read the database {path}."
    return [Warning(words, hint=f"chmod -R go= {path.parent}", id="amity.W002")]


@register("amity")
def sqlite_is_safe(**kwargs: object) -> list[CheckMessage]:
    """amity.E001 or W001: the SQLite library carries the WAL-reset bug."""
    if connection.vendor != "sqlite" or sqlite.version() >= sqlite.SAFE_SINCE:
        return []
    kind, code = (Error, "E001") if settings.SQLITE_MUST_BE_SAFE else (Warning, "W001")
    have, need = (".".join(map(str, part)) for part in (sqlite.version(), sqlite.SAFE_SINCE))
    return [
        kind(
            f"SQLite {have} can corrupt the database when its write-ahead log is reset "
            f"(the WAL-reset bug, mended in {need}).",
            hint="Install pysqlite3, a Python built with a newer SQLite, or use PostgreSQL "
            "(DATABASE_URL).",
            id=f"amity.{code}",
        )
    ]
