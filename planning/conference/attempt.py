"""What is answered of a conference where neither a plan nor a proof was found."""

from __future__ import annotations

from collections.abc import Sequence

from planning.conference.problem import Conference, Entry
from planning.interpreters.attempt import judged
from planning.interpreters.compiled import Compiled as Languages
from planning.interpreters.problem import Duty, Part, Problem, Session
from planning.interpreters.seating import seat
from planning.programme.problem import Place
from planning.results import Unknown

KIND = "conference"


def languages_of(conference: Conference, places: Sequence[Place]) -> Problem:
    """The interpreters' problem of a programme: a session for each that is interpreted."""
    given = conference.programme
    order = {slot.id: s for s, slot in enumerate(given.slots)}
    track_of = {talk.id: talk.track for talk in given.contributions}
    rows = {row.track: row for row in conference.interpreted}
    held = {
        (order[place.slot], place.room): rows[track_of[place.contribution]]
        for place in places
        if track_of[place.contribution] in rows
    }
    sessions = []
    for (s, room), row in sorted(held.items(), key=lambda cell: cell[0]):
        slot = given.slots[s]
        part = Part(slot.start, slot.minutes)
        sessions.append(Session(f"{slot.id}/{room}", (part,), row.floor, row.heard))
    return Problem(
        tuple(sessions), conference.interpreters, conference.standard, conference.interpreting
    )


def joint_attempt(
    conference: Conference, programme: Unknown, previous: Sequence[Duty], seconds: float
) -> Unknown:
    """The attempt at a programme with the interpreters who can be found for its sessions: what is
    missing and broken of both."""
    places: Sequence[Place] = programme.attempt
    booths = judged(seat(Languages(languages_of(conference, places)), previous))
    entries = (*(Entry(place=p) for p in places), *(Entry(duty=d) for d in booths.assignments))
    return Unknown(
        KIND,
        programme.ended,
        seconds,
        entries,
        (*programme.missing, *booths.missing),
        (*programme.broken, *booths.broken),
    )
