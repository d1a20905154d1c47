"""What must hold within a gathering: kept and broken, of one record and of many."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, TypeVar

import pytest
from django.db.models import QuerySet
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from amity.foundation.dates.as_said import DateAsSaid
from amity.gatherings.checks import during_the_gathering, during_the_session, of_an_exhibition
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


@pytest.mark.parametrize(
    ("fields", "broken"),
    [
        ({}, []),
        ({"after": None, "when": "2025-10-01"}, []),
        ({"after": None, "when": "2025-10-01/2025-10-02"},
         [("when", "2025-10-01/2025-10-02 is not within 2025-09-30/2025-10-01 of the gathering")]),
        ({"after": -9 * 60}, []),
        ({"after": -9 * 60 - 1}, [("starts_at", "2025-09-29 there; expected 2025-09-30 or later")]),
        ({"after": 24 * 60, "minutes": 26 * 60}, []),
        ({"after": 24 * 60, "minutes": 27 * 60},
         [("ends_at", "2025-10-02 there; expected 2025-10-01 or before")]),
    ],
)  # fmt: skip
def test_a_session_is_on_the_days_of_its_gathering(
    fields: dict[str, Any], broken: list[tuple[str, str]]
) -> None:
    edition = Edition()
    if "when" in fields:
        fields = {**fields, "when": DateAsSaid.parse(fields["when"])}
    edition.session(1, **fields)
    assert told(during_the_gathering(sessions())) == broken
    Gathering.everything.update(when=None)
    assert told(during_the_gathering(sessions())) == []


@pytest.mark.parametrize(
    ("start", "end", "broken"),
    [
        (NINE, NINE + HOUR, []),
        (None, None, []),
        (NINE - HOUR, NINE + HOUR,
         [("starts_at", "before the session, which starts at 2025-09-30T09:00:00+07:00")]),
        (NINE, NINE + 2 * HOUR,
         [("ends_at", "after the session, which ends at 2025-09-30T10:00:00+07:00")]),
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
    edition = Edition(when=DateAsSaid.parse("2025-10-05"), kind=GatheringKind.MEETING)
    for number in range(count):
        session = edition.session(number)
        edition.contribution(session, number, starts_at=NINE - HOUR, ends_at=NINE)
        edition.work(number, edition.panel(number))

    def ask(asked: "Asked[Row]", rows: "QuerySet[Row]") -> list[Broken]:
        with django_assert_num_queries(1):
            return list(asked(rows))

    assert len(ask(during_the_gathering, sessions())) == count
    assert len(ask(during_the_session, Contribution.everything.all())) == count
    assert len(ask(of_an_exhibition, Work.everything.all())) == count
    assert ask(same_owner("panel", "exhibition", "exhibition"), Work.everything.all()) == []
