"""What a copy says of itself: from which release and database, with what in it.

A copy is a ZIP file: `manifest.json`, the parts of the database under `database/` and the files of
media under `media/`. Every part stands in the manifest with its size and SHA-256.
"""

import re
from typing import Literal

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from pydantic import BaseModel, ConfigDict, Field, ValidationError

NAME = "manifest.json"
LARGEST = 100_000_000
"""Bytes of a manifest; it names a few hundred thousand files in that."""

DATABASE, MEDIA = "database/", "media/"
SAFE_PART = re.compile(r"(database|media)(/[^/\\\x00-\x1f\x7f]{1,255}){1,8}\Z")

LEFT_OUT = ("accounts_limit", "django_session", "usersessions_usersession")
"""Tables whose rows stay behind: counts of tries, and sessions, by which somebody who has signed
out since would be signed in again."""


class CopyError(Exception):
    """A copy cannot be made or brought back; the message is one line that says why."""


class _Said(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class Part(_Said):
    """One file of the copy. `size` in bytes."""

    name: str
    size: int = Field(ge=0)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class Table(_Said):
    """One table with its number of rows; columns where its part lists them (PostgreSQL)."""

    name: str = Field(pattern=r"^[a-z0-9_]{1,63}$")
    rows: int = Field(ge=0)
    columns: list[str] = []


class Manifest(_Said):
    """All that a copy says of itself. `made_at` in UTC, ISO 8601."""

    amity: Literal[1]
    """Version of this form."""
    release: str
    made_at: str
    database: Literal["sqlite", "postgresql"]
    migrations: list[str]
    tables: list[Table]
    parts: list[Part]


def read(words: bytes) -> Manifest:
    """A manifest from its JSON. Raises CopyError where it is none, or names parts elsewhere."""
    try:
        manifest = Manifest.model_validate_json(words)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise CopyError(f"its {NAME} is not one of ours: {where} {first['msg']}") from error
    names = [part.name for part in manifest.parts]
    for name in names:
        if not safe(name):
            raise CopyError(f"names a part outside of it: {name!r}")
    if len(set(names)) != len(names):
        raise CopyError("names a part twice")
    return manifest


def safe(name: str) -> bool:
    """Whether a part's name stays below `database/` or `media/` on any system."""
    return bool(SAFE_PART.fullmatch(name)) and not {".", ".."} & set(name.split("/"))


def applied_migrations() -> list[str]:
    """The migrations that the database has, as app.name, in their order."""
    return [f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()]
