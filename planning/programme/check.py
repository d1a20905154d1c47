"""Judges a programme from the problem alone; shares no code with the models that make one.

`verdict` finds every breach of every rule from its definition (`sessions_check`, `pairs_check`),
adds them up and says, of rules that must hold, who breaks them, where and when.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from planning.programme import rules
from planning.programme.breach import Breach, Sessions, Talk, talks_of
from planning.programme.pairs_check import pair_breaches
from planning.programme.problem import Contribution, Place, Problem, Room, Slot
from planning.programme.sessions_check import session_breaches
from planning.programme.talks_check import talk_breaches
from planning.programme.tracks_check import track_breaches
from planning.results import Cost, Goal, Lock, Move, Plan, Reason, Verdict


def verdict(problem: Problem, plan: Plan, previous: Plan | None, locks: Sequence[Lock]) -> Verdict:
    """Count every rule of the plan again, and say what is broken."""
    places: Sequence[Place] = plan.assignments
    broken = [*unplaced(problem, places), *structure(problem, places)]
    if broken:
        return Verdict(tuple(broken))
    cost_of = {rule: usual for rule, (usual, _) in rules.RULES.items()}
    cost_of.update({weight.rule: weight.cost for weight in problem.weights})
    counts = dict.fromkeys(rules.RULES, 0)
    for breach in breaches(problem, places):
        counts[breach.rule] += breach.units
        if cost_of[breach.rule] is None:
            broken.append(breach.reason())
    costs = [
        Cost(rule, count, count * price)
        for rule, count in counts.items()
        if (price := cost_of[rule]) is not None
    ]
    total = sum(line.cost for line in costs)
    goals = [Goal("cost", total, total)]
    moves: list[Move] = []
    if previous is not None:
        before = {place.contribution: place for place in previous.assignments}
        for place in places:
            old = before.get(place.contribution)
            if old and (old.slot != place.slot or old.room != place.room):
                moves.append(Move(place.contribution, old, place))
        goals.insert(0, Goal("moves", len(moves), len(moves)))
        broken.extend(unlocked(places, before, locks))
    return Verdict(tuple(broken), tuple(costs), tuple(goals), tuple(moves))


def breaches(problem: Problem, places: Sequence[Place]) -> Iterator[Breach]:
    """Everything in a programme that a rule counts, of contributions that are placed."""
    talks = talks_of(problem, places)
    sessions: Sessions = {}
    for talk in talks:
        sessions.setdefault((talk.slot, talk.room), []).append(talk)
    for held in sessions.values():
        held.sort(key=lambda talk: (talk.on[0], talk.number))
    yield from talk_breaches(problem, talks)
    yield from pair_breaches(problem, talks)
    yield from session_breaches(problem, sessions)
    yield from track_breaches(problem, sessions)


def count_rules(problem: Problem, places: Sequence[Place]) -> dict[str, int]:
    """Units of every rule, of a programme that is whole."""
    counts = dict.fromkeys(rules.RULES, 0)
    for breach in breaches(problem, places):
        counts[breach.rule] += breach.units
    return counts


def unlocked(
    places: Sequence[Place], before: Mapping[str, Place], locks: Sequence[Lock]
) -> list[Reason]:
    """Contributions that a lock should have kept in their slot and room, or out of a slot."""
    broken = []
    for place in places:
        old = before.get(place.contribution)
        stays = old is not None and (old.slot, old.room) == (place.slot, place.room)
        for lock in locks:
            named = lock.item == place.contribution
            was_there = bool(lock.slot) and old is not None and old.slot == lock.slot
            came = bool(lock.slot) and place.slot == lock.slot
            if (named or was_there or came) and not stays:
                broken.append(Reason.of(rules.LOCKED, contribution=place.contribution))
                break
    return broken


def unplaced(problem: Problem, places: Sequence[Place]) -> list[Reason]:
    """Contributions placed not once, or that the problem does not know."""
    given = {contribution.id for contribution in problem.contributions}
    placed = [place.contribution for place in places]
    return [
        Reason.of(rules.PLACED, contribution=name)
        for name in sorted(given | set(placed))
        if name not in given or placed.count(name) != 1
    ]


def structure(problem: Problem, places: Sequence[Place]) -> list[Reason]:
    """What is no session: closed rooms, tracks mixed, gaps, more than fits."""
    broken = []
    given = {contribution.id: contribution for contribution in problem.contributions}
    slots = {slot.id: slot for slot in problem.slots}
    rooms = {room.id: room for room in problem.rooms}
    sessions: dict[tuple[str, str], list[Place]] = {}
    for place in places:
        if place.contribution not in given:
            continue
        if place.slot not in slots or place.room not in rooms:
            broken.append(Reason.of(rules.PLACED, contribution=place.contribution))
            continue
        if place.slot in rooms[place.room].closed:
            broken.append(Reason.of(rules.CLOSED, room=place.room, slot=place.slot))
        sessions.setdefault((place.slot, place.room), []).append(place)
    for (slot, room), held in sorted(sessions.items()):
        if len({given[place.contribution].track for place in held}) > 1:
            broken.append(Reason.of(rules.ONE_TRACK, room=room, slot=slot))
        broken.extend(_fitting(slots[slot], rooms[room], held, given))
    return broken


def _fitting(
    slot: Slot, room: Room, held: list[Place], given: dict[str, Contribution]
) -> Iterator[Reason]:
    """Whether the contributions of a session follow one another, or hang at a board each."""
    wrong = [p for p in held if given[p.contribution].poster != bool(room.boards)]
    for place in wrong:
        yield Reason.of(rules.BOARDS, subject=place.contribution)
    if room.boards and len(held) > room.boards:
        yield Reason.of(rules.BOARDS, subject=f"{slot.id}/{room.id}")
    clock = end = 0
    for place in sorted(held, key=lambda place: place.offset):
        if place.offset != (0 if room.boards else clock):
            yield Reason.of(
                rules.PACKED, contribution=place.contribution, room=room.id, slot=slot.id
            )
        clock = place.offset + given[place.contribution].minutes
        end = max(end, clock)
    if end > slot.minutes:
        yield Reason.of(rules.TOO_LONG, subject=f"{slot.id}/{room.id}")


__all__ = ["Talk", "breaches", "count_rules", "structure", "unlocked", "unplaced", "verdict"]
