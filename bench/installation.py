"""Installations for measurements: how they begin, their servers, and who signs in at them."""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

from bench.databases import database, free_port

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60
"""Seconds that a server has to begin, and a page to come."""


def environment(folder: Path, url: str, mail: str = "") -> dict[str, str]:
    """The variables of an installation over the database at `url`, with its files in `folder`."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("AMITY_")}
    own |= {
        "DATABASE_URL": url,
        "AMITY_DATA_DIR": str(folder.resolve()),
        "AMITY_BASE_URL": "http://127.0.0.1",
        "AMITY_SECRET_KEY": "a measurement signs nothing and keeps no secret",
        "AMITY_LOG_LEVEL": "error",
        "DJANGO_SETTINGS_MODULE": "amity.settings.production",
        "PYTHONPATH": str(ROOT),
    }
    if mail:
        own |= {"AMITY_MAIL_URL": mail, "AMITY_MAIL_FROM": "Amity <amity@example.org>"}
    return own


def apart(script: str, name: str, kind: str) -> int:
    """Run a script again over an empty database of `kind`, in a process of its own, for its
    settings name the database: with the same arguments and `--inside` its folder.

    Gives its exit code.
    """
    with (
        tempfile.TemporaryDirectory(prefix=f"amity-{name}-") as folder,
        database(kind, Path(folder)) as url,
    ):
        command = [sys.executable, script, *sys.argv[1:], "--inside", folder]
        surroundings = environment(Path(folder), url)
        return subprocess.run(command, env=surroundings, check=False).returncode


@contextmanager
def demonstration(name: str, kind: str) -> Iterator[None]:
    """Let this process be a demonstration over an empty database of `kind`."""
    with (
        tempfile.TemporaryDirectory(prefix=f"amity-{name}-") as folder,
        database(kind, Path(folder)) as url,
    ):
        os.environ |= {
            "DATABASE_URL": url,
            "AMITY_DATA_DIR": folder,
            "AMITY_LOG_LEVEL": "error",
            "DJANGO_SETTINGS_MODULE": "amity.settings.demo",
        }
        set_up()
        yield


def set_up() -> None:
    """Set Django up in this process, by its environment, and make tables and static files."""
    import django

    import amity  # noqa: F401 - first, for it makes sure of a safe SQLite library

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


@dataclass
class Server:
    """`amity serve` with its workers and its loop process, in a group of processes of its own.

    What it says goes to `log`.
    """

    surroundings: Mapping[str, str]
    log: Path
    workers: int = 2
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers. Raises RuntimeError where it does not."""
        command = [sys.executable, "-m", "amity", "serve", "--port", str(self.port)]
        command += ["--workers", str(self.workers), "--threads", "4"]
        self.process = subprocess.Popen(
            command,
            env=dict(self.surroundings),
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=self.log.open("ab"),
            start_new_session=True,
        )
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self.process.poll() is None:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=5).close()
                return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError("the server does not answer")

    def cpu(self) -> float:
        """Seconds of CPU that its processes have had; 0 for one that was killed (Linux)."""
        if self.process is None:
            return 0.0
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        ticks = 0
        for one in [str(self.process.pid), *children.split()]:
            numbers = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
            ticks += int(numbers[11]) + int(numbers[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def kill(self) -> None:
        """Kill all its processes at once, as a power cut would."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def stop(self) -> None:
        """Tell it to stop, and wait."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(PATIENCE)
            self.process = None


class Cut(Exception):
    """A connection ended before the answer was there."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered, and how many seconds it took."""

    status: int
    place: str
    text: str
    seconds: float


class Browser:
    """Somebody's browser: cookies, and one open connection to each server."""

    def __init__(self, cookies: Mapping[str, str]) -> None:
        self.cookies = dict(cookies)
        self._connections: dict[int, HTTPConnection] = {}

    def get(self, port: int, address: str) -> Answer:
        """Open a page. Raises Cut."""
        return self._ask(port, "GET", address, b"")

    def post(self, port: int, address: str, fields: Mapping[str, object]) -> Answer:
        """Send a form, with what it needs against forgery. Raises Cut."""
        sent = {**fields, "csrfmiddlewaretoken": self.cookies.get("amity-form", "")}
        return self._ask(port, "POST", address, urlencode(sent, doseq=True).encode())

    def _ask(self, port: int, method: str, address: str, body: bytes) -> Answer:
        began = time.perf_counter()
        kept = self._connections.pop(port, None)
        for connection in [one for one in (kept,) if one is not None] + [self._new(port)]:
            try:
                connection.request(method, address, body, self._headers(body))
                answer = connection.getresponse()
                text = answer.read().decode()
            except (OSError, HTTPException) as error:
                connection.close()
                if connection is kept:
                    continue  # it was closed while it lay idle; browsers ask again too
                raise Cut(str(error)) from error
            self._connections[port] = connection
            for line in answer.headers.get_all("Set-Cookie") or ():
                for name, morsel in SimpleCookie(line).items():
                    self.cookies[name] = morsel.value
            took = time.perf_counter() - began
            return Answer(answer.status, answer.headers.get("Location", ""), text, took)
        raise Cut("no connection")

    @staticmethod
    def _new(port: int) -> HTTPConnection:
        return HTTPConnection("127.0.0.1", port, timeout=PATIENCE)

    def _headers(self, body: bytes) -> dict[str, str]:
        said = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body:
            said["Content-Type"] = "application/x-www-form-urlencoded"
        return said


NAME, VALUE = re.compile(r'\bname="([^"]*)"'), re.compile(r'\bvalue="([^"]*)"')


def fields_of(page: str) -> dict[str, list[str]]:
    """What a browser would send of the form of a record on a page."""
    form = page.partition('class="record-form"')[2].partition("</form>")[0]
    form = re.sub(r"<template>.*?</template>", "", form, flags=re.S)
    found: dict[str, list[str]] = {}
    for kind, attributes, inner in _tags(form):
        name, value = NAME.search(attributes), VALUE.search(attributes)
        if name is None or ('type="checkbox"' in attributes and "checked" not in attributes):
            continue
        said = value[1] if value else ""
        if kind == "textarea":
            said = inner
        elif kind == "select":
            chosen = re.search(r'value="([^"]*)" selected', inner)
            said = chosen[1] if chosen else ""
        found.setdefault(name[1], []).append(unescape(said))
    return found


def _tags(form: str) -> list[tuple[str, str, str]]:
    found = []
    for kind in ("input", "textarea", "select"):
        ending = "" if kind == "input" else rf"(.*?)</{kind}>"
        for match in re.finditer(rf"<{kind}\b([^>]*)>{ending}", form, re.S):
            found.append((kind, match[1], match[2] if kind != "input" else ""))
    return found
