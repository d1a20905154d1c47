"""Workbooks as people make them: what is typed another way is the same conference, and what cannot
be understood is told with its sheet and cell."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import datetime, time, timedelta
from pathlib import Path
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook as Sheets  # type: ignore[import-untyped]  # it has no stubs
from openpyxl.styles import Font  # type: ignore[import-untyped]  # it has no stubs

from bench.conference_cells import Cell, WorkbookError
from bench.conference_problem import problem_of
from bench.conference_score import score
from bench.conference_workbook import read
from planning.programme import KIND
from planning.programme.problem import Place, Problem

DAY = datetime(2021, 7, 12)  # noqa: DTZ001 - workbooks hold no zone
TABLES = ("tracks_sessions|penalty", "tracks_rooms|penalty", "sessions_rooms|penalty")


def conference() -> Sheets:
    """Two tracks in two rooms and three sessions, all of it invented, with something of each
    kind."""
    sheets = Sheets()
    sheets.remove(sheets.worksheets[0])
    for title, rows in {
        "parameters": (
            ("Sessions", None, None, "Weights", None),
            ("Local time zone:", "GMT+2", None, "Tracks_Sessions|Penalty:", 2),
            ("Suitable scheduling times", None, None, "Tracks_Rooms|Penalty:", 3),
            ("From:", time(9, 30), None, "Sessions_Rooms|Penalty:", 5),
            ("To:", time(21, 30), None, "Similar Tracks:", 7),
            ("Less suitable scheduling times", None, None, "Number of Rooms per Track:", 11),
            ("From:", time(7, 0), None, "Parallel Tracks:", 13),
            ("To:", time(23, 0), None, "Consecutive Tracks:", 17),
            ("Penalty:", 1, None, "Submissions_Timezones:", 19),
            ("Unsuitable scheduling times", None, None, "Submissions Order:", 23),
            ("Penalty:", 10, None, "Submissions_Sessions|Penalty:", 29),
            (None, None, None, "Submissions_Rooms|Penalty:", 31),
            (None, None, None, "Presenters Conflicts:", 37),
            (None, None, None, "Attendees Conflicts:", 41),
            (None, None, None, "Chairs Conflicts:", 43),
            (None, None, None, "Presenters Conflicts Timeslot Level:", 0),
            (None, None, None, "Attendees Conflicts Timeslot Level:", 0),
        ),
        "submissions": (
            (
                "Reference",
                "Track",
                "Required Timeslots",
                "Order",
                "Time Zone",
                "Presenters",
                "Attendees",
                "Mon1",
                "Tue1",
                "101",
            ),
            ("p1", "Đối thoại", 1, 1, "GMT+7", "Lê Hà, Ana", None, 4, None, None),
            ("p2", "Đối thoại", 2, 2, "GMT+2", "Minh", "Ana", None, None, 6),
            ("p3", "Đối thoại", 1, None, None, "Ana", None, None, None, None),
            ("p4", "Trade and Ports", 1, 0, "GMT-3", None, "Lê Hà", None, 8, None),
        ),
        "tracks": (("Tracks", "Chairs"), ("Đối thoại", "Minh"), ("Trade and Ports", "Lê Hà")),
        "sessions": (
            ("Sessions", "Max Number of Timeslots", "Date", "Start Time", "End Time"),
            ("Mon1", 2, DAY, time(9, 30), time(10, 30)),
            ("Mon2", 2, DAY, time(11, 0), time(12, 0)),
            ("Tue1", 2, DAY + timedelta(days=1), time(9, 0), time(10, 0)),
        ),
        "rooms": (("Rooms",), ("Hall of Flags",), ("101",)),
        TABLES[0]: ((None, "Mon1", "Mon2", "Tue1"), ("Trade and Ports", 3, None, 1)),
        TABLES[1]: ((None, "Hall of Flags", "101"), ("Đối thoại", None, 6)),
        TABLES[2]: ((None, "Hall of Flags", "101"), ("Mon2", 9, None)),
        "similar tracks": ((None, "Đối thoại", "Trade and Ports"), ("Đối thoại", None, 1)),
    }.items():
        sheet = sheets.create_sheet(title)
        for row in rows:
            sheet.append(row)
    return sheets


def saved(sheets: Sheets, folder: Path) -> Path:
    path = folder / "conference.xlsx"
    sheets.save(path)
    return path


def problem_from(sheets: Sheets, folder: Path) -> Problem:
    problem = problem_of(read(saved(sheets, folder)))
    assert KIND.faults(problem) == []
    return problem


def texts(sheets: Sheets, change: Callable[[str], object], *titles: str) -> None:
    """Change every text of these sheets, of all if none is named."""
    for sheet in sheets.worksheets:
        if sheet.title in titles or not titles:
            for row in sheet.iter_rows():
                for cell in row:
                    if isinstance(cell.value, str):
                        cell.value = change(cell.value)


def each(sheets: Sheets, kind: type, change: Callable[[object], object], *titles: str) -> None:
    """Change every value of a type."""
    for sheet in sheets.worksheets:
        if sheet.title in titles or not titles:
            for row in sheet.iter_rows():
                for cell in row:
                    if isinstance(cell.value, kind) and not isinstance(cell.value, bool):
                        cell.value = change(cell.value)
                        cell.number_format = "General"


def headings(sheets: Sheets, change: Callable[[str], str]) -> None:
    for title in ("submissions", "sessions", "tracks", "rooms"):
        for cell in sheets[title][1]:
            cell.value = change(cell.value) if isinstance(cell.value, str) else cell.value
    texts(sheets, change, "parameters")
    sheets["parameters"]["B2"].value = "GMT+2"


def capitals(sheets: Sheets) -> None:
    headings(sheets, str.upper)
    for sheet in sheets.worksheets:
        new = sheet.title.title()
        sheet.title = "-"  # else it would be the second of that name
        sheet.title = new


def spaced(sheets: Sheets) -> None:
    texts(sheets, lambda text: f"  {text.replace(' ', chr(160) + ' ')} ")


def decomposed(sheets: Sheets) -> None:
    texts(
        sheets,
        lambda text: unicodedata.normalize("NFD", text),
        "submissions",
        "tracks_rooms|penalty",
    )


def numbers_as_text(sheets: Sheets) -> None:
    each(sheets, int, lambda number: f" {number} ")


def numbers_with_a_point(sheets: Sheets) -> None:
    each(sheets, int, lambda number: f"{number}.0", "submissions", *TABLES)


def text_as_numbers(sheets: Sheets) -> None:
    texts(sheets, lambda text: 101 if text == "101" else text, "rooms", TABLES[2])
    texts(sheets, lambda text: 101.0 if text == "101" else text, "submissions")


def half_a_day(moment: time) -> str:
    return f"{moment.hour % 12 or 12}:{moment.minute:02} {'pm' if moment.hour > 11 else 'AM'}"


TIMES: dict[str, Callable[[time], object]] = {
    "text": lambda moment: f"{moment:%H:%M}",
    "with-seconds": lambda moment: f"{moment:%H:%M:%S}",
    "with-a-point": lambda moment: f"{moment.hour}.{moment.minute:02}",
    "with-an-h": lambda moment: f"{moment.hour}h{moment.minute:02}",
    "half-a-day": half_a_day,
    "of-a-day": lambda moment: datetime.combine(DAY, moment),
    "of-a-day-as-text": lambda moment: f"2021-07-12T{moment:%H:%M}",
    "part-of-a-day": lambda moment: (moment.hour * 60 + moment.minute) / 1440,
    "serial": lambda moment: 44389 + (moment.hour * 60 + moment.minute) / 1440,
    "duration": lambda moment: timedelta(hours=moment.hour, minutes=moment.minute),
}


def as_times(sheets: Sheets, how: str) -> None:
    for title, last in (("sessions", 4), ("parameters", 8)):
        for row in sheets[title].iter_rows(max_row=last):
            for cell in row:
                if isinstance(cell.value, time):
                    cell.value = TIMES[how](cell.value)
                    if not isinstance(cell.value, datetime | timedelta):
                        cell.number_format = "General"


def ranges(sheets: Sheets) -> None:
    """From and to in one cell, the other left blank."""
    for row in sheets["sessions"].iter_rows(min_row=2):
        row[3].value = f"{row[3].value:%H:%M}–{row[4].value:%H:%M}"
        row[4].value = None


def dates(sheets: Sheets) -> None:
    for row, day in enumerate(("12/07/2021", "Monday", None), start=2):
        sheets["sessions"].cell(row, 3).value = day


def blanks(sheets: Sheets) -> None:
    for title in (*TABLES, "similar tracks", "submissions"):
        for row in sheets[title].iter_rows(min_row=2, min_col=8 if title == "submissions" else 2):
            for n, cell in enumerate(row):
                if cell.value is None:
                    cell.value = (0, " ", "0", "")[n % 4]


def beyond(sheets: Sheets) -> None:
    """Rows and columns with a style and nothing else, far away, and an empty row in between."""
    for sheet in sheets.worksheets:
        sheet.cell(5000, 1).font = Font(bold=True)
        sheet.cell(1, 400).font = Font(bold=True)
        sheet.cell(900, 30).value = "  "
    sheets["submissions"].insert_rows(3)
    sheets["sessions"].insert_rows(1)


def hidden(sheets: Sheets) -> None:
    for title in ("submissions", TABLES[0]):
        sheets[title].sheet_state = "hidden"
    sheets.create_sheet("Notes").append(("anything", 7))
    sheets["rooms"].row_dimensions[2].hidden = True


def notes(sheets: Sheets) -> None:
    sheets["submissions"].cell(1, 12).value = "Title"
    sheets["submissions"].cell(2, 12).value = "Ports that listen"
    sheets[TABLES[1]].cell(2, 9).value = "Ana asked for this"


def merged(sheets: Sheets) -> None:
    sheets["submissions"].merge_cells("B2:B4")
    sheets["sessions"].merge_cells("C2:C3")
    sheets["parameters"].merge_cells("A1:B1")
    sheets["parameters"].merge_cells("D1:E1")
    sheets["parameters"].merge_cells("A6:B6")


def other_columns(sheets: Sheets) -> None:
    """Chairs and presenters further on, a column of titles before, weights further to the right."""
    sheets["submissions"].move_range("D1:D5", cols=10)
    sheets["parameters"].move_range("D1:E17", rows=2, cols=3)


def titles(sheets: Sheets) -> None:
    sheets[TABLES[0]].title = "Tracks Sessions Penalty"
    sheets["similar tracks"].title = "Similar_Tracks"


WAYS: dict[str, Callable[[Sheets], None]] = {
    "capitals": capitals,
    "spaced": spaced,
    "decomposed": decomposed,
    "numbers-as-text": numbers_as_text,
    "numbers-with-a-point": numbers_with_a_point,
    "text-as-numbers": text_as_numbers,
    "ranges": ranges,
    "dates": dates,
    "blanks": blanks,
    "beyond": beyond,
    "hidden": hidden,
    "notes": notes,
    "merged": merged,
    "other-columns": other_columns,
    "titles": titles,
    **{f"times-{how}": lambda sheets, how=how: as_times(sheets, how) for how in TIMES},  # type: ignore[misc]  # bound at once
}
# that go together with any other, in whatever order
MIXED = ("spaced", "decomposed", "numbers-as-text", "dates", "blanks", "hidden", "notes")


@pytest.mark.parametrize("way", WAYS)
def test_what_is_typed_another_way_is_the_same_conference(way: str, tmp_path: Path) -> None:
    expected = problem_from(conference(), tmp_path)
    assert [talk.position for talk in expected.contributions] == [1, 2, 0, 0]
    sheets = conference()
    WAYS[way](sheets)
    assert problem_from(sheets, tmp_path) == expected


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    ways=st.lists(st.sampled_from(MIXED), min_size=2, unique=True),
    how=st.sampled_from([*TIMES]),
)
def test_ways_mixed_are_the_same_conference(ways: list[str], how: str, tmp_path: Path) -> None:
    expected = problem_from(conference(), tmp_path)
    sheets = conference()
    as_times(sheets, how)
    for way in ways:
        WAYS[way](sheets)
    assert problem_from(sheets, tmp_path) == expected


@pytest.mark.parametrize("title", [*TABLES, "similar tracks"])
def test_a_table_of_penalties_that_is_not_there_says_that_there_are_none(
    title: str, tmp_path: Path
) -> None:
    emptied, without = conference(), conference()
    for row in emptied[title].iter_rows(min_row=2, min_col=2):
        for cell in row:
            cell.value = None
    expected = problem_from(emptied, tmp_path)
    del without[title]
    assert problem_from(without, tmp_path) == expected


def test_names_that_nobody_uses_and_ranks_with_gaps(tmp_path: Path) -> None:
    """A room, a track without submissions and a session more; ranks 1 and 9 of three."""
    sheets = conference()
    sheets["rooms"].append(("Attic",))
    sheets["tracks"].append(("Nobody's", "Ana"))
    sheets["submissions"]["D3"].value = 9
    problem = problem_from(sheets, tmp_path)
    assert [room.id for room in problem.rooms] == ["Hall of Flags", "101", "Attic"]
    assert [track.id for track in problem.tracks][-1] == "Nobody's"
    assert [talk.position for talk in problem.contributions] == [1, 9, 0, 0]
    book = read(saved(sheets, tmp_path))
    places = [
        Place("p1", "Mon1", "Attic", 0),
        Place("p3", "Mon1", "Attic", 30),
        Place("p2", "Mon2", "Attic", 0),
        Place("p4", "Tue1", "Attic", 0),
    ]
    assert score(book, places)["Submissions Order"] == 23


def test_sessions_that_repeat_a_time_and_units_below_a_minute_are_read(tmp_path: Path) -> None:
    sheets = conference()
    for row in sheets["sessions"].iter_rows(min_row=2):
        row[3].value, row[4].value = "9:00", "9:01"
    problem = problem_from(sheets, tmp_path)
    assert [slot.minutes for slot in problem.slots] == [2, 2, 2]
    assert [slot.start[11:] for slot in problem.slots] == ["09:00"] * 3
    sheets["sessions"]["E2"].value = time(0, 0)
    assert read(saved(sheets, tmp_path)).sessions[0].end == 24 * 60


def formula(path: Path, cell: str, held: str) -> Path:
    """The same file with a formula in a cell of the submissions, and the value that it stored."""
    other = path.with_name("formulas.xlsx")
    with ZipFile(path) as old, ZipFile(other, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/worksheets/sheet2.xml":
                text = content.decode()
                text, count = re.subn(rf'<c r="{cell}"[^>]*>.*?</c>', held, text)
                assert count == 1
                content = text.encode()
            new.writestr(name, content)
    return other


def test_formulas_are_read_by_the_value_that_they_stored(tmp_path: Path) -> None:
    path = saved(conference(), tmp_path)
    expected = problem_of(read(path))
    stored = formula(path, "C3", '<c r="C3"><f>1+1</f><v>2</v></c>')
    assert problem_of(read(stored)) == expected
    nothing = formula(path, "D5", '<c r="D5" t="str"><f>IF(1,"","x")</f><v></v></c>')
    assert problem_of(read(nothing)) == expected
    lost = formula(path, "C3", '<c r="C3"><f>1+1</f><v></v></c>')
    with pytest.raises(WorkbookError) as refused:
        read(lost)
    assert str(refused.value) == (
        f"{lost}: sheet 'submissions', cell C3: holds a formula whose value is not stored: open "
        "and save the workbook in a spreadsheet program"
    )
    error = formula(path, "C3", '<c r="C3" t="e"><f>1/0</f><v>#DIV/0!</v></c>')
    with pytest.raises(WorkbookError, match=r"cell C3: holds the error #DIV/0!"):
        read(error)


@pytest.mark.parametrize(
    ("title", "at", "value", "words"),
    [
        ("submissions", "C2", "two", "must be a whole number from 1 on, not 'two'"),
        ("submissions", "C2", None, "must be a whole number from 1 on, not None"),
        ("submissions", "C3", 1.5, "must be a whole number from 1 on, not 1.5"),
        ("submissions", "C3", True, "must be a whole number from 1 on, not True"),
        ("submissions", "D2", -1, "must be a whole number from 0 on, not -1"),
        ("submissions", "B4", "Ports", "must be a track of the sheet 'tracks', not 'Ports'"),
        ("submissions", "B4", None, "must be a track of the sheet 'tracks', not None"),
        ("submissions", "A3", None, "must name a submission, since the row holds something"),
        ("submissions", "A3", "p1", "names the submission 'p1' a second time"),
        ("submissions", "H3", 0.5, "must be a whole number from 0 on, not 0.5"),
        ("submissions", "E2", "Mars", "must be a zone such as GMT+2, not 'Mars'"),
        ("submissions", "E2", "GMT+20", "must be a zone such as GMT+2, not 'GMT+20'"),
        ("submissions", "H1", "Mon9", None),
        ("submissions", "I1", "Mon1", "has the penalties of 'Mon1' a second time"),
        ("sessions", "B2", 0, "must be a whole number from 1 on, not 0"),
        ("sessions", "D2", "noon", "must be a time such as 9:30, not 'noon'"),
        ("sessions", "D2", "25:00", "must be a time of the day, not '25:00'"),
        ("sessions", "D2", 9.5, "must be a time such as 9:30, not 9.5"),
        ("sessions", "E2", None, "must be a time such as 9:30, not None"),
        ("sessions", "A3", "Mon1", "names the session 'Mon1' a second time"),
        ("rooms", "A3", "Hall  of Flags", "names the room 'Hall of Flags' a second time"),
        ("tracks", "A3", "Đối thoại", "names the track 'Đối thoại' a second time"),
        (TABLES[0], "B2", "often", "must be a whole number from 0 on, not 'often'"),
        (TABLES[1], "A2", "Ports", "must name a track, since C2 is a penalty"),
        (TABLES[1], "C1", "Attic", None),
        (TABLES[2], "B1", None, None),
        ("parameters", "E4", "much", "must be a whole number from 0 on, not 'much'"),
        ("parameters", "D4", "Sessions Room Penalties:", None),
        ("parameters", "D4", "Parallel Tracks:", None),
        ("parameters", "B2", "here", "must be a zone such as GMT+2, not 'here'"),
        ("parameters", "B4", "soon", "must be a time such as 9:30, not 'soon'"),
    ],
)
def test_what_cannot_be_understood_is_told_with_its_sheet_and_cell(
    title: str, at: str, value: object, words: str | None, tmp_path: Path
) -> None:
    astray = {
        ("submissions", "H1"): ("H2", "stands under 'Mon9', which is no session and no room"),
        (TABLES[1], "C1"): ("C2", "stands under 'Attic', which is no room"),
        (TABLES[2], "B1"): ("B2", "stands under no heading"),
        ("parameters", "D4"): (
            ("D4", "'Sessions Room Penalties:' is no weight that is known")
            if value == "Sessions Room Penalties:"
            else ("D7", "weighs 'Parallel Tracks:' a second time")
        ),
    }
    place, expected = astray[title, at] if words is None else (at, words)
    sheets = conference()
    sheets[title][at].value = value
    sheets[title][at].number_format = "General"
    path = saved(sheets, tmp_path)
    with pytest.raises(WorkbookError) as refused:
        read(path)
    assert str(refused.value) == f"{path}: sheet {title!r}, cell {place}: {expected}"


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("GMT", 0),
        ("GMT+2", 120),
        ("gmt −3", -180),
        ("UTC+5:30", 330),
        ("GMT+5.5", 330),
        ("+08:00", 480),
        (7, 420),
        (-3.0, -180),
    ],
)
def test_zones(written: object, minutes: int) -> None:
    assert Cell("submissions", "E2", 5, written).zone() == minutes


@pytest.mark.parametrize("seed", range(12))
def test_a_torn_file_is_named_and_nothing_else_happens(seed: int, tmp_path: Path) -> None:
    """Bytes of a workbook changed at random: it is read, or refused in one line."""
    path = saved(conference(), tmp_path)
    held = bytearray(path.read_bytes())
    rng = Random(seed)  # noqa: S311 - test data, no secret
    for _ in range(rng.choice([1, 3, 40])):
        held[rng.randrange(len(held))] = rng.randrange(256)
    path.write_bytes(held[: rng.choice([len(held), len(held) // 2])])
    told = ""
    try:
        read(path)
    except WorkbookError as error:
        told = str(error)
    assert not told or told.startswith(f"{path}: ")
