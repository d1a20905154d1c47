"""What the database guesses from when it plans a statement."""

from django.db import DEFAULT_DB_ALIAS, connections


def analyze(using: str = DEFAULT_DB_ALIAS) -> None:
    """Let the database's planner know new sizes and indexes: it guesses from what was there."""
    with connections[using].cursor() as cursor:
        cursor.execute("ANALYZE")
