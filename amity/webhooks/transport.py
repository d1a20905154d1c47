"""One request to a webhook: to an address that was looked at, and no further than its status.

No more of the answer is read than its first line, no redirect is followed, no cookie kept, and the
whole takes a set time at most. The connection goes to the very number that was looked at, so that
a name which leads elsewhere a moment later changes nothing.
"""

import re
import socket
import ssl
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from http import HTTPStatus
from threading import Thread
from time import monotonic

from django.core.exceptions import ValidationError

import amity
from amity.webhooks.addresses import Target, may_reach, target_of
from amity.webhooks.choices import Trouble

SECONDS = 10.0
"""How long one request takes at most, from the look at its name to the status."""
LONGEST_HEAD = 16_384
"""So many bytes of what comes before the status are read at most."""
CHUNK = 65_536
STATUS = re.compile(rb"HTTP/1\.[01] ([1-5]\d\d)(?: [^\r\n]*)?\r?\n")
END_OF_HEAD = re.compile(rb"\r?\n\r?\n")

Connect = Callable[[str, int, float], socket.socket]
"""Connects to a port of an IP address within so many seconds."""
Lookup = Callable[[str, int], list[str]]
"""The IP addresses that a host has; raises OSError where it has none."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a request: the `status` where there was one, and the `trouble` if any."""

    status: int | None = None
    trouble: Trouble | None = None


class _Failed(Exception):
    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble)
        self.trouble = trouble


def look_up(host: str, port: int) -> list[str]:
    """The IP addresses of a host, as this computer knows them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def connect_to(number: str, port: int, seconds: float) -> socket.socket:
    """A connection to an IP address."""
    return socket.create_connection((number, port), timeout=seconds)


def post(
    address: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    loopback: bool = False,
    seconds: float = SECONDS,
    lookup: Lookup = look_up,
    connect: Connect = connect_to,
) -> Answer:
    """Send one request, and say what came of it; raises nothing that a receiver can cause."""
    until = monotonic() + seconds
    try:
        target = target_of(address, loopback=loopback)
        numbers = _numbers(target, lookup, until, loopback=loopback)
        with _connection(target, numbers, until, connect) as stream:
            _send(stream, _request(target, body, headers), until)
            status = _status(stream, until)
    except ValidationError:
        return Answer(trouble=Trouble.ADDRESS)
    except _Failed as failed:
        return Answer(trouble=failed.trouble)
    except TimeoutError:
        return Answer(trouble=Trouble.LATE)
    except ssl.SSLCertVerificationError:
        return Answer(trouble=Trouble.CERTIFICATE)
    except OSError:
        return Answer(trouble=Trouble.CONNECTION)
    return Answer(status, _trouble_of(status))


def _trouble_of(status: int) -> Trouble | None:
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return None
    return Trouble.REDIRECT if status < HTTPStatus.BAD_REQUEST else Trouble.STATUS


def _numbers(target: Target, lookup: Lookup, until: float, *, loopback: bool) -> list[str]:
    """The IP addresses of the target. One that may not be reached is enough to refuse all.

    The system sets no time to its look, and a name server of the receiver's may never answer: it is
    left to a thread that ends when the system gives up.
    """
    looking: Future[list[str]] = Future()
    Thread(target=_look, args=(lookup, target, looking), daemon=True).start()
    try:
        found = looking.result(_left(until))
    except TimeoutError:
        raise
    except (OSError, UnicodeError):
        raise _Failed(Trouble.NAME) from None
    if not found:
        raise _Failed(Trouble.NAME)
    if not all(may_reach(one, loopback=loopback) for one in found):
        raise _Failed(Trouble.ADDRESS)
    return found


def _look(lookup: Lookup, target: Target, looking: Future[list[str]]) -> None:
    try:
        looking.set_result(lookup(target.host, target.port))
    except Exception as error:  # raised anew where it is waited for
        looking.set_exception(error)


def _connection(
    target: Target, numbers: list[str], until: float, connect: Connect
) -> socket.socket:
    """A connection to the first of the numbers that answers, by TLS where the scheme says so."""
    last: OSError = ConnectionError()
    for number in numbers:
        try:
            plain = connect(number, target.port, _left(until))
        except OSError as error:
            last = error
            continue
        if target.scheme == "http":
            return plain
        plain.settimeout(_left(until))
        try:
            return ssl.create_default_context().wrap_socket(plain, server_hostname=target.host)
        except BaseException:
            plain.close()
            raise
    raise last


def _request(target: Target, body: bytes, headers: Mapping[str, str]) -> bytes:
    lines = {
        "Host": target.authority,
        "User-Agent": f"Amity/{amity.__version__}",
        "Accept": "*/*",
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
        "Connection": "close",
        **headers,
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"POST {target.path} HTTP/1.1\r\n{head}\r\n".encode("ascii") + body


def _send(stream: socket.socket, words: bytes, until: float) -> None:
    for start in range(0, len(words), CHUNK):
        stream.settimeout(_left(until))
        stream.sendall(words[start : start + CHUNK])


def _status(stream: socket.socket, until: float) -> int:
    """The status of the answer; what only says that one is under way (1xx) is passed over."""
    read = b""
    while len(read) < LONGEST_HEAD:
        found = STATUS.match(read)
        if found and found[1][:1] != b"1":
            return int(found[1])
        if found and (end := END_OF_HEAD.search(read)):
            read = read[end.end() :]
            continue
        stream.settimeout(_left(until))
        more = stream.recv(4096)
        if not more:
            break
        read += more
    raise _Failed(Trouble.GARBLED)


def _left(until: float) -> float:
    left = until - monotonic()
    if left <= 0:
        raise TimeoutError
    return left
