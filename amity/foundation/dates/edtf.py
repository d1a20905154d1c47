"""Extended Date/Time Format (ISO 8601-2:2019): the part of it that dates as said need.

Points: a day `2025-10-01`, a month `2026-10`, a year `2026` (level 0); a decade `198X`, a century
`19XX`, some day of a month or year `2004-06-XX`, `2004-XX`, a season `2001-21` (spring) to
`2001-24` (level 1); seasons of the north `2001-25` to `2001-28` and of the south `2001-29` to
`2001-32`, a quarter `2026-33` to `2026-36`, a third `2026-37` to `2026-39`, a half `2026-40` or
`2026-41` (level 2). After a point `~` says that it is approximate, `?` that it is uncertain, `%`
both. Intervals: `2025-09-30/2025-10-01`, open at one end: `2025/..`, `../2025`, or with an end that
nobody knows: `1985/`, `/1985` (level 1).

A season without a hemisphere is taken for one of the north, where nearly all partners lie; winter
begins in the year that is named.
"""

import re
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from amity.foundation.words.characters import quoted

EXPECTED = _(
    "a day (2025-10-01), a month (2026-10), a season (2026-21 to 2026-24), a quarter (2026-33 to "
    "2026-36), a half (2026-40 or 2026-41), a year (2026), a decade (198X), or an interval "
    "(2025-09-30/2025-10-01, 2025/.., ../2025, 1985/ with an unknown end); after a date ~ means "
    "“about”, ? “uncertain”, % both"
)
POINT = re.compile(
    r"(?P<year>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)"
    r"(?:-(?P<part>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?(?P<mark>[~?%]?)",
    re.ASCII,
)
UNKNOWN = ""
OPEN = ".."
SEASON, NORTHERN, SOUTHERN, QUARTER, THIRD, HALF, LAST = 21, 25, 29, 33, 37, 40, 41
"""Where groups of months begin among the numbers that follow a year, and the last of them."""
ABOUT, UNCERTAIN = "~%", "?%"
DAY = timedelta(days=1)


class DateError(ValueError):
    """Not a date as Amity writes it; the message says what was given and what is expected."""


class Precision(StrEnum):
    """How exactly a date was said."""

    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    QUARTER = "quarter"
    THIRD = "third"
    HALF = "half"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    RANGE = "range"
    UNKNOWN = "unknown"


class Point(NamedTuple):
    """One day, month, season, year, decade, …: first and last day, both included.

    `season`: 0 for spring to 3 for winter, where it is one.
    """

    start: date
    end: date
    precision: Precision
    approximate: bool
    uncertain: bool = False
    season: int | None = None


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
        return Span(expression.partition("/")[0], *lower[:4])
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
    """Where `expression` begins and ends; twice the same when it is one point, None if open or
    unknown."""
    first, slash, last = expression.partition("/")
    if not slash:
        point = _point(first, expression)
        return point, point
    if {first, last} <= {OPEN, UNKNOWN} and UNKNOWN in (first, last):
        raise _not_a_date(expression)
    return (
        None if first in (OPEN, UNKNOWN) else _point(first, expression),
        None if last in (OPEN, UNKNOWN) else _point(last, expression),
    )


def is_approximate(expression: str) -> bool:
    """Whether an end of it was said with an "about"."""
    return any(mark in expression for mark in ABOUT)


def is_uncertain(expression: str) -> bool:
    """Whether an end of it is uncertain."""
    return any(mark in expression for mark in UNCERTAIN)


def has_unknown_end(expression: str) -> bool:
    """Whether it begins or ends nobody knows when."""
    return expression.startswith("/") or expression.endswith("/")


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
    year, part, day, mark = match.group("year", "part", "day", "mark")
    if (part and "X" in year) or (part == "XX" and day not in (None, "XX")):
        raise _not_a_date(expression)
    season = _season(part)
    marks = (bool(mark) and mark in ABOUT, bool(mark) and mark in UNCERTAIN)
    try:
        return Point(*_days(year, part, day), *marks, season)
    except ValueError as error:
        raise DateError(
            format_lazy(_("there is no {date} in the calendar"), date=written.rstrip("~?%"))
        ) from error


def _not_a_date(written: object) -> DateError:
    return DateError(
        format_lazy(
            _("{value} is not a date; expected {expected}"),
            value=quoted(written),
            expected=EXPECTED,
        )
    )


def _days(year: str, part: str | None, day: str | None) -> tuple[date, date, Precision]:
    """First and last day of what is written; `X` stands for what is not said. Raises ValueError."""
    if "X" in year:
        first, last = int(year.replace("X", "0")), int(year.replace("X", "9"))
        precision = Precision.DECADE if year.count("X") == 1 else Precision.CENTURY
        return date(first, 1, 1), date(last, 12, 31), precision
    number = int(year)
    if part in (None, "XX"):
        return date(number, 1, 1), date(number, 12, 31), Precision.YEAR
    place = int(part or 0)
    if day not in (None, "XX"):
        exact = date(number, place, int(day or 0))
        return exact, exact, Precision.DAY
    if place < SEASON or place > LAST or day:
        return *_months(number, place, 1), Precision.MONTH
    if (season := _season(part)) is not None:
        southern = place >= SOUTHERN
        return *_months(number, (2 + 3 * season + 6 * southern) % 12 + 1, 3), Precision.SEASON
    for first, months, precision in (
        (HALF, 6, Precision.HALF),
        (THIRD, 4, Precision.THIRD),
        (QUARTER, 3, Precision.QUARTER),
    ):
        if place >= first:
            return *_months(number, months * (place - first) + 1, months), precision
    raise ValueError(part)


def _season(part: str | None) -> int | None:
    """0 for spring to 3 for winter, of either hemisphere."""
    place = int(part) if part and part.isdigit() else 0
    return (place - SEASON) % 4 if SEASON <= place < QUARTER else None


def _months(year: int, first: int, count: int) -> tuple[date, date]:
    start, last = date(year, first, 1), first + count - 1
    over, month = divmod(last - 1, 12)
    if month == 11:
        return start, date(year + over, 12, 31)
    return start, date(year + over, month + 2, 1) - DAY
