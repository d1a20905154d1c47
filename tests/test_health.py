"""The two addresses for whoever watches over a running server."""

import pytest
from django.db import DatabaseError
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor

BEHIND = b"the database lacks a migration (followup.0002_more first): run amity migrate\n"


def test_a_process_that_answers_is_alive_without_asking_the_database(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert answer["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


@pytest.mark.django_db
def test_a_database_with_this_schema_is_ready(client):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (200, b"ready\n")


@pytest.mark.django_db
def test_an_older_schema_is_not_ready(client, monkeypatch):
    plan = [(Migration("0002_more", "followup"), False)]
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda self, targets: plan)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, BEHIND)


@pytest.mark.django_db
def test_a_database_that_does_not_answer_is_not_ready(client, monkeypatch):
    def fail(self, connection):
        raise DatabaseError("password of the database")

    monkeypatch.setattr(MigrationExecutor, "__init__", fail)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"the database does not answer\n")
