"""Query parameters of public pages: declared by the page, read strictly, spelt in one way.

A page says which parameters it knows: `@public_page(page=whole(), state=choice(States.values))`.
Whatever else stands in the query is ignored (a tracker's parameter does not make a new page);
a value that makes no sense is answered with 400 and a page that names the parameter.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from amity.foundation.pages.filters import BadQuery

LONGEST = 200
KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: `read` turns words into a value or raises ValueError."""

    read: Callable[[str], Any]
    default: Any = None


def whole(default: int | None = 1, least: int = 1, most: int = 100_000) -> Parameter:
    """A whole number between `least` and `most`, such as the number of a list's page."""

    def read(words: str) -> int:
        if not words.isascii() or not words.isdigit() or len(words) > len(str(most)):
            raise ValueError(words)
        value = int(words)
        if not least <= value <= most:
            raise ValueError(words)
        return value

    return Parameter(read, default)


def choice(values: Iterable[str], default: str | None = None) -> Parameter:
    """One of `values`."""
    known = frozenset(values)

    def read(words: str) -> str:
        if words not in known:
            raise ValueError(words)
        return words

    return Parameter(read, default)


def key() -> Parameter:
    """The identifier of a record; whether there is such a record is for the page to find out."""

    def read(words: str) -> str:
        if not KEY.fullmatch(words):
            raise ValueError(words)
        return words

    return Parameter(read)


def flag() -> Parameter:
    """A box that is ticked (`1`) or not (absent)."""

    def read(words: str) -> bool:
        if words != "1":
            raise ValueError(words)
        return True

    return Parameter(read, default=False)


def calendar_day() -> Parameter:
    """A day as `2025-09-30`."""
    return Parameter(date.fromisoformat)


def phrase(longest: int = 100) -> Parameter:
    """Words of the reader's own, without surrounding space."""

    def read(words: str) -> str:
        if len(words) > longest or not words.isprintable():
            raise ValueError(words)
        return words

    return Parameter(read)


def read(parameters: Mapping[str, Parameter], given: Mapping[str, str]) -> dict[str, Any]:
    """Values of all declared `parameters`; raises BadQuery at the first that makes no sense.

    An empty value is no value: a form sends one for every field left alone.
    """
    values = {}
    for name, parameter in parameters.items():
        words = given.get(name, "").strip()
        if not words:
            values[name] = parameter.default
            continue
        if len(words) > LONGEST:
            raise BadQuery({name: words})
        try:
            values[name] = parameter.read(words)
        except ValueError:
            raise BadQuery({name: words}) from None
    return values


def spell(parameters: Mapping[str, Parameter], values: Mapping[str, Any]) -> str:
    """The one query string for `values`: in declared order, without what is default anyway."""
    return urlencode(
        [
            (name, _words(values[name]))
            for name, parameter in parameters.items()
            if values[name] != parameter.default
        ]
    )


def _words(value: Any) -> str:
    return "1" if value is True else str(value)
