"""A letter to several people: laid out once in each language, written once to each."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import get_language

from amity.foundation.letters.wording import Wording
from amity.foundation.letters.writing import Copy, write_copies
from amity.foundation.models import Letter

pytestmark = pytest.mark.django_db


def test_each_gets_it_once_in_their_language():
    asked = []

    def wording(language: str) -> Wording:
        asked.append((language, get_language()))
        return Wording(subject=f"News in {language}", body=("Words",))

    first = [
        Copy("anna@example.org", "en", "organization:north", "a"),
        Copy("lan@example.org", "vi"),
    ]
    assert write_copies(first, wording, kind="gathering", key="forum-1") == 2
    again = [
        Copy("anna@example.org", "en", "organization:north", "a"),
        Copy("nam@example.org", "vi", "organization:south", "n"),
        Copy("nam@example.org", "vi", "organization:both", "n"),
        Copy("ivan@example.org", "ru", "organization:south", "i"),
        Copy("maria@example.org", "ru", "organization:south", "m"),
    ]
    asked.clear()
    with CaptureQueriesContext(connection) as statements:
        assert write_copies(again, wording, kind="gathering", key="forum-1") == 3
    assert [sorted(asked), len(statements)] == [[("ru", "ru"), ("vi", "vi")], 2]
    rows = Letter.objects.order_by("pk").values_list("to", "language", "subject", "office", "once")
    assert list(rows) == [
        ("anna@example.org", "en", "News in en", "organization:north", "a"),
        ("lan@example.org", "vi", "News in vi", "", None),
        ("nam@example.org", "vi", "News in vi", "organization:south", "n"),
        ("ivan@example.org", "ru", "News in ru", "organization:south", "i"),
        ("maria@example.org", "ru", "News in ru", "organization:south", "m"),
    ]
    letters = Letter.objects.values_list("message_id", "kind", "key")
    assert len({number for number, _kind, _key in letters}) == 5
    assert {(kind, key) for _number, kind, key in letters} == {("gathering", "forum-1")}
