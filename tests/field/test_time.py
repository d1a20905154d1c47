"""Cases of times: offsets, clocks that change, open ends, days around the official ones."""

import json
from collections.abc import Callable
from datetime import UTC, datetime

import lxml.html
import pytest
from django.test import Client
from icalendar import Calendar

from amity.dossier.tests.folder import mistakes

from .conftest import Case, Loaded

pytestmark = pytest.mark.shared

Words = Callable[[str], str]


def test_dst(load_case: Loaded, words_of: Words) -> None:
    load_case("dst")
    for address in (
        "/en/sessions/h2dst-s1/",
        "/en/gatherings/h2dst-1/programme/",
        "/en/gatherings/h2dst-1/programme/?view=grid",
    ):
        assert "01:30 (UTC+1)–01:15 (UTC+0)" in words_of(address)
    assert "01:30 (UTC+0)–02:30" in words_of("/en/sessions/h2dst-s2/")


def test_dst_two_days(load_case: Loaded, words_of: Words) -> None:
    load_case("dst-two-days")
    assert "Central European Time (UTC+1)" in words_of("/en/sessions/h2dd-s3/")
    assert "Central European Time (UTC+2)" in words_of("/en/sessions/h2dd-s1/")
    both = "Central European Time (UTC+2 until 31 October 2027, 03:00, then UTC+1)"
    assert both in words_of("/en/gatherings/h2dd-1/programme/")


def test_subscribe_label(load_case: Loaded, client: Client) -> None:
    load_case("dst-two-days")
    page = lxml.html.fromstring(client.get("/en/sessions/h2dd-s3/").content.decode())
    [link] = page.xpath("//main//a[@type='text/calendar']")
    assert link.text_content() == "Add to calendar"


def test_open_end(load_case: Loaded, words_of: Words) -> None:
    load_case("open-end")
    words = words_of("/en/sessions/h2open-reception/")
    assert "18:00" in words
    assert "18:00–" not in words


def test_zero(load_case: Loaded, words_of: Words) -> None:
    load_case("zero")
    words = words_of("/en/sessions/h2z-s/")
    assert "08:00" in words
    assert "08:00–" not in words


def test_eve_of_the_forum(load_case: Loaded, words_of: Words) -> None:
    load_case("eve-of-the-forum")
    assert "28 September" in words_of("/en/gatherings/h2eve-forum/programme/")


def test_midnight(load_case: Loaded, words_of: Words, client: Client) -> None:
    load_case("midnight")
    assert "22:30–01:30 (next day)" in words_of("/en/sessions/h2mid-concert/")
    found = Calendar.from_ical(client.get("/en/gatherings/h2mid-forum/calendar.ics").content)
    times = {
        str(one["UID"]).partition("@")[0]: (one.decoded("DTSTART"), one.decoded("DTEND"))
        for one in found.walk("VEVENT")
    }
    assert times["session-h2mid-concert"] == (
        datetime(2027, 9, 29, 15, 30, tzinfo=UTC),
        datetime(2027, 9, 29, 18, 30, tzinfo=UTC),
    )
    assert len(times) == 4


@pytest.mark.django_db
def test_wrong_offset(case: Case) -> None:
    told = mistakes(case("wrong-offset"))
    assert [
        line for line in told if "+07:00 is not the offset of Europe/Moscow on that day" in line
    ]
    assert len(told) == 2


def test_cancelled_session(load_case: Loaded, words_of: Words, client: Client) -> None:
    load_case("cancelled-session")
    for address in ("/en/sessions/h2cs-s1/", "/en/gatherings/h2cs-1/programme/"):
        assert "called off" in words_of(address)
    found = Calendar.from_ical(client.get("/en/gatherings/h2cs-1/calendar.ics").content)
    assert [str(one["STATUS"]) for one in found.walk("VEVENT")] == ["CANCELLED"]


def test_online(load_case: Loaded, words_of: Words, client: Client) -> None:
    load_case("online")
    for address in ("/en/gatherings/h2on-1/", "/en/sessions/h2on-s1/"):
        assert "https://meet.example/room" in words_of(address)
        page = lxml.html.fromstring(client.get(address).content.decode())
        [data] = page.xpath("//script[@type='application/ld+json']/text()")
        location = {"@type": "VirtualLocation", "url": "https://meet.example/room"}
        assert json.loads(data)["location"] == location
    found = Calendar.from_ical(client.get("/en/sessions/h2on-s1/calendar.ics").content)
    assert [str(one["LOCATION"]) for one in found.walk("VEVENT")] == ["https://meet.example/room"]


def test_journey(load_case: Loaded, words_of: Words, client: Client) -> None:
    load_case("journey")
    found = Calendar.from_ical(client.get("/en/gatherings/h2j-visit/calendar.ics").content)
    assert [(str(one["SUMMARY"]), str(one["LOCATION"])) for one in found.walk("VEVENT")] == [
        ("Talks at the university (fictional)", "Far Eastern University, Vladivostok"),
        ("Talks at Smolny (fictional)", "Smolny, Saint Petersburg"),
    ]
    words = words_of("/en/gatherings/h2j-visit/")
    first, second = words.index("Stop in Vladivostok"), words.index("Stop in Saint Petersburg")
    assert first < words.index("10–11 May 2027") < second < words.index("12–14 May 2027")
    front = lxml.html.fromstring(client.get("/en/").content.decode())
    addresses = front.xpath("//main//a[contains(@href, '/gatherings/h2j')]/@href")
    assert addresses[0] == "/en/gatherings/h2j-visit/"
