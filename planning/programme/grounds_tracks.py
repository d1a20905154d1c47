"""Why there is no programme, where tracks that must not meet at once need more slots than there
are: of which no two may, or that stand in a ring of an odd number."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heappop, heappush

from planning.programme import rules
from planning.programme.compiled import Compiled
from planning.programme.grounds_counts import sessions_of, slots_in_turn
from planning.programme.reasons import Key
from planning.results import Reason


def of_tracks_together(c: Compiled, keys: Sequence[Key]) -> list[Reason]:
    """That the tracks of which these rules speak need more sessions than there are slots."""
    named = {name for _, subject in keys for name in subject}
    tracks = [t for t, track in enumerate(c.problem.tracks) if track.id in named]
    needed, offered = sum(sessions_of(c, t) for t in tracks), slots_in_turn(c)
    if len(tracks) < 2 or needed <= offered or (rules.ROOM_FOR_ALL, ()) in keys:
        return []
    names = tuple(c.problem.tracks[t].id for t in tracks)
    return [Reason.of(rules.TRACKS_SESSIONS, tracks=names, needed=needed, offered=offered)]


def of_similar(c: Compiled) -> list[Key]:
    """Tracks of which no two may meet at once, and none by itself, that need more sessions than
    there are slots."""
    if not (c.hard(rules.SIMILAR) and c.hard(rules.TRACK_PARALLEL)):
        return []
    pairs = {frozenset((a, b)): (a, b) for a, b, _ in c.similar}
    offered = slots_in_turn(c)
    for a, b in pairs.values():
        group = [a, b]
        for t in range(len(c.members)):
            if all(frozenset((t, u)) in pairs for u in group):
                group.append(t)
        group.sort(key=lambda t: -sessions_of(c, t))
        while sum(sessions_of(c, t) for t in group[:-1]) > offered:
            group.pop()
        if sum(sessions_of(c, t) for t in group) > offered:
            names = {t: c.problem.tracks[t].id for t in sorted(group)}
            held = [pair for key, pair in pairs.items() if key <= set(group)]
            return _one_at_a_time(c, group, offered) + [
                (rules.SIMILAR, (names[a], names[b])) for a, b in sorted(held)
            ]
    return []


def _one_at_a_time(c: Compiled, group: Sequence[int], most: int) -> list[Key]:
    """That a track must not have two sessions at once, for each of this group which would need no
    more than so many sessions together if it could have all of its own at once."""
    spare = sum(sessions_of(c, t) for t in group) - most
    alone = []
    for t in sorted(group, key=lambda t: sessions_of(c, t)):
        saved = sessions_of(c, t) - 1
        if saved < spare:
            spare -= saved
        else:
            alone.append(t)
    return [(rules.TRACK_PARALLEL, (c.problem.tracks[t].id,)) for t in sorted(alone)]


def of_ring(c: Compiled) -> tuple[list[Reason], list[Key]]:
    """An odd number of tracks in a ring, of which no two neighbours may meet at once, and none by
    itself: fewer than half of them can be on in any moment, and they need more sessions than that
    many in each slot. The counting, and the rules."""
    if not (c.hard(rules.SIMILAR) and c.hard(rules.TRACK_PARALLEL)):
        return [], []
    pairs = {frozenset((a, b)): (a, b) for a, b, _ in c.similar}
    count = [sessions_of(c, t) for t in range(len(c.members))]
    offered = slots_in_turn(c)
    found = [_round(t, list(pairs.values()), count, offered) for t in range(len(count))]
    ring = min(filter(None, found), default=None)
    if ring is None:
        return [], []
    tracks = ring[2]
    names, most = tuple(c.problem.tracks[t].id for t in tracks), len(tracks) // 2
    reason = Reason.of(
        rules.TRACKS_RING,
        tracks=names,
        needed=sum(count[t] for t in tracks),
        most=most,
        offered=offered,
    )
    beside = [pairs[frozenset(two)] for two in zip(tracks, (*tracks[1:], tracks[0]), strict=True)]
    index = c.problem.tracks
    return [reason], _one_at_a_time(c, tracks, most * offered) + [
        (rules.SIMILAR, (index[a].id, index[b].id)) for a, b in beside
    ]


Walk = tuple[int, int, tuple[int, ...]]  # slack, length, tracks in turn


def _round(
    first: int, pairs: Sequence[tuple[int, int]], count: Sequence[int], offered: int
) -> Walk | None:
    """The way back to the first track, of an odd number of steps, with the least slack if that
    is less than the slots: a step leaves as slack the slots that its two tracks do not need.

    A ring of n tracks has n times the slots as slack, less twice its sessions; so it has less
    slack than one time the slots where its sessions are more than (n - 1) / 2 times the slots.
    The shortest of all such ways meets no track twice: it would fall into two, of which one is
    odd, shorter and has no more slack.
    """
    near: dict[int, list[int]] = {}
    for a, b in pairs:
        near.setdefault(a, []).append(b)
        near.setdefault(b, []).append(a)
    edge: list[Walk] = [(0, 0, (first,))]
    seen: set[tuple[int, bool]] = set()
    while edge:
        slack, length, way = heappop(edge)
        track, odd = way[-1], bool(length % 2)
        if odd and track == first:
            return slack, length, way[:-1]
        if (track, odd) in seen:
            continue
        seen.add((track, odd))
        for other in near.get(track, ()):
            more = slack + offered - count[track] - count[other]
            if more < offered:
                heappush(edge, (more, length + 1, (*way, other)))
    return None
