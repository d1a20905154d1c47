"""The days of a report, where its writer, who decides on it and its readers have other clocks."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from amity.accounts.models import User
from amity.followup.models import Commitment, Report
from amity.turns.schedule import day_in_record

from .world import REPORT, at, link, thread

pytestmark = pytest.mark.django_db
EAST, WEST = "Pacific/Kiritimati", "Pacific/Pago_Pago"
"""Fourteen hours ahead of UTC, and eleven behind it."""
TODAY = date(2026, 12, 1)
"""The day of UTC. At half past ten tomorrow has begun in the east, and yesterday goes on in the
west."""
MOMENT = datetime(2026, 12, 1, 10, 30, tzinfo=UTC)


@pytest.fixture
def there(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: MOMENT)
    return thread()


def zones(south: str, north: str) -> None:
    for office, zone in (("south-office", south), ("north-office", north)):
        User.objects.filter(mandates__office__organization__key=office).update(timezone=zone)


def reported(there, holder: str) -> Report:
    """The south reports and accepts it, and the north says the same."""
    there.charge(timezone=holder)
    there.south.post(at("desk_turn_ask", there.turn.pk))
    assert Client().post(link(), REPORT).status_code == 200
    report = Report.everything.get()
    there.south.post(at("desk_report", report.key), {"revision": report.revision})
    report.refresh_from_db()
    assert report.state == "accepted"
    answer = {"completion": "substantial", "words": "", "language": "en"}
    there.north.post(at("desk_report_reply", report.key), answer)
    return report


@pytest.mark.parametrize(
    ("holder", "south", "north"),
    [(EAST, EAST, "UTC"), (EAST, "UTC", WEST), (WEST, EAST, WEST), ("UTC", WEST, EAST)],
)
def test_no_day_of_a_report_is_still_to_come_for_whoever_reads_the_record(
    there, holder, south, north
):
    zones(south, north)
    report = reported(there, holder)
    own = Report.everything.exclude(pk=report.pk).get()
    days = [(one.submitted_on, one.accepted_on or date.max, TODAY) for one in (report, own)]
    assert days == [tuple(sorted(some)) for some in days]
    assert own.submitted_on >= days[0][1]  # it answers what was there before it
    assert "Reports of the other side" not in there.north.get(at("desk")).text
    assert Commitment.objects.get().joint_state == "confirmed"


def test_who_lives_in_the_west_has_reported_on_the_day_of_their_own_clock(there):
    zones("UTC", "UTC")
    report = reported(there, WEST)
    assert (report.submitted_on, report.accepted_on) == (TODAY - timedelta(days=1), TODAY)


def test_the_own_day_counts_unless_it_has_not_come_for_others():
    yesterday, tomorrow = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
    days = (yesterday, TODAY, tomorrow)
    assert [day_in_record(one, MOMENT) for one in days] == [yesterday, TODAY, TODAY]
