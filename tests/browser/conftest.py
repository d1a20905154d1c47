"""A real browser, and the demonstration record served to it as to any reader.

`served` is the address of the real server with both demonstration dossiers, started once in each
process that runs browser tests; `browser` is Debian's Chromium. A module here says `pytestmark =
pytest.mark.browser`, so that it may reach this computer.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError

import pytest
from django.conf import settings
from playwright.sync_api import Browser, sync_playwright

from tests.rooms import ROOT

PATIENCE = 120
"""Seconds that the demonstration may take to load and listen."""

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the Chromium to use: AMITY_CHROMIUM, or the first on the path."""
    found = settings.CHROMIUM or next(filter(None, map(shutil.which, PROGRAMS)), None)
    if found is None:
        pytest.fail("no Chromium: apt-get install chromium, or set AMITY_CHROMIUM to its path")
    return str(found)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One Chromium for all tests; each test opens its own context."""
    # Playwright's loop stands in this thread without running: Django's warning is of no use, and
    # the test database is still to be taken down when all is over.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    sandbox = [] if os.getuid() else ["--no-sandbox"]
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=[*ARGUMENTS, *sandbox])
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the demonstration, served by the program's own command; nobody writes in it."""
    yield from demonstration(tmp_path_factory.mktemp("demonstration"))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a demonstration of its own, in which the tests of a module write."""
    yield from demonstration(tmp_path_factory.mktemp("written"), "localhost")


def demonstration(folder: Path, host: str = "127.0.0.1", **more: str) -> Iterator[str]:
    """Serve the demonstration out of a folder, and yield its address. `more`: further settings.

    Passkeys ask for a `host` with a name.
    """
    shutil.copytree(_loaded(folder.parent), folder, dirs_exist_ok=True)
    port = _free_port()
    address = f"http://{host}:{port}"
    environ = environment(folder) | {"AMITY_BASE_URL": address} | more
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "amity", "demo", "--port", str(port)],
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        try:
            if not _ready(address, server):
                pytest.fail(f"the demonstration does not start:\n{(folder / 'log').read_text()}")
            yield address
            if server.poll() is not None:
                told = (folder / "log").read_text()
                pytest.fail(f"the demonstration ended ({server.returncode}):\n{told}")
        finally:
            server.terminate()
            server.wait(timeout=40)


def _loaded(base: Path) -> Path:
    """A folder beside the others in which the demonstration stands: one load serves them all."""
    folder = base / "loaded"
    if not folder.exists():
        call = "import django; django.setup(); from amity.site.serving import demonstration as it; "
        subprocess.run(
            [sys.executable, "-c", f"{call} it.prepare(print)"],
            env=environment(folder) | {"DJANGO_SETTINGS_MODULE": "amity.settings.demo"},
            check=True,
            stdin=subprocess.DEVNULL,
        )
    return folder


def environment(folder: Path) -> dict[str, str]:
    """What a command finds that works on the data in a folder, and nothing of ours besides."""
    clean = {name: value for name, value in os.environ.items() if not _is_ours(name)}
    return clean | {"AMITY_DATA_DIR": str(folder), "PYTHONPATH": str(ROOT)}


def _is_ours(name: str) -> bool:
    return name.startswith("AMITY_") or name in ("DJANGO_SETTINGS_MODULE", "DATABASE_URL")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _ready(address: str, server: subprocess.Popen[bytes]) -> bool:
    until = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=5):
                return True
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    return False
