"""Extended Date/Time Format (ISO 8601-2:2019): the part of it that dates as said need.

Points: a day `2025-10-01`, a month `2026-10`, a year `2026` (level 0), a quarter `2026-33` to
`2026-36`, a half `2026-40` or `2026-41` (level 2, sub-year groupings). A point may be approximate:
`2026-10~`. Intervals: `2025-09-30/2025-10-01`, open at one end: `2025/..`, `../2025` (level 1).
Seasons are left out, since they are different months in the north and in the south.
"""

import re
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from amity.foundation.characters import quoted

EXPECTED = _(
    "a day (2025-10-01), a month (2026-10), a quarter (2026-33 to 2026-36), a half (2026-40 or "
    "2026-41), a year (2026), or an interval (2025-09-30/2025-10-01, 2025/.., ../2025); "
    "a ~ after a date means “about”"
)
POINT = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(~?)", re.ASCII)
OPEN = ".."
FIRST_QUARTER, FIRST_HALF = 33, 40
DAY = timedelta(days=1)


class DateError(ValueError):
    """Not a date as Amity writes it; the message says what was given and what is expected."""


class Precision(StrEnum):
    """How exactly a date was said."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    RANGE = "range"
    UNKNOWN = "unknown"


class Point(NamedTuple):
    """One day, month, quarter, half or year: first and last day, both included."""

    start: date
    end: date
    precision: Precision
    approximate: bool


class Span(NamedTuple):
    """What an expression says. An end that is None is open; both are never."""

    expression: str
    start: date | None
    end: date | None
    precision: Precision
    approximate: bool


def parse(expression: str) -> Span:
    """What `expression` says; `Span.expression` is its canonical spelling. Raises DateError."""
    if not isinstance(expression, str):
        raise _not_a_date(expression)
    lower, upper = ends(expression)
    if lower is not None and lower == upper:
        return Span(expression.partition("/")[0], *lower)
    if lower is None and upper is None:
        raise DateError(_("an interval open at both ends says nothing; leave the date out"))
    if lower and upper and lower.start > upper.end:
        raise DateError(format_lazy(_("{interval} ends before it starts"), interval=expression))
    return Span(
        expression,
        lower.start if lower else None,
        upper.end if upper else None,
        Precision.RANGE,
        bool((lower and lower.approximate) or (upper and upper.approximate)),
    )


def ends(expression: str) -> tuple[Point | None, Point | None]:
    """Where `expression` begins and ends; twice the same when it is one point, None if open."""
    first, slash, last = expression.partition("/")
    lower = None if slash and first == OPEN else _point(first, expression)
    if not slash:
        return lower, lower
    return lower, None if last == OPEN else _point(last, expression)


def of_days(start: date | None, end: date | None) -> str:
    """The shortest expression for the interval from `start` to `end`: 2026-10, 2025-10-01/…"""
    if start is None or end is None:
        return f"{start or OPEN}/{end or OPEN}"
    day = start.isoformat()
    for written in (day, day[:7], day[:4]):
        point = _point(written, written)
        if (point.start, point.end) == (start, end):
            return written
    return f"{start}/{end}"


def _point(written: str, expression: str) -> Point:
    match = POINT.fullmatch(written)
    if not match:
        raise _not_a_date(expression)
    year, part, day = (int(digits) if digits else None for digits in match.groups()[:3])
    approximate = bool(match[4])
    try:
        return Point(*_days(year or 0, part, day), approximate)
    except ValueError as error:
        raise DateError(
            format_lazy(_("there is no {date} in the calendar"), date=written.rstrip("~"))
        ) from error


def _not_a_date(written: object) -> DateError:
    return DateError(
        format_lazy(
            _("{value} is not a date; expected {expected}"),
            value=quoted(written),
            expected=EXPECTED,
        )
    )


def _days(year: int, part: int | None, day: int | None) -> tuple[date, date, Precision]:
    if part is None:
        return date(year, 1, 1), date(year, 12, 31), Precision.YEAR
    if day is not None:
        return date(year, part, day), date(year, part, day), Precision.DAY
    if FIRST_QUARTER <= part < FIRST_QUARTER + 4:
        return *_months(year, 3 * (part - FIRST_QUARTER) + 1, 3), Precision.QUARTER
    if FIRST_HALF <= part < FIRST_HALF + 2:
        return *_months(year, 6 * (part - FIRST_HALF) + 1, 6), Precision.HALF
    return *_months(year, part, 1), Precision.MONTH


def _months(year: int, first: int, count: int) -> tuple[date, date]:
    start, last = date(year, first, 1), first + count - 1
    end = date(year, 12, 31) if last == 12 else date(year, last + 1, 1) - DAY
    return start, end
