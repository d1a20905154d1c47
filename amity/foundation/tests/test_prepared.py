"""Queries whose SQL is written once answer as Django's own do, whatever they are asked."""

from collections.abc import Callable
from datetime import UTC, datetime
from threading import Thread
from typing import Any

import pytest
from django.db import connection
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Concat
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from amity.foundation.models import Change
from amity.foundation.prepared import PreparedError, prepared

HOSTILE = ("forum", "Диалог", "' OR 1=1 --", "%s", "%", "\x01", "", "\\", "?")


@prepared
def by_key(key: str) -> QuerySet[Change]:
    return Change.objects.filter(key=key).order_by("id")


@prepared
def of_kind(least: int, kind: str) -> QuerySet[Any]:
    rows = Change.objects.filter(kind=kind, pk__gte=least).annotate(
        both=Concat("kind", Value(" "), "key")
    )
    return rows.order_by(F("at").desc(nulls_last=True), "id").values_list("both", "details", "at")


@pytest.fixture
def changes(db: None) -> list[int]:
    at = datetime(2025, 9, 30, tzinfo=UTC)
    return [
        Change.objects.create(at=at, command="a", kind=kind, key=key, details={"n": [kind]}).pk
        for kind in ("gathering", "person")
        for key in HOSTILE
    ]


@pytest.mark.parametrize("key", [*HOSTILE, "unknown"])
def test_every_value_is_a_value_and_never_sql(changes: list[int], key: str) -> None:
    assert by_key(key) == list(by_key.build(key))
    assert len(by_key(key)) == (0 if key == "unknown" else 2)
    assert [vars(one)["details"] for one in by_key(key)] == [
        vars(one)["details"] for one in by_key.build(key)
    ]


def test_several_values_go_where_they_belong(changes: list[int]) -> None:
    for least in (0, changes[3], changes[-1], changes[-1] + 1):
        for kind in ("gathering", "person", "none"):
            assert of_kind(least, kind) == list(of_kind.build(least, kind))
    assert of_kind(changes[-1], "person") == [
        ("person ?", {"n": ["person"]}, datetime(2025, 9, 30, tzinfo=UTC))
    ]


def test_it_is_one_statement_and_sees_what_was_written_since(changes: list[int]) -> None:
    assert len(by_key("forum")) == 2
    Change.objects.filter(key="forum", kind="person").delete()
    with CaptureQueriesContext(connection) as statements:
        assert len(by_key("forum")) == 1
    assert len(statements) == 1


def test_rows_of_one_call_are_not_those_of_another(changes: list[int]) -> None:
    first, second = by_key("forum"), by_key("forum")
    assert first == second
    assert first[0] is not second[0]


def test_one_or_none_that_can_be_found(changes: list[int]) -> None:
    assert by_key.one_or_404("forum").pk == changes[0]
    with pytest.raises(Http404):
        by_key.one_or_404("unknown")


@pytest.mark.django_db(transaction=True)
def test_threads_ask_on_connections_of_their_own() -> None:
    at = datetime(2025, 9, 30, tzinfo=UTC)
    Change.objects.bulk_create(Change(at=at, command="a", key=f"k{n}") for n in range(8))
    found: dict[int, list[str]] = {}

    def ask(number: int) -> None:
        try:
            found[number] = [one.key for _ in range(50) for one in by_key(f"k{number}")]
        finally:
            connection.close()

    threads = [Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {number: [f"k{number}"] * 50 for number in range(8)}


def not_handed_on(key: str) -> QuerySet[Change]:
    return Change.objects.filter(key=key.strip("\0"))


def half_handed_on(key: str, kind: str) -> QuerySet[Change]:
    return Change.objects.filter(key__icontains=key, kind=kind)


def of_another_type(at: datetime) -> QuerySet[Change]:
    return Change.objects.filter(at=at)


@pytest.mark.parametrize(
    ("build", "values", "message"),
    [
        (not_handed_on, ("a",), "not_handed_on: every value must reach the SQL as it is given"),
        (
            half_handed_on,
            ("a", "b"),
            "half_handed_on: every value must reach the SQL as it is given",
        ),
        (
            of_another_type,
            (datetime(2025, 9, 30, tzinfo=UTC),),
            "of_another_type: ['at'] must be str or int, and never None",
        ),
    ],
)
def test_what_cannot_be_prepared_says_so(
    build: Callable[..., QuerySet[Change]], values: tuple[Any, ...], message: str
) -> None:
    with pytest.raises(PreparedError) as error:
        prepared(build)(*values)
    assert str(error.value) == message
