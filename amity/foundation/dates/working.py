"""Working days: which they are, and when so many of them have passed by the clocks of a place."""

from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
LAST_WEEKDAY = 5
"""Saturday, as Python counts from Monday."""


class Span(NamedTuple):
    """A time in which days count; `ends` is None where it goes on."""

    begins: datetime
    ends: datetime | None


def is_working_day(day: date, holidays: Collection[str]) -> bool:
    """Whether a day is neither at a weekend nor a holiday; `holidays` as `2026-09-02`."""
    return day.weekday() < LAST_WEEKDAY and day.isoformat() not in holidays


def working_day(
    number: int, spans: Sequence[Span], zone: str, holidays: Collection[str]
) -> date | None:
    """The `number`th working day that lies whole within the spans; None where there is none.

    Days are those of the clocks of `zone`. One in which a span begins or ends counts only where
    another takes up without a gap.
    """
    counted = 0
    for begins, ends in _merged(spans):
        day = begins.astimezone(ZoneInfo(zone)).date()
        if begin_of(day, zone) < begins:
            day += DAY
        while ends is None or begin_of(day + DAY, zone) <= ends:
            counted += is_working_day(day, holidays)
            if counted == number:
                return day
            day += DAY
    return None


def begin_of(day: date, zone: str) -> datetime:
    """When a day begins by the clocks of `zone`, in UTC."""
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


def _merged(spans: Sequence[Span]) -> Iterator[Span]:
    """The spans in their order, those that touch as one; what has no length is left out."""
    begins: datetime | None = None
    ends: datetime | None = None
    for span in sorted(spans, key=lambda one: one.begins):
        if span.ends is not None and span.ends <= span.begins:
            continue
        if begins is not None and ends is not None and span.begins > ends:
            yield Span(begins, ends)
            begins = None
        if begins is None:
            begins, ends = span
        elif ends is not None:
            ends = None if span.ends is None else max(ends, span.ends)
    if begins is not None:
        yield Span(begins, ends)
