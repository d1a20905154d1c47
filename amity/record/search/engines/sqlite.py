"""The index of SQLite: FTS5."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from django.db.backends.utils import CursorWrapper

from amity.languages.search.asking import Asked, Term
from amity.languages.search.folding import length, sign, tokens
from amity.record.models import SearchDocument

from .index import COLUMNS, DOCUMENTS, INDEX, Indexed, Matching

PLAIN = re.compile(r"[a-z0-9\u0430-\u045f]+")
HEX = "u8"


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
