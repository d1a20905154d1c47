"""Dates as said: the interval, when it comes back, and what is overdue where."""

import datetime as dt
import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amity.foundation.dates import edtf
from amity.foundation.dates.as_said import (
    DateAsSaid,
    DateError,
    Interval,
    Precision,
    Said,
)
from amity.foundation.tests.dates import dates_as_said, expressions, points

NEAR = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("expression", "start", "end", "precision", "approximate"),
    [
        ("2025-10-01", date(2025, 10, 1), date(2025, 10, 1), Precision.DAY, False),
        ("2026-10", date(2026, 10, 1), date(2026, 10, 31), Precision.MONTH, False),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), Precision.MONTH, False),
        ("2026-33", date(2026, 1, 1), date(2026, 3, 31), Precision.QUARTER, False),
        ("2026-36", date(2026, 10, 1), date(2026, 12, 31), Precision.QUARTER, False),
        ("2026-40", date(2026, 1, 1), date(2026, 6, 30), Precision.HALF, False),
        ("2026-41", date(2026, 7, 1), date(2026, 12, 31), Precision.HALF, False),
        ("2026", date(2026, 1, 1), date(2026, 12, 31), Precision.YEAR, False),
        ("9999", date(9999, 1, 1), date(9999, 12, 31), Precision.YEAR, False),
        ("2026-10~", date(2026, 10, 1), date(2026, 10, 31), Precision.MONTH, True),
        ("2025-09-30/2025-10-01", date(2025, 9, 30), date(2025, 10, 1), Precision.RANGE, False),
        ("2025/2029-06~", date(2025, 1, 1), date(2029, 6, 30), Precision.RANGE, True),
        ("2025/..", date(2025, 1, 1), None, Precision.RANGE, False),
        ("../2025", None, date(2025, 12, 31), Precision.RANGE, False),
        ("1985/", date(1985, 1, 1), None, Precision.RANGE, False),
        ("/1985", None, date(1985, 12, 31), Precision.RANGE, False),
        ("1970?", date(1970, 1, 1), date(1970, 12, 31), Precision.YEAR, False),
        ("2004-02-01%", date(2004, 2, 1), date(2004, 2, 1), Precision.DAY, True),
        ("1984?/2004~", date(1984, 1, 1), date(2004, 12, 31), Precision.RANGE, True),
        ("198X", date(1980, 1, 1), date(1989, 12, 31), Precision.DECADE, False),
        ("198X?", date(1980, 1, 1), date(1989, 12, 31), Precision.DECADE, False),
        ("19XX", date(1900, 1, 1), date(1999, 12, 31), Precision.CENTURY, False),
        ("2004-06-XX", date(2004, 6, 1), date(2004, 6, 30), Precision.MONTH, False),
        ("2004-XX", date(2004, 1, 1), date(2004, 12, 31), Precision.YEAR, False),
        ("2004-XX-XX", date(2004, 1, 1), date(2004, 12, 31), Precision.YEAR, False),
        ("2001-21", date(2001, 3, 1), date(2001, 5, 31), Precision.SEASON, False),
        ("2001-24", date(2001, 12, 1), date(2002, 2, 28), Precision.SEASON, False),
        ("2001-27", date(2001, 9, 1), date(2001, 11, 30), Precision.SEASON, False),
        ("2001-29", date(2001, 9, 1), date(2001, 11, 30), Precision.SEASON, False),
        ("2001-30", date(2001, 12, 1), date(2002, 2, 28), Precision.SEASON, False),
        ("2001-32", date(2001, 6, 1), date(2001, 8, 31), Precision.SEASON, False),
        ("2001-37", date(2001, 1, 1), date(2001, 4, 30), Precision.THIRD, False),
        ("2001-39", date(2001, 9, 1), date(2001, 12, 31), Precision.THIRD, False),
    ],
)
def test_what_an_expression_says(
    expression: str,
    start: date | None,
    end: date | None,
    precision: Precision,
    approximate: bool,
) -> None:
    assert DateAsSaid.parse(expression) == DateAsSaid(
        edtf=expression, start=start, end=end, precision=precision, approximate=approximate
    )


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "soon",
        "2025-1-1",
        "25",
        "20251",
        "2025-10-01T10:00",
        "2025/2026/2027",
        "2026-10??",
        "20X6",
        "2XXX",
        "202X-10",
        "2004-XX-01",
        "2004-06-~11",
        "1985-04-12T23:20:30Z",
        "{1667,1668}",
        "Y-17E7",
        "/",
        "../",
        " 2025",
        "2025\n",
        "٢٠٢٥",
        "..",
        "-2025",
        None,
        2025,
        True,
    ],
)
def test_what_is_no_expression(bad: str) -> None:
    with pytest.raises(DateError, match="is not a date; expected a day"):
        edtf.parse(bad)


