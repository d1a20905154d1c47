"""Typing errors: which terms of the record are near to what was typed.

`rapidfuzz` compares only what is in the same block: terms that share their first two letters, or
their last three, and are as long but for one letter or two. Of a word of four letters the first
must be right.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from amity.languages.search.folding import LATIN_FORM

SHORTEST = 4
LONG = 8
"""From this length on two errors are looked for."""
MOST = 24


@dataclass(frozen=True, slots=True)
class Block:
    """Where to look for terms near to a token."""

    token: str
    head: str
    tail: str
    shortest: int
    longest: int


def head_of(term: str) -> str:
    """The first letters by which a term is found."""
    return term[: len(LATIN_FORM) + 2] if term.startswith(LATIN_FORM) else term[:2]


def tail_of(term: str) -> str:
    """The last letters by which a term is found, and whether it is the sound of a word."""
    return (LATIN_FORM if term.startswith(LATIN_FORM) else "") + term[-3:]


def most_errors(token: str) -> int:
    """How many letters may be wrong."""
    word = token.removeprefix(LATIN_FORM)
    return 0 if len(word) < SHORTEST or not word.isalpha() else 1 if len(word) < LONG else 2


def block_of(token: str) -> Block | None:
    """The block of a token; None for one that is too short to be mistaken."""
    errors = most_errors(token)
    if not errors:
        return None
    return Block(token, head_of(token), tail_of(token), len(token) - errors, len(token) + errors)


def near(block: Block, terms: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Terms near to the token with the number of errors, the nearest first, then by alphabet."""
    limit = most_errors(block.token)
    found = []
    for term in terms:
        distance = OSA.distance(block.token, term, score_cutoff=limit)
        if 0 < distance <= limit and (len(block.token) > SHORTEST or term[0] == block.token[0]):
            found.append((distance, term))
    yield from sorted(found)[:MOST]
