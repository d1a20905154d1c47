"""The server: granian, which reads requests without threads, in front of `gateway`.

Everything it does is said here, and nothing by its own environment variables or files.
"""

import multiprocessing
import multiprocessing.process
import os
import signal
import socket
import sys
import threading
from argparse import ArgumentTypeError
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from granian.constants import HTTPModes, Interfaces, Loops
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.net import SocketSpec
from granian.server.mp import MPServer

from amity.site.serving.gateway import Gateway, Limits

TURN_OF_A_THREAD = 0.0005
"""Seconds after which a thread that reckons lets another go on (CPython: 0.005). Whoever saves asks
the database dozens of times and waits for a turn after each, and other writers wait for them."""

HEAD = HTTP1Settings(header_read_timeout=10_000, max_buffer_size=65_536)
"""The head of a request: 10 seconds (in milliseconds) and 64 KB; a reader who sends nothing
between two requests is let go after the same time."""

BODY = Limits(body=2_621_440, seconds=30)
"""As much as Django takes of a form (DATA_UPLOAD_MAX_MEMORY_SIZE), and the time for it."""

UPLOADS = Limits(body=32_000_000, seconds=180)
"""Files of 20 MB with their form, over a slow network; of somewhat more it is said in words that
they are too much, with all that was typed."""

CONNECTIONS = 400
"""Open at once in each process; more wait in the system's queue until one of them ends. Below
the 1,024 files that many systems let a process open."""

PATIENCE = 30
"""Seconds that requests under way have when the server is told to stop."""


STOPPING = (signal.SIGTERM, signal.SIGINT)

MOST = 64
"""Workers, and threads in each."""


@dataclass(frozen=True)
class Listening:
    """Where the server listens and with how many workers and threads."""

    host: str
    port: int
    workers: int
    threads: int

    @property
    def bind(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def port(words: str) -> int:
    """A port number, read from a command's argument."""
    if not (words.isascii() and words.isdigit() and 0 < int(words) < 65536):
        raise ArgumentTypeError("a port is a number from 1 to 65535")
    return int(words)


def few(words: str) -> int:
    """A number of workers or threads, read from a command's argument."""
    if not (words.isascii() and words.isdigit() and 0 < int(words) <= MOST):
        raise ArgumentTypeError(f"a whole number from 1 to {MOST}")
    return int(words)


def why_not_bindable(host: str, port: int) -> str:
    """Why nothing can listen at `host` and `port`, in the system's words; empty when it can."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return error.strerror or os.strerror(error.errno or 0)
    return ""


def prepare_static() -> None:
    """Put all static files, named by their content and compressed, where they are served from."""
    call_command("collectstatic", interactive=False, verbosity=0)


class OneQueue(MPServer):
    """Granian with one listening socket, which the first process holds and its workers share.

    On Linux each worker would listen by itself: from the announcement until it does, and whenever
    a lone worker ended and another took its place, connections were refused. So they wait in the
    queue. It is what granian does elsewhere.
    """

    def _init_shared_socket(self) -> None:
        holder = SocketSpec(self.bind_addr, self.bind_port, self.backlog).build()
        self._shd = holder  # type: ignore[assignment] # granian infers None from its first value
        self._sfd = holder.get_fd()
        self._sso = socket.socket(fileno=self._sfd)
        self._sso.set_inheritable(True)


def gateway(threads: int) -> Gateway:
    """What a worker serves; where workers are forked, the program is in memory already."""
    from amity.wsgi import application

    if parent := multiprocessing.parent_process():
        threading.Thread(target=_end_after, args=(parent,), daemon=True).start()
    sys.setswitchinterval(TURN_OF_A_THREAD)
    return Gateway(application, threads, BODY, UPLOADS)


def _end_after(parent: multiprocessing.process.BaseProcess) -> None:
    """Stop this worker when the first process is gone without having stopped it (kill -9)."""
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)


def _stop_at_once() -> None:
    """Let a worker that is just being made end when it is told to.

    Until it has a way of its own it would only note the signal, as the first process does, and be
    killed when patience ends.
    """
    for number in STOPPING:
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING)


def _fork_unstopped() -> None:
    """Let no stop come between the making of a worker and the moment it can be stopped."""
    os.register_at_fork(
        before=lambda: signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING),
        after_in_parent=lambda: signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING),
        after_in_child=_stop_at_once,
    )


def _stop_with_the_terminal(server: MPServer, before: object) -> None:
    """Stop when the terminal is closed (SIGHUP), unless whoever started it said not to (nohup).

    Granian would make its workers anew, of the same program, and go on without a terminal.
    """
    stays = before == signal.SIG_IGN
    signal.signal(signal.SIGHUP, signal.SIG_IGN if stays else server.signal_handler_interrupt)


def run(listening: Listening, announce: Callable[[], None]) -> None:
    """Serve until told to stop (SIGTERM, SIGINT, SIGHUP); `announce` is called when it listens.

    Ends the program with an exit code other than 0 when workers keep failing.
    """
    before = signal.getsignal(signal.SIGHUP)
    if sys.platform == "linux":
        _fork_unstopped()
        multiprocessing.set_start_method("fork", force=True)
        gateway(listening.threads)  # made before the workers are: they share its memory
    connections.close_all()
    server = OneQueue(
        "amity.site.serving.gateway",
        address=listening.host,
        port=listening.port,
        interface=Interfaces.ASGINL,
        workers=listening.workers,
        backlog=max(CONNECTIONS * listening.workers, 1024),
        backpressure=CONNECTIONS,
        loop=Loops.asyncio,
        http=HTTPModes.http1,
        http1_settings=HEAD,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=PATIENCE,
        log_level=LogLevels.warning,
        log_dictconfig=settings.LOGGING | {"loggers": {"_granian": {}}},
    )
    server.on_startup(lambda: _stop_with_the_terminal(server, before))
    server.on_startup(announce)
    server.serve(target_loader=partial(gateway, listening.threads), wrap_loader=False)
