"""The process in which a solve runs (`python -m planning.worker`, started by `planning.runner`).

Reads one request from standard input and writes frames to standard output until the answer. It
ends when the answer is written, when standard input is closed or the parent is gone, or when its
memory goes beyond the bound. It writes no files.

A frame is four bytes of length and a pickled pair (name, value): "progress", "attempt", "extend",
"answer", "memory", "error".
"""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import select
import signal
import struct
import sys
import threading
import traceback
from typing import Any, BinaryIO

_WATCH_S = 0.1
_HEADROOM = 512 * 2**20  # for what is counted as data but never touched, such as thread stacks


class _Pipe:
    """Writes whole frames, from whichever thread."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._lock = threading.Lock()

    def send(self, name: str, value: object) -> None:
        body = pickle.dumps((name, value))
        with self._lock:
            self._stream.write(struct.pack(">I", len(body)) + body)
            self._stream.flush()


def _bound_memory(most: int) -> None:
    """A last resort: beyond it allocation fails. The watch below ends the process before that."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (most + _HEADROOM, most + _HEADROOM))


def _resident() -> int:
    """Bytes of memory held, 0 where the system does not tell."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0


def _watch(pipe: _Pipe, most: int, parent: int) -> None:
    """Ends this process when nobody waits for it any more, or when it holds too much memory."""
    while True:
        readable, _, _ = select.select([0], [], [], _WATCH_S)
        if os.getppid() != parent or (readable and not os.read(0, 1)):
            os._exit(3)
        if _resident() > most:
            pipe.send("memory", None)
            os._exit(4)


def _serve(pipe: _Pipe, request: dict[str, Any]) -> None:
    from planning.context import Context
    from planning.kinds import kind_named, register

    for name, module in request["kinds"].items():
        register(name, module)
    kind = kind_named(request["kind"])
    problem = pickle.loads(request["problem"])  # noqa: S301  # written by our own parent
    context = Context(
        send=lambda progress: pipe.send("progress", progress),
        keep=lambda attempt: pipe.send("attempt", attempt),
        extend=lambda seconds: pipe.send("extend", seconds),
        **pickle.loads(request["context"]),  # noqa: S301  # written by our own parent
    )
    pipe.send("answer", kind.plan(problem, context))


def main() -> None:
    """Serve the one request on standard input."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = os.getppid()
    # The solver may print; only frames may reach the parent's pipe.
    frames = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    pipe = _Pipe(frames)
    stream = os.fdopen(0, "rb", closefd=False, buffering=0)
    head = b""
    while not head.endswith(b"\n"):
        byte = stream.read(1)
        if not byte:
            return
        head += byte
    sizes = json.loads(head)
    sys.path[:] = sizes["path"]
    body = b""
    while len(body) < sizes["length"]:
        part = stream.read(sizes["length"] - len(body))
        if not part:
            return
        body += part
    request = pickle.loads(body)  # noqa: S301  # written by our own parent
    _bound_memory(request["memory"])
    threading.Thread(
        target=_watch, args=(pipe, request["memory"], parent), name="watch", daemon=True
    ).start()
    try:
        _serve(pipe, request)
    except MemoryError:
        pipe.send("memory", None)
    except Exception:
        pipe.send("error", traceback.format_exc())
    # The solver's threads may still be stopping; nothing of theirs is worth waiting for.
    os._exit(0)


if __name__ == "__main__":
    main()
