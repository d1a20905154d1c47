"""Dates in the words of a language, as exact as they were said: October 2026, 2025–2029.

By Unicode CLDR (through Babel), months in full and, where they stand alone, in the nominative.
Remembered, because a page says the same few dates again and again. Words that CLDR lacks, such as
"about" and "until", are the interface's: see `amity.foundation.dates.said`.
"""

import re
from datetime import date
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_interval, format_skeleton

from amity.foundation.dates import edtf
from amity.foundation.dates.as_said import DateAsSaid
from amity.foundation.dates.edtf import Precision

REMEMBERED = 4096
CLDR_LOCALES = {"en": "en_GB"}
"""The interface's English is the international one: 1 October 2025, never October 1, 2025."""
SKELETONS = {Precision.YEAR: "y", Precision.QUARTER: "yQQQQ", Precision.MONTH: "yMMMM"}
FRENCH_FIRST = re.compile(r"(?<!\d)1(?=[\s–])")
"""The first day of a month is an ordinal in French: 1er octobre."""


def format_date_as_said(value: DateAsSaid, language: str) -> str:
    """The interval of `value` in words of `language` (a tag), without its "about" or recurrence.

    Nothing where it is unknown or open at one end.
    """
    if value.edtf is None or value.start is None or value.end is None:
        return ""
    return _expression(value.edtf, language)


@lru_cache(maxsize=REMEMBERED)
def _expression(expression: str, language: str) -> str:
    first, last = edtf.ends(expression)
    if first is None or last is None:
        return ""
    if first.precision is Precision.DAY or last.precision is Precision.DAY:
        return days(first.start, last.end, language)
    locale = cldr_locale(language)
    if first == last and first.precision in SKELETONS:
        return format_skeleton(SKELETONS[first.precision], first.start, locale=locale)
    years = first.precision is last.precision is Precision.YEAR
    return format_interval(first.start, last.end, "y" if years else "yMMMM", locale=locale)


@lru_cache(maxsize=REMEMBERED)
def day(value: date, language: str) -> str:
    """One day in words: 1 October 2025, 1 tháng 10 năm 2025, 1er octobre 2025."""
    return _polished(format_date(value, _full(None, language), cldr_locale(language)), language)


@lru_cache(maxsize=REMEMBERED)
def days(first: date, last: date, language: str) -> str:
    """Days from `first` to `last`, both included: 30 September – 1 October 2025."""
    if first == last:
        return day(first, language)
    same_year = first.year == last.year
    greatest = "y" if not same_year else "d" if first.month == last.month else "M"
    locale = cldr_locale(language)
    patterns = locale.interval_formats["yMMMd"][greatest]
    words = "".join(
        format_date(value, _full(str(pattern), language), locale)
        for value, pattern in zip((first, last), patterns, strict=True)
    )
    return _polished(words, language)


@lru_cache(maxsize=64)
def cldr_locale(language: str) -> Locale:
    """Babel's locale for one of the interface's languages."""
    return Locale.parse(CLDR_LOCALES.get(language, language.replace("-", "_")))


def _full(pattern: str | None, language: str) -> str:
    """A day's pattern with its month in full; CLDR has intervals of days with short ones only."""
    if pattern is None:
        pattern = str(cldr_locale(language).date_formats["long"])
    pattern = re.sub("(?<!M)MMM(?!M)", "MMMM", pattern)
    return pattern.replace("MMMM, y", "MMMM 'năm' y") if language == "vi" else pattern


def _polished(words: str, language: str) -> str:
    return FRENCH_FIRST.sub("1er", words) if language == "fr" else words
