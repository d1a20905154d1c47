"""Measures the public pages: statements, bytes, time, memory.

    ./run python bench/pages.py                        # everything; loads two large records first
    ./run python bench/pages.py --folder DIR           # the same, and keeps what was loaded in DIR
    ./run python bench/pages.py --only programme,people --profile

The first record holds an edition of 500 contributions, 300 speakers, 10 rooms, 4 days in three
languages, a network of 18,000 areas and 26,000 partnerships, and 1,000 commitments; the second
100,000 commitments. Times are CPU time of this process per request, through the whole WSGI
application with its middleware: the median of 31 requests, reckoned for a quick core by a fixed
loop timed before each (`bench.cores`); what the uncached page took as measured stands beside.
*Uncached*: no page is in memory; what follows from the record alone (totals, filters, the map's
arcs) is. *Changed*: the record has changed since the last request, so that this is not either.
*Cached*: out of the page cache. *Conditional*: the reader has the current page and is told so.
Requests a second are those of the real server on this computer, one client after the other, pages
cached.
"""

import argparse
import cProfile
import gzip
import io
import json
import os
import pstats
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.cores import loop_ms, reckoned  # noqa: E402 - after the path

EDITION = {
    "areas": 18_000,
    "partnerships": 26_000,
    "contributions": 500,
    "speakers": 300,
    "rooms": 10,
    "days": 4,
    "languages": 3,
    "commitments": 1_000,
}
MANY = {"areas": 100, "partnerships": 60, "languages": 3, "commitments": 100_000}
PAGES = {
    "home": "/vi/",
    "gatherings": "/vi/gatherings/",
    "gathering": "/vi/gatherings/forum-1/",
    "programme": "/vi/gatherings/forum-1/programme/",
    "grid": "/vi/gatherings/forum-1/programme/?view=grid",
    "people": "/vi/gatherings/forum-1/people/",
    "session": "/vi/sessions/session-7/",
    "contribution": "/vi/contributions/contribution-42/",
    "icalendar": "/vi/gatherings/forum-1/calendar.ics",
    "commitments": "/vi/commitments/",
    "silent": "/vi/commitments/?state=silent",
    "of-a-theme": "/vi/commitments/?theme=culture",
    "overdue": "/vi/commitments/?overdue=1",
    "commitment": "/vi/commitments/C-2020-000000/",
    "proposals": "/vi/proposals/",
    "network": "/vi/network/",
    "network-filtered": "/vi/network/?kind=twinning&stage=dormant",
    "areas": "/vi/areas/",
    "area": "/vi/areas/area-7/",
}
LISTS = ("commitments", "silent", "of-a-theme", "overdue", "proposals", "home")
TIMES = 31
SERVED = 300
"""Requests to the real server per page."""


@dataclass(frozen=True)
class Measured:
    """One page. Times in milliseconds of CPU, reckoned for a quick core but for `median`.

    `median` is what the uncached page took, `loop` what the fixed loop took beside it.
    """

    name: str
    statements: int
    bytes: int
    packed: int
    uncached: float
    median: float
    loop: float
    changed: float
    cached: float
    conditional: float


def prepare(folder: Path, sizes: dict[str, int]) -> None:
    """Load a generated record into `folder`, unless it is there."""
    if (folder / "ready").exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    options = [word for name, size in sizes.items() for word in (f"--{name}", str(size))]
    dossier = folder / "dossier"
    environment = own_environment(folder)
    for command in (
        ["bench/generate_dossier.py", str(dossier), *options],
        ["-m", "amity", "migrate", "-v", "0"],
        ["-m", "amity", "collectstatic", "--noinput", "-v", "0"],
        ["-m", "tools.messages", "compile"],
        ["-m", "amity", "dossier", "load", "--restore", str(dossier)],
    ):
        subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=environment, check=True, stdout=sys.stderr
        )
    (folder / "ready").touch()


