"""Conference programmes in the workbooks of CSPLib (ahmedkheiri), read and scored.

`read` gives the workbook's tables, `problem_of` the same as a programme problem, and `score` the
penalty of a programme as that library's own evaluation counts it: an evaluation of its own, which
shares nothing with `planning`.

What the tables mean there, and here: sessions follow one another in the order of their list, even
where their times repeat or overlap; a contribution of several time slots pays the penalties of its
session, room and hour in each of them; rank k is the k-th of the track, counted over its sessions
in their order and, within one, over the list of rooms, and a contribution without a rank takes a
place as well; two of one track with ranks that are on in the same time slot break the order once
more; similar tracks, and tracks with a chair in common, are counted for each pair of sessions that
are on at once; who presents in one track and chairs another has a conflict as presenter.

The problem charges two contributions of one track with ranks wherever they are on in two rooms of
a session, so there it may cost more than the library counts, never where the track has one room at
a time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from openpyxl import load_workbook  # type: ignore[import-untyped]  # it has no stubs

from planning.programme import rules
from planning.programme.problem import (
    Contribution,
    Place,
    Preference,
    Problem,
    Room,
    SimilarTracks,
    Slot,
    Track,
    Wish,
)
from planning.terms import Weight

MOST_WISHES = 1_000_000  # in one `Wish`
PENALTIES = (
    "tracks_sessions|penalty",
    "tracks_rooms|penalty",
    "sessions_rooms|penalty",
    "similar tracks",
)
SHEETS = ("parameters", "sessions", "rooms", "tracks", *PENALTIES, "submissions")
FIRST_DAY = datetime(2001, 1, 1)  # noqa: DTZ001 - days only keep the sessions in their order


class WorkbookError(ValueError):
    """A workbook that cannot be read: which file, and what it lacks."""


@dataclass
class Workbook:
    """The tables of one workbook; penalties by pairs of names."""

    weights: dict[str, int]
    local: str
    suitable: tuple[int, int]
    less_suitable: tuple[int, int]
    small: int
    big: int
    sessions: list[tuple[str, int, datetime, int, int]]
    rooms: list[str]
    chairs: dict[str, set[str]]
    talks: list[dict[str, Any]]
    penalties: dict[str, dict[tuple[str, str], int]] = field(default_factory=dict)


def _minute(moment: time | str) -> int:
    """Minutes after midnight of a time, or of one written "9:30"."""
    hour, minute = str(moment).split(":")[:2]
    return int(hour) * 60 + int(minute)


def _names(text: object) -> list[str]:
    return [name.strip() for name in str(text or "").split(",") if name.strip()]


def read(path: Path) -> Workbook:
    """The tables of a workbook; `WorkbookError` where it is none, or lacks a sheet."""
    try:
        book = load_workbook(path, data_only=True, read_only=True)
    except BadZipFile:
        raise WorkbookError(f"{path}: is no workbook") from None
    sheets = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}
    missing = [name for name in SHEETS if name not in sheets]
    if missing:
        there = ", ".join(map(repr, sheets))
        wanted = " and ".join(map(repr, missing))
        raise WorkbookError(f"{path}: has no sheet called {wanted}; there are {there}")
    parameters = sheets["parameters"]
    held = Workbook(
        weights=_weights(parameters),
        local=str(parameters[1][1]),
        suitable=(_minute(parameters[3][1]), _minute(parameters[4][1])),
        less_suitable=(_minute(parameters[6][1]), _minute(parameters[7][1])),
        small=int(parameters[8][1]),
        big=int(parameters[10][1]),
        sessions=[
            (str(r[0]), int(r[1]), r[2], _minute(r[3]), _minute(r[4]))
            for r in sheets["sessions"][1:]
            if r[0]
        ],
        rooms=[str(r[0]) for r in sheets["rooms"][1:] if r[0]],
        chairs={str(r[0]): set(_names(r[1])) for r in sheets["tracks"][1:] if r[0]},
        talks=[],
    )
    for name in PENALTIES:
        held.penalties[name] = _table(sheets[name])
    head = sheets["submissions"][0]
    for row in sheets["submissions"][1:]:
        if row[0]:
            held.talks.append(
                {
                    "id": str(row[0]),
                    "track": str(row[1]),
                    "slots": int(row[2]),
                    "order": int(row[3] or 0),
                    "zone": str(row[4] or held.local),
                    "presenters": set(_names(row[5])),
                    "attendees": set(_names(row[6])),
                    "penalty": {str(head[j]): int(row[j]) for j in range(7, len(row)) if row[j]},
                }
            )
    return held


def _weights(rows: Sequence[Sequence[Any]]) -> dict[str, int]:
    """The weights, 0 for those that a workbook leaves out."""
    names = (
        "Tracks_Sessions|Penalty",
        "Tracks_Rooms|Penalty",
        "Sessions_Rooms|Penalty",
        "Similar Tracks",
        "Number of Rooms per Track",
        "Parallel Tracks",
        "Consecutive Tracks",
        "Submissions_Timezones",
        "Submissions Order",
        "Submissions_Sessions|Penalty",
        "Submissions_Rooms|Penalty",
        "Presenters Conflicts",
        "Attendees Conflicts",
        "Chairs Conflicts",
        "Presenters Conflicts Timeslot Level",
        "Attendees Conflicts Timeslot Level",
    )
    given = {str(r[3]).rstrip(": "): int(r[4]) for r in rows if r[3] and r[4] is not None}
    return {name: given.get(name, 0) for name in names}


def _table(rows: Sequence[Sequence[Any]]) -> dict[tuple[str, str], int]:
    return {
        (str(row[0]), str(rows[0][j])): int(row[j])
        for row in rows[1:]
        for j in range(1, len(row))
        if row[0] and row[j] and rows[0][j]
    }


def _shift(zone: str) -> int:
    """Minutes east of Greenwich of "GMT+2"."""
    return int(zone[3:] or 0) * 60


def _attends(book: Workbook, a: dict[str, Any], b: dict[str, Any]) -> bool:
    """Whether somebody who wants to hear one of the two presents, hears or chairs the other."""
    return any(
        x["attendees"] & (y["attendees"] | y["presenters"])
        or (x["track"] != y["track"] and x["attendees"] & book.chairs[y["track"]])
        for x, y in ((a, b), (b, a))
    )


def _presents(book: Workbook, a: dict[str, Any], b: dict[str, Any]) -> bool:
    """Whether somebody who presents one of the two presents the other, or chairs its track."""
    return bool(a["presenters"] & b["presenters"]) or _chairs_other(book, a, b)


def _chairs_other(book: Workbook, a: dict[str, Any], b: dict[str, Any]) -> bool:
    """Whether somebody who presents one of the two chairs the track of the other."""
    return a["track"] != b["track"] and any(
        x["presenters"] & book.chairs[y["track"]] for x, y in ((a, b), (b, a))
    )


def _both_ranked(a: dict[str, Any], b: dict[str, Any]) -> bool:
    """Whether the two are of one track and have a rank there."""
    return bool(a["track"] == b["track"] and a["order"] and b["order"])


def _chair_conflict(book: Workbook, a: str, b: str) -> bool:
    """Whether two tracks have a chair in common."""
    return bool(book.chairs[a] & book.chairs[b])


def _similar(book: Workbook, a: str, b: str) -> int:
    return book.penalties["similar tracks"].get((a, b), 0)


def problem_of(book: Workbook) -> Problem:
    """The workbook as a programme problem with the same cost."""
    weight = book.weights
    unit = _unit(book)
    contributions = [
        Contribution(
            talk["id"],
            talk["track"],
            talk["slots"] * unit,
            tuple(sorted(talk["presenters"])),
            position=talk["order"],
        )
        for talk in book.talks
    ]
    similar = []
    for a, b in combinations(book.chairs, 2):
        cost = weight["Similar Tracks"] * _similar(book, a, b)
        cost += weight["Chairs Conflicts"] * _chair_conflict(book, a, b)
        if cost:
            similar.append(SimilarTracks(a, b, cost))
    return Problem(
        zone="UTC",
        slots=tuple(_slots(book, unit)),
        rooms=tuple(Room(name, 0) for name in book.rooms),
        tracks=tuple(Track(name) for name in book.chairs),
        contributions=tuple(contributions),
        similar=tuple(similar),
        preferences=tuple(_preferences(book)),
        wishes=tuple(_wishes(book)),
        weights=(
            Weight(rules.PERSON_TWICE, _presenters(book)),
            Weight(rules.CLASH, 1),
            Weight(rules.POSITION, weight["Submissions Order"]),
            Weight(rules.TRACK_ROOMS, weight["Number of Rooms per Track"]),
            Weight(rules.TRACK_PARALLEL, weight["Parallel Tracks"]),
            Weight(rules.TRACK_GAP, weight["Consecutive Tracks"]),
        ),
        people_stay=_by_session(book, "Presenters Conflicts"),
        delegates_stay=_by_session(book, "Attendees Conflicts"),
    )


def _by_session(book: Workbook, conflicts: str) -> bool:
    """Whether these conflicts are counted by sessions and not by time slots."""
    return bool(book.weights[conflicts]) or not book.weights[f"{conflicts} Timeslot Level"]


def _presenters(book: Workbook) -> int:
    """The price of a conflict of presenters, of whichever of the two kinds is counted."""
    weight = book.weights
    return weight["Presenters Conflicts"] or weight["Presenters Conflicts Timeslot Level"]


def _wishes(book: Workbook) -> Iterator[Wish]:
    """What two contributions cost in two rooms at once, but for presenters in common."""
    weight = book.weights
    attendees = weight["Attendees Conflicts"] or weight["Attendees Conflicts Timeslot Level"]
    for a, b in combinations(book.talks, 2):
        cost = attendees * _attends(book, a, b)
        if not a["presenters"] & b["presenters"]:
            cost += _presenters(book) * _chairs_other(book, a, b)
        slots = min(a["slots"], b["slots"])
        cost += slots * weight["Submissions Order"] * _both_ranked(a, b)
        while cost > 0:
            yield Wish((a["id"], b["id"]), min(cost, MOST_WISHES))
            cost -= MOST_WISHES


def _unit(book: Workbook) -> int:
    """Minutes that stand for one time slot: one where the sessions' times give less."""
    given = min((end - start) // max(1, slots) for _, slots, _, start, end in book.sessions)
    longest = max(slots for _, slots, _, _, _ in book.sessions)
    return max(1, min(given, 1440 // longest))


def _slots(book: Workbook, unit: int) -> list[Slot]:
    """The sessions in the order of their list, one after another: each at its own hour, on the
    first day on which that is after the one before it."""
    slots: list[Slot] = []
    end = FIRST_DAY
    for name, count, _, start, _ in book.sessions:
        begin = end.replace(hour=start // 60, minute=start % 60)
        if begin < end:
            begin += timedelta(days=1)
        slots.append(Slot(name, f"{begin:%Y-%m-%dT%H:%M}", count * unit))
        end = begin + timedelta(minutes=count * unit)
    return slots


def _preferences(book: Workbook) -> list[Preference]:
    found = []
    weight = book.weights
    for (track, session), cost in book.penalties["tracks_sessions|penalty"].items():
        found.append(
            Preference(cost * weight["Tracks_Sessions|Penalty"], track=track, slot=session)
        )
    for (track, room), cost in book.penalties["tracks_rooms|penalty"].items():
        found.append(Preference(cost * weight["Tracks_Rooms|Penalty"], track=track, room=room))
    for (session, room), cost in book.penalties["sessions_rooms|penalty"].items():
        found.append(Preference(cost * weight["Sessions_Rooms|Penalty"], slot=session, room=room))
    sessions = {session[0] for session in book.sessions}
    hourly = weight["Submissions_Timezones"]
    for talk in book.talks:
        for number, (slot, *_) in enumerate(book.sessions):
            cost = hourly * talk["slots"] * _hours(book, talk, number)
            found.append(Preference(cost, contribution=talk["id"], slot=slot))
        for name, cost in talk["penalty"].items():
            times = cost * talk["slots"]
            if name in sessions:
                times *= weight["Submissions_Sessions|Penalty"]
                found.append(Preference(times, contribution=talk["id"], slot=name))
            else:
                times *= weight["Submissions_Rooms|Penalty"]
                found.append(Preference(times, contribution=talk["id"], room=name))
    return [wanted for wanted in found if wanted.cost]


def score(book: Workbook, places: Sequence[Place]) -> dict[str, int]:
    """Weighted penalty per criterion of a programme, as CSPLib counts it."""
    talks = {talk["id"]: talk for talk in book.talks}
    order = {session[0]: k for k, session in enumerate(book.sessions)}
    cells: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for place in places:
        cells[place.slot, place.room].append(place)
    for held in cells.values():
        held.sort(key=lambda place: place.offset)
    track_at = {cell: talks[held[0].contribution]["track"] for cell, held in cells.items()}
    found: dict[str, int] = defaultdict(int)
    for (session, room), track in track_at.items():
        for name, pair in (
            ("Tracks_Sessions|Penalty", (track, session)),
            ("Tracks_Rooms|Penalty", (track, room)),
            ("Sessions_Rooms|Penalty", (session, room)),
        ):
            found[name] += book.penalties[name.lower()].get(pair, 0)
    for place in places:
        talk = talks[place.contribution]
        times = talk["slots"]
        found["Submissions_Sessions|Penalty"] += times * talk["penalty"].get(place.slot, 0)
        found["Submissions_Rooms|Penalty"] += times * talk["penalty"].get(place.room, 0)
        found["Submissions_Timezones"] += times * _hours(book, talk, order[place.slot])
    for a, b in combinations(places, 2):
        if a.slot == b.slot and a.room != b.room:
            x, y = talks[a.contribution], talks[b.contribution]
            together = _slots_together(book, a, b, x, y)
            for name, at_once in (
                ("Presenters Conflicts", _presents(book, x, y)),
                ("Attendees Conflicts", _attends(book, x, y)),
            ):
                found[name] += at_once
                found[f"{name} Timeslot Level"] += together * at_once
            found["Submissions Order"] += together * _both_ranked(x, y)
    for one, other in combinations(track_at, 2):
        if one[0] == other[0] and track_at[one] != track_at[other]:
            a, b = sorted((track_at[one], track_at[other]), key=list(book.chairs).index)
            found["Similar Tracks"] += _similar(book, a, b)
            found["Chairs Conflicts"] += _chair_conflict(book, a, b)
    _score_tracks(book, cells, order, found)
    return {name: count * book.weights[name] for name, count in found.items()}


def _slots_together(
    book: Workbook, a: Place, b: Place, x: dict[str, Any], y: dict[str, Any]
) -> int:
    """Time slots that two places of one session, of these submissions, have in common."""
    unit = _unit(book)
    first, other = a.offset // unit, b.offset // unit
    return max(0, min(first + x["slots"], other + y["slots"]) - max(first, other))


def _score_tracks(
    book: Workbook,
    cells: dict[tuple[str, str], list[Place]],
    order: dict[str, int],
    found: dict[str, int],
) -> None:
    talks = {talk["id"]: talk for talk in book.talks}
    for track in book.chairs:
        held = sorted(
            (order[session], book.rooms.index(room), placed)
            for (session, room), placed in cells.items()
            if talks[placed[0].contribution]["track"] == track
        )
        sessions = [k for k, _, _ in held]
        found["Number of Rooms per Track"] += len({room for _, room, _ in held}) - 1
        found["Parallel Tracks"] += len(held) - len(set(sessions))
        found["Consecutive Tracks"] += len(set(sessions)) != sessions[-1] - sessions[0] + 1
        ranks = [talks[place.contribution]["order"] for _, _, placed in held for place in placed]
        found["Submissions Order"] += sum(
            rank not in (0, position) for position, rank in enumerate(ranks, start=1)
        )


def _hours(book: Workbook, talk: dict[str, Any], session: int) -> int:
    _, _, _, start, end = book.sessions[session]
    shift = _shift(talk["zone"]) - _shift(book.local)
    first, last = (start + shift) % 1440, (end + shift) % 1440
    low, high = book.less_suitable
    if first < low or last > high or last < low:
        return book.big
    return book.small if first < book.suitable[0] or last > book.suitable[1] else 0
