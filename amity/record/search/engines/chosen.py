"""The index of the database that is in use."""

from django.db import connections

from .index import Engine
from .postgres import Postgres
from .sqlite import Sqlite

ENGINES: dict[str, Engine] = {"sqlite": Sqlite(), "postgresql": Postgres()}


def engine(using: str) -> Engine:
    """The engine of a database."""
    return ENGINES[connections[using].vendor]


def create_index(using: str) -> None:
    """Make the index of a database that has none yet; called after its migrations."""
    with connections[using].cursor() as cursor:
        engine(using).create(cursor)
