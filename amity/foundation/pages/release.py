"""Which release is running, and when its files last changed.

A page depends on the record and on the program; after an upgrade, or a change of a template,
nobody may be told that the old page still holds.
"""

from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings

import amity

SUFFIXES = {".py", ".html", ".xml", ".mo", ".css", ".js", ".svg"}


@lru_cache(maxsize=1)
def changed_at() -> datetime:
    """When the newest file of the program changed (UTC, whole seconds)."""
    root = Path(amity.__path__[0])
    newest = max(
        path.stat().st_mtime
        for path in root.rglob("*")
        if path.suffix in SUFFIXES and "tests" not in path.parts
    )
    return datetime.fromtimestamp(int(newest), UTC)


@lru_cache(maxsize=1)
def name() -> str:
    """The release's version with the time of its newest file."""
    return f"{settings.RELEASE}-{changed_at():%Y%m%d%H%M%S}"
