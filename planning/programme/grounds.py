"""Why there is no programme, where a small part of the problem shows it.

What is impossible for one contribution, or for some tracks by themselves, is impossible for the
whole, and is found in moments even where the whole is too large to be proven anything of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from planning.context import Context
from planning.programme import rules
from planning.programme.compiled import Compiled
from planning.programme.grounds_counts import (
    of_bound,
    of_lines,
    of_neighbours,
    of_people,
    of_room,
)
from planning.programme.grounds_pairs import Slots, of_pairs
from planning.programme.grounds_tracks import of_ring, of_similar, of_tracks_together
from planning.programme.problem import Problem
from planning.programme.reasons import Key, reasons_of
from planning.results import Reason

PART_PLACES = 20_000  # of a part up to which its exact model is built
PARTS = 4  # that are looked at
PART_SECONDS = 1.5  # for each
TRACKS_SECONDS = 0.7  # for the tracks one by one


def of_few(c: Compiled) -> tuple[Reason, ...]:
    """The rules that leave no place to one contribution, to two, to the line of one track or to
    one person; none where all have some."""
    counted = of_room(c)
    if counted:
        return (counted,)
    slots = Slots(c)
    nowhere = next((i for i, mask in enumerate(slots.of) if not mask), None)
    if nowhere is not None:
        return reasons_of(c, slots.needed(nowhere))
    keys = of_lines(c) or of_neighbours(c) or of_pairs(c, slots)
    if keys:
        return reasons_of(c, keys)
    counts, keys = of_bound(c, slots)
    if counts:
        return (*counts, *reasons_of(c, keys))
    keys = of_similar(c)
    if keys:
        return (*of_tracks_together(c, keys), *reasons_of(c, keys))
    counts, keys = of_ring(c)
    if counts:
        return (*counts, *reasons_of(c, keys))
    often = of_people(c)
    return (often,) if often else ()


def of_parts(c: Compiled, context: Context, broken: Sequence[Reason]) -> tuple[Reason, ...]:
    """What is impossible for the tracks of contributions that an attempt could not put right."""
    from planning.programme.explain import explain  # loads ortools, which counting does not need

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
        reasons, proven, _ = explain(part, context, {}, (), (), seconds=PART_SECONDS)
        if proven:
            return reasons
    return ()


def of_sessions(c: Compiled, context: Context, end: float) -> tuple[tuple[Reason, ...], bool]:
    """What the sessions of tracks in slots show by then, and whether no reason can be left out."""
    from planning.programme.explain import needed  # these load ortools
    from planning.programme.grounds_frame import of_frame

    keys = of_frame(c, context, end)
    if not keys:
        return (), False
    named = frozenset(_tracks_of(c, keys))
    everywhere = any(rule in (rules.ROOM_FOR_ALL, rules.PLENARY) for rule, _ in keys)
    part = c.problem if everywhere else only(c.problem, named)
    keys, smallest = needed(part, context, keys, end)
    return (*of_tracks_together(c, keys), *reasons_of(c, keys)), smallest


def _tracks_of(c: Compiled, keys: Sequence[Key]) -> Iterator[str]:
    """The tracks of which these rules speak, those that a person chairs and those of
    contributions."""
    for rule, subject in keys:
        if rule == rules.CHAIR_TWICE:
            yield from (c.problem.tracks[t].id for t in c.chaired[subject[0]])
        for name in subject:
            if name in c.track_index:
                yield name
            elif name in c.index:
                yield c.given(c.index[name]).track


def of_tracks(c: Compiled, context: Context) -> tuple[Reason, ...]:
    """What is impossible for one track by itself, those with the most contributions first."""
    from planning.programme.explain import explain  # loads ortools, which counting does not need

    end = context.seconds() + TRACKS_SECONDS
    for t in sorted(range(len(c.members)), key=lambda t: -len(c.members[t])):
        left = min(end - context.seconds(), context.remaining())
        if left <= 0 or not c.members[t]:
            break
        part = Compiled(only(c.problem, frozenset([c.problem.tracks[t].id])))
        if part.count_places() <= PART_PLACES:
            reasons, proven, _ = explain(part, context, {}, (), (), seconds=left)
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
