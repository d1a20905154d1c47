"""What an index of tokens can do, whichever database it is in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from django.db.backends.utils import CursorWrapper

from amity.languages.search.asking import Asked
from amity.languages.search.shadow import Shadow
from amity.record.models import SearchDocument

INDEX = "record_search_index"
"""The table of SQLite's index."""
DOCUMENTS = SearchDocument._meta.db_table
"""The table of what search knows of records; PostgreSQL has its index there, too."""
COLUMNS = "d.entry_id, e.kind, e.dossier_id, d.partnership, d.year"


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


def unique_tokens(shadows: Iterable[Shadow]) -> set[str]:
    """All tokens of these, each once."""
    found: set[str] = set()
    for one in shadows:
        found.update(one.name.split())
        found.update(one.text.split())
    return found
