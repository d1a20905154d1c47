"""Dates of every sort, for property tests."""

from datetime import date, timedelta

from hypothesis import strategies as st

from amity.foundation.dates import edtf
from amity.foundation.dates.as_said import DateAsSaid

years = st.integers(1950, 2100)
exact_points = st.one_of(
    years.map("{:04d}".format),
    st.builds("{:04d}-{:02d}".format, years, st.integers(1, 12)),
    st.builds("{:04d}-{}".format, years, st.sampled_from(range(21, 42))),
    st.builds("{:03d}X".format, st.integers(195, 209)),
    st.builds("{:04d}-{:02d}-XX".format, years, st.integers(1, 12)),
    st.dates(date(1950, 1, 1), date(2100, 12, 31)).map(date.isoformat),
)
points = st.builds("{}{}".format, exact_points, st.sampled_from(["", "", "~", "?", "%"]))
said = st.sampled_from([("fr", "prochainement"), ("id", "pada bulan Oktober 2026")])
periods = st.builds("P{}{}".format, st.integers(1, 40), st.sampled_from("YMWD"))


@st.composite
def expressions(draw: st.DrawFn) -> str:
    """A point or an interval, open at one end or closed."""
    one, other = draw(points), draw(points)
    shape = draw(st.sampled_from(["point", "from", "until", "after", "before", "interval"]))
    if shape == "point" or one == other:
        return one
    if shape == "from":
        return f"{one}/.."
    if shape == "until":
        return f"../{one}"
    if shape == "after":
        return f"{one}/"
    if shape == "before":
        return f"/{one}"
    return "/".join(sorted((one, other), key=lambda point: edtf.parse(point)[1:3]))


@st.composite
def dates_as_said(draw: st.DrawFn) -> DateAsSaid:
    """With or without an interval, words and a recurrence."""
    expression = draw(st.none() | expressions())
    words = draw(said if expression is None else st.none() | said)
    plain = DateAsSaid.parse(expression, said=words)
    closed = expression is None or (plain.start and plain.end)
    every = draw(st.none() | periods) if closed else None
    until = None
    if every and draw(st.booleans()):
        first = plain.end or date(2025, 1, 1)
        until = first + timedelta(days=draw(st.integers(0, 8000)))
    return DateAsSaid.parse(expression, said=words, every=every, until=until)
