"""What is wrong with a programme problem beyond its types: every fault, with its path."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from re import fullmatch
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from planning.faults import Fault, moment
from planning.programme.most import MOST, most_units
from planning.programme.problem import Apart, NextTo, Problem
from planning.programme.rules import RULES
from planning.totals import too_dear

MOST_OVERLAPS = 100  # that are told of one problem


def faults(problem: Problem) -> list[Fault]:
    """Unknown and repeated ids, moments that are none, one room in two slots at once, unknown
    rules, costs beyond measure."""
    found: list[Fault] = []
    slots = _ids("slots", [slot.id for slot in problem.slots], found)
    rooms = _ids("rooms", [room.id for room in problem.rooms], found)
    tracks = _ids("tracks", [track.id for track in problem.tracks], found)
    talks = _ids("contributions", [given.id for given in problem.contributions], found)
    _ids("persons", [person.id for person in problem.persons], found)
    for name in ("slots", "rooms", "tracks", "contributions"):
        if not getattr(problem, name):
            found.append(Fault(name, "must not be empty"))
    _check_zone("zone", problem.zone, found)
    for name, hours in (
        ("possible_hours", problem.possible_hours),
        ("comfortable_hours", problem.comfortable_hours),
    ):
        wrong = [
            place
            for place, hour in enumerate(hours)
            if not fullmatch(r"([01]\d|2[0-3]):[0-5]\d|24:00", hour)
        ]
        found.extend(Fault(f"{name}[{place}]", "must be a time of day HH:MM") for place in wrong)
        if not wrong and hours[0] >= hours[1]:
            found.append(Fault(name, "must be from an earlier to a later time of day"))
    _check_times(problem, found)
    _check_talks(problem, slots, rooms, tracks, found)
    _check_between(
        problem, {"contribution": talks, "track": tracks, "slot": slots, "room": rooms}, found
    )
    for i, wish in enumerate(problem.wishes):
        _known(f"wishes[{i}].contributions", wish.contributions, talks, found)
    _ids("weights", [weight.rule for weight in problem.weights], found)
    for i, weight in enumerate(problem.weights):
        _known(f"weights[{i}].rule", [weight.rule], RULES, found)
    return found + too_dear(most_units(problem), RULES, problem.weights, MOST)


def _check_talks(
    problem: Problem, slots: set[str], rooms: set[str], tracks: set[str], found: list[Fault]
) -> None:
    for i, room in enumerate(problem.rooms):
        _known(f"rooms[{i}].closed", room.closed, slots, found)
    for i, given in enumerate(problem.contributions):
        path = f"contributions[{i}]"
        _known(f"{path}.track", [given.track], tracks, found)
        _known(f"{path}.slot", [given.slot] if given.slot else [], slots, found)
        _known(f"{path}.room", [given.room] if given.room else [], rooms, found)
        _known(f"{path}.not_slots", given.not_slots, slots, found)
        if len(set(given.people)) < len(given.people):
            found.append(Fault(f"{path}.people", "names somebody twice"))


def _check_between(problem: Problem, ids: dict[str, set[str]], found: list[Fault]) -> None:
    for i, pause in enumerate(problem.breaks):
        _known(f"breaks[{i}].rooms", pause.rooms, ids["room"], found)
    for i, pair in enumerate(problem.similar):
        _known(f"similar[{i}].a", [pair.a], ids["track"], found)
        _known(f"similar[{i}].b", [pair.b], ids["track"], found)
        if pair.a == pair.b:
            found.append(Fault(f"similar[{i}]", "names one track twice"))
    for i, wanted in enumerate(problem.preferences):
        for name, known in ids.items():
            value = getattr(wanted, name)
            _known(f"preferences[{i}].{name}", [value] if value else [], known, found)
        if wanted.contribution and wanted.track:
            found.append(Fault(f"preferences[{i}]", "must not name a contribution and a track"))
    pairs: list[tuple[str, Sequence[Apart | NextTo]]] = [
        ("apart", problem.apart),
        ("next_to", problem.next_to),
    ]
    for name, held in pairs:
        for i, two in enumerate(held):
            _known(f"{name}[{i}].a", [two.a], ids["contribution"], found)
            _known(f"{name}[{i}].b", [two.b], ids["contribution"], found)
            if two.a == two.b:
                found.append(Fault(f"{name}[{i}]", "names one contribution twice"))
    track_of = {given.id: given.track for given in problem.contributions}
    for i, near in enumerate(problem.next_to):
        if track_of.get(near.a, "") != track_of.get(near.b, track_of.get(near.a, "")):
            found.append(Fault(f"next_to[{i}]", "names contributions of two tracks"))


def _ids(path: str, ids: list[str], found: list[Fault]) -> set[str]:
    seen: set[str] = set()
    for place, name in enumerate(ids):
        if name in seen:
            found.append(Fault(f"{path}[{place}]", f"{name!r} is used twice"))
        seen.add(name)
    return seen


def _known(path: str, names: Iterable[str], ids: Collection[str], found: list[Fault]) -> None:
    """Names that are none of these ids; where there are none at all, that itself is told."""
    if not ids:
        return
    found.extend(Fault(path, f"nobody has the id {name!r}") for name in names if name not in ids)


def _check_zone(path: str, zone: str, found: list[Fault]) -> None:
    if zone == "UTC" or fullmatch(r"UTC[+-](0\d|1[0-4]):[0-5]\d", zone):
        return
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a folder of zones, or too long a name
        found.append(Fault(path, f"{zone!r} is no time zone"))


def _check_times(problem: Problem, found: list[Fault]) -> None:
    spans = []
    for i, slot in enumerate(problem.slots):
        start = moment(f"slots[{i}].start", slot.start, found)
        if start:
            spans.append((start, start + timedelta(minutes=slot.minutes), i))
    _check_overlaps(problem, spans, found)
    for i, person in enumerate(problem.persons):
        if person.zone:
            _check_zone(f"persons[{i}].zone", person.zone, found)
        for j, away in enumerate(person.away):
            path = f"persons[{i}].away[{j}]"
            first = moment(f"{path}.start", away.start, found)
            last = moment(f"{path}.end", away.end, found)
            if first and last and last <= first:
                found.append(Fault(path, "ends before it starts"))
    for i, pause in enumerate(problem.breaks):
        moment(f"breaks[{i}].start", pause.start, found)


def _check_overlaps(
    problem: Problem, spans: list[tuple[datetime, datetime, int]], found: list[Fault]
) -> None:
    """Slots may overlap only where no room is open in both."""
    on: list[tuple[datetime, int]] = []
    told = 0
    for start, end, i in sorted(spans):
        if told == MOST_OVERLAPS:
            break
        on = [(stop, j) for stop, j in on if stop > start]
        for _, j in on:
            both = {problem.slots[i].id, problem.slots[j].id}
            room = next((held.id for held in problem.rooms if not both & set(held.closed)), None)
            if room is not None:
                words = f"overlaps {problem.slots[j].id!r}, and {room!r} is open in both"
                found.append(Fault(f"slots[{i}]", f"{words}: close it in one of the two"))
                told += 1
                break
        on.append((end, i))
