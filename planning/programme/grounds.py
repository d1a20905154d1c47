"""Why there is no programme, where a small part of the problem shows it.

What is impossible for one contribution, or for some tracks by themselves, is impossible for the
whole, and is found in moments even where the whole is too large to be proven anything of.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from planning.context import Context
from planning.programme import rules
from planning.programme.compiled import Compiled
from planning.programme.explain import Key, explain, reason_of
from planning.programme.problem import Problem
from planning.results import Reason

PART_PLACES = 20_000  # of a part up to which its exact model is built
PARTS = 4  # that are looked at


def of_one(c: Compiled) -> tuple[Reason, ...]:
    """The rules that leave one contribution no place at all, or two of a track one position."""
    for i in range(len(c.size)):
        keys = _nowhere(c, i)
        if keys:
            return tuple(reason_of(c, key) for key in keys)
    if c.hard(rules.POSITION):
        for members in c.members:
            taken: dict[int, int] = {}
            for i in members:
                wanted = c.position(i)
                own: Key = (rules.POSITION, (c.given(i).id,))
                if wanted > len(members):
                    return (reason_of(c, own),)
                if wanted and wanted in taken:
                    other: Key = (rules.POSITION, (c.given(taken[wanted]).id,))
                    return (reason_of(c, other), reason_of(c, own))
                taken[wanted] = i
    return ()


def _nowhere(c: Compiled, i: int) -> list[Key]:
    """Rules that together forbid contribution i every cell that could hold it; none if there is
    one that they do not forbid."""
    given, t = c.given(i), c.track_of[i]
    track = c.problem.tracks[t].id
    of_slot = [_hard(c, c.slot_units(i, s)) for s in range(len(c.slots))]
    of_room = [_hard(c, c.room_units(i, r)) for r in range(len(c.problem.rooms))]
    blocked: list[set[Key]] = []
    for s, r in c.cells:
        if not c.suits(i, s, r):
            continue
        names = of_slot[s] | of_room[r]
        if c.problem.people_stay:
            names = names | _hard(c, c.people_units(i, s, 0))
        keys: set[Key] = {(rule, (given.id,)) for rule in names}
        for rule in _hard(c, c.session_units.get((t, s, r), {})):
            keys.add((rule, (track, c.slots[s].id)))
        if not keys:
            return []
        blocked.append(keys)
    needed = sorted({key for keys in blocked for key in keys})
    for key in list(needed):
        rest = [other for other in needed if other != key]
        if all(keys & set(rest) for keys in blocked):
            needed = rest
    return needed


def _hard(c: Compiled, units: dict[str, int]) -> set[str]:
    return {rule for rule, count in units.items() if count and c.hard(rule)}


def of_parts(c: Compiled, context: Context, broken: Sequence[Reason]) -> tuple[Reason, ...]:
    """What is impossible for the tracks of contributions that an attempt could not put right."""
    seen: set[frozenset[str]] = set()
    for reason in broken:
        named = [value for _, value in reason.parameters if isinstance(value, str)]
        tracks = frozenset(c.given(c.index[name]).track for name in named if name in c.index)
        if not tracks or tracks in seen or len(seen) >= PARTS:
            continue
        seen.add(tracks)
        part = Compiled(only(c.problem, tracks))
        if part.count_places() > PART_PLACES or context.remaining() <= 0:
            continue
        reasons, proven = explain(part, context, {}, (), (), seconds=1.5)
        if proven:
            return reasons
    return ()


def only(problem: Problem, tracks: frozenset[str]) -> Problem:
    """The problem without the contributions of all other tracks."""
    kept = tuple(given for given in problem.contributions if given.track in tracks)
    names = {given.id for given in kept}
    return replace(
        problem,
        tracks=tuple(track for track in problem.tracks if track.id in tracks),
        contributions=kept,
        similar=tuple(pair for pair in problem.similar if {pair.a, pair.b} <= tracks),
        preferences=tuple(
            wanted
            for wanted in problem.preferences
            if (not wanted.contribution or wanted.contribution in names)
            and (not wanted.track or wanted.track in tracks)
        ),
        wishes=tuple(
            replace(wish, contributions=tuple(n for n in wish.contributions if n in names))
            for wish in problem.wishes
        ),
        apart=tuple(pair for pair in problem.apart if {pair.a, pair.b} <= names),
        next_to=tuple(pair for pair in problem.next_to if {pair.a, pair.b} <= names),
    )
