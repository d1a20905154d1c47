"""Reads the workbooks of conference programmes of CSPLib (ahmedkheiri).

What they hold is found by titles and headings, whatever their capitals and signs, and where a
heading has another name by the usual place of its column. Rows and columns without anything in
them, notes in words beside a table, and names that nobody uses are passed over. A table of
penalties that is not there says that there are none. Whatever else cannot be understood is told
with its sheet and cell, since a programme for another conference helps nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from bench.conference_cells import Cell, Row, Sheet, WorkbookError, key_of, sheets_of
from bench.conference_tables import (
    DAY_MINUTES,
    PENALTIES,
    WEIGHTS,
    Session,
    Submission,
    Workbook,
)

REQUIRED = ("parameters", "sessions", "rooms", "tracks", "submissions")
_WEIGHTS = {key_of(name): name for name in WEIGHTS}
_SECTIONS = ("suitableschedulingtimes", "lesssuitableschedulingtimes", "unsuitableschedulingtimes")
_IN_SECTIONS = ("from", "to", "penalty")
_ZONE = "localtimezone"

# field -> its usual column, and the keys of the headings that it may have
_Columns = Mapping[str, tuple[int, tuple[str, ...]]]
_SESSIONS: _Columns = {
    "slots": (2, ("maxnumberoftimeslots", "numberoftimeslots", "timeslots")),
    "start": (4, ("starttime", "start", "from")),
    "end": (5, ("endtime", "end", "to")),
}
_TRACKS: _Columns = {"chairs": (2, ("chairs", "chair"))}
_SUBMISSIONS: _Columns = {
    "track": (2, ("track",)),
    "slots": (3, ("requiredtimeslots",)),
    "order": (4, ("order",)),
    "zone": (5, ("timezone",)),
    "presenters": (6, ("presenters", "presenter")),
    "attendees": (7, ("attendees", "attendee")),
}


class Names:
    """The names of a kind, by which others name them whatever the capitals."""

    def __init__(self, what: str, names: Iterable[str]) -> None:
        self.what = what
        self.held = list(names)
        self._folded: dict[str, list[str]] = {}
        for name in self.held:
            self._folded.setdefault(name.casefold(), []).append(name)

    def find(self, name: str) -> str | None:
        """Whom the name means, None where that is nobody or several."""
        if name in self.held:
            return name
        found = self._folded.get(name.casefold(), [])
        return found[0] if len(found) == 1 else None


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
    weights, parameters = _parameters(held["parameters"])
    timed = weights["Submissions_Timezones"] > 0
    sessions = _sessions(held["sessions"])
    names = {
        "sessions": Names("session", (session.name for session in sessions)),
        "rooms": Names("room", (cell.name() for cell in _first("room", held["rooms"]))),
    }
    chairs = _chairs(held["tracks"])
    names["tracks"] = Names("track", chairs)
    local = parameters.get(("", _ZONE))
    if local is None and timed:
        raise WorkbookError("sheet 'parameters': does not say the local time zone")
    east = _zone(local, 0, timed=timed)
    suitable, less, unsuitable = _SECTIONS
    return Workbook(
        weights=weights,
        local=east,
        suitable=_hours(parameters, suitable, timed=timed),
        less_suitable=_hours(parameters, less, timed=timed),
        small=_whole(parameters.get((less, "penalty"))),
        big=_whole(parameters.get((unsuitable, "penalty"))),
        sessions=sessions,
        rooms=names["rooms"].held,
        chairs=chairs,
        talks=_submissions(held["submissions"], names, east, timed=timed),
        penalties={
            "tracks_sessions|penalty": _table(
                held["tracks_sessions|penalty"], names["tracks"], names["sessions"]
            ),
            "tracks_rooms|penalty": _table(
                held["tracks_rooms|penalty"], names["tracks"], names["rooms"]
            ),
            "sessions_rooms|penalty": _table(
                held["sessions_rooms|penalty"], names["sessions"], names["rooms"]
            ),
            "similar tracks": _table(held["similar tracks"], names["tracks"], names["tracks"]),
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


def _parameters(rows: Sequence[Row]) -> tuple[dict[str, int], dict[tuple[str, str], Cell | None]]:
    """The weights, 0 for those that a workbook leaves out, and what stands beside the labels of
    each section."""
    weights: dict[str, int] = {}
    beside: dict[tuple[str, str], Cell | None] = {}
    section, columns = "", set()
    others: list[tuple[Cell, Cell]] = []
    for row in rows:
        for cell in row.held.values():
            key = key_of(cell.name())
            value = row.after(cell)
            if value is not None and _is_label(value):
                value = None
            if key in _WEIGHTS:
                if _WEIGHTS[key] in weights:
                    raise cell.wrong(f"weighs {cell.name()!r} a second time")
                weights[_WEIGHTS[key]] = _whole(value)
                columns.add(cell.column)
            elif key in _SECTIONS:
                section = key
            elif key == _ZONE:
                beside["", key] = value
            elif key in _IN_SECTIONS:
                beside[section, key] = value
            elif isinstance(cell.value, str) and value is not None:
                others.append((cell, value))
    if not weights:
        raise WorkbookError("sheet 'parameters': has no weights")
    for cell, value in others:
        if cell.column in columns and isinstance(value.value, int | float):
            raise cell.wrong(f"{cell.name()!r} is no weight that is known")
    return {name: weights.get(name, 0) for name in WEIGHTS}, beside


def _is_label(cell: Cell) -> bool:
    key = key_of(cell.name())
    return key in _WEIGHTS or key in _SECTIONS or key in _IN_SECTIONS or key == _ZONE


def _whole(cell: Cell | None) -> int:
    return cell.whole() if cell else 0


def _zone(cell: Cell | None, usual: int, *, timed: bool) -> int:
    """Minutes east of Greenwich; the usual ones where the cell is blank, or cannot be read and
    no hour costs anything."""
    if cell is None or cell.blank:
        return usual
    try:
        return cell.zone()
    except WorkbookError:
        if timed:
            raise
        return usual


def _hours(
    parameters: Mapping[tuple[str, str], Cell | None], section: str, *, timed: bool
) -> tuple[int, int]:
    """From and to; the whole day where no hour costs anything and none is given."""
    start, end = parameters.get((section, "from")), parameters.get((section, "to"))
    if start is None or (end is None and start.span()[1] is None):
        if timed:
            raise WorkbookError("sheet 'parameters': does not say from when to when hours suit")
        return 0, DAY_MINUTES
    first, last = start.span()
    return first, end.span()[0] if end else last or DAY_MINUTES


def _columns(head: Row, wanted: _Columns, others: Sequence[Names] = ()) -> dict[str, int | None]:
    """Where each field stands: by its heading, else in its usual column if that has another
    heading than a field or one of the others' names."""
    by_key: dict[str, int] = {}
    for cell in head.held.values():
        by_key.setdefault(key_of(cell.name()), cell.column)
    found: dict[str, int | None] = {}
    for field, (_, keys) in wanted.items():
        found[field] = next((by_key[key] for key in keys if key in by_key), None)
    taken = set(found.values())
    for field, (usual, _) in wanted.items():
        title = head.at(usual)
        named = not title.blank and any(names.find(title.name()) for names in others)
        if found[field] is None and usual not in taken and not named:
            found[field] = usual
    return found


