"""Which turns follow from what was said, and how they follow when it changes."""

from datetime import date

import pytest

from amity.foundation.dates.as_said import DateAsSaid
from amity.turns.schedule import Due, Plan, Standing, plan, turns_due

TODAY = date(2026, 11, 26)
said = DateAsSaid.parse

CASES = {
    "nothing said": (None, []),
    "once": (said("2026-10"), ["2026-10-31"]),
    "once, long ago": (said("2019-03-01"), ["2019-03-01"]),
    "the end of 2026": (said("2026-12", said=("en", "end of 2026")), ["2026-12-31"]),
    "about 2027": (said("2027~"), ["2027-12-31"]),
    "every two years until 2029": (
        said("2025", every="P2Y", until=date(2029, 12, 31)),
        ["2025-12-31", "2027-12-31", "2029-12-31"],
    ),
    "every two years until a day, the beginning not said": (
        said(None, said=("en", "biannually until 2029"), every="P2Y", until=date(2029, 12, 31)),
        ["2029-12-31"],
    ),
    "by the next forum": (said(None, said=("en", "by the next forum")), []),
    "soon": (said(None, said=("vi", "sớm")), []),
    "from 2026, without an end": (said("2026/.."), []),
    "on the 31st of every month": (
        said("2026-10-31", every="P1M", until=date(2027, 3, 31)),
        ["2026-10-31", "2026-11-30", "2026-12-31", "2027-01-31", "2027-02-28", "2027-03-31"],
    ),
    "every year for ever: the last, those within 400 days, and the next": (
        said("2020", every="P1Y"),
        ["2025-12-31", "2026-12-31", "2027-12-31", "2028-12-31"],
    ),
    "every year until it was over": (
        said("2020", every="P1Y", until=date(2023, 12, 31)),
        ["2023-12-31"],
    ),
}


@pytest.mark.parametrize(("deadline", "days"), CASES.values(), ids=CASES)
def test_turns_follow_from_deadline_and_rhythm(deadline, days):
    assert [one.on.isoformat() for one in turns_due(deadline, TODAY)] == days


def due(*days: int) -> list[Due]:
    return [Due(date(2027, 1, day)) for day in days]


def there(number: int, day: int, *, touched=False, answered=False) -> Standing:
    return Standing(number, date(2027, 1, day), touched, answered)


PLANS = {
    "the same stays": (due(1), [there(1, 1)], Plan({}, [], [], [])),
    "one nobody was asked about is replaced": (due(5), [there(1, 1)], Plan({}, due(5), [1], [])),
    "one that was asked moves with its link": (
        due(5),
        [there(1, 1, touched=True)],
        Plan({1: due(5)[0]}, [], [], []),
    ),
    "one that was answered stays where it is": (
        due(5),
        [there(1, 1, touched=True, answered=True)],
        Plan({}, due(5), [], []),
    ),
    "asked and due no more is dropped, not lost": (
        [],
        [there(1, 1, touched=True), there(2, 9)],
        Plan({}, [], [2], [1]),
    ),
    "the earliest asked goes to the earliest new day": (
        due(5, 7),
        [there(1, 1, touched=True), there(2, 2, touched=True), there(3, 3)],
        Plan({1: due(5)[0], 2: due(7)[0]}, [], [3], []),
    ),
    "of a rhythm that is shifted one day stays": (
        due(2, 3),
        [there(1, 1, touched=True), there(2, 2, touched=True)],
        Plan({1: due(3)[0]}, [], [], []),
    ),
}


@pytest.mark.parametrize(("wanted", "standing", "steps"), PLANS.values(), ids=PLANS)
def test_what_was_asked_is_never_lost_when_the_deadline_moves(wanted, standing, steps):
    assert plan(wanted, standing) == steps
