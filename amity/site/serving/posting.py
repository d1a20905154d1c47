"""The loop process beside the server's workers: sends letters, and makes each night's copy."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from amity.foundation.letters.posting import can_post

PATIENCE = 30
"""Seconds that a letter under way has when the server is told to stop."""


@contextmanager
def posting() -> Iterator[None]:
    """Send letters and make copies while the server runs.

    Nothing is started where there is neither a mail server nor a folder for copies. Letters and
    copies wait for it when it dies, and several may run at once, so nobody watches over it.
    """
    if not can_post() and settings.BACKUPS_DIR is None:
        yield
        return
    process = subprocess.Popen([sys.executable, "-m", "amity", "post", "--with-server"])
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
