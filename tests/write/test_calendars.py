"""What people write moves the events of calendars, and only those that it changes."""

from datetime import datetime

import icalendar
import pytest
from django.test import Client

from amity.gatherings.models import Gathering, Session
from amity.record.actions import remove, save
from tests.write.world import World, with_session, words

pytestmark = pytest.mark.django_db

Seen = dict[str, tuple[int, datetime]]


@pytest.fixture
def world() -> World:
    return with_session()


def seen(client: Client) -> Seen:
    """Event → its sequence, and when it last changed."""
    answer = client.get("/en/gatherings/forum-1/calendar.ics")
    found = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    return {
        str(one["UID"]).partition("@")[0]: (int(one["SEQUENCE"]), one.decoded("LAST-MODIFIED"))
        for one in found
    }


def test_only_what_an_event_shows_moves_its_sequence(client: Client, world: World) -> None:
    def session() -> Session:
        return Session.everything.get(key="opening")

    opening = session()
    opening.starts_at = datetime.fromisoformat("2025-09-30T02:00:00+00:00")
    save(world.north, opening)
    before = seen(client)
    opening = session()
    opening.languages = ["vi"]
    save(world.north, opening)
    assert seen(client) == before
    opening = session()
    opening.title = words("Opened")
    save(world.north, opening)
    after = seen(client)
    assert {event for event in after if after[event] != before[event]} == {"session-opening"}
    assert after["session-opening"][0] == before["session-opening"][0] + 1
    gathering = Gathering.everything.get(key="forum-1")
    gathering.venue = words("Another house")
    save(world.north, gathering)
    assert seen(client)["session-opening"][0] == after["session-opening"][0] + 1
    remove(world.north, session(), "Not this year")
    assert seen(client)["session-opening"][0] > after["session-opening"][0] + 1
