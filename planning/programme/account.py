"""What a programme costs, rule by rule, as the models see it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from planning.programme import rules
from planning.programme.compiled import Compiled, Near
from planning.programme.problem import Place
from planning.results import Cost

Spot = tuple[int, int, int]  # slot, room, minutes after the start of the slot


def account(c: Compiled, places: Sequence[Place]) -> tuple[Cost, ...]:
    """One entry per rule that may cost something, in the order of `rules.RULES`."""
    counts = dict.fromkeys(rules.RULES, 0)
    spots: dict[int, Spot] = {
        c.index[place.contribution]: (
            c.slot_index[place.slot],
            c.room_index[place.room],
            place.offset,
        )
        for place in places
    }
    sessions: dict[tuple[int, int], list[int]] = {}
    for i, (s, r, offset) in sorted(spots.items()):
        sessions.setdefault((s, r), []).append(i)
        for units in (c.talk_units(i, s, offset), c.room_units(i, r)):
            for rule, count in units.items():
                counts[rule] += count
        for slot, room, count in c.talk_preferences.get(i, ()):
            if slot in (-1, s) and room in (-1, r):
                counts[rules.PREFERENCE] += count
    for a, b in c.sharing:
        counts[rules.PERSON_TWICE] += _meet(c, spots, a, b, c.problem.people_stay)
    for near in c.all_near:
        counts[near.rule] += _near(c, spots, near)
    for (a, b), number in c.wishing.items():
        counts[rules.CLASH] += number * _meet(c, spots, a, b, c.problem.delegates_stay)
    _tracks(c, spots, sessions, counts)
    _slots(c, sessions, counts)
    return tuple(
        Cost(rule, count, count * (c.cost[rule] or 0))
        for rule, count in counts.items()
        if c.cost[rule] is not None
    )


def _meet(c: Compiled, spots: dict[int, Spot], a: int, b: int, stay: bool) -> bool:
    (s, r, one), (x, y, other) = spots[a], spots[b]
    if r == y or x not in c.time.beside[s]:
        return False
    one, other = one + c.begin[s], other + c.begin[x]
    return stay or (one < other + c.given(b).minutes and other < one + c.given(a).minutes)


def _near(c: Compiled, spots: dict[int, Spot], near: Near) -> bool:
    (s, r, one), (x, y, other) = spots[near.a], spots[near.b]
    if near.together and (s, r) == (x, y):
        return False
    if c.problem.people_stay:
        return c.time.between(s, x) < near.minutes
    one, other = one + c.begin[s], other + c.begin[x]
    after = other - one - c.given(near.a).minutes
    return max(after, one - other - c.given(near.b).minutes) < near.minutes


def _tracks(
    c: Compiled,
    spots: dict[int, Spot],
    sessions: dict[tuple[int, int], list[int]],
    counts: dict[str, int],
) -> None:
    cells: dict[int, list[tuple[int, int]]] = {}
    for (s, r), held in sorted(sessions.items()):
        t = c.track_of[held[0]]
        cells.setdefault(t, []).append((s, r))
        for rule, count in c.session_units.get((t, s, r), {}).items():
            counts[rule] += count
    for met in cells.values():
        slots = [s for s, _ in met]
        counts[rules.TRACK_ROOMS] += len({r for _, r in met}) - 1
        counts[rules.TRACK_PARALLEL] += c.time.parallels(slots)
        counts[rules.TRACK_GAP] += c.time.gap(sum(1 << s for s in set(slots)))
    for a, b, units in c.similar:
        counts[rules.SIMILAR] += units * sum(
            x in c.time.beside[s] for s, _ in cells.get(a, ()) for x, _ in cells.get(b, ())
        )
    for t, members in enumerate(c.members):
        line = sorted((i for i in members if i in spots), key=lambda i: (*spots[i], i))
        given = [c.given(i) for i in line]
        ranked = [held.order for held in given if held.order]
        counts[rules.ORDER] += sum(a > b for a, b in combinations(ranked, 2))
        counts[rules.POSITION] += _misplaced([held.position for held in given])
        for s, r in cells.get(t, ()):
            counts[rules.SESSION_POSITION] += _misplaced(
                [c.given(i).session_position for i in line if spots[i][:2] == (s, r)]
            )
    for a, b in c.neighbours:
        counts[rules.NEXT_TO] += not _neighbours(spots, a, b)


def _misplaced(wanted: Sequence[int]) -> int:
    """How many of a line are not where they want to be, from 1 or from -1; 0 anywhere."""
    return sum(spot not in (0, n + 1, n - len(wanted)) for n, spot in enumerate(wanted))


def _neighbours(spots: dict[int, Spot], a: int, b: int) -> bool:
    """Whether nothing stands between the two in one session."""
    held = sorted((*spot[2:], i) for i, spot in spots.items() if spot[:2] == spots[a][:2])
    line = [i for _, i in held]
    return b in line and abs(line.index(a) - line.index(b)) == 1


def _slots(c: Compiled, sessions: dict[tuple[int, int], list[int]], counts: dict[str, int]) -> None:
    chairs: dict[str, list[tuple[int, int]]] = {}
    for (s, r), held in sorted(sessions.items()):
        beside = sum(x in c.time.beside[s] for x, _ in sessions) - 1
        counts[rules.PLENARY] += beside * sum(c.given(i).plenary for i in held)
        for chair in dict.fromkeys(c.problem.tracks[c.track_of[held[0]]].chairs):
            chairs.setdefault(chair, []).append((s, r))
    for cells in chairs.values():
        counts[rules.CHAIR_TWICE] += c.time.parallels(s for s, _ in cells)
    for (s, r), held in sessions.items():
        for i in held:
            for name in c.given(i).people:
                counts[rules.CHAIR_TWICE] += sum(
                    x in c.time.beside[s] and y != r for x, y in chairs.get(name, ())
                )
