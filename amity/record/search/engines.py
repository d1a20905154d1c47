"""The database's own index of tokens: FTS5 of SQLite, tsvector and GIN of PostgreSQL.

It knows rows of a number (the register entry's) with two lists of tokens, those of the names and
those of the texts, and matches tokens; everything else is Python's.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple, Protocol

from django.db import connections
from django.db.backends.utils import CursorWrapper

from amity.foundation.database.batches import batched
from amity.languages.search.asking import Asked, Term
from amity.languages.search.folding import LENGTH, length, sign, tokens
from amity.languages.search.shadow import Shadow
from amity.record.models import SearchDocument

INDEX = "record_search_index"
"""The table of SQLite's index."""
DOCUMENTS = SearchDocument._meta.db_table
"""The table of what search knows of records; PostgreSQL has its index there, too."""
PLAIN = re.compile(r"[a-z0-9\u0430-\u045f]+")
HEX = "u8"
AT_A_TIME = 400
COLUMNS = "d.entry_id, e.kind, e.dossier_id, d.partnership, d.year"
PENDING_KB = 64
"""New entries that PostgreSQL keeps outside of its index at most: each search reads them all."""
IN_TEXT = "-"
CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
ONE_BYTE = str.maketrans(CYRILLIC, "ABVGDEJZIYKLMNOPRSTUFHCQXW%$#@&!")
"""Tokens have small letters and digits alone; none of these signs says anything in a tsquery
within quotation marks."""
STATISTICS = 1_000
"""Ten times the usual: of terms that it does not know the planner thinks too much."""


class Indexed(NamedTuple):
    """A record as it is written: what search knows of it, whether that is new, and its tokens."""

    document: SearchDocument
    is_new: bool
    shadow: Shadow


@dataclass(frozen=True, slots=True)
class Matching:
    """A condition on the index, and on what search knows beside tokens: SQL and its parameters."""

    sql: str
    values: tuple[str, ...]


class Engine(Protocol):
    """What a database's index can do."""

    def create(self, cursor: CursorWrapper) -> None:
        """Make the index where there is none."""

    def put(self, cursor: CursorWrapper, rows: Sequence[Indexed]) -> None:
        """Write records, in place of those with the same numbers."""

    def forget(self, cursor: CursorWrapper, numbers: Sequence[int]) -> None:
        """Remove records."""

    def purge(self, cursor: CursorWrapper) -> None:
        """Leave nothing of what was removed or replaced before."""

    def matching(self, asked: Asked, *, names: bool) -> Matching:
        """Every term of the query, in the names or anywhere."""

    def called(self, asked: Asked) -> Matching:
        """What has every term in its names, and is called as the query is, or seems to be."""

    def rows(self, matching: Matching, conditions: str, most: int) -> str:
        """SQL for the newest rows that match: number, kind, dossier, partnership, year.

        `conditions`: SQL on `e`, the register's entry, and `d`, what search knows beside tokens.
        """

    def counts(self, terms: int, conditions: str, most: int) -> str:
        """SQL for how many records have each of so many tokens, up to `most`.

        Its first parameters are pairs of a token and what `asked_for` makes of it.
        """

    def asked_for(self, token: str) -> str:
        """What asks for a token, in names and texts."""


