"""What people mean who wrote what cannot be read, and how they write it instead."""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

ADVICE: tuple[tuple[str, str], ...] = (
    (
        "mapping values are not allowed",
        "a colon with a space after it, within words; put the words in quotation marks, or indent "
        "the line as those before it",
    ),
    ("found a tab character", "a tab; expected spaces at the beginning of a line"),
    (
        "found character that cannot start any token",
        "a tab, or words that begin with @, % or `; expected spaces at the beginning of a line, "
        "and such words in quotation marks",
    ),
    (
        "did not find expected ',' or '}'",
        "expected a comma or }; words with a comma, a colon or a bracket stand in quotation marks "
        "within {…}",
    ),
    (
        "did not find expected ',' or ']'",
        "expected a comma or ]; words with a comma, a colon or a bracket stand in quotation marks "
        "within […]",
    ),
    (
        "found unexpected end of stream",
        "the file ends within words; close the quotation mark that they began with",
    ),
    (
        "could not find expected ':'",
        "expected a colon and a space after the name of a field; words of several lines stand in "
        "quotation marks, or indented below a |",
    ),
    (
        "did not find expected key",
        "expected the name of a field, indented as those before it; words with quotation marks in "
        "them stand in quotation marks of the other kind",
    ),
    (
        "did not find expected '-' indicator",
        "expected a hyphen and a space, indented as those before it in the list",
    ),
    (
        "block sequence entries are not allowed",
        "a list begins on a line of its own, each item with a hyphen and a space",
    ),
    (
        "found unknown escape character",
        "a backslash within double quotation marks; put the words in single ones",
    ),
)
"""What libyaml says → what helps; the first that fits."""

NUMBERS = re.compile(r"([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4})\Z")
WORDS = re.compile(
    r"([0-9]{1,2})(?:er|\.|st|nd|rd|th)?\s+(?:tháng\s+)?([^\W\d_.]+|[0-9]{1,2})\.?,?\s+"
    r"(?:năm\s+)?([0-9]{4})(?:\s+г\.?|\s+года)?\Z"
)
MONTH_FIRST = re.compile(r"([^\W\d_]+)\.?\s+([0-9]{1,2})(?:st|nd|rd|th)?,?\s+([0-9]{4})\Z")
LANGUAGES = ("en", "vi", "ru", "fr", "id")


def for_yaml(problem: str) -> str:
    """What to do about a complaint of libyaml; empty where nothing better is known."""
    return next((advice for said, advice in ADVICE if problem.startswith(said)), "")


def perhaps_a_day(written: object) -> str:
    """` (perhaps 2026-11-21?)` for a day as people write it, else nothing."""
    days = sorted({day.isoformat() for day in _days(" ".join(str(written).split()))})
    return f" (perhaps {' or '.join(days)}?)" if days else ""


def _days(written: str) -> Iterator[date]:
    if found := NUMBERS.match(written):
        one, other, year_of = map(int, found.groups())
        yield from _day(year_of, other, one)
        if "/" in written:
            yield from _day(year_of, one, other)
        return
    if found := WORDS.match(written):
        day, month, year = found.groups()
    elif found := MONTH_FIRST.match(written):
        month, day, year = found.groups()
    else:
        return
    number = int(month) if month.isdigit() else _months().get(month.casefold())
    if number:
        yield from _day(int(year), number, int(day))


def _day(year: int, month: int, day: int) -> Iterator[date]:
    try:
        yield date(year, month, day)
    except ValueError:
        return


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    """The names of the months in the interface's languages, alone and within a date."""
    from babel.dates import get_month_names

    return {
        name.casefold().rstrip("."): number
        for language in LANGUAGES
        for width in ("wide", "abbreviated")
        for context in ("format", "stand-alone")
        for number, name in get_month_names(width, context, language).items()
    }
