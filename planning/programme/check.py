"""Judges a programme from the problem alone; shares no code with the models that make one.

`verdict` counts every rule again from its definition and lists what is broken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from itertools import combinations
from zoneinfo import ZoneInfo

from planning.programme import rules
from planning.programme.problem import Contribution, Place, Problem
from planning.results import Cost, Goal, Lock, Move, Plan, Reason, Verdict


@dataclass(frozen=True)
class _Talk:
    """A contribution where the plan puts it. on: when it runs; sits: when its people are taken."""

    given: Contribution
    slot: str
    room: str
    on: tuple[datetime, datetime]
    session: tuple[datetime, datetime]
    sits: tuple[datetime, datetime]


def verdict(problem: Problem, plan: Plan, previous: Plan | None, locks: Sequence[Lock]) -> Verdict:
    """Count every rule of the plan again, and say what is broken."""
    places: Sequence[Place] = plan.assignments
    broken = _structure(problem, places)
    if broken:
        return Verdict(tuple(broken))
    counts = count_rules(problem, places)
    cost_of = {rule: usual for rule, (usual, _) in rules.RULES.items()}
    cost_of.update({weight.rule: weight.cost for weight in problem.weights})
    costs = []
    for rule, count in counts.items():
        price = cost_of[rule]
        if price is not None:
            costs.append(Cost(rule, count, count * price))
        elif count:
            broken.append(Reason.of(rule, count=count))
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
        broken.extend(_unlocked(places, before, locks))
    return Verdict(tuple(broken), tuple(costs), tuple(goals), tuple(moves))


def _unlocked(
    places: Sequence[Place], before: dict[str, Place], locks: Sequence[Lock]
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


def count_rules(problem: Problem, places: Sequence[Place]) -> dict[str, int]:
    """Units of every rule, of a programme that is whole."""
    talks = _talks(problem, places)
    counts = dict.fromkeys(rules.RULES, 0)
    sessions: dict[tuple[str, str], list[_Talk]] = {}
    for talk in talks:
        sessions.setdefault((talk.slot, talk.room), []).append(talk)
    _count_talks(problem, talks, counts)
    _count_pairs(problem, talks, counts)
    _count_sessions(problem, sessions, counts)
    _count_tracks(problem, sessions, counts)
    return counts


def _overlap(a: tuple[datetime, datetime], b: tuple[datetime, datetime]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _structure(problem: Problem, places: Sequence[Place]) -> list[Reason]:
    broken = []
    given = {contribution.id: contribution for contribution in problem.contributions}
    slots = {slot.id: slot for slot in problem.slots}
    rooms = {room.id: room for room in problem.rooms}
    placed = [place.contribution for place in places]
    for name in sorted(set(given) | set(placed)):
        if name not in given or placed.count(name) != 1:
            broken.append(Reason.of(rules.PLACED, contribution=name))
    sessions: dict[tuple[str, str], list[Place]] = {}
    for place in places:
        if place.slot not in slots or place.room not in rooms or place.contribution not in given:
            broken.append(Reason.of(rules.PLACED, contribution=place.contribution))
            continue
        if place.slot in rooms[place.room].closed:
            broken.append(Reason.of(rules.CLOSED, room=place.room, slot=place.slot))
        sessions.setdefault((place.slot, place.room), []).append(place)
    for (slot, room), held in sorted(sessions.items()):
        if len({given[place.contribution].track for place in held}) > 1:
            broken.append(Reason.of(rules.ONE_TRACK, room=room, slot=slot))
        clock = 0
        for place in sorted(held, key=lambda place: place.offset):
            if place.offset != clock:
                broken.append(
                    Reason.of(rules.PACKED, contribution=place.contribution, room=room, slot=slot)
                )
            clock = place.offset + given[place.contribution].minutes
        if clock > slots[slot].minutes:
            broken.append(Reason.of(rules.TOO_LONG, subject=f"{slot}/{room}"))
    return broken


def _talks(problem: Problem, places: Sequence[Place]) -> list[_Talk]:
    given = {contribution.id: contribution for contribution in problem.contributions}
    slots = {slot.id: slot for slot in problem.slots}
    talks = []
    for place in places:
        slot, contribution = slots[place.slot], given[place.contribution]
        begin = datetime.fromisoformat(slot.start)
        session = (begin, begin + timedelta(minutes=slot.minutes))
        start = begin + timedelta(minutes=place.offset)
        on = (start, start + timedelta(minutes=contribution.minutes))
        sits = session if problem.people_stay else on
        talks.append(_Talk(contribution, place.slot, place.room, on, session, sits))
    return talks


def _zone(name: str) -> tzinfo:
    if name.startswith("UTC") and name != "UTC":
        hours, minutes = name[4:].split(":")
        offset = timedelta(hours=int(hours), minutes=int(minutes))
        return timezone(-offset if name[3] == "-" else offset)
    return UTC if name == "UTC" else ZoneInfo(name)


def _hours(problem: Problem, zone: str, span: tuple[datetime, datetime]) -> tuple[bool, bool]:
    """(outside the possible hours, else outside the comfortable ones) where the person is."""
    venue, there = _zone(problem.zone), _zone(zone)
    start = span[0].replace(tzinfo=venue).astimezone(there)
    end = span[1].replace(tzinfo=venue).astimezone(there)
    outside = []
    for low, high in (problem.possible_hours, problem.comfortable_hours):
        first = start.replace(hour=int(low[:2]), minute=int(low[3:]))
        last = start.replace(hour=int(high[:2]), minute=int(high[3:]))
        outside.append(start < first or end > last)
    return outside[0], outside[1] and not outside[0]


def _count_talks(problem: Problem, talks: list[_Talk], counts: dict[str, int]) -> None:
    rooms = {room.id: room for room in problem.rooms}
    persons = {person.id: person for person in problem.persons}
    for talk in talks:
        given, room = talk.given, rooms[talk.room]
        counts[rules.EQUIPMENT] += len(set(given.equipment) - set(room.equipment))
        counts[rules.CAPACITY] += max(0, given.interest - room.seats)
        if given.language and room.languages and given.language not in room.languages:
            counts[rules.LANGUAGE] += 1
        if given.slot and given.slot != talk.slot:
            counts[rules.FIXED] += 1
        if given.room and given.room != talk.room:
            counts[rules.FIXED] += 1
        for name in given.people:
            person = persons.get(name)
            if person is None:
                continue
            if any(_overlap(talk.sits, _period(away.start, away.end)) for away in person.away):
                counts[rules.AWAY] += 1
            if person.zone:
                night, awkward = _hours(problem, person.zone, talk.sits)
                counts[rules.NIGHT] += night
                counts[rules.AWKWARD] += awkward
        for wanted in problem.preferences:
            if wanted.contribution == given.id and _matches(wanted.slot, wanted.room, talk):
                counts[rules.PREFERENCE] += wanted.cost


def _period(start: str, end: str) -> tuple[datetime, datetime]:
    return datetime.fromisoformat(start), datetime.fromisoformat(end)


def _matches(slot: str, room: str, talk: _Talk) -> bool:
    return slot in ("", talk.slot) and room in ("", talk.room)


def _count_pairs(problem: Problem, talks: list[_Talk], counts: dict[str, int]) -> None:
    where = {talk.given.id: talk for talk in talks}
    for a, b in combinations(talks, 2):
        shares = set(a.given.people) & set(b.given.people)
        if shares and a.room != b.room and _overlap(a.sits, b.sits):
            counts[rules.PERSON_TWICE] += 1
        for first, second in ((a, b), (b, a)):
            if (
                first.given.track == second.given.track
                and 0 < first.given.order < second.given.order
                and (
                    first.session[0] > second.session[0]
                    or (
                        (first.slot, first.room) == (second.slot, second.room)
                        and first.on[0] > second.on[0]
                    )
                )
            ):
                counts[rules.ORDER] += 1
    for wish in problem.wishes:
        for one, other in combinations(dict.fromkeys(wish.contributions), 2):
            a, b = where[one], where[other]
            spans = (a.session, b.session) if problem.delegates_stay else (a.on, b.on)
            if a.room != b.room and _overlap(*spans):
                counts[rules.CLASH] += wish.count


def _count_sessions(
    problem: Problem, sessions: dict[tuple[str, str], list[_Talk]], counts: dict[str, int]
) -> None:
    chairs = {track.id: track.chairs for track in problem.tracks}
    persons = {person.id: person for person in problem.persons}
    held: dict[str, list[tuple[str, list[_Talk]]]] = {}
    for (slot, room), talks in sessions.items():
        held.setdefault(slot, []).append((room, talks))
        track, span = talks[0].given.track, talks[0].session
        for pause in problem.breaks:
            begin = datetime.fromisoformat(pause.start)
            stop = begin + timedelta(minutes=pause.minutes)
            if (not pause.rooms or room in pause.rooms) and _overlap(span, (begin, stop)):
                counts[rules.BREAK] += 1
        for chair in chairs[track]:
            if chair in persons and any(
                _overlap(span, _period(away.start, away.end)) for away in persons[chair].away
            ):
                counts[rules.AWAY] += 1
        for wanted in problem.preferences:
            if (
                not wanted.contribution
                and wanted.track in ("", track)
                and _matches(wanted.slot, wanted.room, talks[0])
            ):
                counts[rules.PREFERENCE] += wanted.cost
    everyone = sorted({chair for names in chairs.values() for chair in names})
    for side_by_side in held.values():
        for _, talks in side_by_side:
            counts[rules.PLENARY] += sum(
                len(side_by_side) - 1 for talk in talks if talk.given.plenary
            )
        for person in everyone:
            rooms = [room for room, talks in side_by_side if person in chairs[talks[0].given.track]]
            counts[rules.CHAIR_TWICE] += max(0, len(rooms) - 1)
            for room, talks in side_by_side:
                elsewhere = len(set(rooms) - {room})
                gives = sum(person in talk.given.people for talk in talks)
                counts[rules.CHAIR_TWICE] += elsewhere * gives


def _count_tracks(
    problem: Problem, sessions: dict[tuple[str, str], list[_Talk]], counts: dict[str, int]
) -> None:
    ordered = [slot.id for slot in sorted(problem.slots, key=lambda slot: slot.start)]
    meets: dict[str, list[tuple[int, str]]] = {track.id: [] for track in problem.tracks}
    for (slot, room), talks in sessions.items():
        meets[talks[0].given.track].append((ordered.index(slot), room))
    for cells in meets.values():
        if not cells:
            continue
        slots = sorted({index for index, _ in cells})
        counts[rules.TRACK_ROOMS] += len({room for _, room in cells}) - 1
        counts[rules.TRACK_PARALLEL] += len(cells) - len(slots)
        counts[rules.TRACK_GAP] += slots[-1] - slots[0] + 1 != len(slots)
    for pair in problem.similar:
        a = {index for index, _ in meets[pair.a]}
        b = {index for index, _ in meets[pair.b]}
        counts[rules.SIMILAR] += pair.cost * len(a & b)
