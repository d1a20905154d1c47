"""Requests to receivers that lie: where a request may go, and how little of an answer is read."""

import datetime
import socket
import ssl
import threading
from collections.abc import Callable
from time import sleep

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.core.exceptions import ValidationError

from amity.webhooks.addresses import may_reach, target_of
from amity.webhooks.choices import Trouble
from amity.webhooks.transport import Answer, post

PUBLIC = "93.184.215.14"
INSIDE = [
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",  # noqa: S104 - no listener: an address that is refused
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.2.1",
    "224.0.0.1",
    "255.255.255.255",
    "240.0.0.1",
    "::1",
    "::",
    "::7f00:1",
    "::ffff:127.0.0.1",
    "::ffff:93.184.215.14",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd00:ec2::254",
    "fec0::1",
    "ff02::1",
    "2001:db8::1",
]


@pytest.mark.parametrize("number", INSIDE)
def test_no_request_goes_to_an_address_inside(number: str):
    assert not may_reach(number, loopback=False)
    reached: list[str] = []
    answer = post(
        "https://hooks.example.org/",
        b"{}",
        {},
        lookup=lambda _host, _port: [number],
        connect=lambda where, _port, _seconds: reached.append(where),  # type: ignore[arg-type,return-value]
    )
    assert answer == Answer(trouble=Trouble.ADDRESS)
    assert reached == []


@pytest.mark.parametrize("number", [PUBLIC, "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_a_public_address_is_reached(number: str):
    assert may_reach(number, loopback=False)


@pytest.mark.parametrize("found", [[PUBLIC, "127.0.0.1"], ["169.254.169.254", PUBLIC]])
def test_a_name_that_leads_to_both_is_refused(found: list[str]):
    answer = post("https://both.example.org/", b"{}", {}, lookup=lambda _host, _port: found)
    assert answer == Answer(trouble=Trouble.ADDRESS)


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/",
        "ftp://example.org/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0x7f.1/",
        "https://0177.0.0.1/",
        "https://127.1/",
        "https://10.0.0.1/",
        "https://localhost/",
        "https://intranet/",
        "https://name:word@example.org/",
        "https://example.org@127.0.0.1/",
        "https://example.org/#part",
        "https://example.org:22/",
        "https://example.org:99999/",
        "https://exam ple.org/",
        "https://example.org/\r\nX: y",
        "https://example.org\\@127.0.0.1/",
        "https:///path",
        "https://-.org/",
        "javascript:alert(1)",
        "",
    ],
)
def test_no_such_address_is_registered(address: str):
    with pytest.raises(ValidationError):
        target_of(address, loopback=False)


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "0177.0.0.1", "127.1", "[::1]"])
def test_numbers_in_any_notation_are_what_they_are_when_something_is_sent(host: str):
    assert post(f"https://{host}/", b"{}", {}) == Answer(None, Trouble.ADDRESS)


def test_in_a_demonstration_this_computer_is_told_and_nothing_else_inside():
    target = target_of("http://127.0.0.1:9000/in?x=1", loopback=True)
    assert (target.host, target.port, target.path) == ("127.0.0.1", 9000, "/in?x=1")
    assert target.authority == "127.0.0.1:9000"
    with pytest.raises(ValidationError):
        target_of("http://10.0.0.1/", loopback=True)


def receiver(answer: Callable[[socket.socket], None]):
    """A way to connect that leads to `answer`, whatever number is asked for; and the numbers."""
    asked: list[str] = []

    def connect(number: str, _port: int, seconds: float) -> socket.socket:
        asked.append(number)
        ours, theirs = socket.socketpair()
        ours.settimeout(seconds)
        threading.Thread(target=_quietly, args=(answer, theirs), daemon=True).start()
        return ours

    return connect, asked


def _quietly(answer: Callable[[socket.socket], None], theirs: socket.socket) -> None:
    with theirs:
        try:
            answer(theirs)
        except OSError:
            return  # the other end has gone, as it should


def send(answer: Callable[[socket.socket], None], seconds: float = 10.0) -> Answer:
    """What comes of a request to a receiver on this computer, in plain text."""
    connect, asked = receiver(answer)
    came = post(
        "http://127.0.0.1:9000/in",
        b'{"type":"test"}',
        {"webhook-id": "msg_1"},
        loopback=True,
        seconds=seconds,
        lookup=lambda host, _port: [host],
        connect=connect,
    )
    assert asked == ["127.0.0.1"]
    return came


def read(stream: socket.socket) -> bytes:
    """A whole request."""
    found = b""
    while not found.endswith(b'{"type":"test"}'):
        found += stream.recv(4096)
    return found


def says(words: bytes) -> Callable[[socket.socket], None]:
    def answer(stream: socket.socket) -> None:
        read(stream)
        stream.sendall(words)

    return answer


