"""What clocks show at a place, and when they are changed."""

from datetime import UTC, datetime, timedelta

import pytest

from amity.foundation.dates.zones import changes_between, moments_of, offset_at, shown_twice

BACK = datetime(2027, 10, 31, 1, tzinfo=UTC)
"""When Paris and Lisbon put their clocks back."""


@pytest.mark.parametrize(
    ("wall", "zone", "moments"),
    [
        ("2027-10-31T09:00", "Europe/Paris", ["2027-10-31T08:00"]),
        ("2027-10-31T02:30", "Europe/Paris", ["2027-10-31T00:30", "2027-10-31T01:30"]),
        ("2027-03-28T02:30", "Europe/Paris", []),
        ("2027-03-28T02:30", "Asia/Ho_Chi_Minh", ["2027-03-27T19:30"]),
        ("2027-10-03T02:15", "Australia/Lord_Howe", []),  # half an hour is left out
        ("2027-04-04T01:45", "Australia/Lord_Howe", ["2027-04-03T14:45", "2027-04-03T15:15"]),
    ],
)
def test_the_moments_at_which_clocks_show_a_time(wall: str, zone: str, moments: list[str]) -> None:
    found = moments_of(datetime.fromisoformat(wall), zone)
    assert found == [datetime.fromisoformat(f"{moment}+00:00") for moment in moments]


def test_a_time_is_shown_twice_only_in_the_hour_around_the_change() -> None:
    half = timedelta(minutes=30)
    asked = [BACK - 3 * half, BACK - half, BACK + half, BACK + 3 * half]
    assert [shown_twice(moment, "Europe/Paris") for moment in asked] == [False, True, True, False]
    assert not shown_twice(BACK - half, "Europe/Moscow")


def test_the_clocks_are_changed_at_a_moment() -> None:
    year = timedelta(days=365)
    found = list(changes_between(BACK - year, BACK + timedelta(days=1), "Europe/Lisbon"))
    assert found == [datetime(2027, 3, 28, 1, tzinfo=UTC), BACK]
    assert list(changes_between(BACK, BACK + year, "Asia/Ho_Chi_Minh")) == []
    assert offset_at(BACK, "Europe/Lisbon") == timedelta()
