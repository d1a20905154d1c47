"""The calendar of deadlines: what is open and public, once each, on the day it is next due."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from amity.followup.tests.factory import Record, words

pytestmark = pytest.mark.django_db
ADDRESS = "/en/commitments/deadlines.ics"


def due(address: str) -> dict[str, date]:
    """What a calendar says is due, and when."""
    answer = Client().get(address)
    assert (answer.status_code, dict(answer.cookies)) == (200, {})
    read = Calendar.from_ical(answer.content)
    return {str(one["SUMMARY"]): one.decoded("DTSTART") for one in read.walk("VEVENT")}


@pytest.fixture
def record() -> Record:
    made = Record()
    made.commitment(1, deadline="2026-12-10")
    done = made.commitment(2, deadline="2026-12-11")
    for side in (0, 1):
        made.report(done, side, "complete")
    made.commitment(3, deadline=None)
    made.commitment(
        4, deadline="2026-12-12", title=words("Kept among us"), readers="partnership:north-south"
    )
    made.tell()
    return made


@pytest.mark.parametrize("query", ["", "?side=south", "?side=north", "?holder=south"])
def test_what_is_open_and_public_is_due_on_its_day(record, query):
    assert due(ADDRESS + query) == {"Due: Promise 1 (fictional)": date(2026, 12, 10)}


@pytest.mark.parametrize("query", ["?side=nowhere", "?holder=north", "?theme=none", "?real=1"])
def test_what_is_not_wanted_is_left_out(record, query):
    assert due(ADDRESS + query) == {}


def test_in_another_language(record):
    assert list(due("/vi/commitments/deadlines.ics")) == ["Hạn: Cam kết 1 (hư cấu)"]


def test_few_statements_make_it(record):
    for number in range(10, 40):
        record.commitment(number, deadline="2027-01-01")
    record.tell()
    with CaptureQueriesContext(connection) as captured:
        assert len(due(ADDRESS)) == 31
    assert len(captured) <= 4
