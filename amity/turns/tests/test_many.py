"""The list of a side's turns reads what it shows, however many turns there are behind it."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from amity.followup.models import Report
from amity.foundation.database.planner import analyze
from amity.network.models import Office, SideOffice
from amity.turns.models import Turn
from amity.turns.views.desk import AT_ONCE, LISTED_AT_MOST

from .world import REPORT, at, link, thread

pytestmark = pytest.mark.django_db


@pytest.fixture
def both_sides():
    """A client of an office of two sides, each with more turns than are listed of all."""
    there = thread()
    office = Office.objects.get(organization__key="south-office")
    since = timezone.now()
    SideOffice.objects.create(side=there.world.sides[0], office=office, vouched_at=since)
    Turn.objects.bulk_create(
        Turn(
            commitment=there.commitment,
            side=side,
            due_on=date(2027, 1, 1) + timedelta(days=2 * number + place),
        )
        for place, side in enumerate(there.world.sides[:2])
        for number in range(LISTED_AT_MOST)
    )
    analyze()
    there.south.get(at("desk_turns"))
    return there


@pytest.mark.skipif(connection.vendor != "sqlite", reason="asks SQLite how it goes about it")
@pytest.mark.parametrize("shown", ["open", "settled"])
def test_turns_of_each_side_are_read_in_the_order_of_an_index_and_not_sorted(both_sides, shown):
    with CaptureQueriesContext(connection) as asked:
        assert both_sides.south.get(f"{at('desk_turns')}?shown={shown}").status_code == 200
    (first,) = (one["sql"] for one in asked if " UNION ALL " in one["sql"])
    assert first.endswith(f"LIMIT {LISTED_AT_MOST + 1}")
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {first}")
        plan = [(parent, number, words) for number, parent, _unused, words in cursor.fetchall()]
    sides = [number for _parent, number, words in plan if words.startswith("LIST SUBQUERY")]
    for side in sides:
        steps = [words for parent, _number, words in plan if parent == side]
        assert steps[0] == "SEARCH V0 USING INDEX turns_turn_of (side_id=?)"
        assert not [one for one in steps if "ORDER BY" in one]
    assert len(sides) == 2


def test_turns_of_several_sides_are_listed_in_one_order(both_sides):
    due = Turn.objects.order_by("due_on", "pk").values_list("pk", flat=True)
    assert shown_at(both_sides.south) == list(due[:AT_ONCE])
    assert shown_at(both_sides.south, "?page=40") == list(due[LISTED_AT_MOST - AT_ONCE :][:AT_ONCE])
    body = both_sides.south.get(at("desk_turns")).content.decode()
    assert "Only the first 1,000 are listed." in body
    assert both_sides.south.get(f"{at('desk_turns')}?page=41").status_code == 404


def test_settled_turns_of_several_sides_are_listed_the_last_first(both_sides):
    both_sides.charge()
    both_sides.south.post(at("desk_turn_ask", both_sides.turn.pk))
    Client().post(link(), REPORT)
    report = Report.everything.get()
    both_sides.south.post(at("desk_report", report.key), {"revision": report.revision})
    Turn.objects.update(report=report)
    due = Turn.objects.order_by("-due_on", "-pk").values_list("pk", flat=True)
    assert shown_at(both_sides.south, "?shown=settled") == list(due[:AT_ONCE])
    assert shown_at(both_sides.south) == []


def shown_at(client, query=""):
    """Numbers of the turns that a page of the list shows."""
    body = client.get(at("desk_turns") + query).content.decode()
    return [int(number) for number in re.findall(rf'href="{at("desk_turns")}(\d+)/"', body)]
