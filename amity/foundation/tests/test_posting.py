"""What becomes of a letter that a mail server does not take."""

import smtplib
from collections.abc import Callable
from email import message_from_bytes
from email.policy import default
from typing import ClassVar

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from amity.foundation.letters import posting
from amity.foundation.letters.wording import Wording
from amity.foundation.letters.writing import write_letter
from amity.foundation.models import Letter

pytestmark = pytest.mark.django_db
TO = "olga@example.org"


def posted(monkeypatch, settings, error: Exception) -> Letter:
    """A letter of which the server says `error`."""

    class Server(BaseEmailBackend):
        def send_messages(self, _messages):
            raise error

    settings.EMAIL_BACKEND = "there"
    monkeypatch.setattr(posting, "get_connection", Server)
    write_letter(TO, "en", lambda: Wording(subject="Trams", body=("More trams",)))
    assert posting.post_due() == posting.Posted(sent=0, failed=1)
    return Letter.objects.get()


def refused(code: int) -> Exception:
    return smtplib.SMTPRecipientsRefused({TO: (code, b"4.2.0 words of the server")})


@pytest.mark.parametrize("code", [421, 450, 451, 452])
def test_a_server_that_asks_to_try_later_is_tried_later(monkeypatch, settings, code):
    letter = posted(monkeypatch, settings, refused(code))
    assert (letter.given_up_at, letter.tries) == (None, 1)
    assert letter.due_at > letter.written_at
    assert str(code) in letter.error


@pytest.mark.parametrize("code", [550, 551, 553])
def test_an_address_that_is_refused_is_given_up_at_once(monkeypatch, settings, code):
    letter = posted(monkeypatch, settings, refused(code))
    assert letter.given_up_at is not None
    assert str(code) in letter.error


def test_a_server_that_is_gone_is_tried_later(monkeypatch, settings):
    assert posted(monkeypatch, settings, ConnectionRefusedError()).given_up_at is None


def test_a_subject_keeps_the_spaces_of_its_language_and_nothing_of_a_header():
    subject = "Suivre «\u202fLes trams\u202f»\u202f?"
    write_letter(TO, "fr", lambda: Wording(subject=f"{subject}\r\nBcc: x@example.org", body=("-",)))
    assert posting.post_due() == posting.Posted(sent=1, failed=0)
    (sent,) = mail.outbox
    read = message_from_bytes(sent.message().as_bytes(), policy=default)
    assert (read["Subject"].strip(), read["Bcc"]) == (f"{subject} Bcc: x@example.org", None)


class Slow(BaseEmailBackend):
    """A server that takes letters, while something happens elsewhere."""

    happens: Callable[[], object]
    took: ClassVar[list[str]] = []

    def send_messages(self, messages):
        self.took.extend(one.to[0] for one in messages)
        type(self).happens()
        return len(messages)


@pytest.fixture
def slow(monkeypatch, settings) -> type[Slow]:
    """Two letters wait for it."""
    settings.EMAIL_BACKEND = "there"
    monkeypatch.setattr(posting, "get_connection", Slow)
    Slow.took.clear()
    for to in ("first@example.org", "second@example.org"):
        write_letter(to, "en", lambda: Wording(subject="Trams", body=("More trams",)))
    return Slow


def second():
    return Letter.objects.filter(to="second@example.org")


@pytest.mark.parametrize(
    "ended",
    [
        lambda: second().delete(),
        lambda: second().update(given_up_at=timezone.now(), error="withdrawn"),
        lambda: second().update(due_at=timezone.now() + posting.LEASE * 2),
        lambda: second().update(sent_at=timezone.now()),
    ],
    ids=["removed", "withdrawn", "another process has it", "another process sent it"],
)
def test_what_ends_while_others_of_its_round_go_is_not_sent(slow, ended):
    slow.happens = staticmethod(ended)
    assert posting.post_due() == posting.Posted(sent=1, failed=0)
    assert slow.took == ["first@example.org"]


def test_what_a_slow_server_leaves_no_time_for_is_handed_back_and_sent_once(slow, monkeypatch):
    with monkeypatch.context() as patched:
        slow.happens = staticmethod(lambda: patched.setattr(posting, "FOR_ONE", posting.LEASE * 2))
        assert posting.post_due() == posting.Posted(sent=1, failed=0)
        assert slow.took == ["first@example.org"]
    slow.happens = staticmethod(lambda: None)
    assert posting.post_due() == posting.Posted(sent=1, failed=0)
    assert slow.took == ["first@example.org", "second@example.org"]
