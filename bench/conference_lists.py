"""The sheets that list sessions, tracks and submissions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bench.conference_cells import Row, WorkbookError
from bench.conference_parameters import zone_of
from bench.conference_penalties import columns_of_penalties, penalty_of
from bench.conference_rows import Columns, Names, cell_in, columns_of, first_of, whole_of
from bench.conference_tables import DAY_MINUTES, Session, Submission

_SESSIONS: Columns = {
    "slots": (2, ("maxnumberoftimeslots", "numberoftimeslots", "timeslots")),
    "start": (4, ("starttime", "start", "from")),
    "end": (5, ("endtime", "end", "to")),
}
_TRACKS: Columns = {"chairs": (2, ("chairs", "chair"))}
_SUBMISSIONS: Columns = {
    "track": (2, ("track",)),
    "slots": (3, ("requiredtimeslots",)),
    "order": (4, ("order",)),
    "zone": (5, ("timezone",)),
    "presenters": (6, ("presenters", "presenter")),
    "attendees": (7, ("attendees", "attendee")),
}


def sessions_of(rows: Sequence[Row]) -> list[Session]:
    """The sessions, in the order of their list."""
    if len(rows) < 2:
        raise WorkbookError("sheet 'sessions': names no session")
    column = columns_of(rows[0], _SESSIONS)
    found = []
    for name, row in zip(first_of("session", rows), rows[1:], strict=True):
        slots, start = cell_in(row, column["slots"]), cell_in(row, column["start"])
        end = cell_in(row, column["end"])
        if slots is None or start is None:
            raise name.wrong("stands in a sheet without headings for time slots and start")
        first, last = start.span()
        if end is not None and not (end.blank and last is not None):
            last = end.span()[0]
        # what ends at midnight ends with its day
        found.append(Session(name.name(), slots.whole(1), first, last or DAY_MINUTES))
    return found


def chairs_of(rows: Sequence[Row]) -> dict[str, set[str]]:
    """The chairs of each track."""
    if not rows:
        raise WorkbookError("sheet 'tracks': names no track")
    column = columns_of(rows[0], _TRACKS)
    found = {}
    for name, row in zip(first_of("track", rows), rows[1:], strict=True):
        chairs = cell_in(row, column["chairs"])
        found[name.name()] = set(chairs.names()) if chairs else set()
    return found


def submissions_of(
    rows: Sequence[Row], names: Mapping[str, Names], local: int, *, timed: bool
) -> list[Submission]:
    """The submissions, in the order of their list."""
    if len(rows) < 2:
        raise WorkbookError("sheet 'submissions': names no submission")
    head = rows[0]
    places = [names["sessions"], names["rooms"]]
    column = columns_of(head, _SUBMISSIONS, places)
    penalties = columns_of_penalties(head, {1, *column.values()}, places)
    found = []
    for ident, row in zip(first_of("submission", rows), rows[1:], strict=True):
        track, slots = cell_in(row, column["track"]), cell_in(row, column["slots"])
        if track is None or slots is None:
            raise head.at(1).wrong("stands beside no heading for tracks or for time slots")
        held = names["tracks"].find(track.name()) if not track.blank else None
        if held is None:
            raise track.wrong(f"must be a track of the sheet 'tracks', not {track.value!r}")
        order = cell_in(row, column["order"])
        presenters = cell_in(row, column["presenters"])
        attendees = cell_in(row, column["attendees"])
        found.append(
            Submission(
                id=ident.name(),
                track=held,
                slots=slots.whole(1),
                order=whole_of(order),
                zone=zone_of(cell_in(row, column["zone"]), local, timed=timed),
                presenters=presenters.names() if presenters else frozenset(),
                attendees=attendees.names() if attendees else frozenset(),
                penalty=penalty_of(row, head, penalties, set(column.values())),
            )
        )
    return found
