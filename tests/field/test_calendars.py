"""Cases of calendars: identifiers, what moves, places, what is postponed, who may fetch."""

from collections.abc import Callable
from datetime import datetime

import feedparser
import pytest
from django.test import Client
from icalendar import Calendar
from icalendar.cal import Component

from .conftest import Loaded

pytestmark = pytest.mark.shared

Words = Callable[[str], str]


def events(client: Client, address: str) -> dict[str, Component]:
    found = Calendar.from_ical(client.get(address).content).walk("VEVENT")
    return {str(one["UID"]): one for one in found}


def test_ics_uid(load_case: Loaded, client: Client, settings) -> None:  # type: ignore[no-untyped-def]
    load_case("ics-uid", "site-a/dossier")
    settings.BASE_URL = "https://hanoi.example"
    [here] = events(client, "/en/gatherings/calendar.ics")
    settings.BASE_URL = "https://petersburg.example:8443"
    [there] = events(client, "/vi/gatherings/calendar.ics")
    assert (here, there) == (
        "gathering-forum-1@hanoi.example",
        "gathering-forum-1@petersburg.example:8443",
    )


def test_ics_content(load_case: Loaded, client: Client) -> None:
    load_case("ics-content")
    found = events(client, "/en/gatherings/h2ic-1/calendar.ics")
    shown = {
        uid.partition("@")[0]: (str(one["LOCATION"]), str(one.get("DESCRIPTION", "")))
        for uid, one in found.items()
    }
    house = "House of Friendship, 1 Test Street, Testville"
    assert shown == {
        "session-h2ic-s1": (f"Great Hall, {house}", "What it is about."),
        "session-h2ic-s2": (house, ""),
        "contribution-h2ic-c1": (
            f"Great Hall, {house}",
            "Speakers: Speaker One\n\nThe abstract.",
        ),
    }


def test_ics_sequence(load_case: Loaded, client: Client) -> None:
    def read() -> dict[str, tuple[int, datetime, datetime]]:
        found = events(client, "/en/gatherings/h2mid-forum/calendar.ics")
        return {
            uid.partition("@")[0]: (
                int(one["SEQUENCE"]),
                one.decoded("LAST-MODIFIED"),
                one.decoded("DTSTAMP"),
            )
            for uid, one in found.items()
        }

    load_case("midnight")
    before = read()
    load_case("ics-sequence")
    after = read()
    moved = "session-h2mid-morning"
    assert {one for one in before if before[one] != after[one]} == {moved}
    assert (before[moved][0], after[moved][0]) == (0, 1)
    assert after[moved][1] >= before[moved][1]
    statuses = {
        str(one["STATUS"])
        for one in events(client, "/en/gatherings/h2mid-forum/calendar.ics").values()
    }
    assert statuses == {"CANCELLED"}


def test_postponed(load_case: Loaded, client: Client) -> None:
    load_case("postponed")
    for address in ("/en/gatherings/calendar.ics", "/en/gatherings/h2pp-1/calendar.ics"):
        for one in events(client, address).values():
            assert str(one["STATUS"]) == "CANCELLED"
            assert str(one["SUMMARY"]).startswith("Postponed: ")


def test_cors_feeds(load_case: Loaded, client: Client) -> None:
    load_case("postponed")
    for address in ("/en/gatherings/calendar.ics", "/en/feed.atom", "/en/gatherings.csv"):
        response = client.get(address, headers={"origin": "https://elsewhere.example"})
        assert (response.status_code, response["Access-Control-Allow-Origin"]) == (200, "*")


def entries(client: Client) -> list[feedparser.FeedParserDict]:
    return feedparser.parse(client.get("/en/feed.atom").content).entries


def test_atom_html(load_case: Loaded, client: Client) -> None:
    load_case("atom-html")
    summaries = [one.get("summary", "") for one in entries(client)]
    [summary] = [one for one in summaries if "Cost" in one]
    text = "Cost <5 million for R&D; write <city> on the form.\n\nSecond paragraph: a&lt;b stays."
    assert text in summary


def test_atom_ids(load_case: Loaded, client: Client) -> None:
    load_case("atom-ids")
    identifiers = [one.id for one in entries(client)]
    assert len(identifiers) >= 2
    assert len(identifiers) == len({*identifiers})
