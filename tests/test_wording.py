"""No page says in its language what careful editors struck out, and marks are the language's own.

All public pages of both demonstrations, with feeds, calendars and tables, in every language. What
stands in another language than the page is left to that language.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from http import HTTPStatus
from io import StringIO

import pytest
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.http import HttpRequest
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import translation

from amity.accounts.actions import add_user
from amity.accounts.models import User
from amity.foundation.actions import By
from amity.record import kinds
from amity.site.serving import newcomers
from tests.access.crawl import FOLDED, pages
from tests.access.matrix import EVERYONE
from tests.desk_pages import MORE, PATTERNS, SAMPLES, filled, seed
from tests.wordings import STRUCK
from tools import catalogs, terms, typography

LANGUAGES = [tag for tag, _name in settings.LANGUAGES]
DEMONSTRATIONS = sorted((catalogs.ROOT / "dossier/demonstrations").glob("*/dossier.yaml"))
LONGEST = 300
TEXT = ("text/", "application/atom+xml", "application/feed+json", "application/json")
PROGRAMS = "/api/v1/docs"
"""Where kinds are called what they are called in addresses."""
SPOKEN = ("alt", "title", "aria-label", "placeholder", "content")
"""Attributes that say words."""
BESIDE = {"code", "script", "style"}
NOT_READ = {
    "desk/account/security/passkeys/<int:pk>/": "of a passkey, which a device makes",
    "desk/account/security/passkeys/<int:pk>/remove/": "of a passkey, which a device makes",
    "desk/files/<int:number>/": "gives out a file",
    "desk/files/<int:number>/propose/": "takes forms alone, about a file",
    "desk/files/<int:number>/remove/": "takes forms alone, about a file",
    "desk/records/gatherings/<slug:key>/invitations/<slug:person>.docx": "gives out a file",
    "desk/records/gatherings/<slug:key>/invitations/<slug:person>.pdf": "gives out a file",
    "desk/submissions/<int:number>/files/<int:file>/": "gives out a file",
}
"""Addresses of the desk that say no words of ours, or that no test client comes to; and why."""
SPELLED_OUT = re.compile(r"</?(?:sup|span|b|strong|em|time)[ >]|&(?:lt|amp|quot);")
PLACES = re.compile(r"^(?:https?:/)?/\S*$|^\S+@\S+$|^[\w.-]+/[\w.+-]+$")
"""Addresses and media types, in attributes."""


class Words(HTMLParser):
    """The words of a page that are in its language, block by block."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self.said: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self._words = ""

    @property
    def _own(self) -> bool:
        return all(own for _tag, own in self._open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        own = given.get("lang", self.language) == self.language and tag not in BESIDE
        if tag not in INLINE:
            self._end()
        if own and self._own:
            self.said += [words for name in SPOKEN if (words := given.get(name) or "")]
        if tag not in VOID:
            self._open.append((tag, own))

    def handle_endtag(self, tag: str) -> None:
        if tag not in INLINE:
            self._end()
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        self._words += data if self._own else "x" * bool(data.strip())

    def _end(self) -> None:
        if words := re.sub(r"[ \t\r\n]+", " ", self._words).strip():
            self.said.append(re.sub("\u00a0(?=[·–—«№\\w])", " ", words))
        self._words = ""


VOID = {"meta", "link", "br", "img", "input", "hr", "path", "circle", "source", "wbr"}
INLINE = {"a", "b", "i", "em", "strong", "span", "time", "sup", "cite", "abbr", "code", "bdi"}


@pytest.fixture(scope="module")
def kept(
    django_db_setup: None, django_db_blocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Both demonstrations, loaded once for this file and taken back at its end."""
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")),
        transaction.atomic(),
    ):
        for path in DEMONSTRATIONS:
            call_command("dossier", "load", "--restore", str(path.parent), stdout=StringIO())
        yield
        transaction.set_rollback(True)


def addresses(language: str) -> Iterator[str]:
    """Every page there is in `language`, and what else stands below its prefix."""
    everyone = pages((language,), (EVERYONE,))
    yield from (one for one in everyone if one.startswith(f"/{language}/"))
    for kind in kinds.kinds():
        address = kinds.entry_url(kind.kind, "KEY")
        if address:
            for key in kind.model.objects.order_by("key").values_list("key", flat=True):
                yield f"/{language}/{address.split('/', 2)[2].replace('KEY', key)}"


def words_of(client: Client, address: str, language: str) -> list[str]:
    """What `address` says in `language`, piece by piece; its lines where it is no page."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    body = b"".join(answer) if answer.streaming else answer.content
    if not answer["Content-Type"].startswith(TEXT):
        return []  # a workbook, which has the words of the table beside it
    text = FOLDED.sub(b"", body).decode()
    if not answer["Content-Type"].startswith("text/html"):
        return text.splitlines()
    words = Words(language)
    words.feed(text)
    return words.said


def found_by(word: str) -> re.Pattern[str]:
    if word.startswith("="):
        return re.compile(f"^{re.escape(word[1:])}$")
    return terms.pattern(word, flags=0)


def records_at_the_desk(language: str) -> Iterator[str]:
    """The list of each kind at the desk, its form, and the first record with its history."""
    with translation.override(language):
        for kind in kinds.kinds():
            yield reverse("desk_list", args=[kind.plural])
            yield reverse("desk_new", args=[kind.plural])
            key = kind.model.objects.order_by("key").values_list("key", flat=True).first()
            if key:
                yield reverse("desk_record", args=[kind.plural, key])
                yield reverse("desk_history_of", args=[kind.plural, key])


def officer() -> Client:
    """Somebody of an office of the fictional twinning, who has signed in without a password."""
    newcomers.prepare()
    user = User.objects.with_address(newcomers.NEWCOMERS["lindholm"].address)
    client = Client()
    client.force_login(user)
    prove(client, user, "password")
    return client


def administrator() -> Client:
    """Who administers the installation, signed in with a second factor and recovery codes."""
    user = add_user(By(command="test"), "ada@example.org", "Ada", "en", administrator=True)
    user.set_password("a boat on two rivers")
    user.save()
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)
    client = Client()
    client.force_login(user)
    prove(client, user, "mfa", type="totp")
    return client


def prove(client: Client, user: User, method: str, **more: str) -> None:
    """Let somebody who has signed in have shown just now that it is them."""
    request = HttpRequest()
    request.session = client.session
    record_authentication(request, user, method, reauthenticated=True, **more)
    request.session.save()


def shared_out(language: str, clients: list[Client]) -> tuple[list[list[str]], dict[str, int]]:
    """The addresses of the desk that each of `clients` reads, and what nobody read: its status.

    What takes only what is sent to it is told by its answer, which leads to a page above it.
    """
    samples = SAMPLES | seed()
    read: list[list[str]] = [[] for _ in clients]
    unread = {}
    for pattern in PATTERNS:
        address = "/" + language + "/" + re.sub(r"<[^>]*>", "1", filled(pattern, samples))
        for client, mine in zip(clients, read, strict=True):
            answer = client.get(address)
            if answer.status_code == HTTPStatus.OK:
                mine.append(address)
                unread.pop(pattern, None)
                break
            if not address.startswith(answer.get("Location", "elsewhere")):
                unread[pattern] = answer.status_code
    read[0] += [f"/{language}/{address}" for address in MORE]
    return read, unread


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_says_what_was_struck_out(client: Client, kept: None, db: None, language) -> None:
    read = list(dict.fromkeys(addresses(language)))
    assert len(read) > 200
    refuse_struck_out(client, language, read)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nor_does_the_desk(kept: None, db: None, settings, language) -> None:
    settings.EMAIL_BACKEND = ""
    clients = [officer(), administrator()]
    (of_officers, of_administrators), unread = shared_out(language, clients)
    assert sorted(unread) == sorted(NOT_READ), unread
    assert f"/{language}/desk/offices/" in of_administrators
    refuse_struck_out(clients[0], language, [*of_officers, *records_at_the_desk(language)])
    refuse_struck_out(clients[1], language, of_administrators)


def refuse_struck_out(client: Client, language: str, read: list[str]) -> None:
    """Fail where one of the pages says what is struck out, or marks it wrongly."""
    struck = {word: found_by(word) for word in STRUCK[language].strip().splitlines()}
    anything = re.compile("|".join(one.pattern for one in struck.values()))
    found = []
    for address in read:
        said = words_of(client, address, language)
        html = not re.search(r"\.\w+$|/feed", address)
        for words in said:
            if anything.search(words) and not address.endswith(PROGRAMS):
                found += [
                    f"{address}: {one}: {words}" for one in struck if struck[one].search(words)
                ]
            if html and SPELLED_OUT.search(words):
                found.append(f"{address}: markup in place of what it sets: {words}")
            if html and not PLACES.match(words):
                found += [
                    f"{address}: {fault}: {words}" for fault in typography.faults(language, words)
                ]
    if found:
        pytest.fail("\n".join(line[:LONGEST] for line in dict.fromkeys(found)))