@pytest.mark.parametrize(
    "bad",
    ["2025-13", "2025-00", "2025-02-29", "2025-20", "2025-42", "2025-21-01", "9999-24", "0000"],
)
def test_what_is_not_in_the_calendar(bad: str) -> None:
    with pytest.raises(DateError, match=f"there is no {bad} in the calendar"):
        edtf.parse(bad)


def test_intervals_that_cannot_be() -> None:
    with pytest.raises(DateError, match="2026/2025 ends before it starts"):
        edtf.parse("2026/2025")
    with pytest.raises(DateError, match="open at both ends says nothing"):
        edtf.parse("../..")


@given(expressions())
def test_an_expression_is_its_own_format(expression: str) -> None:
    span = edtf.parse(expression)
    assert span.expression == expression
    assert span.start is None or span.end is None or span.start <= span.end
    assert span.approximate is bool({"~", "%"} & {*expression})
    assert DateAsSaid.parse(expression).uncertain is bool({"?", "%"} & {*expression})


@given(points)
def test_from_a_point_to_itself_is_the_point(point: str) -> None:
    assert edtf.parse(f"{point}/{point}") == edtf.parse(point)


@given(NEAR, NEAR)
def test_days_find_their_expression(one: date, other: date) -> None:
    start, end = sorted((one, other))
    said = DateAsSaid.on(start, end)
    assert (said.start, said.end) == (start, end)
    assert DateAsSaid.on(start).edtf == start.isoformat()


def test_the_shortest_expression_is_found() -> None:
    assert DateAsSaid.on(date(2024, 2, 1), date(2024, 2, 29)).edtf == "2024-02"
    assert DateAsSaid.on(date(2024, 1, 1), date(2024, 12, 31)).edtf == "2024"
    assert edtf.of_days(None, date(2025, 5, 1)) == "../2025-05-01"


@given(dates_as_said())
def test_json_and_back_is_the_same(value: DateAsSaid) -> None:
    stored = value.to_json()
    assert DateAsSaid.from_json(stored) == DateAsSaid.checked(stored) == value
    assert None not in stored.values()


def test_stored_form() -> None:
    value = DateAsSaid.parse(
        "2026-10", said=("ID", "pada bulan Oktober 2026"), every="P6M", until=date(2029, 12, 31)
    )
    assert value.said == Said("id", "pada bulan Oktober 2026")
    assert value.to_json() == {
        "edtf": "2026-10",
        "start": "2026-10-01",
        "end": "2026-10-31",
        "precision": "month",
        "said": {"lang": "id", "words": "pada bulan Oktober 2026"},
        "every": "P6M",
        "until": "2029-12-31",
    }


@pytest.mark.parametrize(
    ("stored", "problem"),
    [
        ({"edtf": "2026", "start": "2025-01-01", "end": "2026-12-31"}, "does not agree with its"),
        ({"precision": "month"}, "no date; expected an EDTF expression"),
        ({"said": "soon"}, "expected a date as said, got"),
        ([], "expected a date as said, got"),
    ],
)
def test_json_from_elsewhere_is_checked(stored: object, problem: str) -> None:
    with pytest.raises(DateError, match=problem):
        DateAsSaid.checked(stored)  # type: ignore[arg-type]  # the wrong type is tested


@given(NEAR)
def test_words_without_an_interval_are_never_overdue(today: date) -> None:
    soon = DateAsSaid.parse(said=("fr", "prochainement"))
    assert (soon.start, soon.end, soon.precision) == (None, None, Precision.UNKNOWN)
    assert list(soon.occurrences()) == []
    assert not soon.is_past(today)
    assert soon.due() is None
    assert not DateAsSaid.parse("2025/..").is_past(today)


def test_past_from_the_day_after() -> None:
    october = DateAsSaid.parse("2026-10")
    assert october.due() == date(2026, 10, 31)
    days = [date(2026, 10, 30), date(2026, 10, 31), date(2026, 11, 1), date(2026, 12, 31)]
    assert [october.is_past(day) for day in days] == [False, False, True, True]


@given(dates_as_said(), NEAR, st.integers(0, 5000))
def test_what_is_past_stays_past_and_was_due(value: DateAsSaid, today: date, days: int) -> None:
    later = today + dt.timedelta(days=days)
    assert value.is_past(later) or not value.is_past(today)
    due = value.due()
    assert (due is not None and due < today) or not value.is_past(today)


