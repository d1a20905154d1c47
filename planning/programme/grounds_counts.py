"""Why there is no programme, where counting shows it: lines, neighbours, and people in demand."""

from __future__ import annotations

from collections import defaultdict

from planning.programme import rules
from planning.programme.compiled import Compiled
from planning.programme.grounds_pairs import Slots
from planning.programme.reasons import Key, boards_needed, minutes_needed
from planning.results import Reason


def of_room(c: Compiled) -> Reason | None:
    """A contribution that is too long for all slots, or more than there is room for."""
    for i, given in enumerate(c.problem.contributions):
        if not any(bool(c.problem.rooms[r].boards) == given.poster for _, r in c.cells):
            return Reason.of(rules.BOARDS, subject=given.id)
        if not any(c.suits(i, s, r) for s, r in c.cells):
            return Reason.of(rules.TOO_LONG, subject=given.id)
    posters, boards = boards_needed(c)
    if posters > boards:
        return Reason.of(rules.FEW_BOARDS, needed=posters, offered=boards)
    needed, offered = minutes_needed(c)
    if needed > offered:
        return Reason.of(rules.ROOM_FOR_ALL, needed=needed, offered=offered)
    sessions = sum(sessions_needed(c, t, poster=False) for t in range(len(c.members)))
    cells = sum(not c.problem.rooms[r].boards for _, r in c.cells)
    if sessions > cells:
        return Reason.of(rules.MANY_SESSIONS, needed=sessions, offered=cells)
    return None


def of_bound(c: Compiled, slots: Slots) -> tuple[list[Reason], list[Key]]:
    """Talks of one track that are bound to a few slots, or to one session in each: too long
    together for its sessions there, or too many of them at one position of a session. The
    counting, of no more talks than it needs, and what binds them."""
    alone = c.hard(rules.TRACK_PARALLEL)
    for t, members in enumerate(c.members):
        talks = [i for i in members if not c.given(i).poster]
        bound = {slots.of[i] for i in talks if alone or slots.of[i] != slots.all}
        for mask in sorted(bound):
            held = [i for i in talks if slots.of[i] & ~mask == 0]
            here = [s for s, r in c.cells if mask >> s & 1 and not c.problem.rooms[r].boards]
            here = sorted(set(here)) if alone else here
            names = tuple(c.slots[s].id for s in sorted(set(here)))
            track = c.problem.tracks[t].id
            offered = sum(c.long[s] for s in here)
            few, needed = _too_long(c, held, offered)
            if few:
                reason = Reason.of(
                    rules.TOO_FULL, track=track, slots=names, needed=needed, offered=offered
                )
                return [reason], _binds(c, slots, t, few, mask)
            for position in sorted({c.session_position(i) for i in held} - {0}):
                equal = [i for i in held if c.session_position(i) == position]
                if c.hard(rules.SESSION_POSITION) and len(equal) > len(here):
                    few = equal[: len(here) + 1]
                    reason = Reason.of(
                        rules.TOO_FEW_SESSIONS,
                        needed=len(few),
                        offered=len(here),
                        position=rules.nth(position),
                        track=track,
                        slots=names,
                    )
                    return [reason], _binds(c, slots, t, few, mask)
    return [], []


def _too_long(c: Compiled, held: list[int], offered: int) -> tuple[list[int], int]:
    """The fewest of these that are too long together, and how long; none where all are not."""
    few: list[int] = []
    needed = 0
    for i in sorted(held, key=lambda i: -c.given(i).minutes):
        few.append(i)
        needed += c.given(i).minutes
        if needed > offered:
            return sorted(few), needed
    return [], 0


def _binds(c: Compiled, slots: Slots, t: int, held: list[int], mask: int) -> list[Key]:
    """The rules that bind these contributions, and that the track has one session at a time."""
    keys = [key for i in held for key in slots.needed(i, mask)]
    alone: list[Key] = [(rules.TRACK_PARALLEL, (c.problem.tracks[t].id,))]
    return keys + (alone if c.hard(rules.TRACK_PARALLEL) else [])


def of_lines(c: Compiled) -> list[Key]:
    """Positions that no line of a track can have, by themselves or with its order."""
    if not c.hard(rules.POSITION):
        return []
    for members in c.members:
        placed = [i for i in members if c.position(i)]
        taken: dict[int, int] = {}
        for i in placed:
            if c.position(i) > len(members):
                return [_position(c, i)]
            if c.position(i) in taken:
                return [_position(c, taken[c.position(i)]), _position(c, i)]
            taken[c.position(i)] = i
        if c.hard(rules.ORDER):
            found = _of_order(c, members, placed)
            if found:
                return found
    return []


