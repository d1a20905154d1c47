"""What the check finds where a plan is no programme: contributions missing, sessions of no form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from planning.programme import rules
from planning.programme.problem import Contribution, Place, Problem, Room, Slot
from planning.results import Lock, Reason


def unlocked(
    places: Sequence[Place], before: Mapping[str, Place], locks: Sequence[Lock]
) -> list[Reason]:
    """Contributions that a lock should have kept in their slot and room, or out of a slot."""
    items = {lock.item for lock in locks if lock.item}
    slots = {lock.slot for lock in locks if lock.slot}
    broken = []
    for place in places:
        name, old = place.contribution, before.get(place.contribution)
        if old is not None and (old.slot, old.room) == (place.slot, place.room):
            continue
        told = {"contribution": name, "place": f"{place.slot}/{place.room}"}
        if old is not None and (name in items or old.slot in slots):
            broken.append(Reason.of(rules.LOCKED, **told, before=f"{old.slot}/{old.room}"))
        elif place.slot in slots:
            broken.append(Reason.of(rules.LOCKED_SLOT, **told))
    return broken


def unplaced(problem: Problem, places: Sequence[Place]) -> list[Reason]:
    """Contributions placed not once, and names that the problem does not know."""
    where: dict[str, list[str]] = {given.id: [] for given in problem.contributions}
    unknown: set[tuple[str, str]] = set()
    slots, rooms = {slot.id for slot in problem.slots}, {room.id for room in problem.rooms}
    for place in places:
        if place.contribution in where:
            where[place.contribution].append(f"{place.slot}/{place.room}")
        else:
            unknown.add(("contribution", place.contribution))
        if place.slot not in slots:
            unknown.add(("slot", place.slot))
        if place.room not in rooms:
            unknown.add(("room", place.room))
    broken = [Reason.of(rules.UNKNOWN, what=what, name=name) for what, name in sorted(unknown)]
    for name, held in where.items():
        if not held:
            broken.append(Reason.of(rules.PLACED, contribution=name))
        elif len(held) > 1:
            broken.append(Reason.of(rules.TWICE, contribution=name, places=tuple(held)))
    return broken


def structure(problem: Problem, places: Sequence[Place]) -> list[Reason]:
    """What is no session: closed rooms, tracks mixed, gaps, more than fits."""
    given = {contribution.id: contribution for contribution in problem.contributions}
    slots = {slot.id: slot for slot in problem.slots}
    rooms = {room.id: room for room in problem.rooms}
    sessions: dict[tuple[str, str], list[Place]] = {}
    for place in places:
        if place.contribution in given and place.slot in slots and place.room in rooms:
            sessions.setdefault((place.slot, place.room), []).append(place)
    return [
        reason
        for (slot, room), held in sorted(sessions.items())
        for reason in _session(slots[slot], rooms[room], held, given)
    ]


def _session(
    slot: Slot, room: Room, held: list[Place], given: Mapping[str, Contribution]
) -> Iterator[Reason]:
    """Whether a session is one: in an open room, of one track, and as long as its slot at most."""
    told = {"room": room.id, "slot": slot.id, "time": _clock(slot, 0)}
    names = tuple(place.contribution for place in held)
    if slot.id in room.closed:
        yield Reason.of(rules.CLOSED, **told, contributions=names)
    tracks = tuple(sorted({given[name].track for name in names}))
    if len(tracks) > 1:
        yield Reason.of(rules.ONE_TRACK, **told, tracks=tracks)
    for name in names:
        if given[name].poster != bool(room.boards):
            yield Reason.of(rules.BOARDS, subject=name, **told)
    if room.boards and len(held) > room.boards:
        yield Reason.of(rules.FEW_BOARDS, **told, needed=len(held), offered=room.boards)
    yield from _fitting(slot, room, held, given)


def _fitting(
    slot: Slot, room: Room, held: list[Place], given: Mapping[str, Contribution]
) -> Iterator[Reason]:
    """Whether talks follow one another, posters begin with the slot, and all end within it."""
    due = end = 0
    for place in sorted(held, key=lambda place: place.offset):
        if place.offset != due:
            yield Reason.of(
                rules.PACKED,
                contribution=place.contribution,
                room=room.id,
                slot=slot.id,
                time=_clock(slot, place.offset),
                due=_clock(slot, due),
            )
        stop = place.offset + given[place.contribution].minutes
        end = max(end, stop)
        due = 0 if room.boards else stop
    if end > slot.minutes:
        yield Reason.of(
            rules.OVER,
            room=room.id,
            slot=slot.id,
            time=_clock(slot, slot.minutes),
            until=_clock(slot, end),
        )


def _clock(slot: Slot, minutes: int) -> str:
    """The moment so many minutes after the start of a slot."""
    return f"{datetime.fromisoformat(slot.start) + timedelta(minutes=minutes):%Y-%m-%d %H:%M}"
