"""Where a copy lies while it is made or read: a folder that its user alone sees into."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

BEGINNING = ".amity-copy-"
"""How such a folder is called; it goes with what made it, unless that was killed."""
A_DAY = 24 * 3600
"""Seconds after which nobody works in such a folder any more."""


@contextmanager
def beside(folder: Path) -> Iterator[Path]:
    """An empty folder in `folder`, for as long as it is needed. Raises OSError.

    What processes that were killed have left there, a day ago or more, goes.
    """
    for left in folder.glob(f"{BEGINNING}*"):
        if time.time() - left.lstat().st_mtime > A_DAY and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)
    with TemporaryDirectory(dir=folder, prefix=BEGINNING) as place:
        yield Path(place)
