"""What a programme costs, rule by rule, as the models see it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from planning.programme import rules
from planning.programme.compiled import Compiled
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
    for a, b in c.shared:
        counts[rules.PERSON_TWICE] += _meet(c, spots, a, b, c.problem.people_stay)
    for (a, b), number in c.wanted.items():
        counts[rules.CLASH] += number * _meet(c, spots, a, b, c.problem.delegates_stay)
    _tracks(c, spots, sessions, counts)
    _slots(c, sessions, counts)
    return tuple(
        Cost(rule, count, count * (c.cost[rule] or 0))
        for rule, count in counts.items()
        if c.cost[rule] is not None
    )


def _meet(c: Compiled, spots: dict[int, Spot], a: int, b: int, stay: bool) -> bool:
    (s, r, one), (s2, r2, other) = spots[a], spots[b]
    if s != s2 or r == r2:
        return False
    return stay or (one < other + c.given(b).minutes and other < one + c.given(a).minutes)


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
        slots = sorted({s for s, _ in met})
        counts[rules.TRACK_ROOMS] += len({r for _, r in met}) - 1
        counts[rules.TRACK_PARALLEL] += len(met) - len(slots)
        counts[rules.TRACK_GAP] += slots[-1] - slots[0] + 1 != len(slots)
    for a, b, units in c.similar:
        both = {s for s, _ in cells.get(a, ())} & {s for s, _ in cells.get(b, ())}
        counts[rules.SIMILAR] += units * len(both)
    for members in c.members:
        ranked = [i for i in members if c.given(i).order]
        for a, b in combinations(sorted(ranked, key=lambda i: c.given(i).order), 2):
            if c.given(a).order < c.given(b).order:
                (s, r, one), (s2, r2, other) = spots[a], spots[b]
                counts[rules.ORDER] += s > s2 or ((s, r) == (s2, r2) and one > other)


def _slots(c: Compiled, sessions: dict[tuple[int, int], list[int]], counts: dict[str, int]) -> None:
    by_slot: dict[int, list[list[int]]] = {}
    for (s, _), held in sorted(sessions.items()):
        by_slot.setdefault(s, []).append(held)
    for side_by_side in by_slot.values():
        chairs: dict[str, list[int]] = {}
        for number, held in enumerate(side_by_side):
            counts[rules.PLENARY] += (len(side_by_side) - 1) * sum(c.given(i).plenary for i in held)
            for chair in dict.fromkeys(c.problem.tracks[c.track_of[held[0]]].chairs):
                chairs.setdefault(chair, []).append(number)
        for chair, rooms in chairs.items():
            counts[rules.CHAIR_TWICE] += len(rooms) - 1
            for number, held in enumerate(side_by_side):
                gives = sum(chair in c.given(i).people for i in held)
                counts[rules.CHAIR_TWICE] += gives * (len(rooms) - (number in rooms))
