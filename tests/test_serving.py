"""The real server, over loopback: what slow, hostile and unlucky clients meet."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from amity.foundation.pages.headers import HEADERS
from amity.site.serving import server
from tests.rooms import ROOT
from tests.serving.urls import LINE, LINES

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
MANY = 200
PATIENCE = 20
"""Seconds after which a test gives up waiting."""

SOON = 8
"""Seconds in which a probe must be answered: fewer than a slow connection is waited for."""


@dataclass(frozen=True)
class Served:
    """A running server."""

    process: subprocess.Popen[bytes]
    port: int

    def connect(self, timeout: float = PATIENCE) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=timeout)

    def say(self, words: bytes, timeout: float = PATIENCE) -> bytes:
        """All that comes back for `words` until the server closes the connection."""
        with self.connect(timeout) as connection:
            connection.sendall(words)
            return everything(connection)

    def get(self, path: str, *headers: str, timeout: float = PATIENCE) -> bytes:
        return self.say(head("GET", path, *headers, "Connection: close"), timeout)

    def told(self, *headers: str, path: str = "/told") -> dict:
        return json.loads(self.get(path, *headers).partition(b"\r\n\r\n")[2])


def head(method: str, path: str, *headers: str) -> bytes:
    """The head of a request."""
    return "\r\n".join((f"{method} {path} HTTP/1.1", "Host: testserver", *headers, "", "")).encode()


def everything(connection: socket.socket) -> bytes:
    """What arrives until the other side closes; a reset after an answer counts as closing."""
    found = b""
    with contextlib.suppress(ConnectionResetError):
        while piece := connection.recv(1 << 16):
            found += piece
    return found


@contextlib.contextmanager
def serving(threads: int, *how: str) -> Iterator[Served]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("AMITY_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.serving", str(port), str(threads), *how],
        env=clean | {"DJANGO_SETTINGS_MODULE": "tests.serving.settings"},
        cwd=ROOT,
    )
    served = Served(process, port)
    try:
        until = time.monotonic() + PATIENCE
        while process.poll() is None and time.monotonic() < until:
            with contextlib.suppress(ConnectionRefusedError):
                assert served.get("/healthz").startswith(b"HTTP/1.1 200 ")
                break
            time.sleep(0.05)
        yield served
    finally:
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def served():
    """The server as it is, with one worker of two threads."""
    with serving(2) as served:
        yield served


@pytest.fixture(scope="module")
def impatient():
    """The server with one second for a head and one for a body."""
    with serving(2, "impatient") as served:
        yield served


SLOW = {
    "nothing at all": (b"", b""),
    "a head by drops": (b"GET /healthz HTTP/1.1\r\nHost: testserver\r\nX-More: ", b"x"),
    "a body by drops": (head("POST", "/told", "Content-Length: 50"), b"x"),
    "no body": (head("POST", "/told", "Content-Length: 50"), b""),
}
"""How a connection begins, and what it sends now and then."""


@pytest.mark.parametrize(("begin", "drop"), SLOW.values(), ids=SLOW)
def test_two_hundred_slow_connections_keep_nobody_waiting(served, begin, drop):
    with contextlib.ExitStack() as stack:
        slow = [stack.enter_context(served.connect()) for _ in range(MANY)]
        for connection in slow:
            connection.sendall(begin)
        for _ in range(5):
            for connection in slow:
                connection.sendall(drop)
            assert status(served.get("/healthz", timeout=SOON)) == 200


def test_a_reader_who_does_not_read_keeps_nobody_waiting(served):
    with contextlib.ExitStack() as stack:
        for _ in range(20):
            stack.enter_context(served.connect()).sendall(head("GET", "/long"))
        assert status(served.get("/healthz", timeout=SOON)) == 200


@pytest.mark.parametrize("begin", [b"", b"GET / HTTP/1.1\r\nHost: "], ids=["nothing", "half"])
def test_who_does_not_send_a_head_in_time_is_let_go(impatient, begin):
    assert status(impatient.say(begin)) in (None, 408)


def test_who_drips_a_head_is_let_go_too(impatient):
    with impatient.connect() as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nX: ")
        with pytest.raises((BrokenPipeError, ConnectionResetError)):
            drip(connection)


@pytest.mark.parametrize("begin", ["half", ""], ids=["half", "nothing"])
def test_who_does_not_send_a_body_in_time_is_told(impatient, begin):
    answer = impatient.say(head("POST", "/told", "Content-Length: 50") + begin.encode())
    assert status(answer) == 408
    assert carries_security_headers(answer)


TOO_LONG = str(server.BODY.body + 1)
PIECE = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"


def test_a_body_that_says_it_is_too_long_is_refused_before_it_is_sent(served):
    answer = served.say(head("POST", "/told", f"Content-Length: {TOO_LONG}"))
    assert status(answer) == 413
    assert carries_security_headers(answer)


FILES = "/en/desk/records/persons/anna/files/"


def test_a_file_may_be_longer_where_files_are_taken_and_no_longer_than_that(served):
    with served.connect() as connection:
        connection.sendall(head("POST", FILES, f"Content-Length: {TOO_LONG}"))
        connection.sendall(b"x" * int(TOO_LONG))
        assert status(everything(connection)) == 404  # these addresses know none
    too_long = head("POST", FILES, f"Content-Length: {server.UPLOADS.body + 1}")
    assert status(served.say(too_long)) == 413
    assert status(served.say(head("POST", f"/told{FILES}", f"Content-Length: {TOO_LONG}"))) == 413


def test_a_body_that_does_not_say_how_long_it_is_is_cut_off(served):
    with served.connect() as connection:
        connection.sendall(head("POST", "/told", "Transfer-Encoding: chunked"))
        with contextlib.suppress(ConnectionResetError, BrokenPipeError):
            for _ in range(server.BODY.body // 0x10000 + 1):
                connection.sendall(PIECE)
        assert status(everything(connection)) == 413


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (b"nonsense\r\n\r\n", 400),
        (head("GET", "/" + "a" * 70_000), 414),
        (head("GET", "/healthz", "X-Long: " + "a" * 200_000), 431),
        (head("GET", "/healthz", *(f"X-{n}: a" for n in range(150))), 431),
    ],
    ids=["nonsense", "address", "header", "headers"],
)
def test_what_the_server_refuses_by_itself_has_no_body_to_protect(served, words, expected):
    answer = served.say(words)
    assert status(answer) == expected
    assert answer.partition(b"\r\n\r\n")[2] == b""


@pytest.mark.parametrize("hosts", [[], ["Host: a.example", "Host: b.example"]], ids=["none", "two"])
def test_a_request_names_one_host(served, hosts):
    answer = served.say("\r\n".join(["GET /healthz HTTP/1.1", *hosts, "", ""]).encode())
    assert status(answer) == 400
    assert carries_security_headers(answer)


def test_forwarded_headers_are_not_believed(served):
    told = served.told(
        "X-Forwarded-Proto: https",
        "X-Forwarded-Ssl: on",
        "X-Forwarded-Protocol: ssl",
        "X-Forwarded-Host: evil.example",
        "X-Forwarded-For: 192.0.2.1",
        "X-Forwarded-Port: 443",
        "Forwarded: for=192.0.2.1;proto=https;host=evil.example",
        "Script-Name: /vi",
    )
    assert (told["address"], told["client"], told["secure"]) == (
        "http://testserver/told",
        "127.0.0.1",
        False,
    )


def test_a_name_with_an_underscore_does_not_pass_for_one_with_a_hyphen(served):
    headers = served.told("X_Forwarded_Proto: https", "X-Asked: yes", "SCRIPT_NAME: /vi")["headers"]
    assert headers["X-Asked"] == "yes"
    assert {"X-Forwarded-Proto", "Script-Name"} & set(headers) == set()


def test_a_request_reaches_the_application_as_it_was_sent(served):
    body = "góp ý".encode()
    words = head(
        "POST",
        "/told/%D0%BC%D0%B8%D1%80%2F?q=%C3%A9&q=2",
        f"Content-Length: {len(body)}",
        "Cookie: a=1",
        "Cookie: b=2",
        "X-Twice: 1",
        "X-Twice: 2",
        "Connection: close",
    )
    told = json.loads(served.say(words + body).partition(b"\r\n\r\n")[2])
    assert told["body"] == "góp ý"
    assert told["cookies"] == {"a": "1", "b": "2"}
    assert told["headers"]["X-Twice"] == "1,2"
    assert told["address"] == "http://testserver/told/%D0%BC%D0%B8%D1%80/?q=%C3%A9&q=2"


def test_a_long_answer_arrives_whole(served):
    body = served.get("/long").partition(b"\r\n\r\n")[2]
    sizes, found = [], b""
    while body:
        size, _, body = body.partition(b"\r\n")
        sizes.append(int(size, 16))
        found, body = found + body[: sizes[-1]], body[sizes[-1] + 2 :]
    assert sizes[-1] == 0
    assert found == LINE * LINES


def test_a_reader_who_goes_away_is_nothing_to_speak_of(capfd):
    with serving(2) as served:
        for path in ("/slow?seconds=0.5", "/long"):
            with served.connect() as connection:
                connection.sendall(head("GET", path))
        with served.connect() as connection:
            connection.sendall(head("POST", "/told", "Content-Length: 50") + b"half")
        assert status(served.get("/slow?seconds=1")) == 200
        served.process.send_signal(signal.SIGTERM)
        assert served.process.wait(PATIENCE) == 0
    assert capfd.readouterr().err == ""


def test_told_to_stop_it_answers_what_it_has_begun_and_ends_well():
    with serving(2) as served, contextlib.ExitStack() as stack:
        begun = [stack.enter_context(served.connect()) for _ in range(6)]
        for connection in begun:
            connection.sendall(head("GET", "/slow?seconds=0.5", "Connection: close"))
        time.sleep(0.5)  # all are accepted now, and two at a time answered
        served.process.send_signal(signal.SIGTERM)
        assert [everything(connection)[-4:] for connection in begun] == [b"done"] * 6
        assert served.process.wait(PATIENCE) == 0
        with pytest.raises(ConnectionRefusedError):
            served.connect()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
@pytest.mark.parametrize("later", [0, 0.01, 1])
def test_it_stops_whenever_it_is_told_to_from_its_announcement_on(number, later):
    if signal.getsignal(number) is signal.SIG_IGN:
        pytest.skip("whoever runs the tests lets nothing end by this signal (nohup)")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.serving", str(port), "2"],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.serving.settings"},
        cwd=ROOT,
        stdout=subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == b"listening\n"
        time.sleep(later)
        (worker,) = workers(process) or (0,)
        process.send_signal(number)
        assert process.wait(PATIENCE) == 0
        assert process.stdout.read() == b""  # nobody holds it open any more
        assert not worker or not Path(f"/proc/{worker}").exists()
        with pytest.raises(ConnectionRefusedError):
            Served(process, port).connect()
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def test_connections_wait_while_a_worker_that_ended_is_made_anew():
    with serving(2) as served:
        (worker,) = workers(served.process)
        os.kill(worker, signal.SIGKILL)
        with contextlib.ExitStack() as stack:
            asked = [stack.enter_context(served.connect()) for _ in range(MANY)]
            for connection in asked[-20:]:
                connection.sendall(head("GET", "/healthz", "Connection: close"))
            assert [status(everything(one)) for one in asked[-20:]] == [200] * 20
        assert workers(served.process) != [worker]


def workers(process: "subprocess.Popen[bytes]") -> list[int]:
    """The numbers of the processes that a server has made."""
    found = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text()
    return [int(one) for one in found.split()]


def test_no_worker_outlives_the_first_process():
    with serving(2, "pair") as served:
        served.process.kill()
        served.process.wait()
        assert is_refused_in_the_end(served)


def is_refused_in_the_end(served: Served) -> bool:
    """Whether nobody listens any more before patience ends."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            served.connect().close()
        except ConnectionRefusedError:
            return True
        time.sleep(0.1)
    return False


def drip(connection: socket.socket) -> None:
    """Send a byte ten times a second."""
    for _ in range(PATIENCE * 10):
        connection.sendall(b"x")
        time.sleep(0.1)


def status(answer: bytes) -> int | None:
    """The status of an answer; None when there is no answer."""
    return int(answer.split(b" ", 2)[1]) if answer else None


def carries_security_headers(answer: bytes) -> bool:
    """Whether an answer has all the headers of a page."""
    lines = answer.partition(b"\r\n\r\n")[0].decode().split("\r\n")[1:]
    found = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    return {name.lower(): value for name, value in HEADERS.items()}.items() <= found.items()
