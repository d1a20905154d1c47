"""Measures the production server: memory of all its processes, requests a second, slow clients.

    ./run python bench/serving.py DIR        # DIR holds a record, as ./run demo leaves it

Starts `amity serve` with two workers of four threads over the record in DIR, reads pages until
every worker has made them, and prints: resident memory of each process and, since they share
some, what all hold together (proportional set size, Linux; of it what no file stands behind, which
other programs of this computer do not change); cached pages a second for eight
connections at once; how long a probe of /healthz waits while 200 connections send a byte of their
head now and then, and while 200 send nothing.
"""

import argparse
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
READERS, SECONDS = 8, 10
SLOW, PROBES = 200, 10
PATIENCE = 30


@contextmanager
def served(folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """The server's first process and its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environ = {name: value for name, value in os.environ.items() if not name.startswith("AMITY_")}
    environ |= {
        "DJANGO_SETTINGS_MODULE": "amity.settings.production",
        "AMITY_DATA_DIR": str(folder.resolve()),
        "AMITY_BASE_URL": f"http://127.0.0.1:{port}",
        "AMITY_SECRET_KEY": "a measurement signs nothing and keeps no secret",
    }
    command = [sys.executable, "-m", "amity", "serve", "--port", str(port)]
    process = subprocess.Popen(
        [*command, "--workers", "2", "--threads", "4"],
        env=environ,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
    )
    try:
        for _ in range(PATIENCE * 10):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5).close()
                break
            except OSError:
                time.sleep(0.1)
        yield process, port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def processes(first: int) -> list[int]:
    """The server's processes."""
    children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
    return [first, *(int(child) for child in children)]


def memory(process: int) -> tuple[float, float, float]:
    """Memory of a process in MB: resident, proportional, and proportional without files."""
    found = {}
    for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()[1:]:
        name, value, *_ = line.split()
        found[name] = int(value) / 1024
    return found["Rss:"], found["Pss:"], found["Pss_Anon:"]


def read_all(port: int, paths: list[str]) -> None:
    """Read each page often enough for every worker to have made it, on connections of their own."""
    for path in paths * 12:
        urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=PATIENCE).read()


def requests_a_second(port: int, path: str) -> float:
    """Answers a second to `READERS` connections that ask again as soon as they are answered."""
    until = time.monotonic() + SECONDS
    counts = []

    def read() -> None:
        connection, count = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE), 0
        while time.monotonic() < until:
            connection.request("GET", path)
            connection.getresponse().read()
            count += 1
        counts.append(count)

    readers = [threading.Thread(target=read) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    return sum(counts) / SECONDS


def probe(port: int, begin: bytes, drop: bytes) -> tuple[int, float]:
    """Probes answered of `PROBES` within `PATIENCE` seconds, and the longest wait."""
    slow = [socket.create_connection(("127.0.0.1", port)) for _ in range(SLOW)]
    for connection in slow:
        connection.sendall(begin)
    answered, longest = 0, 0.0
    for _ in range(PROBES):
        for connection in slow:
            connection.sendall(drop)
        began = time.monotonic()
        try:
            address = f"http://127.0.0.1:{port}/healthz"
            urllib.request.urlopen(address, timeout=PATIENCE).close()
            answered += 1
        except OSError:
            longest = float(PATIENCE)
            break
        longest = max(longest, time.monotonic() - began)
    for connection in slow:
        connection.close()
    return answered, longest


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--page", default="/vi/gatherings/vr-forum-1/programme/")
    folder, page = (given := parser.parse_args()).folder, given.page
    with served(folder) as (process, port):
        for when in ("at the start", "after reading"):
            if when == "after reading":
                read_all(
                    port, ["/vi/", "/en/commitments/", "/ru/network/", "/fr/gatherings/", page]
                )
            found = [memory(one) for one in processes(process.pid)]
            resident, together, own = zip(*found, strict=True)
            print(f"{when}: resident", *(f"{size:.0f}" for size in resident), "MB;", end=" ")
            print(f"together {sum(together):.0f} MB, {sum(own):.0f} without files")
        print(f"{page}: {requests_a_second(port, page):.0f} requests/s, {READERS} connections")
        for name, begin, drop in (
            ("drip their head", b"GET / HTTP/1.1\r\nX: ", b"x"),
            ("say nothing", b"", b""),
        ):
            answered, longest = probe(port, begin, drop)
            print(f"{SLOW} that {name}: {answered} of {PROBES} probes, longest {longest:.3f} s")


if __name__ == "__main__":
    main()