def own_environment(folder: Path) -> dict[str, str]:
    """The environment of a demonstration whose data stand in `folder`."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "amity.settings.demo",
        "AMITY_DATA_DIR": str(folder),
        "PYTHONPATH": str(ROOT),
    }


def measure(folder: Path, names: list[str], profiled: bool) -> list[Measured]:
    """Measure pages over the record in `folder`, in this process."""
    os.environ.update(own_environment(folder))
    from django.db import connection

    import amity.wsgi
    from amity.foundation.pages import public as pages

    application = amity.wsgi.application
    found = []
    for name in names:
        path, _, query = PAGES[name].partition("?")

        def get(
            condition: str = "", path: str = path, query: str = query
        ) -> tuple[int, str, bytes]:
            return request(application, path, query, condition)

        body = get()[2]
        statements = 0

        def count(execute: Any, sql: str, *rest: Any) -> Any:
            nonlocal statements
            statements += sql.startswith("SELECT")  # and not what begins the moment of the page
            return execute(sql, *rest)

        pages._cache().clear()
        with connection.execute_wrapper(count):
            get()
        if profiled:
            profile(get, pages._cache().clear)
        uncached, loops = taken(get, pages._cache().clear)
        changed = reckoned(*taken(get, change))
        tag = get()[1]
        cached = reckoned(*taken(get))
        conditional = reckoned(*taken(lambda: get(tag)))  # noqa: B023 - called at once
        if get(tag)[0] != 304:
            raise SystemExit(f"{name}: the current page was sent again")
        packed = gzip.compress(body, 5)
        found.append(
            Measured(
                name=name,
                statements=statements,
                bytes=len(body),
                packed=len(packed),
                uncached=reckoned(uncached, loops),
                median=median(uncached),
                loop=median(loops),
                changed=changed,
                cached=cached,
                conditional=conditional,
            )
        )
    return found


def change() -> None:
    """Make the record a newer one, as every write does."""
    from datetime import UTC, datetime

    from amity.foundation.models import Change

    Change.objects.create(at=datetime.now(UTC), command="bench", verb="measure")


def request(
    application: Callable[..., Any], path: str, query: str, tag: str
) -> tuple[int, str, bytes]:
    """One GET through the WSGI application: status, validator, body."""
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "HTTP_HOST": "127.0.0.1:8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    if tag:
        environ["HTTP_IF_NONE_MATCH"] = tag
    answer: dict[str, Any] = {}

    def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
        answer.update(status=int(status[:3]), headers=dict(headers))

    response = application(environ, start)
    body = b"".join(response)
    response.close()
    if answer["status"] not in (200, 304):
        raise SystemExit(f"{path}?{query}: {answer['status']}")
    return answer["status"], answer["headers"].get("ETag", ""), body


def taken(
    work: Callable[[], Any], before: Callable[[], Any] | None = None
) -> tuple[list[float], list[float]]:
    """CPU times of `work` in milliseconds, and of the fixed loop before each."""
    found, loops = [], []
    for _ in range(TIMES):
        if before:
            before()
        loops.append(loop_ms())
        start = time.process_time()
        work()
        found.append((time.process_time() - start) * 1000)
    return found, loops


def profile(work: Callable[[], Any], before: Callable[[], Any]) -> None:
    """Print where the time goes, over ten requests."""
    profiler = cProfile.Profile()
    for _ in range(10):
        before()
        profiler.runcall(work)
    pstats.Stats(profiler).sort_stats("tottime").print_stats(25)


def serve(folder: Path, names: list[str]) -> tuple[dict[str, float], float]:
    """Requests a second per page on the real server, and its peak memory in MB afterwards."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "amity", "serve", "--port", str(port), "--workers", "1"]
    server = subprocess.Popen(command, cwd=ROOT, env=own_environment(folder))
    try:
        address = f"http://127.0.0.1:{port}"
        wait(f"{address}/healthz", server)
        rates = {}
        for name in names:
            start = time.perf_counter()
            for _ in range(SERVED):
                with urllib.request.urlopen(address + PAGES[name]) as response:  # noqa: S310 - own server
                    response.read()
            rates[name] = SERVED / (time.perf_counter() - start)
        return rates, max(peak(pid) for pid in [server.pid, *children(server.pid)])
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)


