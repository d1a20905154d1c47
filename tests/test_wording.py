"""No page says in its language what careful editors struck out, and marks are the language's own.

All public pages of both demonstrations, with feeds, calendars and tables, in every language. What
stands in another language than the page is left to that language.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import translation

from amity.accounts.models import User
from amity.record import kinds
from amity.site.serving import newcomers
from tests.access.crawl import FOLDED, pages
from tests.access.matrix import EVERYONE
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
OF_THE_DESK = (
    "desk",
    "desk_records",
    "desk_contacts",
    "desk_contact_new",
    "desk_letters",
    "desk_history",
    "office",
    "profile",
)
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
            self.said.append(words.replace("\u00a0·", " ·"))
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


def addresses_of_the_desk(language: str) -> Iterator[str]:
    """The pages of the desk, and those of one record of each kind that stands in a list."""
    with translation.override(language):
        yield from map(reverse, OF_THE_DESK)
        yield reverse("desk_paste", args=["persons"])
        for kind in kinds.kinds():
            yield reverse("desk_list", args=[kind.plural])
            yield reverse("desk_new", args=[kind.plural])
            key = kind.model.objects.order_by("key").values_list("key", flat=True).first()
            if key:
                yield reverse("desk_record", args=[kind.plural, key])
                yield reverse("desk_history_of", args=[kind.plural, key])


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_says_what_was_struck_out(client: Client, kept: None, db: None, language) -> None:
    read = list(dict.fromkeys(addresses(language)))
    assert len(read) > 200
    refuse_struck_out(client, language, read)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nor_does_the_desk(client: Client, kept: None, db: None, language) -> None:
    newcomers.prepare()
    client.force_login(User.objects.with_address(newcomers.NEWCOMERS["lindholm"].address))
    read = list(dict.fromkeys(addresses_of_the_desk(language)))
    assert len(read) > 40
    refuse_struck_out(client, language, read)


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
            if html and not PLACES.match(words):
                found += [
                    f"{address}: {fault}: {words}" for fault in typography.faults(language, words)
                ]
    if found:
        pytest.fail("\n".join(line[:LONGEST] for line in dict.fromkeys(found)))
