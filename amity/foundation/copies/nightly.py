"""A copy each night, by the loop process; as many are kept as the settings say."""

import fcntl
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

from amity.foundation.copies.making import Made, make
from amity.foundation.copies.manifest import CopyError

logger = logging.getLogger(__name__)

FORM = "amity-%Y-%m-%dT%H%M%SZ.copy"
NAME = re.compile(r"(amity-\d{4}-\d\d-\d\dT\d{6}Z\.copy)(\.age)?\Z")
PATIENCE = timedelta(minutes=15)
"""How long to wait after a copy that failed."""


def is_due(now: datetime) -> bool:
    """Whether copies are made each night, and the last is of before the night's hour."""
    folder: Path | None = settings.BACKUPS_DIR
    if folder is None:
        return False
    hour = now.astimezone(UTC).replace(
        hour=settings.BACKUPS_AT.hour, minute=settings.BACKUPS_AT.minute, second=0, microsecond=0
    )
    if hour > now:
        hour -= timedelta(days=1)
    return all(_made_at(path) < hour for path in _copies(folder))


def make_nightly(now: datetime) -> Made | None:
    """Make the night's copy and let the oldest go; None where another process is making it.

    Raises CopyError; then no older copy goes.
    """
    folder = Path(settings.BACKUPS_DIR or "")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _alone(folder) as alone:
            if not alone or not is_due(now):
                return None
            name = now.astimezone(UTC).strftime(FORM)
            sealed = ".age" if settings.BACKUPS_FOR else ""
            made = make(folder / f"{name}{sealed}", settings.BACKUPS_FOR)
            for path in _copies(folder)[: -settings.BACKUPS_KEPT]:
                path.unlink()
            return made
    except OSError as error:
        raise CopyError(f"the folder {folder}: {error.strerror or error}") from error


class Nights:
    """Makes each night's copy for a process that asks again and again."""

    def __init__(self) -> None:
        self.not_before = datetime.min.replace(tzinfo=UTC)

    def round(self, now: datetime) -> str:
        """Make a copy where one is due; gives what to tell of it, empty where nothing was done.

        After a failure the next is tried a quarter of an hour later.
        """
        if now < self.not_before or not is_due(now):
            return ""
        try:
            made = make_nightly(now)
        except CopyError as error:
            self.not_before = now + PATIENCE
            logger.error("the night's copy: %s", error)
            return ""
        return f"copy made: {made.path}, {made.size:,} bytes" if made else ""


def _copies(folder: Path) -> list[Path]:
    """The copies of nights in a folder, the oldest first; nothing else there is touched."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if NAME.fullmatch(path.name))


def _made_at(path: Path) -> datetime:
    found = NAME.fullmatch(path.name)
    name = found[1] if found else path.name
    return datetime.strptime(name, FORM).replace(tzinfo=UTC)


@contextmanager
def _alone(folder: Path) -> Iterator[bool]:
    """Whether no other process of this computer is making the night's copy."""
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
