"""What was removed keeps its address and says who removed it, when and why; what moved leads on."""

import json
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

import icalendar
import pytest
from django.utils import timezone

from amity.foundation.models import Change
from amity.gatherings.models import Session
from amity.record.acting import STRANGER
from amity.record.actions import release, remove, save, undo
from amity.record.choices import Audience
from amity.record.models import Entry
from amity.record.queries import gone
from tests.write.world import World, with_session

pytestmark = pytest.mark.django_db

WHY = "Held under another name"
BY_LANGUAGE = {
    "en": ("was removed on", "by north-office.", f"Reason: {WHY}"),
    "vi": ("đã được", "north-office", f"Lý do: {WHY}"),
    "ru": ("Запись «Первый форум» удалена", "north-office", f"Причина: {WHY}"),
    "fr": ("a été retiré", "par north-office.", f"Motif\u00a0: {WHY}"),
    "id": ("dihapus dari", "oleh north-office", f"Alasan: {WHY}"),
}


@pytest.fixture
def world() -> World:
    return with_session()


def stored(model, key: str):
    return model.everything.get(key=key)


def forum(world: World):
    return stored(type(world.gathering()), "forum-1")


def answered(client, key: str) -> list[tuple[int, str]]:
    """What a stranger is told of a gathering, its identifier left out."""
    addresses = (f"/vi/gatherings/{key}/", f"/en/gatherings/{key}/calendar.ics")
    answers = [client.get(one) for one in (*addresses, f"/api/v1/gatherings/{key}")]
    return [(one.status_code, one.content.decode().replace(key, "")) for one in answers]


@pytest.mark.parametrize("language", BY_LANGUAGE)
def test_the_page_of_what_was_removed_says_so_in_the_readers_language(client, world, language):
    address = f"/{language}/gatherings/forum-1/"
    assert client.get(address).status_code == 200
    remove(world.north, forum(world), WHY)
    answer = client.get(address)
    assert answer.status_code == 410
    body = answer.content.decode()
    for said in BY_LANGUAGE[language]:
        assert said in body
    assert 'name="robots" content="noindex' in body
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("part", ["programme/", "people/"])
def test_what_belongs_to_it_is_gone_with_it(client, world, part):
    remove(world.north, forum(world), WHY)
    for address in (f"/en/gatherings/forum-1/{part}", "/en/sessions/opening/"):
        assert client.get(address).status_code == 410
    never = client.get("/en/gatherings/never/").content
    assert WHY.encode() not in never


def test_the_api_says_so_as_a_problem(client, world):
    remove(world.north, forum(world), WHY)
    answer = client.get("/api/v1/gatherings/forum-1", headers={"Accept-Language": "vi"})
    told = json.loads(answer.content)
    assert (answer.status_code, answer["Content-Type"]) == (410, "application/problem+json")
    assert (told["status"], told["removed"]["by"], told["removed"]["reason"]) == (
        410,
        "north-office",
        WHY,
    )
    assert told["removed"]["at"][:10] == timezone.now().date().isoformat()
    assert "đã được" in told["detail"]


def events(answer) -> dict[str, tuple[str, date]]:
    body = b"".join(answer) if answer.streaming else answer.content
    found = icalendar.Calendar.from_ical(body.decode()).walk("VEVENT")
    return {str(one["UID"]): (str(one["STATUS"]), one.decoded("DTSTART")) for one in found}


def test_calendars_cancel_what_was_removed(client, world):
    remove(world.north, forum(world), WHY)
    own = client.get("/en/gatherings/forum-1/calendar.ics")
    today = timezone.now().date()
    assert own.status_code == 410
    assert events(own) == {"gathering-forum-1@testserver": ("CANCELLED", today)}
    of_all = client.get("/en/gatherings/calendar.ics")
    assert of_all.status_code == 200
    assert events(of_all) == {"gathering-forum-1@testserver": ("CANCELLED", date(2025, 9, 30))}


