"""Reads the workbooks of conference programmes of CSPLib (ahmedkheiri).

What they hold is found by titles and headings, whatever their capitals and signs, and where a
heading has another name by the usual place of its column. Rows and columns without anything in
them, notes in words beside a table, and names that nobody uses are passed over. A table of
penalties that is not there says that there are none. Whatever else cannot be understood is told
with its sheet and cell, since a programme for another conference helps nobody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.conference_cells import Sheet, WorkbookError, key_of, sheets_of
from bench.conference_lists import chairs_of, sessions_of, submissions_of
from bench.conference_parameters import SECTIONS, ZONE, hours_of, parameters_of, zone_of
from bench.conference_penalties import table_of
from bench.conference_rows import Names, first_of, whole_of
from bench.conference_tables import PENALTIES, Workbook

REQUIRED = ("parameters", "sessions", "rooms", "tracks", "submissions")


def read(path: Path) -> Workbook:
    """The tables of a workbook; `WorkbookError` where it is none, or lacks something."""
    try:
        return _read(sheets_of(path))
    except WorkbookError as error:
        raise WorkbookError(f"{path}: {error}") from None


def _read(there: Sequence[Sheet]) -> Workbook:
    sheets = {name: _titled(name, there) for name in (*REQUIRED, *PENALTIES)}
    missing = [name for name in REQUIRED if sheets[name] is None]
    astray = _astray(there, sheets)
    if missing or astray:
        wanted = [*missing, *(name for name in PENALTIES if astray and sheets[name] is None)]
        titles = ", ".join(repr(sheet.title) for sheet in there)
        lacking = " and ".join(map(repr, wanted))
        raise WorkbookError(f"has no sheet called {lacking}; there are {titles}")
    held = {name: sheet.rows if sheet else () for name, sheet in sheets.items()}
    weights, parameters = parameters_of(held["parameters"])
    timed = weights["Submissions_Timezones"] > 0
    sessions = sessions_of(held["sessions"])
    names = {
        "sessions": Names("session", (session.name for session in sessions)),
        "rooms": Names("room", (cell.name() for cell in first_of("room", held["rooms"]))),
    }
    chairs = chairs_of(held["tracks"])
    names["tracks"] = Names("track", chairs)
    local = parameters.get(("", ZONE))
    if local is None and timed:
        raise WorkbookError("sheet 'parameters': does not say the local time zone")
    east = zone_of(local, 0, timed=timed)
    suitable, less, unsuitable = SECTIONS
    return Workbook(
        weights=weights,
        local=east,
        suitable=hours_of(parameters, suitable, timed=timed),
        less_suitable=hours_of(parameters, less, timed=timed),
        small=whole_of(parameters.get((less, "penalty"))),
        big=whole_of(parameters.get((unsuitable, "penalty"))),
        sessions=sessions,
        rooms=names["rooms"].held,
        chairs=chairs,
        talks=submissions_of(held["submissions"], names, east, timed=timed),
        penalties={
            "tracks_sessions|penalty": table_of(
                held["tracks_sessions|penalty"], names["tracks"], names["sessions"]
            ),
            "tracks_rooms|penalty": table_of(
                held["tracks_rooms|penalty"], names["tracks"], names["rooms"]
            ),
            "sessions_rooms|penalty": table_of(
                held["sessions_rooms|penalty"], names["sessions"], names["rooms"]
            ),
            "similar tracks": table_of(held["similar tracks"], names["tracks"], names["tracks"]),
        },
    )


def _titled(name: str, sheets: Sequence[Sheet]) -> Sheet | None:
    """The sheet with this title; of several one that is not hidden."""
    found = [sheet for sheet in sheets if key_of(sheet.title) == key_of(name)]
    shown = [sheet for sheet in found if not sheet.hidden] or found
    if len(shown) > 1:
        titles = " and ".join(repr(sheet.title) for sheet in shown)
        raise WorkbookError(f"has two sheets for {name!r}: {titles}")
    return shown[0] if shown else None


def _astray(there: Sequence[Sheet], sheets: Mapping[str, Sheet | None]) -> bool:
    """Whether a table of penalties seems to be there by another title."""
    known = [sheet.title for sheet in sheets.values() if sheet]
    other = [key_of(sheet.title) for sheet in there if sheet.title not in known]
    if all(sheets[name] for name in PENALTIES):
        return False
    return any("penalt" in key or "similar" in key for key in other)
