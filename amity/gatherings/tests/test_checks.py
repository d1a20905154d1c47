"""What must hold within a gathering: kept and broken, of one record and of many."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, TypeVar

import pytest
from django.db.models import QuerySet
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from amity.foundation.dates.as_said import DateAsSaid
from amity.gatherings.checks import around_the_gathering, during_the_session, of_an_exhibition
from amity.gatherings.choices import GatheringKind
from amity.gatherings.models import Contribution, Gathering, Panel, Session, Work
from amity.record.checks import Asked, Broken, same_owner
from amity.record.models import Recorded

from .factory import NINE, Edition

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)

Row = TypeVar("Row", bound=Recorded)


def told(found: Iterable[Broken]) -> list[tuple[str, str]]:
    """Fields and messages, in English."""
    with translation.override("en"):
        return [(one.field_path, str(one.message)) for one in found]


def sessions() -> "QuerySet[Session]":
    return Session.everything.order_by("pk")


DAY_LONG = 24 * 60
OFFICIAL = "more than half a year from 2025-09-30/2025-10-01 of the gathering"


@pytest.mark.parametrize(
    ("fields", "broken"),
    [
        ({}, []),
        ({"after": None, "when": "2025-10-01"}, []),
        ({"after": None, "when": "2025-08-25/2025-08-26"}, []),
        ({"after": -15 * 60}, []),  # the evening before
        ({"after": -40 * DAY_LONG}, []),  # weeks before
        ({"after": 50 * DAY_LONG, "ends_at": None}, []),
        ({"after": None, "when": "2024-10-01/2024-10-02"},
         [("when", f"2024-10-01 is {OFFICIAL}")]),
        ({"after": -365 * DAY_LONG, "ends_at": None}, [("starts_at", f"2024-09-30 is {OFFICIAL}")]),
        ({"after": DAY_LONG, "minutes": 365 * DAY_LONG},
         [("ends_at", f"2026-10-01 is {OFFICIAL}")]),
    ],
)  # fmt: skip
def test_a_session_is_around_the_days_of_its_gathering(
    fields: dict[str, Any], broken: list[tuple[str, str]]
) -> None:
    edition = Edition()
    if "when" in fields:
        fields = {**fields, "when": DateAsSaid.parse(fields["when"])}
    edition.session(1, **fields)
    assert told(around_the_gathering(sessions())) == broken
    Gathering.everything.update(when=None)
    assert told(around_the_gathering(sessions())) == []


@pytest.mark.parametrize(
    ("start", "end", "broken"),
    [
        (NINE, NINE + HOUR, []),
        (None, None, []),
        (NINE - HOUR, NINE + HOUR,
         [("starts_at", "before the session, which starts at 2025-09-30T09:00:00+07:00")]),
        (NINE, NINE + 2 * HOUR,
         [("ends_at", "after the session, which ends at 2025-09-30T10:00:00+07:00")]),
        (NINE, None, []),
        (NINE + 2 * HOUR, None,
         [("starts_at", "after the session, which ends at 2025-09-30T10:00:00+07:00")]),
    ],
)  # fmt: skip
def test_a_contribution_is_within_its_session(
    start: object, end: object, broken: list[tuple[str, str]]
) -> None:
    edition = Edition()
    edition.contribution(edition.session(1), 1, starts_at=start, ends_at=end)
    assert told(during_the_session(Contribution.everything.all())) == broken
    Session.everything.update(starts_at=None, ends_at=None)
    assert told(during_the_session(Contribution.everything.all())) == []


def test_what_was_moved_or_called_off_may_be_elsewhere_and_an_open_session_has_no_end() -> None:
    edition = Edition()
    edition.contribution(edition.session(1), 1, starts_at=NINE - HOUR, ends_at=NINE, status="moved")
    late = {"starts_at": NINE + 9 * HOUR, "ends_at": NINE + 10 * HOUR}
    edition.contribution(edition.session(2, ends_at=None), 2, **late)
    assert told(during_the_session(Contribution.everything.all())) == []


def test_panels_and_works_are_of_an_exhibition() -> None:
    edition = Edition(kind=GatheringKind.EXHIBITION)
    edition.work(1, edition.panel(1))
    assert told(of_an_exhibition(Panel.everything.all())) == []
    assert told(of_an_exhibition(Work.everything.all())) == []
    Gathering.everything.update(kind=GatheringKind.FORUM)
    expected = [("exhibition", "forum-1 is no exhibition; expected one")]
    assert told(of_an_exhibition(Panel.everything.all())) == expected
    assert told(of_an_exhibition(Work.everything.all())) == expected


@pytest.mark.parametrize("count", [1, 30])
def test_many_are_asked_in_one_statement(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    edition = Edition(when=DateAsSaid.parse("2027-10-05"), kind=GatheringKind.MEETING)
    for number in range(count):
        session = edition.session(number)
        edition.contribution(session, number, starts_at=NINE - HOUR, ends_at=NINE)
        edition.work(number, edition.panel(number))

    def ask(asked: "Asked[Row]", rows: "QuerySet[Row]") -> list[Broken]:
        with django_assert_num_queries(1):
            return list(asked(rows))

    assert len(ask(around_the_gathering, sessions())) == count
    assert len(ask(during_the_session, Contribution.everything.all())) == count
    assert len(ask(of_an_exhibition, Work.everything.all())) == count
    assert ask(same_owner("panel", "exhibition", "exhibition"), Work.everything.all()) == []