@pytest.mark.parametrize(
    ("expression", "every", "until", "expected"),
    [
        (
            "2026-10",
            "P6M",
            date(2027, 12, 31),
            [
                ("2026-10-01", "2026-10-31"),
                ("2027-04-01", "2027-04-30"),
                ("2027-10-01", "2027-10-31"),
            ],
        ),
        (
            "2024-01-31",
            "P1M",
            date(2024, 4, 30),
            [("2024-01-31",) * 2, ("2024-02-29",) * 2, ("2024-03-31",) * 2, ("2024-04-30",) * 2],
        ),
        (
            "2024-02-29",
            "P1Y",
            date(2026, 3, 1),
            [("2024-02-29",) * 2, ("2025-02-28",) * 2, ("2026-02-28",) * 2],
        ),
        (
            "2025",
            "P1Y",
            date(2027, 6, 1),
            [("2025-01-01", "2025-12-31"), ("2026-01-01", "2026-12-31")],
        ),
        (
            "2025-09-30/2025-10-01",
            "P1Y",
            date(2026, 10, 1),
            [("2025-09-30", "2025-10-01"), ("2026-09-30", "2026-10-01")],
        ),
        (
            "2025-12-30",
            "P2W",
            date(2026, 1, 27),
            [("2025-12-30",) * 2, ("2026-01-13",) * 2, ("2026-01-27",) * 2],
        ),
        ("2025-02-27", "P3D", date(2025, 3, 2), [("2025-02-27",) * 2, ("2025-03-02",) * 2]),
        (
            "2025-02",
            "P1M",
            date(2025, 3, 31),
            [("2025-02-01", "2025-02-28"), ("2025-03-01", "2025-03-31")],
        ),
    ],
)
def test_when_it_comes_back(
    expression: str, every: str, until: date, expected: list[tuple[str, str]]
) -> None:
    value = DateAsSaid.parse(expression, every=every, until=until)
    assert [(str(start), str(end)) for start, end in value.occurrences()] == expected


@given(dates_as_said())
def test_occurrences_are_in_order_and_end_in_time(value: DateAsSaid) -> None:
    found = list(itertools.islice(value.occurrences(), 40))
    assert found == sorted(found, key=lambda one: one.start or date.min)
    if value.edtf is not None:
        assert found[0] == Interval(value.start, value.end)
    for one in found:
        assert one.start is None or one.end is None or one.start <= one.end
        assert value.until is None or one.end is None or one.end <= value.until


@pytest.mark.parametrize("expression", ["9999-12-31", "9999", "9998-06", "9990-12-30/9999-12-30"])
@pytest.mark.parametrize("every", ["P1Y", "P1M", "P999Y", "P999D", "P999W"])
def test_it_stops_at_the_end_of_the_calendar(expression: str, every: str) -> None:
    value = DateAsSaid.parse(expression, every=every)
    found = list(value.occurrences())
    assert found[0] == Interval(value.start, value.end)
    assert len(found) <= 20


def test_what_recurs_is_due_again_once_it_is_settled() -> None:
    value = DateAsSaid.parse("2026-04", every="P6M", until=date(2027, 12, 31))
    first, second, last = date(2026, 4, 30), date(2026, 10, 31), date(2027, 10, 31)
    assert value.due() == first
    assert value.due(settled=first) == second
    assert value.due(settled=last) is None
    assert value.due(settled=second) == date(2027, 4, 30)
    assert [value.is_past(day) for day in (last, date(2027, 11, 1))] == [False, True]
    assert not DateAsSaid.parse("2026-04", every="P6M").is_past(date(2100, 1, 1))


def test_a_recurrence_whose_beginning_was_not_said_is_due_when_it_ends() -> None:
    value = DateAsSaid.parse(
        said=("en", "biannually until 2029"), every="P6M", until=date(2029, 12, 31)
    )
    assert list(value.occurrences()) == []
    assert value.due() == date(2029, 12, 31)
    assert [value.is_past(day) for day in (date(2029, 12, 31), date(2030, 1, 1))] == [False, True]


@pytest.mark.parametrize(
    ("expression", "every", "until", "problem"),
    [
        ("2026", None, date(2027, 1, 1), "until belongs to a recurrence"),
        ("2026", "6 months", None, "“6 months” is not a period; expected an ISO 8601 duration"),
        ("2026", "P0M", None, "“P0M” is not a period"),
        ("2026", "P1Y6M", None, "“P1Y6M” is not a period"),
        ("2026", "PT1H", None, "“PT1H” is not a period"),
        ("2026/..", "P1Y", None, "a recurrence needs to know when it is first"),
        ("../2026", "P1Y", None, "a recurrence needs to know when it is first"),
        ("2026", "P1Y", date(2026, 6, 1), "until 2026-06-01 is before the end of the first"),
        (None, None, None, "no date; expected an EDTF expression, the words said, or both"),
    ],
)
def test_dates_that_cannot_be(
    expression: str | None, every: str | None, until: date | None, problem: str
) -> None:
    with pytest.raises(DateError, match=problem):
        DateAsSaid.parse(expression, every=every, until=until)
