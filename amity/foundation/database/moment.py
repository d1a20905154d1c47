"""One moment of the record: all that is read within it is as it was when it began."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol, cast

from django.db import connection, transaction


class _Embedded(Protocol):
    """What Django's connection to SQLite says of how transactions begin."""

    transaction_mode: str | None


@contextmanager
def one_moment() -> Iterator[None]:
    """Let all statements within see the record at one moment, and keep no writer waiting.

    What is read only: on SQLite a writer's transaction would begin at once, so this one begins as
    a reader's. Within a transaction that has begun already, nothing changes.
    """
    if connection.in_atomic_block:
        yield
        return
    if connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    connection.ensure_connection()  # before it there is no mode
    embedded = cast(_Embedded, connection)
    mode = embedded.transaction_mode
    embedded.transaction_mode = "DEFERRED"
    try:
        with transaction.atomic():
            embedded.transaction_mode = mode
            yield
    finally:
        embedded.transaction_mode = mode
