"""How often something comes back: an ISO 8601 duration of one unit (P6M, P1Y, P2W, P10D)."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import MAXYEAR, date, timedelta
from typing import NamedTuple

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from amity.foundation.dates.edtf import DAY, DateError
from amity.foundation.words.characters import quoted

PERIOD = re.compile(r"P([1-9][0-9]{0,2})([YMWD])", re.ASCII)


class Period(NamedTuple):
    """`months` for years and months, `days` for weeks and days; the other one is 0."""

    months: int
    days: int


class Interval(NamedTuple):
    """First and last day, both included; None where it is open."""

    start: date | None
    end: date | None


def parse(duration: object) -> Period:
    """The length of `duration`. Raises DateError."""
    match = PERIOD.fullmatch(duration) if isinstance(duration, str) else None
    if not match:
        raise DateError(
            format_lazy(
                _(
                    "{value} is not a period; expected an ISO 8601 duration of one unit, "
                    "such as P6M, P1Y, P2W or P10D"
                ),
                value=quoted(duration),
            )
        )
    count, unit = int(match[1]), match[2]
    if unit in "YM":
        return Period(count * (12 if unit == "Y" else 1), 0)
    return Period(0, count * (7 if unit == "W" else 1))


def occurrences(start: date, end: date, period: Period, until: date | None) -> Iterator[Interval]:
    """From `start` to `end` and then every `period` again, as long as it ends by `until`.

    Each is counted from the first, so that the 31st comes back after a shorter month, which has
    its last day instead. Whole calendar months stay whole; anything else keeps its length in days.
    Without `until` it goes on to the end of the calendar.
    """
    length = end - start
    after = end + DAY if end < date.max else None
    whole_months = bool(period.months and after and start.day == after.day == 1)
    step = 0
    while True:
        first = _later(start, period, step)
        if first is None:
            return
        if whole_months and after:
            follows = _later(after, period, step)
            last = follows - DAY if follows else date.max
        elif date.max - first < length:
            return
        else:
            last = first + length
        if until is not None and last > until:
            return
        yield Interval(first, last)
        step += 1


def _later(day: date, period: Period, times: int) -> date | None:
    """`day` moved on by `times` periods; None past the end of the calendar."""
    if period.days:
        try:
            return day + timedelta(days=period.days * times)
        except OverflowError:
            return None
    years, month = divmod(day.month - 1 + period.months * times, 12)
    year = day.year + years
    if year > MAXYEAR:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
