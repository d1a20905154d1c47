"""What would take a reader minutes or gigabytes, or end it, is told in one line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook  # type: ignore[import-untyped]  # it has no stubs

from bench.conference_cells import WorkbookError
from bench.conference_workbook import read
from planning import Unknown, solve
from planning.__main__ import main
from planning.json_io import load_problem

PROBLEM: dict[str, object] = {
    "kind": "programme",
    "zone": "UTC",
    "slots": [{"id": "s", "start": "2027-05-10T09:00", "minutes": 60}],
    "rooms": [{"id": "r", "seats": 10}],
    "tracks": [{"id": "t"}],
    "contributions": [{"id": "c", "track": "t", "minutes": 20}],
}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"zone": "Asia"}, "zone: 'Asia' is no time zone"),
        ({"zone": "A" * 300}, f"zone: {'A' * 300!r} is no time zone"),
        ({"zone": "Asia/\0"}, "zone: 'Asia/\\x00' is no time zone"),
        ({"slots": "morning"}, "slots: must be a list"),
        ({"tracks": []}, "tracks: must not be empty"),
        ({"rooms": []}, "rooms: must not be empty"),
        (
            {"possible_hours": ["23:00", "07:00"]},
            "possible_hours: must be from an earlier to a later time of day",
        ),
        (
            {"comfortable_hours": ["9:00", "07:00"]},
            "comfortable_hours[0]: must be a time of day HH:MM",
        ),
    ],
)
def test_a_programme_that_cannot_be_meant(
    changes: Mapping[str, object],
    words: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    given = {**PROBLEM, "preferences": [{"cost": 1, "slot": "s", "room": "r"}], **changes}
    problem = tmp_path / "problem.json"
    problem.write_text(json.dumps(given), encoding="utf-8")
    assert main(["solve", str(problem)]) == 64
    assert capsys.readouterr() == ("", words + "\n")


def test_a_file_that_begins_with_a_mark_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    problem, plan = tmp_path / "problem.json", tmp_path / "plan.json"
    problem.write_text(json.dumps(PROBLEM), encoding="utf-8-sig")
    place = {"contribution": "c", "slot": "s", "room": "r", "offset": 0}
    document = {"answer": "plan", "kind": "programme", "assignments": [place]}
    plan.write_text(json.dumps(document), encoding="utf-8-sig")
    assert main(["check", str(problem), str(plan)]) == 0
    assert json.loads(capsys.readouterr().out)["broken"] == []


def test_what_the_memory_does_not_hold_is_answered_with_all_that_is_missing() -> None:
    slots = [{"id": f"s{k}", "start": f"20{k:02}-01-01T00:00", "minutes": 1440} for k in range(90)]
    talks = [{"id": f"c{k}", "track": "t", "minutes": 1} for k in range(2000)]
    problem = load_problem(json.dumps({**PROBLEM, "slots": slots, "contributions": talks}))
    answer = solve(problem, limit_s=120, seed=0, workers=2, memory_mb=120)
    assert isinstance(answer, Unknown)
    assert answer.ended == "memory"
    assert answer.missing == tuple(f"c{k}" for k in range(2000))


def packed(path: Path, sheet: bytes) -> Path:
    """A workbook whose first sheet holds these bytes."""
    plain = path.with_suffix(".plain")
    Workbook().save(plain)
    with ZipFile(plain) as given, ZipFile(path, "w", ZIP_DEFLATED) as made:
        for name in given.namelist():
            made.writestr(name, sheet if name.endswith("sheet1.xml") else given.read(name))
    return path


HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


@pytest.mark.parametrize(
    ("sheet", "words"),
    [
        (
            HEAD + b" " * 20_000_000 + b"</sheetData></worksheet>",
            "holds more than 20,000,000 bytes when it is unpacked",
        ),
        (
            HEAD
            + b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>',
            "merges more than 100,000 cells",
        ),
    ],
)
def test_a_workbook_that_unpacks_to_far_more(sheet: bytes, words: str, tmp_path: Path) -> None:
    path = packed(tmp_path / "bomb.xlsx", sheet)
    with pytest.raises(WorkbookError) as told:
        read(path)
    assert str(told.value) == f"{path}: {words}"
