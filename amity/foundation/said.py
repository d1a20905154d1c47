"""Dates as said, in the reader's words, beside the words they were said in.

`DateAsSaid` (`amity.foundation.dates`) knows the interval and the precision; here it becomes
"October 2026", "about 2029", "every 6 months until 2029" in the language of the page.
"""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import Markup

from amity.foundation import formatting
from amity.foundation.dates import DateAsSaid

MACHINE_FORMATS = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}
MONTHS_PER_UNIT = {"Y": 12, "M": 1}
LAST_MONTH_OF_FIRST_HALF = 6


def said(value: DateAsSaid | None, quote: bool = False) -> Markup | str:
    """A `<time>` for `value`, with the words as said as its title; nothing for None.

    With `quote` the words as said follow visibly, in their own language.
    """
    if value is None:
        return ""
    words, heard = in_words(value), value.said
    title = Markup(' title="{}"').format(f"«{heard.words}»") if heard else ""
    machine = _for_machines(value)
    shown = (
        Markup('<time datetime="{}"{}>{}</time>').format(machine, title, words)
        if machine
        else Markup("<span{}>{}</span>").format(title, words)
    )
    if quote and heard:
        shown += Markup(' <q class="as-said" lang="{}">«{}»</q>').format(heard.lang, heard.words)
    return shown


def in_words(value: DateAsSaid) -> str:
    """`value` in the words of the page's language, for titles and other plain places."""
    words = _interval(value.start, value.end, str(value.precision))
    if not words:
        return value.said.words if value.said else _("no date given")
    if value.approximate:
        words = _("about %(date)s") % {"date": words}
    if value.every:
        return _recurrence(value, words)
    return words


def _interval(start: date | None, end: date | None, precision: str) -> str:
    if start is None and end is None:
        return ""
    if start is None:
        return _("until %(date)s") % {"date": formatting.day(end)} if end else ""
    if end is None:
        return _("from %(date)s") % {"date": formatting.day(start)}
    if precision == "half":
        first = start.month <= LAST_MONTH_OF_FIRST_HALF
        pattern = _("first half of %(year)s") if first else _("second half of %(year)s")
        return pattern % {"year": start.year}
    skeletons = {"month": "yMMMM", "quarter": "yQQQQ", "year": "y"}
    if precision in skeletons:
        return formatting.by_skeleton(start, skeletons[precision])
    return formatting.days(start, end)


def _recurrence(value: DateAsSaid, words: str) -> str:
    often = _often(_months(value.every or ""))
    if value.until:
        return _("%(often)s, first %(date)s, until %(end)s") % {
            "often": often,
            "date": words,
            "end": formatting.day(value.until),
        }
    return _("%(often)s, first %(date)s") % {"often": often, "date": words}


def _often(months: int) -> str:
    if months == 1:
        return _("every month")
    if months == 12:
        return _("every year")
    if months % 12 == 0:
        years = months // 12
        return ngettext("every %(count)s year", "every %(count)s years", years) % {"count": years}
    return ngettext("every %(count)s month", "every %(count)s months", months) % {"count": months}


def _months(duration: str) -> int:
    """Length in months of an ISO 8601 duration in years and months (P6M, P1Y)."""
    unit = duration[-1:]
    return int(duration[1:-1] or 0) * MONTHS_PER_UNIT.get(unit, 0)


def _for_machines(value: DateAsSaid) -> str:
    """What HTML's `datetime` attribute can say of it; nothing for open or unknown dates."""
    if value.start is None:
        return ""
    return value.start.strftime(MACHINE_FORMATS.get(str(value.precision), "%Y-%m-%d"))
