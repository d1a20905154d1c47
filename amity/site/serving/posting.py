"""The loop process beside the server's workers: sends letters, makes copies, does chores."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE = 30
"""Seconds that a letter under way has when the server is told to stop."""


@contextmanager
def posting() -> Iterator[None]:
    """Send letters, make copies and forget what is to be forgotten while the server runs.

    All of that waits for it when it dies, and several may run at once, so nobody watches over it.
    """
    process = subprocess.Popen([sys.executable, "-m", "amity", "post", "--with-server"])
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
