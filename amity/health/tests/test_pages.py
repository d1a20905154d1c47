"""The desk's page, the public page's line, what needs the office, and the letter to both sides."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from amity.desk.tests.test_desk import somebody
from amity.followup.models import Commitment, Party
from amity.foundation.dates.as_said import DateAsSaid
from amity.foundation.models import Letter
from amity.health.actions import tell_dormant
from amity.network.models import Agreement, Partnership, Side
from amity.record.actions import save
from amity.record.choices import Audience
from tests.write.world import World, build, words

pytestmark = pytest.mark.django_db
TODAY = timezone.now().date()
LONG_AGO = TODAY.replace(day=1, year=TODAY.year - 5)
PAGE = "/en/desk/partnerships/health/"
DORMANT = '<span class="chip state overdue">dormant by rule</span>'
PUBLIC = "/en/partnerships/twins/"


@pytest.fixture
def world() -> World:
    return build()


def gathering(world: World, day: date, audience: Audience = Audience.PUBLIC, key: str = "forum-1"):
    made = world.gathering(key)
    made.when = DateAsSaid.parse(day.isoformat())
    save(world.north, made, audience=audience)
    return made


def agreement(world: World, ends: date, **values: str) -> Agreement:
    made = Agreement(
        dossier=world.dossier,
        key=values.get("key", "agreement-1"),
        kind="twinning",
        title=words(values.get("title", "Agreement of the twins")),
        status="in_force",
        signed=DateAsSaid.parse("2020-01-01"),
        valid=DateAsSaid.parse(f"2020-01-01/{ends.isoformat()}"),
    )
    save(world.north, made, {"partnerships": [world.partnership]}, audience=Audience.PUBLIC)
    return made


def test_both_sides_see_their_partnership_and_an_office_of_none_sees_none(world):
    gathering(world, LONG_AGO)
    for office in ("north-office", "south-office"):
        page = somebody(office).get(PAGE).text
        assert "Twins" in page
        assert DORMANT in page
        assert page.count("north-office") >= 1
    other = somebody("east-office").get(PAGE).text
    assert "Twins" not in other
    assert "speaks for no side" in other


def test_a_partnership_within_another_is_seen_by_who_speaks_in_that(world):
    within = Partnership(
        dossier=world.dossier,
        key="street",
        kind="friendship",
        name=words("Street and street"),
        parent=world.partnership,
    )
    save(world.north, within, audience=Audience.PUBLIC)
    assert "Street and street" in somebody("south-office").get(PAGE).text
    assert "Street and street" not in somebody("east-office").get(PAGE).text


def test_what_is_kept_to_the_circle_counts_for_the_sides_alone(world):
    gathering(world, LONG_AGO)
    gathering(world, TODAY - timedelta(days=20), Audience.CIRCLE, "forum-2")
    page = somebody("south-office").get(PAGE).text
    assert DORMANT not in page
    public = Client().get(PUBLIC).text
    assert f"{LONG_AGO.year}" in public
    assert "Nothing is recorded here for more than 3 years" in public
    other = Side.objects.get(key="twins-south")
    assert other.partnership_id == world.partnership.pk


def test_the_public_page_says_when_the_last_contact_was(world):
    assert "Last contact" not in Client().get(PUBLIC).text
    gathering(world, date(2026, 5, 4))
    page = Client().get(PUBLIC).text
    assert "Last contact on record: 4 May 2026" in page
    assert "Nothing is recorded here" not in page


def test_open_promises_are_counted_once_for_two_parties(world):
    made = Commitment(
        dossier=world.dossier,
        key="C-2026-001",
        kind="commitment",
        grade="will",
        title=words("Twelve boats"),
        deadline=DateAsSaid.parse((TODAY - timedelta(days=3)).isoformat()),
    )
    parties = [
        Party(position=1, side=world.sides[1], role="holder"),
        Party(position=2, side=world.sides[0], role="counterpart"),
    ]
    save(world.north, made, {"parties": parties}, audience=Audience.PUBLIC)
    page = somebody("north-office").get(PAGE).text
    assert "open: 1\u00a0· date passed: 1\u00a0· kept: 0" in page


def test_an_agreement_that_ends_soon_needs_both_sides_until_another_holds_longer(world):
    agreement(world, TODAY + timedelta(days=100))
    north = somebody("north-office")
    for client in (north, somebody("south-office")):
        assert "Agreements to renew" in client.get("/en/desk/").text
        assert "Agreement of the twins" in client.get(PAGE).text
    assert "Agreements to renew" not in somebody("east-office").get("/en/desk/").text
    agreement(world, TODAY + timedelta(days=2000), key="agreement-2", title="Renewed")
    assert "Agreements to renew" not in north.get("/en/desk/").text
    assert "Agreement to renew" not in north.get(PAGE).text


def test_both_sides_get_one_letter_when_it_falls_quiet(world):
    gathering(world, LONG_AGO)
    for office in ("north-office", "south-office", "east-office"):
        somebody(office)
    now = datetime.now(UTC)
    assert tell_dormant(now) == "2 letters about partnerships without contact"
    assert tell_dormant(now + timedelta(days=400)) == ""
    rows = Letter.objects.order_by("to").values_list("to", "office", "key")
    assert list(rows) == [
        ("north-office@example.org", "organization:north-office", "twins"),
        ("south-office@example.org", "organization:south-office", "twins"),
    ]


def test_no_letter_where_the_sides_met_among_themselves(world):
    gathering(world, LONG_AGO)
    gathering(world, TODAY - timedelta(days=20), Audience.CIRCLE, "forum-2")
    somebody("north-office")
    assert tell_dormant(datetime.now(UTC)) == ""
    assert not Letter.objects.exists()


def more(world: World, numbers: range) -> None:
    """Partnerships within the twinning, each with an agreement that ends soon."""
    for number in numbers:
        made = Partnership(
            dossier=world.dossier,
            key=f"within-{number}",
            kind="friendship",
            name=words(f"Within {number}"),
            parent=world.partnership,
        )
        save(world.north, made, audience=Audience.PUBLIC)
        ends = (TODAY + timedelta(days=9)).isoformat()
        agreement = Agreement(
            dossier=world.dossier,
            key=f"agreement-{number + 10}",
            kind="twinning",
            title=words("Agreement"),
            status="in_force",
            valid=DateAsSaid.parse(f"2020-01-01/{ends}"),
        )
        save(world.north, agreement, {"partnerships": [made]}, audience=Audience.PUBLIC)


def test_the_page_asks_as_often_for_many_as_for_one_and_is_paged(world):
    client, asked = somebody("north-office"), []
    for numbers in (range(1), range(1, 30)):
        more(world, numbers)
        client.get(PAGE)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(PAGE).status_code == 200
        asked.append(len(captured))
    assert asked == [13, 11]  # the first 25 of many are those without sides: two fewer to ask for
    assert client.get(f"{PAGE}?page=2").text.count('class="card stack"') == 6
    assert client.get(f"{PAGE}?page=3").status_code == 404
    assert client.get(f"{PAGE}?page=x").status_code == 200
