"""Days, times and numbers in the words of the reader's language (Unicode CLDR, through Babel).

Every function takes the language of the page that is being rendered. Results are remembered,
because a programme prints the same few hundred times again and again.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import get_global
from babel.dates import get_timezone_location, get_timezone_name
from babel.numbers import format_decimal
from django.utils import timezone
from django.utils.translation import gettext as _

from amity.foundation.dates import words as date_words
from amity.foundation.dates.zones import SECOND, changes_between, offset_at
from amity.foundation.pages.speaking import page_language

REMEMBERED = 4096


def babel_locale(language: str | None = None) -> Locale:
    """Babel's locale for a Django language code; the page's language when none is given."""
    return date_words.cldr_locale(language or page_language())


def day(value: date, style: str = "long") -> str:
    """`value` as a date in words: style `long` (1 October 2025), `full` or `weekday`.

    `full` is Wednesday, 1 October 2025, `weekday` the same without its year.
    """
    if isinstance(value, datetime):
        value = value.date()
    return _day(value, style, page_language())


def day_of(moment: datetime) -> date:
    """The day of an aware moment, by the clocks of whoever reads the page (else of UTC)."""
    return timezone.localdate(moment)


@lru_cache(maxsize=REMEMBERED)
def _day(value: date, style: str, language: str) -> str:
    if style == "long":
        return date_words.day(value, language)
    return date_words.day_with_weekday(value, language, year=style == "full")


def days(first: date, last: date | None = None) -> str:
    """A span of whole days, both included: 30 September – 1 October 2025."""
    language = page_language()
    return date_words.days(first, first if last is None else last, language)


def number(value: int | float, digits: int | None = None) -> str:
    """`value` with the language's separators; `digits` after the decimal sign when given."""
    return _number(value, digits, page_language())


@lru_cache(maxsize=REMEMBERED)
def _number(value: int | float, digits: int | None, language: str) -> str:
    pattern = None if digits is None else "#,##0" + ("." + "0" * digits if digits else "")
    return format_decimal(value, format=pattern, locale=date_words.cldr_locale(language))


def at_venue(value: datetime, zone: str) -> datetime:
    """The aware moment `value` by the clocks of `zone`, an IANA name."""
    return value.astimezone(ZoneInfo(zone))


def zone_name(zone: str, first: datetime, last: datetime | None = None) -> str:
    """What the time zone is called, and how far its clocks are from UTC: Hà Nội (UTC+7).

    Where they are changed between `first` and `last`, until when they are so, and what follows.
    """
    city = get_timezone_name(ZoneInfo(zone), width="long", locale=babel_locale())
    words = offset_words(first, zone)
    for change in changes_between(first, last or first, zone):
        before = change.astimezone(UTC) + offset_at(change - SECOND, zone)
        words = _("%(offset)s until %(day)s, %(time)s, then %(next)s") % {
            "offset": words,
            "day": day(before.date()),
            "time": f"{before:%H:%M}",
            "next": offset_words(change, zone),
        }
    return f"{city} ({words})"


def zone_place(zone: str) -> str:
    """The place whose clocks a time zone follows, in the reader's language: Azores, Стокгольм."""
    if "/" not in zone:
        return zone
    locale = babel_locale()
    for name in (zone, *_former_names().get(zone, ())):
        if city := locale.time_zones.get(name, {}).get("city"):
            return str(city)
    return get_timezone_location(ZoneInfo(zone), locale=locale, return_city=True)


@lru_cache(maxsize=1)
def _former_names() -> Mapping[str, list[str]]:
    """The former names of zones, under which CLDR keeps what their places are called."""
    found: dict[str, list[str]] = {}
    for former, zone in get_global("zone_aliases").items():
        found.setdefault(zone, []).append(former)
    return found


def offset_words(value: datetime, zone: str) -> str:
    """How far the clocks of `zone` are from UTC at that moment."""
    return utc_offset(offset_at(value, zone))


def utc_offset(offset: timedelta) -> str:
    """UTC+7, UTC−3:30, UTC+0."""
    minutes = round(offset.total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes >= 0 else '−'}{hours}" + (f":{rest:02d}" if rest else "")
