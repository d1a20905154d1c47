"""Holds every test to it that only `record.actions` writes the tables of records.

Each statement that adds, changes or removes rows of a registered kind, of its child rows or of its
many-to-many lists is traced to the code of ours that asked for it: on every connection, in every
thread, wherever in the statement it is written. Tests set their scenes by hand: what a test module
itself asks for is let through; whatever the product asks for is not, unless an action of the
record is on the way, or it is listed below with its reason.

A connection of a driver's own would not be seen. The linter forbids to open one (`banned-api` in
`pyproject.toml`): only `foundation.copies` does, for files that are copies.
"""

import re
import sys
from collections.abc import Callable, Iterator
from functools import cache
from types import FrameType
from typing import TYPE_CHECKING

import psycopg
import pytest
from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.signals import connection_created

from amity.record import kinds
from amity.record.plain.layout import layout

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

THE_WAY_IN = "amity.record.actions"
LET_THROUGH = {
    "amity.network.actions.derived": "derived columns: stage and countries of partnerships",
    "amity.followup.actions": "derived columns: joint states and standings",
}
"""Modules that write a record's table, or columns of it, and why they may."""
BESIDE = {"amity.dossier.staging": "a folder that is read, in a temporary database of its own"}
"""Modules that write tables of these names in other databases than the record's, and why."""
WHOLE = {"amity.foundation.copies": "a copy of everything, brought back as it was"}
"""Modules that fill whole tables by COPY, and why they may."""

NAME = r'(?:"?\w+"?\s*\.\s*)?"?(\w+)"?'
WRITES = re.compile(
    rf"\b(?:(?:INSERT|REPLACE|MERGE)\s+(?:OR\s+\w+\s+)?INTO|UPDATE(?:\s+OR\s+\w+)?|DELETE\s+FROM)"
    rf"\s+(?:ONLY\s+)?{NAME}|\bCOPY\s+{NAME}\s*(?:\([^)]*\)\s*)?FROM\b",
    re.IGNORECASE,
)
EMPTIES = re.compile(r"\bTRUNCATE\s+(?:TABLE\s+)?([^;]*)", re.IGNORECASE)
EMPTIED = re.compile(rf"(?:^|,)\s*(?:ONLY\s+)?{NAME}", re.IGNORECASE)
"""One statement empties any number of tables."""
ALONG = re.compile(r"\bCASCADE\b", re.IGNORECASE)


class WrittenElsewhere(AssertionError):
    """Something writes a record's table that is no action of the record."""


@cache
def tables() -> frozenset[str]:
    """The tables of all registered kinds, of their child rows and of their lists."""
    found = set()
    for kind in kinds.kinds():
        found.add(kind.model._meta.db_table)
        found |= {many.pairs._meta.db_table for many in layout(kind.model).lists}
        found |= {child.model._meta.db_table for child in layout(kind.model).children}
    return frozenset(found)


def written(sql: str) -> set[str]:
    """The tables of records that a statement writes, within `WITH` and after it too."""
    if sql.startswith("SELECT") and ";" not in sql:  # nearly all of them; they write nothing
        return set()
    found = {first or second for first, second in WRITES.findall(sql)}
    for several in EMPTIES.findall(sql):
        emptied = frozenset(EMPTIED.findall(several))
        found |= with_all_that_name(emptied) if ALONG.search(several) else emptied
    return found & tables()


@cache
def with_all_that_name(emptied: frozenset[str]) -> frozenset[str]:
    """These tables, and those whose rows refer to theirs, which CASCADE empties along with them."""
    found = emptied | {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_fields
        if field.remote_field and field.remote_field.model._meta.db_table in emptied
    }
    return found if found == emptied else with_all_that_name(found)


def refuse(
    execute: Callable[..., object],
    sql: str | psycopg.sql.Composable,
    params: object,
    many: bool,
    context: "dict[str, BaseDatabaseWrapper]",
) -> object:
    """Raise WrittenElsewhere for a statement that nothing let through; run it else."""
    own = context["connection"].alias == DEFAULT_DB_ALIAS
    refuse_unless_listed(sql, LET_THROUGH if own else LET_THROUGH | BESIDE)
    return execute(sql, params, many, context)


def refuse_unless_listed(sql: str | psycopg.sql.Composable, listed: dict[str, str]) -> None:
    """Raise WrittenElsewhere where a record's table is written by what is not listed."""
    words = sql if isinstance(sql, str) else sql.as_string(None)
    for table in sorted(written(words), key=lambda one: (one not in words, one)):
        asking = list(ours(sys._getframe()))
        if (
            asking
            and not is_a_test(asking[0])
            and not any(may_write(one, listed) for one in asking)
        ):
            raise WrittenElsewhere(f"{asking[0]} writes {table}")


def ours(frame: FrameType | None) -> Iterator[str]:
    """The names of our modules that are on the way to this statement, the nearest first."""
    while frame is not None:
        name = frame.f_globals.get("__name__", "")
        if name.partition(".")[0] in ("amity", "tests", "tools", "bench") and name != __name__:
            yield name
        frame = frame.f_back


def is_a_test(module: str) -> bool:
    """Whether the module sets the scene of tests."""
    return module.startswith("tests.") or ".tests." in module or module.endswith(".conftest")


def may_write(module: str, listed: dict[str, str]) -> bool:
    """Whether the module is an action of the record, or is listed."""
    return any(module == known or module.startswith(f"{known}.") for known in (THE_WAY_IN, *listed))


@pytest.fixture(autouse=True)
def _one_write(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Only actions of the record write its tables, in every test."""
    guarded: list[BaseDatabaseWrapper] = []

    def guard(connection: "BaseDatabaseWrapper", **_named: object) -> None:
        if refuse not in connection.execute_wrappers:
            connection.execute_wrappers.append(refuse)
            guarded.append(connection)

    copy: Callable[..., object] = psycopg.Cursor.copy  # past `execute`, and what wraps it

    def guarded_copy(
        cursor: object, statement: str | psycopg.sql.Composable, *more: object, **named: object
    ) -> object:
        refuse_unless_listed(statement, LET_THROUGH | WHOLE)
        return copy(cursor, statement, *more, **named)

    monkeypatch.setattr(psycopg.Cursor, "copy", guarded_copy)
    for known in (connections[DEFAULT_DB_ALIAS], *connections.all(initialized_only=True)):
        guard(known)
    connection_created.connect(guard, weak=False)
    try:
        yield
    finally:
        connection_created.disconnect(guard)
        for known in guarded:
            known.execute_wrappers.remove(refuse)
