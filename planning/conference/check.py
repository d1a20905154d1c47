"""Judges a conference: its programme and its interpreters, each by their own check."""

from __future__ import annotations

from collections.abc import Sequence

from planning.conference.problem import Conference
from planning.faults import Fault
from planning.interpreters.check import verdict as interpreters_verdict
from planning.interpreters.faults import faults as interpreters_faults
from planning.interpreters.most import MOST, most_units
from planning.interpreters.problem import Part, Problem, Session
from planning.interpreters.rules import RULES
from planning.programme.check import verdict as programme_verdict
from planning.programme.faults import faults as programme_faults
from planning.results import Goal, Lock, Plan, Verdict
from planning.totals import too_dear


def faults(conference: Conference) -> list[Fault]:
    """What is wrong with either half, and tracks that nobody has or that are named twice."""
    found = [
        Fault(f"programme.{fault.path}", fault.words)
        for fault in programme_faults(conference.programme)
    ]
    tracks = {track.id for track in conference.programme.tracks}
    seen: set[str] = set()
    for i, row in enumerate(conference.interpreted):
        if row.track not in tracks:
            found.append(Fault(f"interpreted[{i}].track", f"nobody has the id {row.track!r}"))
        if row.track in seen:
            found.append(Fault(f"interpreted[{i}].track", f"{row.track!r} is used twice"))
        seen.add(row.track)
    if found:
        return found
    for i, row in enumerate(conference.interpreted):
        one = Session(
            "any",
            tuple(_part(conference, slot.id) for slot in conference.programme.slots[:1]),
            row.floor,
            row.heard,
        )
        found.extend(
            Fault(fault.path.replace("sessions[0]", f"interpreted[{i}]"), fault.words)
            for fault in interpreters_faults(
                Problem((one,), (), conference.standard, conference.interpreting)
            )
            if fault.path.startswith("sessions[0]")
        )
    found.extend(
        interpreters_faults(
            Problem((), conference.interpreters, conference.standard, conference.interpreting)
        )
    )
    return found or _too_dear(conference)


def _too_dear(conference: Conference) -> list[Fault]:
    """Costs of interpreters beyond measure: each track in every room and slot."""
    given = conference.programme
    longest = max(given.slots, key=lambda slot: slot.minutes)
    problem = Problem(
        tuple(
            Session(row.track, (_part(conference, longest.id),), row.floor, row.heard)
            for row in conference.interpreted
        ),
        conference.interpreters,
        conference.standard,
        conference.interpreting,
    )
    units = most_units(problem, len(given.slots) * len(given.rooms))
    return too_dear(units, RULES, conference.interpreting, MOST)


def _part(conference: Conference, slot: str) -> Part:
    given = next(held for held in conference.programme.slots if held.id == slot)
    return Part(given.start, given.minutes)


def verdict(
    conference: Conference, plan: Plan, previous: Plan | None, locks: Sequence[Lock]
) -> Verdict:
    """The verdicts of both halves, put together; locks name contributions or slots."""
    places, duties = _halves(plan)
    old_places, old_duties = _halves(previous) if previous else (None, None)
    judged = programme_verdict(conference.programme, places, old_places, locks)
    if not judged.costs and judged.broken:
        return judged
    track_of = {given.id: given.track for given in conference.programme.contributions}
    languages = {row.track: row for row in conference.interpreted}
    held = sorted(
        {
            (place.slot, place.room, track_of[place.contribution])
            for place in places.assignments
            if track_of[place.contribution] in languages
        }
    )
    sessions = tuple(
        Session(
            f"{slot}/{room}",
            (_part(conference, slot),),
            languages[track].floor,
            languages[track].heard,
        )
        for slot, room, track in held
    )
    problem = Problem(
        sessions, conference.interpreters, conference.standard, conference.interpreting
    )
    other = interpreters_verdict(problem, duties, old_duties, ())
    total = sum(line.cost for line in (*judged.costs, *other.costs))
    goals = [Goal("cost", total, total)]
    moves = (*judged.moves, *other.moves)
    if previous:
        goals.insert(0, Goal("moves", len(moves), len(moves)))
    return Verdict(
        (*judged.broken, *other.broken), (*judged.costs, *other.costs), tuple(goals), moves
    )


def _halves(plan: Plan) -> tuple[Plan, Plan]:
    places = tuple(entry.place for entry in plan.assignments if entry.place)
    duties = tuple(entry.duty for entry in plan.assignments if entry.duty)
    return Plan("programme", places), Plan("interpreters", duties)
