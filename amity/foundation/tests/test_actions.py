"""The audit trail grows in order."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from amity.foundation.actions import By, asked_in_turn, record_change, take_turn
from amity.foundation.models import Change

pytestmark = pytest.mark.django_db


def test_a_change_says_who_did_what_to_what():
    made = record_change(By(command="dossier"), "load", "dossier", "x", details={"a": 1})
    kept = Change.objects.get()
    assert (kept.pk, kept.command, kept.verb, kept.kind, kept.key, kept.details) == (
        made.pk,
        "dossier",
        "load",
        "dossier",
        "x",
        {"a": 1},
    )


def test_writers_take_turns_where_there_may_be_several():
    with CaptureQueriesContext(connection) as seen:
        record_change(By(command="test"), "try")
    locks = [one["sql"] for one in seen if "pg_advisory_xact_lock" in one["sql"]]
    assert len(locks) == (1 if connection.vendor == "postgresql" else 0)


def taken(*, fails: bool = False) -> None:
    """A transaction of somebody who takes their turn twice."""
    with transaction.atomic():
        take_turn()
        record_change(By(command="test"), "try")
        if fails:
            raise ZeroDivisionError


def test_what_may_have_ended_meanwhile_is_asked_once_in_a_transaction():
    asked = []
    with asked_in_turn(lambda: asked.append(True)):
        taken()
        taken()  # a test is one transaction
    taken()
    assert len(asked) == 1


def test_what_was_answered_in_a_transaction_that_was_rolled_back_is_asked_again():
    asked = []
    with asked_in_turn(lambda: asked.append(True)):
        for _ in range(3):
            with pytest.raises(ZeroDivisionError):
                taken(fails=True)
    assert len(asked) == 3
    assert Change.objects.count() == 0


def test_nothing_is_written_by_whoever_may_no_more():
    def ended() -> None:
        raise PermissionError

    with pytest.raises(PermissionError), asked_in_turn(ended), transaction.atomic():
        record_change(By(command="test"), "try")
    assert Change.objects.count() == 0
