"""Workbooks of conferences: the problem costs what the workbook's own evaluation counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from itertools import combinations
from random import Random

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook as Sheets  # type: ignore[import-untyped]  # it has no stubs

from bench import planning_programme
from bench.conference_cells import WorkbookError
from bench.conference_problem import problem_of
from bench.conference_score import score
from bench.conference_tables import Session, Submission, Workbook
from bench.conference_workbook import read
from planning import Plan, check
from planning.programme import KIND
from planning.programme.problem import Place

DAY = datetime(2021, 7, 12)  # noqa: DTZ001 - workbooks hold no zone
WEIGHTS = {
    "Tracks_Sessions|Penalty": 2,
    "Tracks_Rooms|Penalty": 3,
    "Sessions_Rooms|Penalty": 5,
    "Similar Tracks": 7,
    "Number of Rooms per Track": 11,
    "Parallel Tracks": 13,
    "Consecutive Tracks": 17,
    "Submissions_Timezones": 19,
    "Submissions Order": 23,
    "Submissions_Sessions|Penalty": 29,
    "Submissions_Rooms|Penalty": 31,
    "Presenters Conflicts": 37,
    "Attendees Conflicts": 41,
    "Chairs Conflicts": 43,
    "Presenters Conflicts Timeslot Level": 0,
    "Attendees Conflicts Timeslot Level": 0,
}


HERE = 120  # minutes east of Greenwich


def talk(name: str, track: str) -> Submission:
    """A submission of one time slot whom nobody gives or hears."""
    return Submission(name, track, zone=HERE)


def with_talks(book: Workbook, **changed: dict[str, object]) -> Workbook:
    """The book with these submissions changed."""
    talks = [replace(held, **changed.get(held.id, {})) for held in book.talks]  # type: ignore[arg-type]  # by name
    return replace(book, talks=talks)


BOOK = Workbook(
    weights=WEIGHTS,
    local=HERE,
    suitable=(570, 1290),
    less_suitable=(420, 1380),
    small=1,
    big=10,
    sessions=[Session("S1", 2, 600, 640), Session("S2", 2, 660, 700), Session("S3", 2, 720, 760)],
    rooms=["A", "B", "C"],
    chairs={"x": {"ha"}, "y": {"ha"}, "z": set()},
    talks=[
        talk("x1", "x"),
        talk("x2", "x"),
        talk("x3", "x"),
        talk("y1", "y"),
        talk("y2", "y"),
        talk("z1", "z"),
    ],
    penalties={
        "tracks_sessions|penalty": {},
        "tracks_rooms|penalty": {},
        "sessions_rooms|penalty": {},
        "similar tracks": {("x", "z"): 1},
    },
)

NOTHING: dict[str, dict[tuple[str, str], int]] = {
    name: {} for name in BOOK.penalties
}  # no penalty of any table


def places(*sessions: tuple[str, str, str]) -> tuple[Place, ...]:
    """Submissions (space between) in a session and a room; a time slot has 20 minutes here."""
    return tuple(
        Place(name, slot, room, 20 * k)
        for names, slot, room in sessions
        for k, name in enumerate(names.split())
    )


def counted(book: Workbook, plan: tuple[Place, ...]) -> dict[str, int]:
    """The criteria that cost something, after both counts were compared."""
    found = score(book, plan)
    judged = check(problem_of(book), Plan("programme", plan))
    assert judged.ok, judged.broken
    total = sum(found.values())
    if _ranked_in_two_rooms(book, plan):
        assert judged.goals[0].value >= total
    else:
        assert judged.goals[0].value == total
    return {name: cost for name, cost in found.items() if cost}


def _ranked_in_two_rooms(book: Workbook, plan: tuple[Place, ...]) -> bool:
    """Whether a track has contributions with ranks in two rooms of one session."""
    ranked = {held.id: held.track for held in book.talks if held.order}
    held = [place for place in plan if place.contribution in ranked]
    return any(
        a.slot == b.slot and a.room != b.room and ranked[a.contribution] == ranked[b.contribution]
        for a, b in combinations(held, 2)
    )


def test_rank_is_the_position_in_sessions_and_rooms_and_all_take_one():
    book = with_talks(BOOK, x1={"order": 1}, x3={"order": 3})
    book.chairs = {name: set() for name in BOOK.chairs}
    rest = (("y1 y2", "S3", "B"), ("z1", "S1", "C"))
    similar = {"Similar Tracks": 7}
    right = places(("x1 x2", "S1", "A"), ("x3", "S2", "A"), *rest)
    assert counted(book, right) == similar
    wrong = places(("x2 x1", "S1", "A"), ("x3", "S2", "A"), *rest)
    assert counted(book, wrong) == {**similar, "Submissions Order": 23}
    rooms = places(("x3", "S1", "A"), ("x1 x2", "S1", "B"), *rest)
    assert counted(book, rooms) == {
        "Similar Tracks": 14,
        "Submissions Order": 23
        * 3,  # x3 is not the third, x1 not the first, and they are on at once
        "Number of Rooms per Track": 11,
        "Parallel Tracks": 13,
    }


def test_ranks_of_one_track_in_one_time_slot_break_the_order_once_more():
    """Each is where its rank says; where two rooms have other time slots, the problem is dearer."""
    book = with_talks(BOOK, x2={"order": 2}, x3={"order": 3})
    book = replace(book, chairs={name: set() for name in BOOK.chairs}, penalties=NOTHING)
    rest = (("y1 y2", "S3", "B"), ("z1", "S1", "C"))
    apart = places(("x1 x2", "S1", "A"), ("x3", "S1", "B"), *rest)
    assert score(book, apart)["Submissions Order"] == 0
    assert check(problem_of(book), Plan("programme", apart)).goals[0].value == 11 + 13 + 23
    assert score(with_talks(book, x1={"order": 1}), apart)["Submissions Order"] == 23


def test_chairs_conflict_with_chairs_only():
    """The chair of x and y presents in z: that is a conflict of presenters, with each of x."""
    book = with_talks(replace(BOOK, penalties=NOTHING), z1={"presenters": frozenset({"ha"})})
    plan = places(("x1 x2", "S1", "A"), ("x3", "S2", "A"), ("y1 y2", "S2", "B"), ("z1", "S1", "C"))
    assert counted(book, plan) == {"Chairs Conflicts": 43, "Presenters Conflicts": 37 * 2}
    free = places(("x1 x2", "S1", "A"), ("x3", "S3", "A"), ("y1 y2", "S2", "B"), ("z1", "S3", "C"))
    assert counted(book, free) == {"Consecutive Tracks": 17, "Presenters Conflicts": 37}


def test_conflicts_are_counted_by_time_slots_where_the_workbook_weighs_those():
    lan: dict[str, object] = {"presenters": frozenset({"lan"})}
    weights = {**WEIGHTS, "Presenters Conflicts": 0, "Presenters Conflicts Timeslot Level": 3}
    book = replace(with_talks(BOOK, x2=lan, z1=lan), penalties=NOTHING, weights=weights)
    book.chairs = {name: set() for name in BOOK.chairs}
    rest = (("x3", "S2", "A"), ("y1 y2", "S2", "B"), ("z1", "S1", "C"))
    assert counted(book, places(("x1 x2", "S1", "A"), *rest)) == {}
    assert counted(book, places(("x2 x1", "S1", "A"), *rest)) == {
        "Presenters Conflicts Timeslot Level": 3
    }


def test_similar_tracks_are_counted_by_pairs_of_sessions():
    book = replace(BOOK, chairs={name: set() for name in BOOK.chairs})
    plan = places(("x1 x2", "S1", "A"), ("x3", "S1", "B"), ("z1", "S1", "C"), ("y1 y2", "S2", "B"))
    assert counted(book, plan) == {
        "Similar Tracks": 14,
        "Number of Rooms per Track": 11,
        "Parallel Tracks": 13,
    }


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False))
def test_both_counts_agree_on_any_programme(rng: Random) -> None:
    people = ["ha", "lan", "minh"]
    names = ["S1", "S2", "S3", "A", "B", "C"]
    talks = [
        replace(
            held,
            slots=rng.choice([1, 1, 2]),
            order=rng.choice([0, 0, 1, 2, 3]),
            zone=60 * rng.choice([2, -8, 11]),
            presenters=frozenset(rng.sample(people, rng.randint(0, 2))),
            attendees=frozenset(rng.sample(people, rng.randint(0, 1))),
            penalty={rng.choice(names): rng.randint(1, 9)},
        )
        for held in BOOK.talks
    ]
    penalties = {
        "tracks_sessions|penalty": {("x", "S1"): 1, ("y", "S2"): 4},
        "tracks_rooms|penalty": {("x", "A"): 2},
        "sessions_rooms|penalty": {("S1", "B"): 3},
        "similar tracks": {("x", "y"): 2, ("x", "z"): 1},
    }
    book = replace(BOOK, talks=talks, penalties=penalties)
    cells: dict[tuple[str, str], list[Submission]] = {}
    for held in talks:
        free = [
            (slot, room)
            for slot in ("S1", "S2", "S3")
            for room in "ABC"
            if sum(t.slots for t in cells.get((slot, room), ())) + held.slots <= 2
            and all(t.track == held.track for t in cells.get((slot, room), ()))
        ]
        assume(bool(free))
        cells.setdefault(rng.choice(free), []).append(held)
    plan = []
    for (slot, room), own in cells.items():
        clock = 0
        for held in own:
            plan.append(Place(held.id, slot, room, clock))
            clock += 20 * held.slots
    counted(book, tuple(plan))


@pytest.mark.parametrize(
    "times",
    [
        [(600, 660), (600, 660), (600, 660)],  # the list alone says what comes first
        [(600, 601), (610, 611), (620, 621)],  # less than a minute for each of two time slots
        [(600, 700), (630, 730), (540, 640)],  # one over the other, and the last before the first
    ],
)
def test_sessions_follow_the_list_whatever_their_times(times):
    sessions = [Session(f"S{k}", 2, *span) for k, span in enumerate(times, start=1)]
    book = replace(BOOK, sessions=sessions)
    problem = problem_of(book)
    assert KIND.faults(problem) == []
    assert [slot.id for slot in sorted(problem.slots, key=lambda s: s.start)] == ["S1", "S2", "S3"]
    assert [int(s.start[11:13]) * 60 + int(s.start[14:]) for s in problem.slots] == [
        first for first, _ in times
    ]


def test_a_workbook_is_read_from_its_sheets(tmp_path):
    """With names that are numbers, a time that is text, and a zone left out."""
    sheets = Sheets()
    sheets.remove(sheets.worksheets[0])
    parameters = sheets.create_sheet("parameters")
    rows: tuple[tuple[object, ...], ...] = (
        ("Sessions", None, None, "Weights", None),
        ("Local time zone:", "GMT+2", None, "Submissions Order:", 23),
        ("Suitable scheduling times",),
        ("From:", time(9, 30)),
        ("To:", time(21, 30)),
        ("Less suitable scheduling times",),
        ("From:", "7:00"),
        ("To:", time(23, 0)),
        ("Penalty:", 1),
        ("Unsuitable scheduling times",),
        ("Penalty:", 10),
    )
    for row in rows:
        parameters.append(row)
    for name, rows in {
        "submissions": (
            (
                "Reference",
                "Track",
                "Required Timeslots",
                "Order",
                "Time Zone",
                "Presenters",
                "Att",
                "S1",
            ),
            (7, "x", 1, 2, None, "ha, lan", None, 4),
        ),
        "tracks": (("Tracks", "Chairs"), ("x", "minh")),
        "sessions": (("S", "N", "D", "From", "To"), ("S1", 2, DAY, time(9, 0), time(10, 0))),
        "rooms": (("Rooms",), (101,)),
        "tracks_sessions|penalty": ((None, "S1"), ("x", 3)),
        "tracks_rooms|penalty": ((None, 101), ("x", 6)),
        "similar tracks": ((None, "x"),),
        "sessions_rooms|penalty": ((None, 101),),
    }.items():
        sheet = sheets.create_sheet(name)
        for row in rows:
            sheet.append(row)
    sheets.save(tmp_path / "small.xlsx")
    book = read(tmp_path / "small.xlsx")
    assert book.weights["Submissions Order"] == 23
    assert book.weights["Chairs Conflicts"] == 0
    assert book.less_suitable == (420, 1380)
    assert book.penalties["tracks_rooms|penalty"] == {("x", "101"): 6}
    problem = problem_of(book)
    assert KIND.faults(problem) == []
    (given,) = problem.contributions
    assert (given.id, given.position, given.people, given.minutes) == ("7", 2, ("ha", "lan"), 30)
    assert score(book, (Place("7", "S1", "101", 0),))["Submissions_Timezones"] == 0


def test_a_workbook_without_a_sheet_names_the_file_and_the_sheet(tmp_path, capsys):
    sheets = Sheets()
    sheets.active.title = "rooms"
    for name in ("parameters", "sessions", "submissions", "similar tracks"):
        sheets.create_sheet(name)
    for name in ("tracks_sessions|penalty", "tracks rooms PENALTIES"):
        sheets.create_sheet(name)
    path = tmp_path / "short.xlsx"
    sheets.save(path)
    words = (
        f"{path}: has no sheet called 'tracks' and 'tracks_rooms|penalty' and "
        "'sessions_rooms|penalty'; there are 'rooms', 'parameters', 'sessions', 'submissions', "
        "'similar tracks', 'tracks_sessions|penalty', 'tracks rooms PENALTIES'"
    )
    with pytest.raises(WorkbookError) as refused:
        read(path)
    assert str(refused.value) == words
    assert planning_programme.main([str(tmp_path)]) == 1
    assert capsys.readouterr().err == f"{words}\n"


def test_a_file_that_is_no_workbook_is_named(tmp_path):
    path = tmp_path / "torn.xlsx"
    path.write_text("a,b")
    with pytest.raises(WorkbookError, match=r"torn\.xlsx: is no workbook"):
        read(path)
