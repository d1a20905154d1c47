"""A mail server that takes every letter and remembers it (SMTP as RFC 5321 has it, no more)."""

import random
import re
import socketserver
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.policy import default
from typing import NamedTuple

SLOWEST = 0.03
"""Seconds until a letter is taken, at most: so long it is under way."""


class Sort(NamedTuple):
    """For whom a letter is, and what it says."""

    recipient: str
    subject: str
    text: str


class Mailbox:
    """The letters that came: for each that says the same to the same address the Message-IDs, one
    for each time."""

    def __init__(self) -> None:
        self.port = 0
        self._letters: dict[Sort, list[str]] = defaultdict(list)
        self._lock = threading.Lock()

    def take(self, recipient: str, content: bytes) -> None:
        """Remember a letter."""
        letter = message_from_bytes(content, policy=default)
        body = letter.get_body(("plain",))
        text = str(body.get_content()) if body is not None else ""
        with self._lock:
            sort = Sort(recipient, str(letter["Subject"]), text)
            self._letters[sort].append(str(letter["Message-ID"]))

    @property
    def count(self) -> int:
        """How many letters came."""
        with self._lock:
            return sum(map(len, self._letters.values()))

    @property
    def letters(self) -> dict[Sort, list[str]]:
        """What came until now, by whom it is for and what it says."""
        with self._lock:
            return {sort: list(came) for sort, came in self._letters.items()}


@contextmanager
def mailbox() -> Iterator[Mailbox]:
    """A mailbox that takes letters at its `port` of this computer."""
    box = Mailbox()

    class Session(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            _take(self, box)

    class Listening(socketserver.ThreadingTCPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """Whoever sent was killed."""

    with Listening(("127.0.0.1", 0), Session) as server:
        box.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield box
        finally:
            server.shutdown()


def _take(session: socketserver.StreamRequestHandler, box: Mailbox) -> None:
    def say(words: str) -> None:
        session.wfile.write(f"{words}\r\n".encode())

    recipients: list[str] = []
    say("220 mailbox")
    while line := session.rfile.readline():
        verb = line[:4].upper()
        if verb == b"QUIT":
            say("221 bye")
            return
        if verb == b"RCPT":
            recipients += re.findall(r"<([^>]*)>", line.decode())
            say("250 ok")
        elif verb == b"DATA":
            say("354 go on")
            content = b"".join(iter(session.rfile.readline, b".\r\n"))
            time.sleep(random.uniform(0, SLOWEST))  # no secret
            for recipient in recipients:
                box.take(recipient, content)
            recipients = []
            say("250 taken")
        else:
            say("250 ok")
