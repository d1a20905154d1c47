"""Dates in the words of a language, as exact as they were said: October 2026, 2025–2029.

By the patterns of `styles.py`, months in full. Remembered, because a page says the same few dates
again and again. Words such as "about" and "until" are the interface's: see
`amity.foundation.dates.said`.
"""

import re
from datetime import date
from functools import lru_cache

from babel.dates import format_date
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from amity.foundation.dates import edtf
from amity.foundation.dates.as_said import DateAsSaid
from amity.foundation.dates.edtf import Precision
from amity.foundation.dates.styles import Interval, Style, cldr_locale, style

__all__ = ["cldr_locale", "day", "day_with_weekday", "days", "format_date_as_said", "point"]

REMEMBERED = 4096
OF_YEARS = (Precision.YEAR, Precision.DECADE, Precision.CENTURY)
FRENCH_FIRST = re.compile(r"(?<!\d)1(?=[\s–])")
"""The first day of a month is an ordinal in French: 1er octobre."""


def format_date_as_said(value: DateAsSaid, language: str, *, governed: bool = False) -> str:
    """The interval of `value` in words of `language` (a tag), without its "about" or recurrence.

    `governed`: as it stands after "about", which in some languages asks for another case. Nothing
    where it is unknown or open at one end.
    """
    if value.edtf is None or value.start is None or value.end is None:
        return ""
    return _expression(value.edtf, language, governed)


@lru_cache(maxsize=REMEMBERED)
def _expression(expression: str, language: str, governed: bool) -> str:
    first, last = edtf.ends(expression)
    if first is None or last is None:
        return ""
    if first == last:
        return point(first, language, governed=governed)
    if first.precision is Precision.DAY or last.precision is Precision.DAY:
        return days(first.start, last.end, language)
    if first.precision in OF_YEARS and last.precision in OF_YEARS:
        return _between(first.start, last.end, style(language).years, language)
    return _months(first.start, last.end, language, governed)


def point(value: edtf.Point, language: str, *, governed: bool = False) -> str:
    """A day, month, quarter, half or year in words; a half as its months."""
    own = style(language)
    if value.precision is Precision.DAY:
        return day(value.start, language)
    if value.precision is Precision.CENTURY:
        return _between(value.start, value.end, own.years, language)
    if value.precision is Precision.DECADE:
        return _decade(value.start.year, governed=governed)
    if value.season is not None:
        return _season(value, governed=governed)
    if value.precision in (Precision.HALF, Precision.THIRD):
        return _months(value.start, value.end, language, governed)
    pattern = {
        Precision.YEAR: own.year,
        Precision.QUARTER: own.quarter,
        Precision.MONTH: own.month,
    }[value.precision]
    pattern = _governed(pattern, own) if governed else pattern
    return format_date(value.start, pattern, cldr_locale(language))


def _decade(year: int, *, governed: bool) -> str:
    """The words of the language that is active: 1980s."""
    if governed:
        return pgettext("decade after about, from, until", "%(year)ss") % {"year": year}
    return pgettext("decade", "%(year)ss") % {"year": year}


def _season(value: edtf.Point, *, governed: bool) -> str:
    """The words of the language that is active: spring 2001, winter 2001/2002."""
    first, last = value.start.year, value.end.year
    years = str(first) if first == last else f"{first}/{last}"
    plain = (
        _("spring %(year)s"),
        _("summer %(year)s"),
        _("autumn %(year)s"),
        _("winter %(year)s"),
    )
    after = (
        pgettext("after about, from, until", "spring %(year)s"),
        pgettext("after about, from, until", "summer %(year)s"),
        pgettext("after about, from, until", "autumn %(year)s"),
        pgettext("after about, from, until", "winter %(year)s"),
    )
    return (after if governed else plain)[value.season or 0] % {"year": years}


def _months(first: date, last: date, language: str, governed: bool) -> str:
    own = style(language)
    start, end = own.months["M" if first.year == last.year else "y"]
    pair = (_governed(start, own), _governed(end, own)) if governed else (start, end)
    return _between(first, last, pair, language)


@lru_cache(maxsize=REMEMBERED)
def day(value: date, language: str) -> str:
    """One day in words: 1 October 2025, 1/10/2025 (vi), 1er octobre 2025."""
    return _polished(format_date(value, style(language).day, cldr_locale(language)), language)


@lru_cache(maxsize=REMEMBERED)
def day_with_weekday(value: date, language: str, *, year: bool = True) -> str:
    """One day with the day of the week: Tuesday, 30 September 2025; without the year if wanted."""
    pattern = style(language).full if year else style(language).weekday
    return _polished(format_date(value, pattern, cldr_locale(language)), language)


@lru_cache(maxsize=REMEMBERED)
def days(first: date, last: date, language: str) -> str:
    """Days from `first` to `last`, both included: 30 September – 1 October 2025."""
    if first == last:
        return day(first, language)
    same_year = first.year == last.year
    greatest = "y" if not same_year else "d" if first.month == last.month else "M"
    return _between(first, last, style(language).days[greatest], language)


def _between(first: date, last: date, pair: Interval, language: str) -> str:
    locale = cldr_locale(language)
    words = format_date(first, pair[0], locale) + format_date(last, pair[1], locale)
    return _polished(words, language)


def _governed(pattern: str, own: Style) -> str:
    for nominative, governed in own.governed.items():
        pattern = pattern.replace(nominative, governed)
    return pattern


def _polished(words: str, language: str) -> str:
    return FRENCH_FIRST.sub("1er", words) if language == "fr" else words
