"""The process that sends letters, beside the server's workers."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from amity.foundation.letters.posting import can_post

PATIENCE = 30
"""Seconds that a letter under way has when the server is told to stop."""


@contextmanager
def posting() -> Iterator[None]:
    """Send letters while the server runs; nothing is started where there is no mail server.

    Letters wait for it when it dies, and several may run at once, so nobody watches over it.
    """
    if not can_post():
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
