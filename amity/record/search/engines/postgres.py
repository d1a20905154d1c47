"""The index of PostgreSQL: tsvector and GIN."""

from collections.abc import Iterator, Sequence

from django.db.backends.utils import CursorWrapper

from amity.foundation.database.batches import batched
from amity.languages.search.asking import Asked
from amity.languages.search.folding import LENGTH, sign, tokens
from amity.languages.search.shadow import Shadow
from amity.record.models import SearchDocument

from .index import COLUMNS, DOCUMENTS, INDEX, Indexed, Matching

AT_A_TIME = 400
PENDING_KB = 64
"""New entries that PostgreSQL keeps outside of its index at most: each search reads them all."""
IN_TEXT = "-"
CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
ONE_BYTE = str.maketrans(CYRILLIC, "ABVGDEJZIYKLMNOPRSTUFHCQXW%$#@&!")
"""Tokens have small letters and digits alone; none of these signs says anything in a tsquery
within quotation marks."""
STATISTICS = 1_000
"""Ten times the usual: of terms that it does not know the planner thinks too much."""


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