def wait(address: str, server: subprocess.Popen[bytes]) -> None:
    """Until the server answers; gives up when it has ended, or after a minute."""
    for _ in range(120):
        if server.poll() is not None:
            raise SystemExit("the server did not start")
        try:
            with urllib.request.urlopen(address):  # noqa: S310 - own server
                return
        except OSError:
            time.sleep(0.5)
    raise SystemExit("the server did not answer within a minute")


def children(pid: int) -> list[int]:
    """Processes that `pid` has started (Linux)."""
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(one) for one in listed]


def peak(pid: int) -> float:
    """Most memory the process has had resident, in MB (Linux)."""
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024 / 1e6


def apart(folder: Path, names: list[str], profiled: bool) -> list[Measured]:
    """`measure`, in a process of its own, because settings are read once."""
    command = [sys.executable, __file__, "--measure", str(folder), "--only", ",".join(names)]
    if profiled:
        return measure(folder, names, profiled)
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE)
    return [Measured(**row) for row in json.loads(done.stdout)]


def table(rows: list[Measured], rates: dict[str, float]) -> str:
    """The figures as a Markdown table."""
    lines = [
        "| page | SQL | KB | gzip KB | uncached ms | as measured | loop ms | changed ms "
        "| cached ms | conditional ms | requests/s |",
        "| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |",
    ]
    for row in rows:
        rate = f"{rates[row.name]:.0f}" if row.name in rates else ""
        lines.append(
            f"| {row.name} | {row.statements} | {row.bytes / 1000:.0f} | {row.packed / 1000:.0f} "
            f"| {row.uncached:.1f} | {row.median:.1f} | {row.loop:.2f} | {row.changed:.1f} "
            f"| {row.cached:.2f} | {row.conditional:.2f} | {rate} |"
        )
    return "\n".join(lines)


def main() -> None:
    """Read the arguments, prepare, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--folder", type=Path, help="where the records are kept")
    parser.add_argument("--only", default=",".join(PAGES), help="names of pages, with commas")
    parser.add_argument("--profile", action="store_true", help="print where the time goes")
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    names = given.only.split(",")
    if given.measure:
        rows = measure(given.measure, names, profiled=False)
        print(json.dumps([asdict(row) for row in rows]))
        return
    with tempfile.TemporaryDirectory() as throwaway:
        folder = given.folder or Path(throwaway)
        prepare(folder / "edition", EDITION)
        rows = apart(folder / "edition", names, given.profile)
        if given.profile:
            print(table(rows, {}))
            return
        rates, memory = serve(folder / "edition", names)
        print(table(rows, rates))
        print(f"\nMost memory of one process after serving them all: {memory:.0f} MB")
        lists = [name for name in LISTS if name in names]
        if not lists:
            return
        prepare(folder / "many", MANY)
        before = {row.name: row for row in rows}
        print(
            "\n| list | ms at 1,000 commitments | ms at 100,000 | ratio "
            "| changed: ms at 1,000 | ms at 100,000 | ratio |"
        )
        print("| --- | --: | --: | --: | --: | --: | --: |")
        for row in apart(folder / "many", lists, profiled=False):
            few = before[row.name]
            print(
                f"| {row.name} | {few.uncached:.1f} | {row.uncached:.1f} "
                f"| {row.uncached / few.uncached:.2f} | {few.changed:.1f} | {row.changed:.1f} "
                f"| {row.changed / few.changed:.2f} |"
            )


if __name__ == "__main__":
    main()
