"""Dates as said, in the reader's words, beside the words they were said in.

`DateAsSaid` (`as_said.py` beside this file) knows the interval and the precision; here it becomes
"October 2026", "about 2029", "every 6 months, until the end of 2029" in the page's language. How
a page marks it up stands in `foundation/dates.html`.
"""

from datetime import UTC, date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from amity.foundation.dates import edtf, recurrence
from amity.foundation.dates.as_said import DateAsSaid, Precision
from amity.foundation.dates.words import format_date_as_said, point
from amity.foundation.pages import formatting
from amity.foundation.pages.speaking import page_language

MACHINE_LENGTHS = {Precision.MONTH: len("2026-10"), Precision.YEAR: len("2026")}
FOR_MACHINES = frozenset(Precision) - {Precision.SEASON, Precision.DECADE, Precision.CENTURY}
LAST_MONTH_OF_FIRST_HALF = 6


def in_words(value: DateAsSaid) -> str:
    """`value` in the words of the page's language, for titles and other plain places.

    Where no interval and no recurrence follows from what was said, our translation of it stands,
    or the words as said where there is none.
    """
    words = _about(value) if value.approximate else _interval(value)
    if words and value.edtf and edtf.has_unknown_end(value.edtf):
        words = _and_unknown(words, value.edtf)
    if words and value.uncertain:
        words = _("%(date)s (uncertain)") % {"date": words}
    if value.every:
        return ", ".join(filter(None, (often(value.every), _first(words), _until(value.until))))
    if words:
        return words
    if value.said is None:
        return _("no date given")
    return translated(value) or value.said.words


def translated(value: DateAsSaid) -> str:
    """Our translation of the words said in the page's language; empty where there is none."""
    return dict(value.translations).get(page_language(), "")


def _interval(value: DateAsSaid) -> str:
    if value.edtf is None:
        return ""
    first, last = edtf.ends(value.edtf)
    if first is None:
        return _until_point(last) if last else ""
    if last is None:
        return _from_point(first, still=not edtf.has_unknown_end(value.edtf))
    if value.precision is Precision.HALF:
        if _is_first_half(first):
            return _("first half of %(year)s") % {"year": first.start.year}
        return _("second half of %(year)s") % {"year": first.start.year}
    return format_date_as_said(value, page_language())


def _about(value: DateAsSaid) -> str:
    """The interval after "about", in the case and with the article that this asks for."""
    if value.start is None or value.end is None or value.edtf is None:
        return _interval(value)
    first = edtf.ends(value.edtf)[0]
    if value.precision is Precision.HALF and first:
        if _is_first_half(first):
            return _("about the first half of %(year)s") % {"year": first.start.year}
        return _("about the second half of %(year)s") % {"year": first.start.year}
    words = format_date_as_said(value, page_language(), governed=True)
    if first and first.precision is Precision.DAY:
        return pgettext("a day", "about %(date)s") % {"date": words}
    return _("about %(date)s") % {"date": words}


def _and_unknown(words: str, expression: str) -> str:
    if expression.endswith("/"):
        return _("%(from_date)s, end not known") % {"from_date": words}
    return _("%(until_date)s, beginning not known") % {"until_date": words}


def _is_first_half(half: edtf.Point) -> bool:
    return half.start.month <= LAST_MONTH_OF_FIRST_HALF


def _from_point(first: edtf.Point, *, still: bool) -> str:
    """What has begun and is `still` so is so since then; what has not will be so from then on."""
    words = {"date": point(first, page_language(), governed=True)}
    begun = still and first.start <= datetime.now(UTC).date()
    if first.precision is Precision.DAY:
        return (
            pgettext("a day", "since %(date)s") if begun else pgettext("a day", "from %(date)s")
        ) % words
    return (_("since %(date)s") if begun else _("from %(date)s")) % words


def _until_point(last: edtf.Point) -> str:
    if last.precision is Precision.DAY:
        return _until(last.end)
    if last.precision is Precision.YEAR:
        return _("until the end of %(year)s") % {"year": last.end.year}
    return _("until %(date)s") % {"date": point(last, page_language(), governed=True)}


def often(every: str) -> str:
    """A period (ISO 8601) in the page's words: “every 6 months”."""
    months, days = recurrence.parse(every)
    weeks, years = days // 7, months // 12
    if years and months % 12 == 0:
        return _counted(
            years,
            _("every year"),
            ngettext("every %(count)s year", "every %(count)s years", years),
        )
    if months:
        return _counted(
            months,
            _("every month"),
            ngettext("every %(count)s month", "every %(count)s months", months),
        )
    if weeks and days % 7 == 0:
        return _counted(
            weeks,
            _("every week"),
            ngettext("every %(count)s week", "every %(count)s weeks", weeks),
        )
    return _counted(
        days, _("every day"), ngettext("every %(count)s day", "every %(count)s days", days)
    )


def _counted(count: int, one: str, more: str) -> str:
    return one if count == 1 else more % {"count": count}


def _first(words: str) -> str:
    return _("first: %(date)s") % {"date": words} if words else ""


def _until(last: date | None) -> str:
    if last is None:
        return ""
    if (last.month, last.day) == (12, 31):
        return _("until the end of %(year)s") % {"year": last.year}
    return pgettext("a day", "until %(date)s") % {"date": formatting.day(last)}


def for_machines(value: DateAsSaid) -> str:
    """What HTML's `datetime` attribute can say of it; nothing for open or unknown dates."""
    if value.start is None or value.precision not in FOR_MACHINES:
        return ""
    return value.start.isoformat()[: MACHINE_LENGTHS.get(value.precision)]
