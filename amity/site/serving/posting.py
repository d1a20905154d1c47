"""The loop process beside the server's workers: sends letters, makes copies, does chores."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

COMMAND = (sys.executable, "-m", "amity", "post", "--with-server")
PATIENCE = 30
"""Seconds that a letter under way has when the server is told to stop."""
LOOK_EVERY = 1
"""Seconds between two looks at whether the process is still there."""
AGAIN_AFTER = 5
"""Seconds until one that ended is started again, so that one that cannot run wears nothing out."""


@contextmanager
def posting() -> Iterator[None]:
    """Send letters, make copies and forget what is to be forgotten while the server runs.

    The process is started again when it ends by itself: killed, out of memory, by a fault.
    """
    stopping = Event()
    watch = Thread(target=_keep_running, args=(stopping,), name="posting")
    watch.start()
    try:
        yield
    finally:
        stopping.set()
        watch.join()


def _keep_running(stopping: Event) -> None:
    while not stopping.is_set():
        process = subprocess.Popen(COMMAND)  # noqa: S603 - our own command
        while process.poll() is None and not stopping.wait(LOOK_EVERY):
            pass
        if process.returncode is None:
            _stop(process)
        else:
            stopping.wait(AGAIN_AFTER)


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
