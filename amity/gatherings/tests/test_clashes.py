"""What clashes in a programme, and what only looks like it."""

from datetime import UTC, date, datetime

import pytest

from amity.gatherings.clashes import Clash, ClashKind, Slot, clashes

DAY = date(2025, 9, 30)


def at(hour: int, minute: int = 0, day: int = 30) -> datetime:
    return datetime(2025, 9, day, hour, minute, tzinfo=UTC)


def session(row: int, starts: int, ends: int, room: str = "", *people: str, **more) -> Slot:
    who = frozenset(people)
    return Slot(row, starts=at(starts), ends=at(ends), room=room, people=who, **more)


def talk(row: int, within: int, *people: str, starts=None, ends=None, **more) -> Slot:
    return Slot(row, within, starts=starts, ends=ends, people=frozenset(people), **more)


def found(*slots: Slot, first: date | None = DAY, last: date | None = DAY, zone: str = "UTC"):
    return clashes(slots, first, last, zone)


def test_a_programme_that_can_be_has_no_clash():
    assert (
        found(
            session(1, 9, 11, "Hall", "Chair"),
            talk(2, 1, "Anna", "Chair", starts=at(9), ends=at(9, 30)),
            talk(3, 1, "Anna", starts=at(9, 30), ends=at(10)),
            talk(4, 1, "Anna"),
            session(5, 11, 12, "Hall", "Chair"),
            talk(6, 5, "Anna"),
            session(7, 9, 12, "Library"),
            talk(8, 7, "Boris"),
        )
        == []
    )


@pytest.mark.parametrize(
    ("slots", "expected"),
    [
        (
            [session(1, 9, 11, "Hall"), session(2, 10, 12, "Hall")],
            Clash(ClashKind.ROOM, 1, 2, "Hall"),
        ),
        (
            [
                session(1, 9, 11),
                talk(2, 1, "Anna", starts=at(10), ends=at(10, 30)),
                session(3, 10, 12),
                talk(4, 3, "Anna", starts=at(10, 15), ends=at(11)),
            ],
            Clash(ClashKind.PERSON, 2, 4, "Anna"),
        ),
        (
            [session(1, 9, 11), talk(2, 1, "Anna"), session(3, 10, 12, "", "Anna")],
            Clash(ClashKind.PERSON, 2, 3, "Anna"),
        ),
        (
            [
                session(1, 9, 11),
                talk(2, 1, "Anna", starts=at(9), ends=at(9, 40)),
                talk(3, 1, "Boris", starts=at(9, 30), ends=at(10)),
            ],
            Clash(ClashKind.TOGETHER, 2, 3),
        ),
        (
            [session(1, 9, 11), talk(2, 1, starts=at(8, 50), ends=at(9, 10))],
            Clash(ClashKind.OUTSIDE, 2, 1),
        ),
        (
            [session(1, 9, 11), talk(2, 1, starts=at(10, 50), ends=at(11, 10))],
            Clash(ClashKind.OUTSIDE, 2, 1),
        ),
        ([Slot(1, starts=at(9, day=29), ends=at(10, day=29))], Clash(ClashKind.DAYS, 1)),
        ([Slot(1, day=date(2025, 10, 1))], Clash(ClashKind.DAYS, 1)),
        ([session(1, 11, 9)], Clash(ClashKind.ORDER, 1)),
    ],
)
def test_what_cannot_be_is_named_once(slots, expected):
    assert found(*slots) == [expected]


def test_what_is_called_off_is_in_nobodys_way():
    assert found(session(1, 9, 11, "Hall"), session(2, 9, 11, "Hall", off=True)) == []


def test_days_are_those_of_the_clocks_there():
    late = Slot(1, starts=at(22, day=29), ends=at(23, day=29))
    assert found(late, zone="Asia/Ho_Chi_Minh") == []
    assert found(late) == [Clash(ClashKind.DAYS, 1)]
    assert found(late, first=None, last=None) == []


def test_one_who_speaks_in_three_places_at_once_clashes_pair_by_pair():
    slots = [
        one
        for row in (1, 3, 5)
        for one in (session(row, 9, 11), talk(row + 1, row, "Anna", starts=at(10), ends=at(11)))
    ]
    assert [(one.row, one.other) for one in found(*slots)] == [(2, 4), (2, 6), (4, 6)]
