"""Whether the database can be trusted; looked at before any command that works with the record."""

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.db import connection

from amity import sqlite


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