class Sqlite:
    """FTS5 without content: what is found is read from the records, so nothing stands twice.

    Tokens that are not plain Latin or Cyrillic are written in hexadecimal, as its own reading of
    words would take them apart.
    """

    def create(self, cursor: CursorWrapper) -> None:
        cursor.execute(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS {INDEX} USING fts5(name, text, content='', "
            "contentless_delete=1, detail=column, tokenize='unicode61 remove_diacritics 0')"
        )

    def put(self, cursor: CursorWrapper, rows: Sequence[Indexed]) -> None:
        SearchDocument.objects.bulk_create(
            [one.document for one in rows if one.is_new],
            update_conflicts=True,
            unique_fields=["entry"],
            update_fields=["names", "whole", "partnership", "year"],
        )
        cursor.executemany(
            f"INSERT OR REPLACE INTO {INDEX} (rowid, name, text) VALUES (%s, %s, %s)",  # noqa: S608
            [(one.document.pk, _stored(one.shadow.name), _stored(one.shadow.text)) for one in rows],
        )

    def forget(self, cursor: CursorWrapper, numbers: Sequence[int]) -> None:
        SearchDocument.objects.filter(pk__in=numbers).delete()
        cursor.executemany(
            f"DELETE FROM {INDEX} WHERE rowid = %s",  # noqa: S608
            [(number,) for number in numbers],
        )

    def purge(self, cursor: CursorWrapper) -> None:
        cursor.execute(f"INSERT INTO {INDEX} ({INDEX}) VALUES ('optimize')")  # noqa: S608

    def matching(self, asked: Asked, *, names: bool) -> Matching:
        terms = (
            " OR ".join(
                (
                    *map(self.asked_for, term.tokens),
                    *(f"name : {self.asked_for(token)}" for token in term.named),
                )
            )
            for term in asked.terms
        )
        words = " AND ".join(f"({term})" for term in terms)
        return Matching(f"{INDEX} MATCH %s", (f"name : ({words})" if names else words,))

    def called(self, asked: Asked) -> Matching:
        split = tokens(asked.words)
        so_long = replace(asked, terms=(*asked.terms, Term(length(split))))
        named = self.matching(so_long, names=True)
        return Matching(f"{named.sql} AND d.whole LIKE %s", (*named.values, f"%{sign(split)}%"))

    def rows(self, matching: Matching, conditions: str, most: int) -> str:
        return (
            f"SELECT {COLUMNS} FROM {INDEX} i "  # noqa: S608
            f"JOIN {DOCUMENTS} d ON d.entry_id = i.rowid "
            "JOIN record_entry e ON e.id = i.rowid "
            f"WHERE {matching.sql} AND {conditions} ORDER BY i.rowid DESC LIMIT {most:d}"
        )

    def counts(self, terms: int, conditions: str, most: int) -> str:
        return (
            f"WITH t(term, asked) AS (VALUES {', '.join(['(%s, %s)'] * terms)}) "  # noqa: S608
            f"SELECT t.term, (SELECT count(*) FROM (SELECT 1 FROM {INDEX} i "
            f"JOIN record_entry e ON e.id = i.rowid WHERE {INDEX} MATCH t.asked AND {conditions} "
            f"LIMIT {most:d}) x) FROM t"
        )

    def asked_for(self, token: str) -> str:
        return f'"{as_stored(token)}"'


@lru_cache(maxsize=65_536)
def as_stored(token: str) -> str:
    """A token as SQLite takes it."""
    return token if PLAIN.fullmatch(token) else HEX + token.encode().hex()


def _stored(tokens: str) -> str:
    if PLAIN.fullmatch(tokens.replace(" ", "a")):
        return tokens
    return " ".join(map(as_stored, tokens.split()))


class Postgres:
    """A column of the documents, a tsvector, with a GIN index on it.

    GIN knows no weights: had names the weight A, each hit in names would have to be read again
    from the table. So tokens of texts begin with a sign of their own, and vectors have neither
    weights nor positions. Cyrillic letters, two bytes each, are written as one of the signs that
    no token has.

    The planner thinks that it comes to the newest few of the hits sooner by reading all rows
    backwards; `OFFSET 0` lets it find the hits first, by the index, and then look each one up,
    the newest first, until there are enough.
    """

    def create(self, cursor: CursorWrapper) -> None:
        cursor.execute(f"DROP TABLE IF EXISTS {INDEX}")  # where it was before
        cursor.execute(f"ALTER TABLE {DOCUMENTS} ADD COLUMN IF NOT EXISTS vector tsvector")
        cursor.execute(
            f"CREATE INDEX IF NOT EXISTS record_search_vector ON {DOCUMENTS} "
            f"USING gin (vector) WITH (gin_pending_list_limit = {PENDING_KB:d})"
        )
        cursor.execute(f"ALTER TABLE {DOCUMENTS} ALTER vector SET STATISTICS {STATISTICS:d}")

    def put(self, cursor: CursorWrapper, rows: Sequence[Indexed]) -> None:
        for few in batched(rows, AT_A_TIME):
            values = [
                value
                for one in few
                for value in (
                    one.document.pk,
                    one.document.names,
                    one.document.whole,
                    one.document.partnership,
                    one.document.year,
                    list(_lexemes(one.shadow)),
                )
            ]
            row = "(%s, %s, %s, %s, %s::smallint, array_to_tsvector(%s))"
            cursor.execute(
                f"INSERT INTO {DOCUMENTS} (entry_id, names, whole, partnership, year, vector) "  # noqa: S608
                f"VALUES {', '.join([row] * len(few))} ON CONFLICT (entry_id) DO UPDATE SET "
                "names = excluded.names, whole = excluded.whole, "
                "partnership = excluded.partnership, "
                "year = excluded.year, vector = excluded.vector",
                values,
            )

    def forget(self, cursor: CursorWrapper, numbers: Sequence[int]) -> None:
        SearchDocument.objects.filter(pk__in=numbers).delete()

    def purge(self, cursor: CursorWrapper) -> None:
        """A replaced row is out of sight at once, and goes when the table is vacuumed."""

    def matching(self, asked: Asked, *, names: bool) -> Matching:
        one = _in_names if names else self.asked_for
        terms = (
            " | ".join((*map(one, term.tokens), *map(_in_names, term.named)))
            for term in asked.terms
        )
        return Matching("i.vector @@ %s::tsquery", (" & ".join(f"({term})" for term in terms),))

    def called(self, asked: Asked) -> Matching:
        named = self.matching(asked, names=True)
        like = f"%{sign(tokens(asked.words))}%"
        return Matching(f"{named.sql} AND i.whole LIKE %s", (*named.values, like))

    def rows(self, matching: Matching, conditions: str, most: int) -> str:
        return (
            f"SELECT {COLUMNS} FROM (SELECT i.entry_id, i.partnership, i.year "  # noqa: S608
            f"FROM {DOCUMENTS} i WHERE {matching.sql} ORDER BY 1 DESC OFFSET 0) d, "
            "LATERAL (SELECT e.kind, e.dossier_id FROM record_entry e "
            f"WHERE e.id = d.entry_id AND {conditions} OFFSET 0) e "
            f"ORDER BY d.entry_id DESC LIMIT {most:d}"
        )

    def counts(self, terms: int, conditions: str, most: int) -> str:
        return (
            f"WITH t(term, asked) AS (VALUES {', '.join(['(%s, %s)'] * terms)}) "  # noqa: S608
            "SELECT t.term, (SELECT count(*) FROM (SELECT 1 FROM (SELECT i.entry_id "
            f"FROM {DOCUMENTS} i WHERE i.vector @@ t.asked::tsquery OFFSET 0) d, "
            f"LATERAL (SELECT 1 FROM record_entry e WHERE e.id = d.entry_id AND {conditions} "
            f"OFFSET 0) e LIMIT {most:d}) x) FROM t"
        )

    def asked_for(self, token: str) -> str:
        lexeme = token.translate(ONE_BYTE)
        return f"'{lexeme}' | '{IN_TEXT}{lexeme}'"


def _in_names(token: str) -> str:
    return f"'{token.translate(ONE_BYTE)}'"


def _lexemes(shadow: Shadow) -> Iterator[str]:
    """All tokens but for the lengths of names, which only SQLite needs to be quick."""
    for token in shadow.name.split():
        if not token.startswith(LENGTH):
            yield token.translate(ONE_BYTE)
    for token in shadow.text.translate(ONE_BYTE).split():
        yield IN_TEXT + token


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
