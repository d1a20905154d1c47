"""The one way to add to the audit trail."""

from typing import Any

from django.db import connection
from django.utils import timezone

from amity.foundation.models import Change

TURNS = 0x616D697479
"""Number of the lock by which writers take turns (“amity” in ASCII)."""


def record_change(
    *, actor: str, verb: str, kind: str = "", key: str = "", details: dict[str, Any] | None = None
) -> Change:
    """Add what was done to the audit trail; call it in the transaction of the change, last.

    The highest number is the version of the record, so numbers must become visible in their
    order. SQLite has one writer at a time; on PostgreSQL writers take turns from here to the end
    of their transaction.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURNS])
    return Change.objects.create(
        at=timezone.now(), actor=actor, verb=verb, kind=kind, key=key, details=details or {}
    )
