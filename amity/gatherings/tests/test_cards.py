"""The card of a gathering: in each language, marked where invented, and only of what is public."""

from io import BytesIO

import pytest
from django.conf import settings
from django.utils import translation
from lxml import html
from PIL import Image

from amity.foundation.dates.as_said import DateAsSaid
from amity.foundation.formats import cards
from amity.foundation.formats.cards import HEIGHT, WIDTH, Card
from amity.gatherings.choices import GatheringStatus
from amity.gatherings.formats.cards import gathering_card
from amity.gatherings.models import Gathering
from amity.gatherings.queries.heading import heading_with_sides
from amity.gatherings.tests.factory import Edition, words
from amity.record.derived import write_entries

pytestmark = pytest.mark.django_db

ADDRESS = "/{}/gatherings/forum-1/card.png"
LIGHTEST = 200_000
SAID = {
    "en": Card(
        language="en",
        title="First forum",
        sides=("Northtown",),
        facts=("30 September\u2009–\u20091 October 2025", "Northtown"),
        notice="Fictional example",
    ),
    "vi": Card(
        language="vi",
        title="Diễn đàn thứ nhất",
        sides=("Bắc Thành",),
        facts=("30/9–1/10/2025", "Bắc Thành"),
        notice="Ví dụ hư cấu",
    ),
}


@pytest.mark.parametrize("language", SAID)
def test_a_card_says_what_the_gathering_is_in_the_language_of_its_address(client, language):
    Edition()
    with translation.override(language):
        assert gathering_card(heading_with_sides("forum-1")) == SAID[language]
        drawn = cards.png(SAID[language])
    answer = client.get(ADDRESS.format(language))
    assert (answer["Content-Type"], answer.content) == ("image/png", drawn)


def test_each_language_has_a_card_of_its_own_that_weighs_little(client):
    Edition(title=words("First forum", vi="Diễn đàn", ru="Форум", fr="Premier forum", id="Forum"))
    drawn = [client.get(ADDRESS.format(code)).content for code, _name in settings.LANGUAGES]
    assert len(set(drawn)) == len(settings.LANGUAGES)
    assert max(map(len, drawn)) <= LIGHTEST
    for content in drawn:
        with Image.open(BytesIO(content)) as image:
            assert (image.format, image.size) == ("PNG", (WIDTH, HEIGHT))


def test_only_what_is_invented_is_marked_so():
    edition = Edition()
    with translation.override("ru"):
        assert gathering_card(edition.gathering).notice == "Вымышленный пример"
        edition.dossier.fictional = False
        assert gathering_card(edition.gathering).notice == ""


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (GatheringStatus.HELD, ""),
        (GatheringStatus.ANNOUNCED, ""),
        (GatheringStatus.POSTPONED, "postponed"),
        (GatheringStatus.CANCELLED, "called off"),
    ],
)
def test_a_card_says_that_nobody_need_come(status, state):
    assert gathering_card(Edition(status=status).gathering).state == state


def test_without_days_place_or_partnership_there_is_still_a_card(client):
    edition = Edition(when=None, place=None, partnership=None)
    card = gathering_card(edition.gathering)
    assert (card.sides, card.facts) == ((), ("date not announced",))
    assert client.get(ADDRESS.format("en")).status_code == 200


def test_days_are_said_in_words_where_no_interval_follows():
    edition = Edition(when=DateAsSaid.parse("2025-09"))
    with translation.override("ru"):
        assert gathering_card(edition.gathering).facts[0] == "сентябрь 2025\u202fг."


def test_what_is_not_public_has_no_card(client):
    edition = Edition()
    write_entries("gathering", [edition.gathering.pk])
    assert client.get(ADDRESS.format("en")).status_code == 200
    Gathering.everything.filter(key="forum-1").update(readers="partnership:north-south")
    edition.changed()
    assert client.get(ADDRESS.format("en")).status_code == 404
    assert client.get("/en/gatherings/forum-9/card.png").status_code == 404


def test_a_card_is_kept_until_the_record_changes(client):
    edition = Edition()
    edition.changed()
    first = client.get(ADDRESS.format("en"))
    again = client.get(ADDRESS.format("en"), headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    Gathering.everything.filter(key="forum-1").update(title=words("Another title"))
    edition.changed()
    assert client.get(ADDRESS.format("en")).content not in (b"", first.content)


@pytest.mark.parametrize("page", ["", "programme/", "people/"])
def test_pages_of_a_gathering_name_its_card(client, page):
    Edition()
    shown = html.fromstring(client.get(f"/vi/gatherings/forum-1/{page}").content)
    assert shown.xpath("//meta[@property='og:image']/@content") == [
        "http://testserver/vi/gatherings/forum-1/card.png"
    ]
    assert shown.xpath("//meta[starts-with(@property, 'og:image:')]/@content") == [
        "image/png",
        "1200",
        "630",
        "Diễn đàn thứ nhất\u00a0· 30/9–1/10/2025",
    ]
