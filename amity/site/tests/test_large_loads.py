"""A load of thousands is told by numbers: it is counted once, and few of its steps are read."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amity.following.queries.changes import COUNTED, NAMED, tell
from amity.followup.choices import Completion, ReportState
from amity.followup.models import Report
from amity.followup.tests.factory import Record
from amity.foundation.models import Change, Effect
from amity.foundation.pages.public import Page
from amity.record.queries import dossiers_at_hand

pytestmark = pytest.mark.django_db

MANY = COUNTED * NAMED
NOW = datetime(2026, 11, 26, tzinfo=UTC)


def load(number: int, *, hidden: int = 0, at: datetime = NOW) -> Change:
    """A load of `number` commitments, of which the first is there, and `hidden` that none reads."""
    whole = Change.objects.create(at=at, command="load", verb="load", kind="dossier", key="d")
    Change.objects.bulk_create(
        Change(
            at=NOW,
            command="load",
            verb="load",
            kind="commitment",
            key=f"C-2025-{i:03}",
            effect=Effect.ADDED,
            part_of=whole,
            public=i <= number,
        )
        for i in range(1, number + hidden + 1)
    )
    return whole


def now() -> Page:
    """A page of a version of its own, so that nothing of another test is remembered."""
    newest = Change.objects.latest("id")
    return Page(newest.pk, newest.at, date(2026, 11, 26), "")


@pytest.fixture
def commitment() -> Change:
    """What says that the one commitment was added, alone."""
    record = Record()
    record.commitment()
    record.tell()
    return Change.objects.get(kind="commitment")


@pytest.mark.parametrize(("number", "named"), [(MANY, ["C-2025-001"]), (MANY + 1, [])])
def test_more_than_can_be_looked_through_are_told_by_their_number(commitment, number, named):
    whole = load(number, hidden=3)
    (event,) = tell(now(), [whole])
    (group,) = event.groups
    assert (group.effect, group.kind, group.total) == (Effect.ADDED, "commitment", number)
    assert [told.entry.key for told in group.told] == named


def test_what_a_load_holds_is_counted_once_for_a_version(commitment, django_assert_num_queries):
    whole = load(MANY + 1)
    page = now()
    first = tell(page, [whole])
    with django_assert_num_queries(0):
        assert tell(page, [whole]) == first


def steps_read(asked: CaptureQueriesContext) -> list[str]:
    """The statements that go through the steps of a change."""
    return [one["sql"] for one in asked if '"part_of_id" IN' in one["sql"]]


def test_a_load_is_not_gone_through_again_when_the_record_has_changed(commitment):
    whole = load(MANY + 1, at=NOW + timedelta(seconds=1))
    before = tell(now(), [whole])
    Change.objects.create(at=NOW, command="test", verb="add", kind="person", key="p")
    with CaptureQueriesContext(connection) as asked:
        assert tell(now(), [whole]) == before
    assert steps_read(asked) == []


def test_only_reports_of_a_load_are_counted_anew_and_as_they_are_hidden_now():
    record = Record()
    made = record.commitment()
    report = record.report(made, 0, Completion.LIMITED, state=ReportState.SUBMITTED)
    whole = load(MANY + 1, at=NOW + timedelta(seconds=2))
    step = Change.objects.filter(part_of=whole).latest("pk")
    Change.objects.filter(pk=step.pk).update(kind="report", key=report.key)
    totals = {"commitment": MANY}
    assert told(whole) == totals
    reported = Change.objects.latest("pk").pk
    Change.objects.create(at=NOW, command="test", verb="add", kind="person", key="p")
    with CaptureQueriesContext(connection) as asked:
        assert told(whole) == totals
    (counted,) = steps_read(asked)
    assert f'"id" > {reported}' in counted  # none where no report changed since
    Report.everything.filter(pk=report.pk).update(
        state=ReportState.ACCEPTED, accepted_on=report.submitted_on
    )
    Change.objects.create(at=NOW, command="test", verb="add", kind="report", key="r")
    with CaptureQueriesContext(connection) as asked:
        assert told(whole) == totals | {"report": 1}
    (counted,) = steps_read(asked)
    assert "\"kind\" = 'report'" in counted


def told(whole: Change) -> dict[str, int]:
    """How many of each kind a load is said to have brought."""
    (event,) = tell(now(), [whole])
    return {group.kind: group.total for group in event.groups}


def test_what_has_no_steps_asks_for_none(commitment, django_assert_num_queries):
    page = now()
    dossiers_at_hand(page)
    with django_assert_num_queries(2):  # the register and the record
        (event,) = tell(page, [commitment])
    (group,) = event.groups
    assert [told.entry.key for told in group.told] == ["C-2025-001"]
