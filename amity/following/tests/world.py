"""A public promise between two cities, and somebody who follows it."""

import re

from django.conf import settings
from django.test import Client

from amity.following.models import Follower
from amity.foundation.models import Letter

MAIL = "reader@example.org"
CONFIRM = re.compile(r"http://testserver(/\w\w/following/confirm/[\w-]+/)")
END = re.compile(r"http://testserver(/\w\w/following/[\w:.-]+/)")


def ask(what: str, mail: str = MAIL, language: str = "en"):
    """Ask for letters about something, as a stranger does on its page."""
    return Client().post(f"/en/follow/{what}/", {"mail": mail, "language": language})


def link(mail: str = MAIL) -> str:
    """The link in the last letter that asks whether an address wants to follow something."""
    letter = Letter.objects.filter(to=mail, once__startswith="following:asked:").latest("pk")
    found = CONFIRM.search(letter.text)
    assert found is not None, letter.text
    return found[1]


def follow(what: str, mail: str = MAIL, language: str = "en") -> Follower:
    """Follow something from now on."""
    assert ask(what, mail, language).status_code == 200
    assert Client().post(link(mail)).status_code == 200
    return Follower.objects.get(mail=mail)


def digests(mail: str = MAIL) -> list[Letter]:
    """The letters that told somebody what changed, in order."""
    rows = Letter.objects.filter(to=mail).exclude(once__startswith="following:asked:")
    return list(rows.order_by("pk"))


def end_of(letter: Letter) -> str:
    """Where a letter says that such letters are ended."""
    return letter.stops_at.removeprefix(settings.BASE_URL)
