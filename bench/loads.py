"""Kills loads half-way while somebody reads, and looks for a record that is neither old nor new.

    ./run python bench/loads.py --seconds 60                           # on SQLite
    ./run python bench/loads.py --seconds 60 --database postgresql     # on one of its own

A small dossier is loaded again and again with all its words in another version, by a process that
is killed with SIGKILL at a random moment, or every third time comes to its end. A second process
makes pages, feeds and tables all the while, none of them kept. Then must hold:

- the record is wholly of one version, and a rebuild from nothing writes nothing (else *torn*);
- no page shows words of two versions (else it is *mixed*), and none fails.

Last line: `loads: N loads, K killed, R read, T torn, M mixed or failed`, R pages that showed such
words; exit 1 unless T and M are 0, K is at least a fifth of N, and R is not 0.
"""

import argparse
import json
import logging
import os
import random
import re
import signal
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.databases import database  # noqa: E402 - after the path

VERSION = re.compile(rb"\bV([0-9]+)_")
PAGES = ("en/", "en/gatherings/forum-1/", "en/commitments/C-2025-001/", "en/commitments.csv")
PAGES += ("en/network/", "en/partnerships/a-b/", "en/proposals/", "api/v1/commitments")


def main() -> int:
    """Load, kill and read; gives the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="amity-loads-") as folder,
        database(chosen.database, Path(folder)) as url,
    ):
        os.environ |= {
            "DATABASE_URL": url,
            "AMITY_DATA_DIR": folder,
            "AMITY_LOG_LEVEL": "error",
            "AMITY_PAGE_CACHE_MB": "0",
            "DJANGO_SETTINGS_MODULE": "amity.settings.demo",
        }
        found = run(Path(folder), chosen.seconds, random.Random(chosen.seed))
    loads, killed, read, torn, mixed = found
    print(
        f"loads: {loads} loads, {killed} killed, {read} read, {torn} torn, {mixed} mixed or failed",
        flush=True,
    )
    return int(bool(torn or mixed or not read or killed * 5 < loads))


def run(folder: Path, seconds: float, chance: random.Random) -> tuple[int, int, int, int, int]:
    """How many loads, killed ones, pages read, torn states and mixed pages there were."""
    import django

    import amity  # noqa: F401 - first, for it makes sure of a safe SQLite library

    django.setup()
    logging.disable(logging.CRITICAL)
    from django.core.management import call_command
    from django.db import connection

    from amity.dossier.tests.folder import RECORDS, write
    from amity.site.serving.server import prepare_static

    call_command("migrate", verbosity=0)
    prepare_static()
    write(folder / "v0", _of(RECORDS, 0))
    began = time.monotonic()
    _load(folder / "v0", restore=True)
    longest = time.monotonic() - began
    connection.close()
    reading, reader = _in_a_process(_read)
    loads = killed = torn = 0
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        loads += 1
        place = write(folder / f"v{loads}", _of(RECORDS, loads))
        child = os.fork()
        if child == 0:
            _load(place)
            os._exit(0)
        if loads % 3:
            time.sleep(chance.uniform(0, longest))
            os.kill(child, signal.SIGKILL)
        _pid, status = os.waitpid(child, 0)
        killed += os.WIFSIGNALED(status)
        torn += _torn()
        connection.close()  # the next process must not share it
    os.kill(reader, signal.SIGTERM)
    said = os.fdopen(reading).read()
    os.waitpid(reader, 0)
    read, mixed = json.loads(said)
    return loads, killed, read, torn, mixed


def _of(records: str, version: int) -> str:
    return records.replace("{en: ", f"{{en: V{version}_ ")


def _load(folder: Path, *, restore: bool = False) -> None:
    from amity.dossier.loading.load import Asked, load
    from amity.dossier.progress import Progress
    from amity.dossier.staging.crosscheck import check_between
    from amity.dossier.staging.folder import read_folder

    staged = read_folder(folder, Progress())
    check_between(staged, Progress())
    load(staged, Progress(), Asked(restore=restore))


def _torn() -> int:
    """Whether the texts of the record are of several versions, or do not hang together."""
    from amity.foundation.actions import By
    from amity.record.actions import rebuild
    from amity.record.models import Entry

    versions = {
        version
        for title in Entry.everything.values_list("title", flat=True)
        for version in VERSION.findall(str(title).encode())
    }
    wrong = rebuild(By(command="bench"), only_check=True)
    if len(versions) > 1 or wrong:
        print(f"torn: {sorted(versions)} {wrong}", flush=True)
        return 1
    return 0


def _in_a_process(work) -> tuple[int, int]:
    """Begin a process that says on a pipe, in the end, what it found: the pipe, and the process."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            work(writing)
        finally:
            os._exit(1)
    os.close(writing)
    return reading, child


def _read(pipe: int) -> None:
    """Make pages until told to stop; then say how many there were and how many were wrong."""
    from django.test import Client

    told = False

    def stop(*_: object) -> None:
        nonlocal told
        told = True

    signal.signal(signal.SIGTERM, stop)
    client = Client(raise_request_exception=False)
    turn = read = mixed = 0
    while not told:
        page = PAGES[turn % len(PAGES)]
        answer = client.get(f"/{page}", headers={"host": "127.0.0.1"})
        content = b"".join(answer) if answer.streaming else answer.content
        versions = set(VERSION.findall(content))
        turn, read = turn + 1, read + bool(versions)
        if answer.status_code != 200 or len(versions) > 1:
            mixed += 1
            print(f"mixed: {answer.status_code} {page} {sorted(versions)}", flush=True)
    with os.fdopen(pipe, "w") as stream:
        json.dump([read, mixed], stream)
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