def _cell(row: Row, column: int | None) -> Cell | None:
    return None if column is None else row.at(column)


def _first(what: str, rows: Sequence[Row]) -> list[Cell]:
    """The first cell of each row but that of the headings, none of them twice."""
    seen: dict[str, Cell] = {}
    for row in rows[1:]:
        cell = row.at(1)
        if cell.blank:
            raise cell.wrong(f"must name a {what}, since the row holds something")
        if cell.name() in seen:
            raise cell.wrong(f"names the {what} {cell.name()!r} a second time")
        seen[cell.name()] = cell
    return list(seen.values())


def _sessions(rows: Sequence[Row]) -> list[Session]:
    """The sessions, in the order of their list."""
    if len(rows) < 2:
        raise WorkbookError("sheet 'sessions': names no session")
    column = _columns(rows[0], _SESSIONS)
    found = []
    for name, row in zip(_first("session", rows), rows[1:], strict=True):
        slots, start = _cell(row, column["slots"]), _cell(row, column["start"])
        end = _cell(row, column["end"])
        if slots is None or start is None:
            raise name.wrong("stands in a sheet without headings for time slots and start")
        first, last = start.span()
        if end is not None and not (end.blank and last is not None):
            last = end.span()[0]
        # what ends at midnight ends with its day
        found.append(Session(name.name(), slots.whole(1), first, last or DAY_MINUTES))
    return found


