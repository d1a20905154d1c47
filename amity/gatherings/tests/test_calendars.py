"""The calendars, read back by a library that is not ours."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from amity.foundation.dates.as_said import DateAsSaid
from amity.gatherings.choices import GatheringStatus, SessionKind
from amity.gatherings.formats.icalendar import Event, calendar, fold
from amity.gatherings.models import Gathering, Session
from amity.gatherings.tests.factory import NINE, Edition, words
from amity.record.actions import save
from amity.record.choices import Audience
from tests.write.world import build

STAMP = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
VIETNAMESE = "Diễn đàn Nhân dân Việt Nam – Nga; hợp tác, giao lưu\\hữu nghị: " * 4
RUSSIAN = "Первый народный форум: «дружба, сотрудничество»; обмен\n" * 4


def read(client, address: str) -> Calendar:
    response = client.get(address)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(response.content)


def events(found: Calendar) -> dict[str, tuple]:
    return {
        str(one["UID"]): (str(one["SUMMARY"]), one.decoded("DTSTART"), one.decoded("DTEND"))
        for one in found.walk("VEVENT")
    }


def unescaped(words: str) -> str:
    """A TEXT value that the library leaves as it is, because it does not know the property."""
    plain = {"\\n": "\n", "\\,": ",", "\\;": ";", "\\\\": "\\"}
    return re.sub(r"\\.", lambda found: plain[found.group()], words)


@pytest.mark.parametrize("title", [VIETNAMESE, RUSSIAN, "日本語" * 60, "😀" * 80, "a" * 75])
def test_long_and_special_words_come_back_as_they_were(title):
    event = Event("one", title, STAMP, STAMP + timedelta(hours=1), "http://testserver/", title)
    raw = calendar(title, "vi", [event], STAMP)
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75
    found = Calendar.from_ical(raw)
    [one] = found.walk("VEVENT")
    assert (str(one["SUMMARY"]), str(one["LOCATION"])) == (title, title)
    assert unescaped(str(found["NAME"])) == title


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=400))
def test_a_folded_line_unfolds_to_itself(words):
    folded = fold(words)
    assert folded.replace(b"\r\n ", b"").decode() == words
    assert max(len(piece.decode().encode()) for piece in folded.split(b"\r\n")) <= 75


@pytest.mark.django_db
def test_all_gatherings_are_whole_days_that_leave_everybody_free(client):
    edition = Edition(when=DateAsSaid.parse("2025-09-30/2025-10-01"))
    found = read(client, "/vi/gatherings/calendar.ics")
    first, after = date(2025, 9, 30), date(2025, 10, 2)
    assert events(found) == {
        "gathering-forum-1@testserver": ("Diễn đàn thứ nhất (hư cấu)", first, after)
    }
    [one] = found.walk("VEVENT")
    assert (str(one["TRANSP"]), str(one["STATUS"])) == ("TRANSPARENT", "CONFIRMED")
    assert str(one["URL"]) == f"http://testserver/vi/gatherings/{edition.gathering.key}/"


@pytest.mark.django_db
def test_a_gathering_without_a_date_is_left_out(client):
    Edition(when=None)
    assert events(read(client, "/en/gatherings/calendar.ics")) == {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (GatheringStatus.ANNOUNCED, "TENTATIVE"),
        (GatheringStatus.POSTPONED, "CANCELLED"),
        (GatheringStatus.CANCELLED, "CANCELLED"),
        (GatheringStatus.CLOSED, "CONFIRMED"),
    ],
)
def test_what_is_called_off_is_called_off_in_every_calendar(client, status, expected):
    edition = Edition(status=status)
    edition.contribution(edition.session(), 1)
    for address in (
        "/en/gatherings/calendar.ics",
        "/en/gatherings/forum-1/calendar.ics",
        "/en/sessions/session-1/calendar.ics",
    ):
        assert {str(one["STATUS"]) for one in read(client, address).walk("VEVENT")} == {expected}


@pytest.mark.django_db
def test_a_month_is_named_as_it_was_said(client):
    Edition(when=DateAsSaid.parse("2026-10"))
    [one] = read(client, "/en/gatherings/calendar.ics").walk("VEVENT")
    assert str(one["DESCRIPTION"]) == "October 2026"
    assert (one.decoded("DTSTART"), one.decoded("DTEND")) == (date(2026, 10, 1), date(2026, 11, 1))


@pytest.mark.django_db
def test_a_programme_has_its_times_and_days(client):
    edition = Edition()
    edition.contribution(edition.session(1), 1)
    edition.session(2, after=13 * 60, minutes=240, title=words("Night", vi="Đêm"))
    edition.session(3, after=None, when=DateAsSaid.parse("2025-10-01"))
    edition.session(4, after=120, kind=SessionKind.BREAK)
    edition.session(5, after=None)
    found = events(read(client, "/vi/gatherings/forum-1/calendar.ics"))
    hour = timedelta(hours=1)
    assert found == {
        "contribution-talk-1@testserver": ("Talk 1 (hư cấu)", NINE, NINE + hour),
        "session-session-1@testserver": ("Session 1 (hư cấu)", NINE, NINE + hour),
        "session-session-2@testserver": ("Đêm (hư cấu)", NINE + 13 * hour, NINE + 17 * hour),
        "session-session-3@testserver": (
            "Session 3 (hư cấu)",
            date(2025, 10, 1),
            date(2025, 10, 2),
        ),
    }


@pytest.mark.django_db
def test_without_a_programme_the_days_themselves_stand(client):
    Edition()
    found = events(read(client, "/en/gatherings/forum-1/calendar.ics"))
    assert list(found) == ["gathering-forum-1@testserver"]


@pytest.mark.django_db
def test_a_session_has_a_calendar_with_its_contributions(client):
    edition = Edition()
    edition.contribution(edition.session(1), 1)
    edition.contribution(edition.session(2, after=60), 2)
    found = read(client, "/en/sessions/session-2/calendar.ics")
    assert sorted(events(found)) == [
        "contribution-talk-2@testserver",
        "session-session-2@testserver",
    ]
    assert {str(one["LOCATION"]) for one in found.walk("VEVENT")} == {"Hall 1, Northtown"}


@pytest.mark.django_db
def test_an_event_says_where_who_and_what(client):
    edition = Edition(venue=words("House of Friendship, 1 Quay"), url="https://meet.example/room")
    session = edition.session(1, summary=words("About ships"))
    session.chairs.add(edition.person(7))
    edition.contribution(session, 1, abstract=words("Of the sea.\n\nAnd of the land."))
    edition.session(2, after=60, room=None, url="https://meet.example/other")
    found = {
        str(one["UID"]).partition("@")[0]: one
        for one in read(client, "/en/gatherings/forum-1/calendar.ics").walk("VEVENT")
    }
    house = "House of Friendship, 1 Quay, Northtown"
    shown = {
        uid: (str(one["LOCATION"]), str(one["DESCRIPTION"]), str(one["CONFERENCE"]))
        for uid, one in found.items()
    }
    room, other = "https://meet.example/room", "https://meet.example/other"
    assert shown == {
        "session-session-1": (
            f"Hall 1, {house}, {room}",
            f"Chaired by: Person 7\n\nOnline: {room}\n\nAbout ships",
            room,
        ),
        "contribution-talk-1": (
            f"Hall 1, {house}, {room}",
            f"Speakers: Person 1\n\nOnline: {room}\n\nOf the sea.\n\nAnd of the land.",
            room,
        ),
        "session-session-2": (f"{house}, {other}", f"Online: {other}", other),
    }


@pytest.mark.django_db
def test_what_has_no_end_or_is_a_moment_says_only_its_start(client):
    edition = Edition()
    edition.session(1, ends_at=None)
    edition.session(2, minutes=0)
    for one in read(client, "/en/gatherings/forum-1/calendar.ics").walk("VEVENT"):
        assert (one.decoded("DTSTART"), "DTEND" in one) == (NINE, False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "expected", "title"),
    [
        ("scheduled", "CONFIRMED", "Talk"),
        ("moved", "CONFIRMED", "Talk"),
        ("postponed", "CANCELLED", "Postponed: Talk"),
        ("cancelled", "CANCELLED", "Called off: Talk"),
    ],
)
def test_a_session_that_does_not_take_place_says_so_with_its_contributions(
    client, status, expected, title
):
    edition = Edition(status=GatheringStatus.HELD)
    session = edition.session(1, status=status, title=words("Talk"))
    edition.contribution(session, 1, title=words("Talk"))
    edition.session(2, title=words("Other"))
    found = read(client, "/en/gatherings/forum-1/calendar.ics").walk("VEVENT")
    shown = {
        str(one["UID"]).partition("@")[0]: (str(one["STATUS"]), str(one["SUMMARY"]))
        for one in found
    }
    own = (expected, f"{title} (fictional)")
    assert shown == {
        "session-session-1": own,
        "contribution-talk-1": own,
        "session-session-2": ("CONFIRMED", "Other (fictional)"),
    }


@pytest.mark.django_db
def test_a_contribution_is_added_alone(client):
    edition = Edition()
    edition.contribution(edition.session(1), 1)
    response = client.get("/en/contributions/talk-1/calendar.ics")
    assert response["Content-Disposition"] == 'attachment; filename="contribution-talk-1.ics"'
    [uid] = events(Calendar.from_ical(response.content))
    assert uid == "contribution-talk-1@testserver"


@pytest.mark.django_db
def test_the_calendar_of_a_journey_has_its_stops_each_by_its_own_clocks(client):
    edition = Edition(when=DateAsSaid.parse("2025-09-28/2025-10-03"))
    own = {**edition.own, "kind": "visit", "status": "held", "within": edition.gathering}
    east = Gathering.objects.create(
        **own, key="stop-b", title=words("East"), timezone="Asia/Vladivostok",
        when=DateAsSaid.parse("2025-09-28"), venue=words("Port"),
    )  # fmt: skip
    Gathering.objects.create(
        **own, key="stop-a", title=words("West"), timezone="Europe/Moscow",
        when=DateAsSaid.parse("2025-10-02"), place=edition.city,
    )  # fmt: skip
    edition.session(1, room=None)
    Session.everything.update(gathering=east)
    found = read(client, "/en/gatherings/forum-1/calendar.ics").walk("VEVENT")
    assert [(str(one["UID"]).partition("@")[0], str(one["LOCATION"])) for one in found] == [
        ("gathering-stop-a", "Northtown"),
        ("session-session-1", "Port"),
    ]
    page = client.get("/en/gatherings/forum-1/").content.decode()
    assert page.index("East") < page.index("28 September 2025") < page.index("West")


@pytest.mark.django_db
def test_moved_and_called_off_it_stays_one_entry_whose_number_rises(client):
    world = build()
    forum = world.gathering()
    forum.status, forum.when = GatheringStatus.ANNOUNCED, DateAsSaid.parse("2099-09-30")
    save(world.north, forum, audience=Audience.PUBLIC)
    entries: dict[str, tuple[int, str, date]] = {}
    numbers = []
    for values in (
        {},
        {"when": DateAsSaid.parse("2099-10-07")},
        {"status": GatheringStatus.CANCELLED},
    ):
        for name, value in values.items():
            setattr(forum, name, value)
        if values:
            save(world.north, forum)
            forum.refresh_from_db()
        (event,) = read(client, "/en/gatherings/forum-1/calendar.ics").walk("VEVENT")
        number = int(str(event["SEQUENCE"]))
        numbers.append(number)
        known = entries.get(str(event["UID"]))
        if known is None or number >= known[0]:
            entries[str(event["UID"])] = (number, str(event["STATUS"]), event.decoded("DTSTART"))
    assert numbers == sorted(set(numbers))
    ((_uid, (_number, status, start)),) = entries.items()
    assert (status, start) == ("CANCELLED", date(2099, 10, 7))
    assert "ORGANIZER" not in str(event)
