"""The programme as a table: every session once, none over another."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from amity.gatherings.grid import Grid, grid
from amity.gatherings.queries.programme import Day

START = datetime(2025, 9, 30, 2, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Hall:
    """Stands for a room."""

    position: int

    @property
    def key(self) -> str:
        return f"hall-{self.position}"


@dataclass(frozen=True)
class Part:
    """Stands for a session: from `after` minutes on, in hall `room_id` (None: in none)."""

    key: str
    after: int | None
    minutes: int
    room_id: int | None
    position: int = 0

    @property
    def room(self) -> Hall | None:
        return None if self.room_id is None else Hall(self.room_id)

    @property
    def starts_at(self) -> datetime | None:
        return None if self.after is None else START + timedelta(minutes=self.after)

    @property
    def ends_at(self) -> datetime | None:
        start = self.starts_at
        return None if start is None else start + timedelta(minutes=self.minutes)


@dataclass(frozen=True)
class Row:
    """Stands for a session with its contributions."""

    session: Part
    contributions: list[object] = field(default_factory=list)


def laid_out(*parts: Part) -> Grid:
    rows: Any = [Row(part) for part in parts]
    return grid(Day(date(2025, 9, 30), rows))


def shape(found: Grid) -> list[list[tuple[str | None, int, int]]]:
    return [
        [(cell.row.session.key if cell.row else None, cell.rows, cell.columns) for cell in cells]
        for _, cells in found.rows
    ]


def test_sessions_of_two_rooms_stand_side_by_side() -> None:
    found = laid_out(Part("a", 0, 120, 1), Part("b", 0, 60, 2), Part("c", 60, 60, 2))
    assert [(column.room, column.lanes) for column in found.columns] == [(Hall(1), 1), (Hall(2), 1)]
    assert shape(found) == [[("a", 2, 1), ("b", 1, 1)], [("c", 1, 1)]]


def test_sessions_that_overlap_in_one_room_share_its_width() -> None:
    found = laid_out(Part("a", 0, 90, 1), Part("b", 30, 60, 1), Part("c", 90, 30, 1))
    assert [column.lanes for column in found.columns] == [2]
    assert shape(found) == [
        [("a", 2, 1), (None, 1, 1)],
        [("b", 1, 1)],
        [("c", 1, 1), (None, 1, 1)],
    ]


def test_a_break_goes_across_all_rooms_when_nothing_else_happens() -> None:
    found = laid_out(
        Part("a", 0, 60, 1), Part("b", 0, 60, 2), Part("tea", 60, 30, None), Part("c", 90, 60, 1)
    )
    assert shape(found)[1] == [("tea", 1, 2)]


def test_a_tour_beside_other_sessions_has_a_column_of_its_own() -> None:
    found = laid_out(Part("a", 0, 60, 1), Part("tour", 30, 60, None))
    assert [column.room for column in found.columns] == [Hall(1), None]
    assert shape(found) == [[("a", 2, 1), (None, 1, 1)], [("tour", 1, 1)]]


def test_what_has_no_time_stands_beside_the_table() -> None:
    found = laid_out(Part("a", None, 0, 1))
    assert found.rows == []
    assert [row.session.key for row in found.untimed] == ["a"]


PARTS = st.lists(
    st.builds(
        Part,
        key=st.uuids().map(str),
        after=st.none() | st.integers(0, 20).map(lambda n: n * 15),
        minutes=st.integers(1, 20).map(lambda n: n * 15),
        room_id=st.none() | st.integers(1, 3),
        position=st.integers(0, 3),
    ),
    max_size=25,
    unique_by=lambda part: part.key,
)


@given(PARTS)
def test_every_session_appears_exactly_once_and_every_row_is_full(parts: list[Part]) -> None:
    found = laid_out(*parts)
    timed = sorted(part.key for part in parts if part.after is not None)
    shown = [cell.row.session for _, cells in found.rows for cell in cells if cell.row]
    assert sorted(session.key for session in shown) == timed
    assert sorted(row.session.key for row in found.untimed) == sorted(
        part.key for part in parts if part.after is None
    )
    width = sum(column.lanes for column in found.columns)
    running = [0] * width
    for number, (start, cells) in enumerate(found.rows):
        free = [lane for lane in range(width) if running[lane] <= number]
        assert sum(cell.columns for cell in cells) == len(free)
        lanes = iter(free)
        for cell in cells:
            assert cell.row is None or cell.row.session.starts_at == start
            for _ in range(cell.columns):
                running[next(lanes)] = number + cell.rows
    assert all(until <= len(found.rows) for until in running)
