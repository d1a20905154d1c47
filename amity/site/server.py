"""The server: gunicorn with threads, one tree of processes, a clean stop on SIGTERM."""

import os
import socket
from argparse import ArgumentTypeError
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from gunicorn.app.base import BaseApplication

PATIENCE = 30
"""Seconds that a request has to finish: when it is slow, and when the server is told to stop."""


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


class Server(BaseApplication):
    """Gunicorn, told by this program and by no file or variable of its own."""

    def __init__(self, listening: Listening, announce: Callable[[], None]) -> None:
        self.listening = listening
        self.announce = announce
        super().__init__()

    def load_config(self) -> None:
        """What gunicorn asks for first: its configuration."""
        for name, value in {
            "bind": self.listening.bind,
            "workers": self.listening.workers,
            "threads": self.listening.threads,
            "worker_class": "gthread",
            "preload_app": True,
            "timeout": PATIENCE,
            "graceful_timeout": PATIENCE,
            "keepalive": 5,
            "loglevel": "warning",
            "control_socket_disable": True,
            "when_ready": lambda arbiter: self.announce(),
        }.items():
            self.cfg.set(name, value)

    def load(self) -> Callable[..., Any]:
        """The application, made once before the workers are; they share its memory."""
        application: Callable[..., Any] = get_wsgi_application()
        connections.close_all()
        return application


def port(words: str) -> int:
    """A port number, read from a command's argument."""
    if not (words.isascii() and words.isdigit() and 0 < int(words) < 65536):
        raise ArgumentTypeError("a port is a number from 1 to 65535")
    return int(words)


def missing_migrations() -> list[str]:
    """Names of the migrations of this release that the database has not."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


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


def run(listening: Listening, announce: Callable[[], None]) -> None:
    """Serve until told to stop; `announce` is called when the server listens. Does not return."""
    connections.close_all()
    Server(listening, announce).run()
