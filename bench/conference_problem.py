"""The workbook of a conference as a programme problem with the same cost.

The problem charges two contributions of one track with ranks wherever they are on in two rooms of
a session, so there it may cost more than the library counts (`bench.conference_score`), never
where the track has one room at a time. Where a workbook weighs conflicts both by sessions and by
time slots, they are charged by sessions alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import combinations

from bench.conference_tables import DAY_MINUTES, Workbook, both_ranked
from planning.programme import rules
from planning.programme.problem import (
    Contribution,
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
FIRST_DAY = datetime(2001, 1, 1)  # noqa: DTZ001 - days only keep the sessions in their order


def problem_of(book: Workbook) -> Problem:
    """The workbook as a programme problem with the same cost."""
    weight = book.weights
    unit = book.unit()
    contributions = [
        Contribution(
            talk.id,
            talk.track,
            talk.slots * unit,
            tuple(sorted(talk.presenters)),
            position=talk.order,
        )
        for talk in book.talks
    ]
    similar = []
    for a, b in combinations(book.chairs, 2):
        cost = weight["Similar Tracks"] * book.similar(a, b)
        cost += weight["Chairs Conflicts"] * book.chair_conflict(a, b)
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
        cost = attendees * book.attends(a, b)
        if not a.presenters & b.presenters:
            cost += _presenters(book) * book.chairs_other(a, b)
        cost += min(a.slots, b.slots) * weight["Submissions Order"] * both_ranked(a, b)
        while cost > 0:
            yield Wish((a.id, b.id), min(cost, MOST_WISHES))
            cost -= MOST_WISHES


def _slots(book: Workbook, unit: int) -> list[Slot]:
    """The sessions in the order of their list, one after another: each at its own hour, on the
    first day on which that is after the one before it."""
    slots: list[Slot] = []
    end = FIRST_DAY
    for held in book.sessions:
        hour, minute = divmod(held.start % DAY_MINUTES, 60)
        begin = end.replace(hour=hour, minute=minute)
        if begin < end:
            begin += timedelta(days=1)
        slots.append(Slot(held.name, f"{begin:%Y-%m-%dT%H:%M}", held.slots * unit))
        end = begin + timedelta(minutes=held.slots * unit)
    return slots


def _preferences(book: Workbook) -> list[Preference]:
    found = []
    weight = book.weights
    for (track, slot), cost in book.penalties["tracks_sessions|penalty"].items():
        found.append(Preference(cost * weight["Tracks_Sessions|Penalty"], track=track, slot=slot))
    for (track, room), cost in book.penalties["tracks_rooms|penalty"].items():
        found.append(Preference(cost * weight["Tracks_Rooms|Penalty"], track=track, room=room))
    for (slot, room), cost in book.penalties["sessions_rooms|penalty"].items():
        found.append(Preference(cost * weight["Sessions_Rooms|Penalty"], slot=slot, room=room))
    sessions = {session.name for session in book.sessions}
    hourly = weight["Submissions_Timezones"]
    for talk in book.talks:
        for number, session in enumerate(book.sessions):
            cost = hourly * talk.slots * book.hours(talk, number)
            found.append(Preference(cost, contribution=talk.id, slot=session.name))
        for name, cost in talk.penalty.items():
            times = cost * talk.slots
            if name in sessions:
                times *= weight["Submissions_Sessions|Penalty"]
                found.append(Preference(times, contribution=talk.id, slot=name))
            else:
                times *= weight["Submissions_Rooms|Penalty"]
                found.append(Preference(times, contribution=talk.id, room=name))
    return [wanted for wanted in found if wanted.cost]
