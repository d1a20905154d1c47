"""Holds every test to it that only `record.actions` writes the tables of records.

Each statement that adds, changes or removes rows of a registered kind, of its child rows or of its
many-to-many lists is traced to the code of ours that asked for it. Tests set their scenes by hand:
what a test module itself asks for is let through; whatever the product asks for is not, unless
an action of the record is on the way, or it is listed below with its reason.
"""

import re
import sys
from collections.abc import Callable, Iterator
from functools import cache
from types import FrameType

import pytest
from django.db import connection

from amity.record import kinds
from amity.record.plain.layout import layout

THE_WAY_IN = "amity.record.actions"
LET_THROUGH = {
    "amity.network.actions.derived": "derived columns: stage and countries of partnerships",
    "amity.followup.actions": "derived columns: joint states and standings",
}
"""Modules that write a record's table, or columns of it, and why they may."""

WRITES = re.compile(
    r'\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE|DELETE\s+FROM|REPLACE\s+INTO)\s+"?(\w+)',
    re.IGNORECASE,
)


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


def refuse(
    execute: Callable[..., object], sql: str, params: object, many: bool, context: object
) -> object:
    """Raise WrittenElsewhere for a statement that nothing let through; run it else."""
    written = WRITES.match(sql)
    if written and written[1] in tables():
        asking = list(ours(sys._getframe()))
        if asking and not is_a_test(asking[0]) and not any(map(may_write, asking)):
            raise WrittenElsewhere(f"{asking[0]} writes {written[1]}")
    return execute(sql, params, many, context)


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


def may_write(module: str) -> bool:
    """Whether the module is an action of the record, or is let through."""
    return any(
        module == known or module.startswith(f"{known}.") for known in (THE_WAY_IN, *LET_THROUGH)
    )


@pytest.fixture(autouse=True)
def _one_write() -> Iterator[None]:
    """Only actions of the record write its tables, in every test."""
    with connection.execute_wrapper(refuse):
        yield
