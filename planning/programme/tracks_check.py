"""What the check finds at tracks: rooms, parallels, gaps, likeness, order and positions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import combinations

from planning.programme import rules
from planning.programme.breach import Breach, Sessions, Span, Talk, overlap, track_order, when
from planning.programme.problem import Problem


def track_breaches(problem: Problem, sessions: Sessions) -> Iterator[Breach]:
    """Breaches of the rules that look at all sessions of a track."""
    meets: dict[str, list[tuple[Span, str]]] = {track.id: [] for track in problem.tracks}
    for (_, room), talks in sessions.items():
        meets[talks[0].given.track].append((talks[0].session, room))
    slots = [_span(slot.start, slot.minutes) for slot in problem.slots]
    for track, held in meets.items():
        if held:
            yield from _own(track, sorted(held), slots)
            talks = track_order(problem, sessions, track)
            yield from _orders(talks)
            yield from _positions(talks)
    for talks in sessions.values():
        yield from _session_positions(talks)
    for pair in problem.similar:
        for a, room in meets[pair.a]:
            for b, other in meets[pair.b]:
                if overlap(a, b) and pair.cost:
                    yield Breach.of(
                        rules.SIMILAR,
                        pair.cost,
                        one=pair.a,
                        other=pair.b,
                        rooms=(room, other),
                        time=when(max(a, b)),
                    )


def _span(start: str, minutes: int) -> Span:
    begin = datetime.fromisoformat(start)
    return begin, begin + timedelta(minutes=minutes)


def _own(track: str, held: list[tuple[Span, str]], slots: list[Span]) -> Iterator[Breach]:
    rooms = tuple(sorted({room for _, room in held}))
    if len(rooms) > 1:
        yield Breach.of(rules.TRACK_ROOMS, len(rooms) - 1, track=track, rooms=rooms)
    for n, (span, room) in enumerate(held):
        beside = [other for earlier, other in held[:n] if overlap(earlier, span)]
        if beside:
            yield Breach.of(
                rules.TRACK_PARALLEL, track=track, rooms=(beside[0], room), time=when(span)
            )
    without = [
        slot
        for slot in slots
        if not any(overlap(span, slot) for span, _ in held)
        and any(span[1] <= slot[0] for span, _ in held)
        and any(span[0] >= slot[1] for span, _ in held)
    ]
    if without:
        yield Breach.of(rules.TRACK_GAP, track=track, time=when(min(without)))


def _orders(talks: list[Talk]) -> Iterator[Breach]:
    for first, second in combinations(talks, 2):
        if 0 < second.given.order < first.given.order:
            yield Breach.of(
                rules.ORDER,
                one=second.given.id,
                other=first.given.id,
                times=(when(second.on), when(first.on)),
            )


def _positions(talks: list[Talk]) -> Iterator[Breach]:
    for n, talk in enumerate(talks):
        wanted = talk.given.position
        if wanted and wanted not in (n + 1, n - len(talks)):
            yield Breach.of(
                rules.POSITION,
                contribution=talk.given.id,
                track=talk.given.track,
                position=rules.nth(wanted),
                found=rules.nth(n + 1),
                count=len(talks),
                time=when(talk.on),
            )


def _session_positions(talks: list[Talk]) -> Iterator[Breach]:
    for n, talk in enumerate(talks):
        wanted = talk.given.session_position
        if wanted and wanted not in (n + 1, n - len(talks)):
            yield Breach.of(
                rules.SESSION_POSITION,
                contribution=talk.given.id,
                place=f"{talk.slot}/{talk.room}",
                position=rules.nth(wanted),
                found=rules.nth(n + 1),
                count=len(talks),
                time=when(talk.on),
            )
