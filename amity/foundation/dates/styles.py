"""How a language writes dates: CLDR's patterns, and where an editor writes otherwise than CLDR.

Patterns are LDML's (Unicode TS 35), an interval's a pair for its first and its last day. A new
language needs nothing here: `style` takes all of it from CLDR.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from babel import Locale
from babel.core import UnknownLocaleError

CLDR_LOCALES = {"en": "en_GB"}
"""The interface's English is the international one: 1 October 2025, never October 1, 2025."""
Interval = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """Patterns of one language.

    days, months: the pair by the greatest field in which both ends differ ("d", "M", "y").
    governed: turns words for months and quarters into the case they have after "about" or "from".
    """

    day: str
    full: str
    weekday: str
    month: str
    quarter: str
    year: str
    days: Mapping[str, Interval]
    months: Mapping[str, Interval]
    years: Interval
    governed: Mapping[str, str] = field(default_factory=dict)


VIETNAMESE = Style(
    day="d/M/y",
    full="EEEE, d/M/y",
    weekday="EEEE, d/M",
    month="'tháng' M/y",
    quarter="'quý' Q/y",
    year="'năm' y",
    days={"d": ("d–", "d/M/y"), "M": ("d/M–", "d/M/y"), "y": ("d/M/y–", "d/M/y")},
    months={"M": ("'tháng' M–", "M/y"), "y": ("'tháng' M/y – ", "'tháng' M/y")},
    years=("'năm' y–", "y"),
)
"""As its press and offices write them: 30/9–1/10/2025, tháng 9–11/2027, năm 2027."""
DASHES = {"ru": " — ", "id": "–"}
"""Between words of an interval, where CLDR puts a dash with spaces: сентябрь — ноябрь (GOST and
Milchin), 30 September–1 Oktober (EYD). Digits alone are joined by a dash without spaces."""
RUSSIAN_GENITIVE = {"LLLL": "MMMM", "QQQQ": "Q'-го квартала'"}
"""Months and quarters stand in the genitive after около, с, до."""


@lru_cache(maxsize=64)
def cldr_locale(language: str) -> Locale:
    """Babel's locale for a language of the interface; English where CLDR does not know it."""
    tag = CLDR_LOCALES.get(language, language.replace("-", "_"))
    try:
        return Locale.parse(tag)
    except (UnknownLocaleError, ValueError):
        return Locale.parse(CLDR_LOCALES["en"])


@lru_cache(maxsize=64)
def style(language: str) -> Style:
    """The patterns of `language`, a tag."""
    if language == "vi":
        return VIETNAMESE
    locale = cldr_locale(language)
    intervals, skeletons = locale.interval_formats, locale.datetime_skeletons
    dash = DASHES.get(language)
    return Style(
        day=_full(str(locale.date_formats["long"])),
        full=str(locale.date_formats["full"]).replace("dd", "d"),
        weekday="EEEE, d MMMM",
        month=str(skeletons["yMMMM"]),
        quarter=str(skeletons["yQQQQ"]),
        year="y",
        days={greatest: _pair(pair, dash) for greatest, pair in intervals["yMMMd"].items()},
        months={greatest: _pair(pair, dash) for greatest, pair in intervals["yMMMM"].items()},
        years=_pair(intervals["y"]["y"], "–"),
        governed=RUSSIAN_GENITIVE if language == "ru" else {},
    )


def _pair(patterns: list[str], dash: str | None) -> Interval:
    """An interval's patterns with months in full; CLDR has intervals of days with short ones."""
    first, last = (_full(str(pattern)) for pattern in patterns)
    return (re.sub(r"\s–\s", dash, first) if dash else first, last)


def _full(pattern: str) -> str:
    return re.sub("(?<!M)MMM(?!M)", "MMMM", pattern)
