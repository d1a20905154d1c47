"""Bytes of files that wait for somebody, each at a place of its own, so that they go with its row.

Bytes stand there before their row does; what a process that died left behind is found by its name.
"""

import secrets
from collections.abc import Callable, Collection, Iterable, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from amity.foundation import files
from amity.foundation.database.batches import batched

YOUNG = timedelta(hours=1)
"""So long a row may still come for bytes that stand there."""


@dataclass(frozen=True, slots=True)
class Places:
    """Places in a `folder` of that of media, into which no address leads."""

    folder: str

    def new(self) -> str:
        """A place that nobody has."""
        return secrets.token_hex(16)

    def path(self, place: str) -> Path:
        """Where the bytes of a place are."""
        return self._root() / place[:2] / place

    def keep(self, place: str, content: bytes) -> None:
        """Store bytes; call it in the transaction of their row."""
        files.keep(self.path(place), content)

    def clear(self, places: Iterable[str]) -> None:
        """Remove bytes once the transaction that removes their rows holds."""
        paths = [self.path(one) for one in places]
        transaction.on_commit(lambda: _unlink(paths))

    def clear_stray(self, now: datetime, known: Callable[[Collection[str]], Set[str]]) -> None:
        """Remove bytes that have no row; `known`: which of some places have one."""
        before = (now - YOUNG).timestamp()
        stray = [path for path in self._root().glob("*/*") if path.stat().st_mtime < before]
        for few in batched(stray):
            standing = known([path.name for path in few])
            _unlink(path for path in few if path.name not in standing)

    def _root(self) -> Path:
        return Path(settings.MEDIA_ROOT) / self.folder


def _unlink(paths: Iterable[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)
