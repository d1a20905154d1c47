"""Between the server and Django: a request takes a thread when all of it is there, and not before.

The server (granian) reads heads within its own limits and speaks ASGI; Django answers by WSGI in
one of a few threads. In between, the body is waited for by the event loop within `Limits`, and an
answer is collected before it is sent: neither a reader who sends slowly nor one who reads slowly
holds a thread, a database cursor or a transaction.
"""

import asyncio
import re
import sys
from collections.abc import Awaitable, Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http import HTTPStatus
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from urllib.parse import unquote_to_bytes
from wsgiref.types import WSGIApplication, WSGIEnvironment

from amity.foundation.pages.headers import HEADERS

IN_MEMORY = 1_000_000
"""Bytes of one body or answer that are kept in memory; more waits in a temporary file."""

PIECE = 65_536
BETWEEN = {"HTTP_COOKIE": "; "}
"""What joins the values of a header that came twice, where it is not a comma (RFC 9113, 8.2.3)."""

Scope = dict[str, Any]
Message = Scope
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


TAKES_FILES = re.compile(
    r"/[\w-]+/(desk/records/[\w-]+/[\w-]+/files|gatherings/[\w-]+/propose|propose/[\w-]+)/\Z"
)
"""Addresses to which files are sent."""


@dataclass(frozen=True)
class Limits:
    """How much of a body is taken, in bytes, and how long it is waited for, in seconds."""

    body: int
    seconds: float


@dataclass(frozen=True)
class Answer:
    """A whole answer: headers in the form of ASGI, and its body in one or more pieces."""

    status: int
    headers: list[tuple[bytes, bytes]]
    pieces: Iterator[bytes]


class Refused(Exception):
    """The request gets no further than here; the status says why."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status.phrase)
        self.status = status


class Disconnected(Exception):
    """The reader went away before the request was complete."""


class Gateway:
    """An ASGI application that has a WSGI application answer in at most `threads` threads."""

    def __init__(
        self,
        application: WSGIApplication,
        threads: int,
        limits: Limits,
        uploads: Limits | None = None,
    ) -> None:
        self.application = application
        self.limits, self.uploads = limits, uploads or limits
        self.threads = ThreadPoolExecutor(threads, thread_name_prefix="answering")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        try:
            environ = environment(scope)
            with SpooledTemporaryFile(max_size=IN_MEMORY) as body:
                await self._take(environ, receive, body)
                body.seek(0)
                environ["wsgi.input"] = body
                loop = asyncio.get_running_loop()
                answer = await loop.run_in_executor(self.threads, self._answer, environ)
        except Refused as refused:
            answer = refusal(refused.status)
        except Disconnected:
            return
        await _send(answer, send)

    async def _take(self, environ: WSGIEnvironment, receive: Receive, body: IO[bytes]) -> None:
        """Write the request's body to `body`. Raises Refused when it is too long or too slow."""
        said = environ.get("CONTENT_LENGTH", "")
        if not said and "HTTP_TRANSFER_ENCODING" not in environ:
            return
        if said and not (said.isascii() and said.isdigit()):
            raise Refused(HTTPStatus.BAD_REQUEST)
        limits = self.uploads if TAKES_FILES.match(environ["PATH_INFO"]) else self.limits
        if said and int(said) > limits.body:
            raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        try:
            async with asyncio.timeout(limits.seconds):
                await _read(receive, body, limits.body)
        except TimeoutError as error:
            raise Refused(HTTPStatus.REQUEST_TIMEOUT) from error
        environ["CONTENT_LENGTH"] = str(body.tell())

    def _answer(self, environ: WSGIEnvironment) -> Answer:
        """What the application answers, collected whole; runs in a thread."""
        started: list[tuple[str, list[tuple[str, str]]]] = []

        def start_response(
            status: str, headers: list[tuple[str, str]], exc_info: object = None
        ) -> Callable[[bytes], object]:
            started[:] = [(status, headers)]
            return _no_writing

        result = self.application(environ, start_response)
        try:
            pieces = _collect(result)
        finally:
            if close := getattr(result, "close", None):
                close()
        status, headers = started[0]
        return Answer(
            int(status.split(" ", 1)[0]),
            [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers],
            pieces,
        )


def environment(scope: Scope) -> WSGIEnvironment:
    """The WSGI environment of an ASGI `scope`, without its body.

    A header whose name has an underscore is left out: in this environment it could not be told
    from the one with a hyphen, which a proxy may have set. Raises Refused where a request of
    HTTP/1.1 does not name one host (RFC 9112, 3.2).
    """
    server, client = scope.get("server") or ("", 0), scope.get("client") or ("", 0)
    path = scope.get("raw_path") or scope["path"].encode()
    environ: WSGIEnvironment = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": _unquoted(path),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": str(server[0]),
        "SERVER_PORT": str(server[1]),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": str(client[0]),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    hosts = 0
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1").upper(), raw_value.decode("latin-1")
        hosts += name == "HOST"
        if "_" in name:
            continue
        key = name.replace("-", "_")
        if key not in ("CONTENT_LENGTH", "CONTENT_TYPE"):
            key = f"HTTP_{key}"
        known = environ.get(key)
        environ[key] = value if known is None else known + BETWEEN.get(key, ",") + value
    if hosts > 1 or (hosts == 0 and scope["http_version"] == "1.1"):
        raise Refused(HTTPStatus.BAD_REQUEST)
    return environ


def refusal(status: HTTPStatus) -> Answer:
    """The answer to a request that Django never saw: a few words, and no more connection."""
    words = f"{status.value} {status.phrase}\n".encode()
    headers = HEADERS | {
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Length": str(len(words)),
        "Cache-Control": "no-store",
        "Connection": "close",
    }
    return Answer(
        status.value,
        [(name.lower().encode(), value.encode()) for name, value in headers.items()],
        iter([words]),
    )


def _unquoted(path: bytes) -> str:
    """A path as WSGI has it: percent signs resolved, each byte a character (PEP 3333)."""
    return unquote_to_bytes(path.split(b"?", 1)[0]).decode("latin-1")


async def _read(receive: Receive, body: IO[bytes], limit: int) -> None:
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Disconnected
        body.write(message.get("body", b""))
        if body.tell() > limit:
            raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        more = message.get("more_body", False)


def _collect(result: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces of `result`, all of them made; a page is one, a long table waits in a file."""
    pieces = iter(result)
    first, second = next(pieces, b""), next(pieces, None)
    if second is None:
        return iter([first])
    kept = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed when it is sent
    for piece in (first, second, *pieces):
        kept.write(piece)
    kept.seek(0)
    return _pieces(kept)


def _pieces(kept: IO[bytes]) -> Iterator[bytes]:
    with kept:
        while piece := kept.read(PIECE):
            yield piece


def _no_writing(data: bytes) -> object:
    raise NotImplementedError("Django returns what it answers")


async def _send(answer: Answer, send: Send) -> None:
    await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
    piece = next(answer.pieces, b"")
    while (following := next(answer.pieces, None)) is not None:
        await send({"type": "http.response.body", "body": piece, "more_body": True})
        piece = following
    await send({"type": "http.response.body", "body": piece, "more_body": False})