def test_a_request_is_whole():
    seen: list[bytes] = []

    def answer(stream: socket.socket) -> None:
        seen.append(read(stream))
        stream.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")

    assert send(answer) == Answer(204)
    head, body = seen[0].split(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    assert lines[0] == b"POST /in HTTP/1.1"
    assert b"Host: 127.0.0.1:9000" in lines
    assert b"webhook-id: msg_1" in lines
    assert b"Content-Length: 15" in lines
    assert b"Connection: close" in lines
    assert body == b'{"type":"test"}'
    assert b"cookie" not in head.lower()


@pytest.mark.parametrize(
    ("said", "came"),
    [
        (b"HTTP/1.1 200 OK\r\n\r\n", Answer(200)),
        (b"HTTP/1.0 200\r\n\r\n", Answer(200)),
        (b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 202 Accepted\r\n", Answer(202)),
        (
            b"HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\n\r\n",
            Answer(302, Trouble.REDIRECT),
        ),
        (b"HTTP/1.1 307 There\r\nLocation: https://b/\r\n\r\n", Answer(307, Trouble.REDIRECT)),
        (b"HTTP/1.1 410 Gone\r\n\r\n", Answer(410, Trouble.STATUS)),
        (b"HTTP/1.1 500 Oh\r\n\r\n", Answer(500, Trouble.STATUS)),
        (b"SSH-2.0-OpenSSH_9.6\r\n", Answer(None, Trouble.GARBLED)),
        (b"HTTP/1.1 999 What\r\n\r\n", Answer(None, Trouble.GARBLED)),
        (b"", Answer(None, Trouble.GARBLED)),
    ],
)
def test_the_status_is_all_that_counts(said: bytes, came: Answer):
    assert send(says(said)) == came


def test_of_a_huge_answer_no_more_is_read_than_its_beginning():
    sent: list[int] = []

    def answer(stream: socket.socket) -> None:
        read(stream)
        for _piece in range(10_000):
            stream.sendall(b"x" * 4096)
            sent.append(4096)

    assert send(answer) == Answer(None, Trouble.GARBLED)
    sleep(0.05)
    assert sum(sent) < 4_000_000


class Slow:
    """Somebody who would take a minute: `still` says that nobody has waited for the end of it."""

    def __init__(self) -> None:
        self.over, self.ended = threading.Event(), False

    def waits(self) -> None:
        self.ended = not self.over.wait(60)

    def still(self) -> bool:
        self.over.set()
        return not self.ended


def test_a_receiver_that_drips_takes_no_longer_than_it_may():
    slow = Slow()

    def answer(stream: socket.socket) -> None:
        read(stream)
        while not slow.over.wait(0.02):
            stream.sendall(b"x")

    assert send(answer, seconds=0.3) == Answer(None, Trouble.LATE)
    assert slow.still()


def test_a_receiver_that_is_silent_takes_no_longer_than_it_may():
    slow = Slow()
    assert send(lambda _stream: slow.waits(), seconds=0.2) == Answer(None, Trouble.LATE)
    assert slow.still()


def test_a_name_server_that_is_silent_takes_no_longer_than_it_may():
    slow = Slow()

    def silent(_host: str, _port: int) -> list[str]:
        slow.waits()
        return [PUBLIC]

    answer = post("https://hooks.example.org/", b"{}", {}, seconds=0.2, lookup=silent)
    assert answer == Answer(None, Trouble.LATE)
    assert slow.still()


def test_nobody_there_and_no_such_name():
    def refuses(_number: str, _port: int, _seconds: float) -> socket.socket:
        raise ConnectionRefusedError

    def knows_none(_host: str, _port: int) -> list[str]:
        raise socket.gaierror

    where = "https://hooks.example.org/"
    answer = post(where, b"{}", {}, lookup=lambda _host, _port: [PUBLIC], connect=refuses)
    assert answer == Answer(None, Trouble.CONNECTION)
    assert post(where, b"{}", {}, lookup=knows_none) == Answer(None, Trouble.NAME)


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "hooks.example.org")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    encoding = serialization.Encoding.PEM
    file = tmp_path / "receiver.pem"
    file.write_bytes(
        key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + made.public_bytes(encoding)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    heard: list[bytes] = []

    def answer(stream: socket.socket) -> None:
        with context.wrap_socket(stream, server_side=True) as secured:
            heard.append(secured.recv(10))

    connect, asked = receiver(answer)
    came = post(
        "https://hooks.example.org/",
        b"{}",
        {},
        lookup=lambda _host, _port: [PUBLIC],
        connect=connect,
    )
    assert came == Answer(None, Trouble.CERTIFICATE)
    assert asked == [PUBLIC]
    assert heard == []