def _chairs(rows: Sequence[Row]) -> dict[str, set[str]]:
    if not rows:
        raise WorkbookError("sheet 'tracks': names no track")
    column = _columns(rows[0], _TRACKS)
    found = {}
    for name, row in zip(_first("track", rows), rows[1:], strict=True):
        chairs = _cell(row, column["chairs"])
        found[name.name()] = set(chairs.names()) if chairs else set()
    return found


def _submissions(
    rows: Sequence[Row], names: Mapping[str, Names], local: int, *, timed: bool
) -> list[Submission]:
    if len(rows) < 2:
        raise WorkbookError("sheet 'submissions': names no submission")
    head = rows[0]
    places = [names["sessions"], names["rooms"]]
    column = _columns(head, _SUBMISSIONS, places)
    penalties = _places(head, {1, *column.values()}, places)
    found = []
    for ident, row in zip(_first("submission", rows), rows[1:], strict=True):
        track, slots = _cell(row, column["track"]), _cell(row, column["slots"])
        if track is None or slots is None:
            raise head.at(1).wrong("stands beside no heading for tracks or for time slots")
        held = names["tracks"].find(track.name()) if not track.blank else None
        if held is None:
            raise track.wrong(f"must be a track of the sheet 'tracks', not {track.value!r}")
        order = _cell(row, column["order"])
        presenters = _cell(row, column["presenters"])
        attendees = _cell(row, column["attendees"])
        found.append(
            Submission(
                id=ident.name(),
                track=held,
                slots=slots.whole(1),
                order=_whole(order),
                zone=_zone(_cell(row, column["zone"]), local, timed=timed),
                presenters=presenters.names() if presenters else frozenset(),
                attendees=attendees.names() if attendees else frozenset(),
                penalty=_penalty(row, head, penalties, set(column.values())),
            )
        )
    return found


def _places(head: Row, taken: set[int | None], places: Sequence[Names]) -> dict[int, str]:
    """The columns of penalties, by the session or room of each."""
    found: dict[int, str] = {}
    for cell in head.held.values():
        meant = [names.find(cell.name()) for names in places]
        if cell.column in taken or not any(meant):
            continue
        if all(meant):
            raise cell.wrong(f"{cell.name()!r} is a session and a room")
        name = next(name for name in meant if name)
        if name in found.values():
            raise cell.wrong(f"has the penalties of {name!r} a second time")
        found[cell.column] = name
    return found


def _penalty(
    row: Row, head: Row, columns: Mapping[int, str], taken: set[int | None]
) -> dict[str, int]:
    found: dict[str, int] = {}
    for cell in row.held.values():
        if cell.column in columns:
            if cost := cell.whole():
                found[columns[cell.column]] = cost
        elif cell.column != 1 and cell.column not in taken:
            _pass_over(cell, head, "session and no room")
    return found


def _pass_over(cell: Cell, head: Row, what: str) -> None:
    """Notes in words may stand anywhere; a number that says nothing is a penalty gone astray."""
    if not isinstance(cell.value, str) and cell.value != 0:
        title = head.at(cell.column)
        under = "no heading" if title.blank else f"{title.name()!r}, which is no {what}"
        raise cell.wrong(f"stands under {under}")


def _table(rows: Sequence[Row], down: Names, across: Names) -> dict[tuple[str, str], int]:
    """The penalties that are not 0, by the names of their row and column."""
    found: dict[tuple[str, str], int] = {}
    for row in rows[1:]:
        first = row.at(1)
        name = down.find(first.name()) if not first.blank else None
        for cell in row.held.values():
            if cell.column == 1:
                continue
            head = rows[0].at(cell.column)
            other = across.find(head.name()) if not head.blank else None
            if other is None:
                _pass_over(cell, rows[0], across.what)
            elif cost := cell.whole():
                if name is None:
                    raise first.wrong(f"must name a {down.what}, since {cell.at} is a penalty")
                if (name, other) in found:
                    raise cell.wrong(f"is a second penalty of {name!r} and {other!r}")
                found[name, other] = cost
    return found
