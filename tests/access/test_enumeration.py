"""Nobody learns by a form which addresses are known here: not by words, status, nor what it asks.

Each form is sent twice as a stranger does, once with an address that is known and once with one
that is not, and everything about both answers is compared: status, headers, words, and each
statement that the database was asked, in its order.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.http.response import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from amity.accounts.tests.test_sign_in import (
    office,  # noqa: F401 # a fixture
    officer,  # noqa: F401 # a fixture
    person,
    sign_in,
)
from amity.collecting.forms import proposing
from amity.collecting.tests.world import collecting, post
from amity.following.tests.world import MAIL, ask, follow
from amity.record.actions import save
from amity.record.choices import Audience
from tests.write.world import build

pytestmark = pytest.mark.django_db

UNKNOWN = "nobody@north.example"
"""As long as the addresses that are known."""
VALUES = re.compile(r"'[^']*'|\"s\d+_x\d+\"|\b\d+(?:\.\d+)?\b")
"""What differs from one statement to the next like it: values, and names of savepoints."""
SECRETS = re.compile(r'(?<=value=")[^"]*|(?<=\?)[\w=-]{20,}|[\w:-]{24,}')


@dataclass(frozen=True)
class Seen:
    """What a stranger, or whoever measures, sees of an answer."""

    status: int
    headers: frozenset[str]
    words: str
    statements: tuple[str, ...]


@pytest.fixture(autouse=True)
def _no_tries_left_over(db: None) -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def seen(send: Callable[[str], HttpResponseBase], address: str) -> Seen:
    """Send a form with an address, and tell what comes of it without the address itself."""
    cache.clear()
    with CaptureQueriesContext(connection) as captured:
        answer = send(address)
    name = re.escape(address)
    body = SECRETS.sub("…", re.sub(name, "ADDRESS", answer.content.decode(), flags=re.IGNORECASE))
    headers = {
        f"{key}: {SECRETS.sub('…', value)}"
        for key, value in answer.headers.items()
        if key not in ("Date", "Content-Length", "Expires")
    }
    asked = tuple(VALUES.sub("?", one["sql"]) for one in captured)
    return Seen(answer.status_code, frozenset(headers), body, asked)


def alike(send: Callable[[str], HttpResponseBase], known: str, unknown: str = UNKNOWN) -> None:
    """Fail where the answers differ in anything."""
    first, second = seen(send, known), seen(send, unknown)
    assert first.statements == second.statements
    assert (first.status, first.headers) == (second.status, second.headers)
    assert first.words == second.words


def test_signing_in_with_a_wrong_password(officer):  # noqa: F811
    def send(address: str) -> HttpResponseBase:
        fields = {"login": address, "password": "wrong words here"}
        return Client().post(reverse("account_login"), fields)

    alike(send, officer.email)


def test_asking_for_a_new_password(officer):  # noqa: F811
    def send(address: str) -> HttpResponseBase:
        return Client().post(reverse("account_reset_password"), {"email": address})

    alike(send, officer.email)


def test_inviting_somebody(office, officer):  # noqa: F811
    person(office, "known@north.example")
    client = Client()
    sign_in(client)

    def send(address: str) -> HttpResponseBase:
        fields = {"email": address, "language": "en", "mandate": "editor"}
        return client.post(reverse("office"), fields)

    alike(send, "known@north.example", "other@north.example")


def test_following_something():
    world = build()
    save(world.north, world.gathering(), audience=Audience.PUBLIC)
    follow("gathering/forum-1")

    def send(address: str) -> HttpResponseBase:
        return ask("gathering/forum-1", address)

    alike(send, MAIL, "nobody@example.org")


def test_sending_in_a_proposal(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(proposing, "SOONEST", timedelta(seconds=-1))
    there = collecting()
    there.send()
    mail = there.submission.mail

    def send(address: str) -> HttpResponseBase:
        return post(title="Khác", mail=address, written_to="on")

    alike(send, mail, "nobody@example.org")
