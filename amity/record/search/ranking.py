"""The order of what was found: name before text, exact before folded before guessed.

A hit's place is the first of these that holds: a name is the query; it is so without case and
marks; another name is; a name has every word as it was typed; it has them without marks; all
stand in the names (another name, another script, a sound); they stand in the texts. What was
found only by a guess at typing errors comes after all that. Among equals comes first what lacks
fewer of the words as letters, then a shorter name, then what is more recent, then what came into
the record later.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple
from unicodedata import normalize

from amity.languages.search.asking import Asked
from amity.languages.search.folding import RUN, tokens
from amity.languages.text import Text
from amity.record.numbered import number_of


class Place(IntEnum):
    """How well a record fits, the best first."""

    IS_IT = 0
    IS_IT_FOLDED = 1
    IS_CALLED_SO = 2
    NAME_AS_TYPED = 3
    NAME_FOLDED = 4
    NAME = 5
    TEXT = 6


class Known(NamedTuple):
    """What ranking needs to know of a hit: the entry's number and title, other names, its year.

    `names`: folded, a line each; empty where they are no proper names.
    """

    number: int
    key: str
    title: Text
    names: str
    year: int | None


@dataclass(frozen=True, slots=True)
class Ranked:
    """A hit in its place; `guessed`: only by a guess at typing errors."""

    number: int
    key: str
    place: Place
    guessed: bool
    year: int | None


@dataclass(frozen=True, slots=True)
class Typed:
    """The query as ranking compares it: as it was typed, folded, and the words of both."""

    words: str
    folded: str
    runs: frozenset[str]
    tokens: frozenset[str]

    @classmethod
    def of(cls, asked: Asked) -> "Typed":
        """What was typed."""
        words = normalize("NFC", asked.words).casefold()
        return cls(
            words,
            " ".join(tokens(words)),
            frozenset(RUN.findall(words)),
            frozenset(term.token for term in asked.terms),
        )


def rank(
    asked: Asked, hits: Iterable[Known], in_name: Collection[int], *, guessed: bool = False
) -> list[Ranked]:
    """The hits in order. `in_name`: numbers of those that have every term in their names."""
    typed = Typed.of(asked)
    keyed = []
    for hit in hits:
        place, missing, length = Place.TEXT, 0, 0
        if hit.number in in_name:
            place, missing, length = _place(hit, typed)
        ranked = Ranked(hit.number, hit.key, place, guessed, hit.year)
        keyed.append(((place, missing, length, -(hit.year or 0), -hit.number), ranked))
    keyed.sort(key=lambda pair: pair[0])
    return [ranked for _, ranked in keyed]


def _place(hit: Known, typed: Typed) -> tuple[Place, int, int]:
    """The best place that one version gives, how many words it lacks, and its length."""
    if typed.words in (hit.key.casefold(), number_of(hit.key).casefold()):
        return Place.IS_IT, 0, 0
    best = min(_of_version(words, typed) for words in {*map(str.casefold, hit.title.all_words())})
    if best[0] > Place.IS_CALLED_SO and typed.folded in hit.names.split("\n"):
        return Place.IS_CALLED_SO, 0, 0
    return best


def _of_version(name: str, typed: Typed) -> tuple[Place, int, int]:
    if name == typed.words:
        return Place.IS_IT, 0, 0
    if typed.runs and typed.runs <= set(RUN.findall(name)):
        return Place.NAME_AS_TYPED, 0, len(name)
    found = tokens(name)
    if " ".join(found) == typed.folded:
        return Place.IS_IT_FOLDED, 0, 0
    missing = len(typed.tokens.difference(found))
    return Place.NAME if missing else Place.NAME_FOLDED, missing, len(name)
