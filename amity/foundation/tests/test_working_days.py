"""Working days by the clocks and holidays of a place."""

from datetime import UTC, date, datetime

import pytest

from amity.foundation.dates.working import Span, begin_of, is_working_day, working_day

HANOI = "Asia/Ho_Chi_Minh"


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A moment of March 2026, whose first day is a Sunday, in UTC."""
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


def test_neither_weekends_nor_holidays_are_worked():
    week = [date(2026, 3, day) for day in range(2, 9)]
    worked = [day.day for day in week if is_working_day(day, ["2026-03-04"])]
    assert worked == [2, 3, 5, 6]


@pytest.mark.parametrize(
    ("number", "zone", "holidays", "last"),
    [
        (1, "UTC", [], date(2026, 3, 3)),  # the day on which it began is not whole
        (4, "UTC", [], date(2026, 3, 6)),
        (5, "UTC", [], date(2026, 3, 9)),
        (5, "UTC", ["2026-03-05", "2026-03-09"], date(2026, 3, 11)),
        (1, HANOI, [], date(2026, 3, 4)),  # 18 o’clock in UTC is the next day there
        (1, "Pacific/Honolulu", [], date(2026, 3, 3)),
    ],
)
def test_so_many_whole_days_from_a_moment(number, zone, holidays, last):
    assert working_day(number, [Span(at(2, 18), None)], zone, holidays) == last


def test_from_midnight_the_first_day_is_whole():
    midnight = begin_of(date(2026, 3, 3), HANOI)
    assert midnight == at(2, 17)
    assert working_day(1, [Span(midnight, None)], HANOI, []) == date(2026, 3, 3)


def test_what_lies_in_no_span_does_not_count():
    spans = [Span(at(10, 12), None), Span(at(2), at(4, 12))]
    assert [working_day(number, spans, "UTC", []) for number in (1, 2, 3)] == [
        date(2026, 3, 2),
        date(2026, 3, 3),
        date(2026, 3, 11),
    ]


def test_who_takes_up_without_a_gap_carries_the_day_on():
    gap = [Span(at(2), at(3, 11)), Span(at(3, 12), at(5))]
    none = [Span(at(2), at(3, 12)), Span(at(3, 12), at(5))]
    within = [Span(at(2), at(5)), Span(at(3), at(4))]
    assert working_day(2, gap, "UTC", []) == date(2026, 3, 4)
    assert working_day(2, none, "UTC", []) == date(2026, 3, 3)
    assert working_day(3, within, "UTC", []) == date(2026, 3, 4)


def test_spans_that_end_may_never_come_to_so_many_days():
    assert working_day(3, [Span(at(2), at(4))], "UTC", []) is None
    assert working_day(1, [Span(at(4), at(4)), Span(at(5), at(2))], "UTC", []) is None
    assert working_day(1, [], "UTC", []) is None


def test_a_day_when_the_clocks_change_is_a_day():
    berlin = "Europe/Berlin"
    begins = begin_of(date(2026, 3, 27), berlin)  # a Friday; the clocks change on Sunday
    assert working_day(2, [Span(begins, None)], berlin, []) == date(2026, 3, 30)
    assert begin_of(date(2026, 3, 30), berlin) - begins == (at(4) - at(1)) - (at(1, 1) - at(1))
