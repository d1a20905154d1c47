"""Names in the reader's words, in the order of the reader's alphabet."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from amity.foundation.pages.speaking import page_language
from amity.languages.collation import sort_key
from amity.languages.jinja import plain
from amity.languages.negotiation import preferences
from amity.languages.text import Text

Item = TypeVar("Item")

LONGEST_PLACE = 400
"""Bytes; an index of PostgreSQL holds rows of up to 2,700 bytes."""


def place(name: Text, language: str) -> bytes:
    """Where `name` stands in the alphabet of `language`, for a column that sorts byte by byte.

    Two names of which the first 400 bytes are the same have the same place: what a database can
    keep in an index has an end.
    """
    return place_of_words(name.words(preferences(language)), language)


def place_of_words(words: str, language: str) -> bytes:
    """Where `words` stand in the alphabet of `language`; see `place`."""
    return "\t".join(sort_key(words, language)).encode()[:LONGEST_PLACE]


def by_name(items: Iterable[Item], name: Callable[[Item], Text]) -> list[Item]:
    """`items` by their `name` as the page's language has it; equal ones stay in their order."""
    language = page_language()
    return sorted(items, key=lambda item: sort_key(plain(name(item)), language))


def options(named: Iterable[tuple[str, Text]]) -> list[tuple[str, str]]:
    """Keys and names to choose from, as keys and words by name."""
    return [(key, plain(name)) for key, name in by_name(named, lambda one: one[1])]
