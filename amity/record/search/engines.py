"""The database's own index of tokens: FTS5 of SQLite, tsvector and GIN of PostgreSQL.

It knows rows of a number (the register entry's) with two lists of tokens, those of the names and
those of the texts, and matches tokens; everything else is Python's. Tokens that are not plain
Latin or Cyrillic are written in hexadecimal, so that both databases take all of them as they are.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from django.db import connections
from django.db.backends.utils import CursorWrapper

from amity.languages.search.asking import Asked
from amity.languages.search.shadow import Shadow

INDEX = "record_search_index"
PLAIN = re.compile(r"[a-z0-9\u0430-\u045f]+")
HEX = "u8"
AT_A_TIME = 400


@lru_cache(maxsize=65_536)
def as_stored(token: str) -> str:
    """A token as both databases take it."""
    return token if PLAIN.fullmatch(token) else HEX + token.encode().hex()


def _stored(tokens: str) -> str:
    if PLAIN.fullmatch(tokens.replace(" ", "a")):
        return tokens
    return " ".join(map(as_stored, tokens.split()))


@dataclass(frozen=True, slots=True)
class Matching:
    """A condition on the index: SQL with one parameter."""

    sql: str
    value: str


class Engine(Protocol):
    """What a database's index can do."""

    number: str
    """Its column with the number."""

    def create(self, cursor: CursorWrapper) -> None:
        """Make the index where there is none."""

    def put(self, cursor: CursorWrapper, rows: Sequence[tuple[int, Shadow]]) -> None:
        """Write rows, in place of those with the same numbers."""

    def forget(self, cursor: CursorWrapper, numbers: Sequence[int]) -> None:
        """Remove rows."""

    def matching(self, asked: Asked, *, names: bool) -> Matching:
        """Every term of the query, in the names or anywhere."""

    def matching_column(self, column: str) -> str:
        """SQL: the index has the token that stands in `column`, stored as `stored_token` says."""

    def stored_token(self, token: str) -> str:
        """A token as it stands in a column of tokens to be matched."""


class Sqlite:
    """FTS5 without content: what is found is read from the records, so nothing stands twice."""

    number = "rowid"

    def create(self, cursor: CursorWrapper) -> None:
        cursor.execute(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS {INDEX} USING fts5(name, text, content='', "
            "contentless_delete=1, detail=column, tokenize='unicode61 remove_diacritics 0')"
        )

    def put(self, cursor: CursorWrapper, rows: Sequence[tuple[int, Shadow]]) -> None:
        cursor.executemany(
            f"INSERT OR REPLACE INTO {INDEX} (rowid, name, text) VALUES (%s, %s, %s)",  # noqa: S608
            [(number, _stored(one.name), _stored(one.text)) for number, one in rows],
        )

    def forget(self, cursor: CursorWrapper, numbers: Sequence[int]) -> None:
        cursor.executemany(
            f"DELETE FROM {INDEX} WHERE rowid = %s",  # noqa: S608
            [(number,) for number in numbers],
        )

    def matching(self, asked: Asked, *, names: bool) -> Matching:
        terms = (
            " OR ".join(
                (
                    *map(self.stored_token, term.tokens),
                    *(f"name : {self.stored_token(token)}" for token in term.named),
                )
            )
            for term in asked.terms
        )
        words = " AND ".join(f"({term})" for term in terms)
        return Matching(f"{INDEX} MATCH %s", f"name : ({words})" if names else words)

    def matching_column(self, column: str) -> str:
        return f"{INDEX} MATCH {column}"

    def stored_token(self, token: str) -> str:
        return f'"{as_stored(token)}"'


class Postgres:
    """A table with a tsvector, names weighing A, and a GIN index."""

    number = "number"

    def create(self, cursor: CursorWrapper) -> None:
        cursor.execute(
            f"CREATE TABLE IF NOT EXISTS {INDEX} (number bigint PRIMARY KEY, vector tsvector)"
        )
        cursor.execute(f"CREATE INDEX IF NOT EXISTS {INDEX}_vector ON {INDEX} USING gin (vector)")

    def put(self, cursor: CursorWrapper, rows: Sequence[tuple[int, Shadow]]) -> None:
        for start in range(0, len(rows), AT_A_TIME):
            few = rows[start : start + AT_A_TIME]
            one = "(%s, setweight(to_tsvector('simple', %s), 'A') || to_tsvector('simple', %s))"
            values = [
                value
                for number, shadow in few
                for value in (number, _stored(shadow.name), _stored(shadow.text))
            ]
            cursor.execute(
                f"INSERT INTO {INDEX} (number, vector) VALUES {', '.join([one] * len(few))} "  # noqa: S608
                "ON CONFLICT (number) DO UPDATE SET vector = excluded.vector",
                values,
            )

    def forget(self, cursor: CursorWrapper, numbers: Sequence[int]) -> None:
        cursor.execute(f"DELETE FROM {INDEX} WHERE number = ANY(%s)", [list(numbers)])  # noqa: S608

    def matching(self, asked: Asked, *, names: bool) -> Matching:
        weight = ":A" if names else ""
        terms = (
            " | ".join(
                (
                    *(f"{self.stored_token(token)}{weight}" for token in term.tokens),
                    *(f"{self.stored_token(token)}:A" for token in term.named),
                )
            )
            for term in asked.terms
        )
        words = " & ".join(f"({term})" for term in terms)
        return Matching("i.vector @@ to_tsquery('simple', %s)", words)

    def matching_column(self, column: str) -> str:
        return f"i.vector @@ to_tsquery('simple', {column})"

    def stored_token(self, token: str) -> str:
        return f"'{as_stored(token)}'"


ENGINES: dict[str, Engine] = {"sqlite": Sqlite(), "postgresql": Postgres()}


def engine(using: str) -> Engine:
    """The engine of a database."""
    return ENGINES[connections[using].vendor]


def create_index(using: str) -> None:
    """Make the index of a database that has none yet; called after its migrations."""
    with connections[using].cursor() as cursor:
        engine(using).create(cursor)


def unique_tokens(shadows: Iterable[Shadow]) -> set[str]:
    """All tokens of these, each once."""
    found: set[str] = set()
    for one in shadows:
        found.update(one.name.split())
        found.update(one.text.split())
    return found
