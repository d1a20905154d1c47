"""Times as pages and programs read them: moved, called off, open, by the clocks of the venue."""

import json
from datetime import UTC, datetime

import lxml.html
import pytest

from amity.gatherings.models import Gathering
from amity.gatherings.tests.factory import NINE, Edition, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    return Edition()


def read(client, address: str) -> lxml.html.HtmlElement:
    response = client.get(address)
    assert response.status_code == 200, address
    return lxml.html.fromstring(response.content.decode())


def main_of(client, address: str) -> str:
    return " ".join(read(client, address).find(".//main").text_content().split())


def test_what_was_moved_or_called_off_says_so_in_its_place(client, edition):
    session = edition.session(
        1, after=60, status="moved", moved_from=NINE, title=words("Moved one")
    )
    edition.contribution(session, 1, status="cancelled", title=words("Dropped talk"))
    edition.session(2, after=120, status="cancelled", title=words("Dropped one"))
    edition.session(3, after=240, ends_at=None, title=words("Open one"))
    for address in ("programme/", "programme/?view=grid"):
        page = main_of(client, f"/en/gatherings/forum-1/{address}")
        assert "moved from 30 September 2025, 09:00" in page
        assert page.count("called off") == (2 if address == "programme/" else 1)
        assert "13:00–" not in page
    assert "moved from 30 September 2025, 09:00" in main_of(client, "/en/sessions/session-1/")


def test_programs_read_times_by_the_clocks_there_and_where_it_is_met(client, edition):
    Gathering.objects.update(timezone="Europe/Paris", url="https://meet.example/room")
    winter = datetime(2025, 10, 26, 8, tzinfo=UTC)
    session = edition.session(1, starts_at=winter, ends_at=None, status="moved", moved_from=NINE)
    edition.contribution(session, 1)
    found = data_of(client, "/en/sessions/session-1/")
    assert found["startDate"] == "2025-10-26T09:00:00+01:00"
    assert found["previousStartDate"] == "2025-09-30T04:00:00+02:00"
    assert "endDate" not in found
    assert found["eventStatus"] == "https://schema.org/EventRescheduled"
    assert found["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert found["location"][1] == {"@type": "VirtualLocation", "url": "https://meet.example/room"}
    talk = data_of(client, "/en/contributions/talk-1/")
    assert talk["startDate"] == "2025-10-26T09:00:00+01:00"


def data_of(client, address: str) -> dict:
    [data] = read(client, address).xpath("//script[@type='application/ld+json']")
    return json.loads(data.text)


@pytest.mark.parametrize("view", ["", "?view=grid"])
def test_where_clocks_change_the_offsets_stand_with_the_times(client, edition, view):
    Gathering.objects.update(timezone="Europe/Paris")
    night = datetime(2025, 10, 26, 0, 30, tzinfo=UTC)
    edition.session(1, starts_at=night, ends_at=night.replace(hour=1, minute=15))
    edition.session(2, starts_at=night.replace(hour=8), ends_at=night.replace(hour=9))
    page = main_of(client, f"/en/gatherings/forum-1/programme/{view}")
    assert "02:30 (UTC+2)–02:15 (UTC+1)" in page
    assert "09:30–10:30" in page
    assert "Central European Time (UTC+2 until 26 October 2025, 03:00, then UTC+1)" in page


def test_a_grid_has_a_row_for_each_of_two_times_that_clocks_show_alike(client, edition):
    Gathering.objects.update(timezone="Europe/Paris")
    first = datetime(2025, 10, 26, 0, 30, tzinfo=UTC)
    for number, start in enumerate((first, first.replace(hour=1)), 1):
        edition.session(number, starts_at=start, ends_at=None)
    page = read(client, "/en/gatherings/forum-1/programme/?view=grid")
    rows = [row.text_content().strip() for row in page.xpath("//tbody//th")]
    assert rows == ["02:30 (UTC+2)", "02:30 (UTC+1)"]


def test_calendars_are_added_or_followed(client, edition):
    edition.contribution(edition.session(), 1)

    def links(address: str) -> list[tuple[str, str]]:
        found = read(client, address).xpath("//main//a[@type='text/calendar']")
        return [(link.text_content(), link.get("href")) for link in found]

    assert links("/en/sessions/session-1/") == [
        ("Add to calendar", "/en/sessions/session-1/calendar.ics")
    ]
    assert links("/en/contributions/talk-1/") == [
        ("Add to calendar", "/en/contributions/talk-1/calendar.ics")
    ]
    own = "/en/gatherings/forum-1/calendar.ics"
    both = [("Follow in your calendar", f"webcal://testserver{own}"), ("Calendar as a file", own)]
    assert links("/en/gatherings/forum-1/") == both
    assert links("/en/gatherings/forum-1/programme/") == both
