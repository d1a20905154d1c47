"""Databases for measurements: a file of SQLite in a folder, or a PostgreSQL of their own."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CLUSTERS = Path("/usr/lib/postgresql")
"""Where Debian keeps the programs of PostgreSQL."""


@contextmanager
def database(kind: str, folder: Path) -> Iterator[str]:
    """The address of an empty database of `kind` (sqlite, postgresql) for DATABASE_URL.

    A PostgreSQL is started in a folder of its own, with its default of waiting for the disk, and
    stopped afterwards. Raises RuntimeError where its programs are not installed.
    """
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'bench.sqlite3'}"
        return
    programs = sorted(CLUSTERS.glob("*/bin"))
    if not programs:
        raise RuntimeError("PostgreSQL is not installed: apt-get install postgresql")
    place = Path(tempfile.mkdtemp(prefix="amity-postgres-"))
    as_root = os.geteuid() == 0
    if as_root:
        shutil.chown(place, "postgres")

    def run(program: str, *arguments: str) -> None:
        command = [str(programs[-1] / program), *arguments]
        if as_root:
            command = ["runuser", "-u", "postgres", "--", *command]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=place)

    data, port = str(place / "data"), free_port()
    try:
        run("initdb", "-D", data, "-U", "amity", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8")
        options = f"-p {port} -c listen_addresses=127.0.0.1 -k {place}"
        run("pg_ctl", "-D", data, "-w", "-l", str(place / "log"), "-o", options, "start")
        try:
            yield f"postgresql://amity@127.0.0.1:{port}/postgres"
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(place, ignore_errors=True)


def free_port() -> int:
    """A port of this computer that nobody listens at."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
    return port
