"""Serve the addresses of this folder: `python -m tests.serving PORT THREADS [impatient] [pair]`."""

import sys
from dataclasses import replace

import django

from amity.site.serving import server

IMPATIENT = 1
"""Seconds for head and body, to see in a test what happens after them."""


def main(port: str, threads: str, *how: str) -> None:
    """Serve with one worker, or a pair of them, until told to stop."""
    django.setup()
    if "impatient" in how:
        server.HEAD = replace(server.HEAD, header_read_timeout=IMPATIENT * 1000)
        server.BODY = replace(server.BODY, seconds=IMPATIENT)
    server.run(
        server.Listening("127.0.0.1", int(port), 2 if "pair" in how else 1, int(threads)),
        _say,
    )


def _say() -> None:
    sys.stdout.write("listening\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
