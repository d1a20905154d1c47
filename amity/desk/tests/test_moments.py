"""Times at the desk are by the clocks of whoever reads, on days when these are changed too."""

import re
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from amity.accounts.models import User
from amity.desk.models import Note
from amity.desk.tests.test_desk import somebody
from amity.foundation.models import Change
from amity.gatherings.models import Session
from amity.languages.text import Text
from amity.record.actions import save
from amity.record.choices import Audience
from tests.write.world import World, build

pytestmark = pytest.mark.django_db
HANOI, LISBON = "Asia/Ho_Chi_Minh", "Europe/Lisbon"


@pytest.fixture
def world() -> World:
    made = build()
    save(made.north, made.gathering())
    return made


def in_zone(zone: str) -> Client:
    """An officer of the north whose own clocks are those of a zone."""
    client = somebody("north-office")
    User.objects.filter(pk=client.session["_auth_user_id"]).update(timezone=zone)
    return client


def seen(client: Client, at: str) -> str:
    """What the page of a record says of a note that was written then, up to the next tag."""
    somebody_else = User.objects.order_by("pk").first()
    Note.objects.all().delete()
    Note.objects.create(
        office="organization:north-office",
        kind="gathering",
        key="forum-1",
        user=somebody_else,
        words="Seen.",
        at=datetime.fromisoformat(at),
    )
    page = client.get(reverse("desk_record", args=["gatherings", "forum-1"])).text
    _before, _time, after = page.partition('<time class="moment" datetime="')
    machine, _quote, rest = after.partition('">')
    words, _end, rest = rest.partition("</time>")
    offset = re.match(r' <span class="offset">([^<]*)</span>', rest)
    return f"{machine} | {words}" + (f" {offset[1]}" if offset else "")


@pytest.mark.parametrize(
    ("zone", "at", "said"),
    [
        (HANOI, "2026-11-27T01:15+00:00", "2026-11-27T08:15+07:00 | 27 November 2026, 08:15"),
        (HANOI, "2026-11-26T20:00+00:00", "2026-11-27T03:00+07:00 | 27 November 2026, 03:00"),
        (LISBON, "2026-11-26T20:00+00:00", "2026-11-26T20:00+00:00 | 26 November 2026, 20:00"),
        (LISBON, "2026-07-01T23:30+00:00", "2026-07-02T00:30+01:00 | 2 July 2026, 00:30"),
        (LISBON, "2026-03-29T00:59+00:00", "2026-03-29T00:59+00:00 | 29 March 2026, 00:59"),
        (LISBON, "2026-03-29T01:00+00:00", "2026-03-29T02:00+01:00 | 29 March 2026, 02:00"),
    ],
)
def test_a_desk_page_says_times_by_the_clocks_of_whoever_reads(world, zone, at, said):
    assert seen(in_zone(zone), at) == said


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2026-10-25T00:30+00:00", "2026-10-25T01:30+01:00 | 25 October 2026, 01:30 (UTC+1)"),
        ("2026-10-25T01:30+00:00", "2026-10-25T01:30+00:00 | 25 October 2026, 01:30 (UTC+0)"),
        ("2026-10-25T02:00+00:00", "2026-10-25T02:00+00:00 | 25 October 2026, 02:00"),
    ],
)
def test_what_clocks_show_twice_is_told_apart(world, at, said):
    assert seen(in_zone(LISBON), at) == said


def test_where_nobody_knows_whose_clocks_are_meant_utc_is_said(world):
    assert seen(in_zone("UTC"), "2026-11-27T01:15+00:00").endswith("01:15 (UTC)")
    gathering = world.gathering().__class__.everything.get()
    save(world.north, gathering, audience=Audience.PUBLIC)
    Change.objects.update(at=datetime.fromisoformat("2026-11-26T20:00+00:00"))
    page = Client().get("/en/changes/").text
    assert "26 November 2026, 20:00</time> " in page
    assert '<span class="offset">(UTC)</span>' in page


def test_a_session_in_the_hour_that_comes_twice_is_asked_which_and_keeps_it(world):
    gathering = world.gathering().__class__.everything.get()
    gathering.timezone = LISBON
    save(world.north, gathering)
    session = Session(
        gathering=gathering,
        key="night-1",
        kind="culture",
        position=1,
        dossier=gathering.dossier,
        title=Text.of("Night", "en"),
        starts_at=datetime.fromisoformat("2025-10-26T01:30+00:00"),
        ends_at=datetime.fromisoformat("2025-10-26T02:30+00:00"),
    )
    save(world.north, session)
    client = somebody("north-office")
    address = reverse("desk_edit", args=["sessions", "night-1"])
    form = client.get(address).text
    assert 'name="starts_at-which" value="+00:00" checked' in form
    assert 'name="starts_at-which" value="+01:00"' in form
    assert 'name="ends_at-which"' not in form