def _position(c: Compiled, i: int) -> Key:
    return rules.POSITION, (c.given(i).id,)


def _order(c: Compiled, i: int, j: int) -> Key:
    return rules.ORDER, (c.given(i).id, c.given(j).id)


def _of_order(c: Compiled, members: list[int], placed: list[int]) -> list[Key]:
    """A position that leaves too few places before or after it for those of lower or higher
    rank, or two positions the wrong way round."""
    for i in placed:
        if not c.order(i):
            continue
        position = c.position(i)
        lower = [j for j in members if 0 < c.order(j) < c.order(i)]
        higher = [j for j in members if c.order(j) > c.order(i)]
        if len(lower) >= position:
            return [*(_order(c, j, i) for j in lower[:position]), _position(c, i)]
        after = len(members) - position
        if len(higher) > after:
            return [*(_order(c, i, j) for j in higher[: after + 1]), _position(c, i)]
        for j in higher:
            if 0 < c.position(j) < position:
                return [_order(c, i, j), _position(c, i), _position(c, j)]
    return []


def of_neighbours(c: Compiled) -> list[Key]:
    """Contributions with three neighbours, that stand in a circle, or fit into no session."""
    if not c.hard(rules.NEXT_TO):
        return []
    beside: dict[int, list[int]] = defaultdict(list)
    for a, b in sorted({(min(pair), max(pair)) for pair in c.adjacent}):
        beside[a].append(b)
        beside[b].append(a)
        if max(len(beside[a]), len(beside[b])) > 2:
            most = a if len(beside[a]) > 2 else b
            return [_next_to(c, most, other) for other in beside[most]]
    seen: set[int] = set()
    for first in beside:
        if first in seen:
            continue
        group, edge = [first], [first]
        while edge:
            new = [j for j in beside[edge.pop()] if j not in group]
            group += new
            edge += new
        seen |= set(group)
        pairs = [(i, j) for i in group for j in beside[i] if i < j]
        size = sum(c.size[i] for i in group)
        wide = any(
            c.holds(s, r) >= size and all(c.suits(i, s, r) for i in group) for s, r in c.cells
        )
        if len(pairs) >= len(group) or not wide:
            return [_next_to(c, i, j) for i, j in pairs]
    return []


def _next_to(c: Compiled, i: int, j: int) -> Key:
    """The key as the rule names the two."""
    pair = (i, j) if (i, j) in c.adjacent else (j, i)
    return rules.NEXT_TO, (c.given(pair[0]).id, c.given(pair[1]).id)


def of_people(c: Compiled) -> Reason | None:
    """Somebody wanted in more sessions than slots that do not overlap: those of the tracks they
    chair, and one of each other track in which they take part for whole sessions."""
    chairs = c.chaired if c.hard(rules.CHAIR_TWICE) else {}
    part: dict[str, set[int]] = defaultdict(set)
    if c.hard(rules.PERSON_TWICE) and c.problem.people_stay:
        for i, given in enumerate(c.problem.contributions):
            for name in given.people:
                if c.track_of[i] not in chairs.get(name, ()):
                    part[name].add(c.track_of[i])
    offered = slots_in_turn(c)
    for name in sorted({*chairs, *part}):
        needed = len(part[name]) + sum(sessions_of(c, t) for t in chairs.get(name, ()))
        if needed > offered:
            return Reason.of(rules.TOO_OFTEN, person=name, needed=needed, offered=offered)
    return None


def sessions_of(c: Compiled, t: int) -> int:
    """How many sessions the track needs at least."""
    return sum(sessions_needed(c, t, poster=poster) for poster in (False, True))


def sessions_needed(c: Compiled, t: int, *, poster: bool) -> int:
    """How many sessions of talks, or of posters, the track needs at least: for all of them
    together, and for those of each size and more, of which a session holds whole ones only."""
    sizes = [c.size[i] for i in c.members[t] if c.given(i).poster == poster]
    most = max(
        (c.holds(s, r) for s, r in c.cells if bool(c.problem.rooms[r].boards) == poster), default=0
    )
    if not sizes or most < max(sizes):
        return 0
    by_piece = (-(-sum(other >= size for other in sizes) // (most // size)) for size in set(sizes))
    return max(-(-sum(sizes) // most), *by_piece)


def slots_in_turn(c: Compiled) -> int:
    """How many slots there are at most of which no two overlap."""
    count, end = 0, -1
    for s in sorted({s for s, _ in c.cells}, key=lambda s: c.time.end[s]):
        if c.time.begin[s] >= end:
            count, end = count + 1, c.time.end[s]
    return count
