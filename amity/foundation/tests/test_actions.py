"""The audit trail grows in order."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amity.foundation.actions import By, record_change
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