def test_the_calendar_of_a_gathering_cancels_its_removed_sessions(client, world):
    session = stored(Session, "opening")
    session.starts_at = datetime(2025, 9, 30, 2, tzinfo=UTC)
    session.ends_at = datetime(2025, 9, 30, 3, tzinfo=UTC)
    save(world.north, session)
    calendar = "/en/gatherings/forum-1/calendar.ics"
    assert events(client.get(calendar))["session-opening@testserver"][0] == "CONFIRMED"
    remove(world.north, stored(Session, "opening"), WHY)
    assert events(client.get(calendar))["session-opening@testserver"] == (
        "CANCELLED",
        session.starts_at,
    )


def test_a_feed_of_what_was_removed_has_one_entry_that_says_so(client, world):
    remove(world.north, forum(world), WHY)
    answer = client.get("/en/gatherings/forum-1/feed.atom")
    assert (answer.status_code, answer["Content-Type"]) == (
        410,
        "application/atom+xml; charset=utf-8",
    )
    body = answer.content.decode()
    assert body.count("<entry") == 1
    assert WHY in body


def test_strangers_are_not_told_that_there_was_something_they_could_not_read(client, world):
    release(world.north, forum(world), Audience.CIRCLE)
    assert answered(client, "forum-1") == answered(client, "never")
    remove(world.north, forum(world), WHY)
    assert gone(world.south, "gathering", "forum-1").removed_why == WHY
    assert gone(STRANGER, "gathering", "forum-1") is None
    assert answered(client, "forum-1") == answered(client, "never")
    assert events(client.get("/en/gatherings/calendar.ics")) == {}


def test_what_comes_back_is_read_again(client, world):
    change = remove(world.north, forum(world), WHY)
    assert client.get("/en/gatherings/forum-1/").status_code == 410
    undo(world.north, change)
    assert client.get("/en/gatherings/forum-1/").status_code == 200
    assert client.get("/en/sessions/opening/").status_code == 200


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/vi/gatherings/forum-1/", "/vi/gatherings/first-forum/"),
        ("/en/gatherings/forum-1/people/", "/en/gatherings/first-forum/people/"),
        ("/en/gatherings/forum-1/calendar.ics", "/en/gatherings/first-forum/calendar.ics"),
        ("/en/gatherings/forum-1/feed.atom", "/en/gatherings/first-forum/feed.atom"),
        (
            "/en/gatherings/forum-1/programme/?view=grid",
            "/en/gatherings/first-forum/programme/?view=grid",
        ),
        ("/api/v1/gatherings/forum-1", "/api/v1/gatherings/first-forum"),
    ],
)
def test_what_was_renamed_leads_to_its_new_address(client, world, old, new):
    renamed = forum(world)
    renamed.key = "first-forum"
    save(world.north, renamed)
    answer = client.get(old)
    assert answer.status_code == 301
    found = urlsplit(answer["Location"])
    assert f"{found.path}?{found.query}".rstrip("?") == new
    assert client.get(new).status_code == 200


def test_an_old_name_does_not_betray_a_new_one_that_is_hidden(client, world):
    renamed = forum(world)
    renamed.key = "first-forum"
    save(world.north, renamed)
    release(world.north, stored(type(renamed), "first-forum"), Audience.CIRCLE)
    assert answered(client, "forum-1") == answered(client, "never")
    assert gone(world.south, "gathering", "forum-1").moved_to.key == "first-forum"


def test_what_was_renamed_and_then_removed_says_so_at_both_addresses(client, world):
    renamed = forum(world)
    renamed.key = "first-forum"
    save(world.north, renamed)
    remove(world.north, stored(type(renamed), "first-forum"), WHY)
    assert client.get("/en/gatherings/forum-1/", follow=True).status_code == 410


def test_a_removal_renews_kept_pages(client, world):
    assert client.get("/en/gatherings/").status_code == 200
    assert Change.objects.filter(public=True).exists()
    assert b"First forum" in client.get("/en/gatherings/").content
    remove(world.north, forum(world), WHY)
    assert b"First forum" not in client.get("/en/gatherings/").content
    assert not Entry.objects.filter(kind="gathering").exists()
