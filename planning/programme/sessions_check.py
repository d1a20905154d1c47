"""What the check finds at sessions: breaks, plenaries, chairs, wishes for sessions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from planning.programme import rules
from planning.programme.breach import Breach, Sessions, Talk, overlap, period, when
from planning.programme.problem import Problem


def session_breaches(problem: Problem, sessions: Sessions) -> Iterator[Breach]:
    """Breaches of the rules that look at sessions and at what is on beside them."""
    chairs = {track.id: tuple(dict.fromkeys(track.chairs)) for track in problem.tracks}
    for (slot, room), talks in sessions.items():
        yield from _own(problem, slot, room, talks)
        beside = sum(
            overlap(other[0].session, talks[0].session)
            for cell, other in sessions.items()
            if cell != (slot, room)
        )
        for talk in talks:
            if talk.given.plenary and beside:
                yield Breach.of(
                    rules.PLENARY,
                    beside,
                    contribution=talk.given.id,
                    count=beside,
                    time=when(talk.session),
                )
    for chair in sorted({name for names in chairs.values() for name in names}):
        held = sorted(
            (
                (talks[0].session, room, talks)
                for (_, room), talks in sessions.items()
                if chair in chairs[talks[0].given.track]
            ),
            key=lambda row: row[:2],
        )
        yield from _chairs_twice(chair, held)
        yield from _chairs_and_gives(chair, held, sessions)


Chaired = list[tuple[tuple[datetime, datetime], str, list[Talk]]]


def _chairs_twice(chair: str, held: Chaired) -> Iterator[Breach]:
    """One unit for each session chaired beside one that began before it or with it."""
    for n, (span, room, talks) in enumerate(held):
        beside = [(r, t) for other, r, t in held[:n] if overlap(other, span)]
        if beside:
            yield Breach.of(
                rules.CHAIR_TWICE,
                chair=chair,
                slot=talks[0].slot,
                rooms=(beside[0][0], room),
                time=when(span),
            )


def _chairs_and_gives(chair: str, held: Chaired, sessions: Sessions) -> Iterator[Breach]:
    """One unit for each session chaired while the chair gives a contribution elsewhere."""
    for (_, room), talks in sessions.items():
        for talk in talks:
            if chair not in talk.given.people:
                continue
            for span, other, chaired in held:
                if other != room and overlap(span, talk.session):
                    yield Breach.of(
                        rules.CHAIR_TWICE,
                        chair=chair,
                        slot=chaired[0].slot,
                        rooms=(other, room),
                        time=when(span),
                    )


def _own(problem: Problem, slot: str, room: str, talks: list[Talk]) -> Iterator[Breach]:
    """What a session breaks by itself."""
    track, span = talks[0].given.track, talks[0].session
    for pause in problem.breaks:
        begin = datetime.fromisoformat(pause.start)
        stop = begin + timedelta(minutes=pause.minutes)
        if (not pause.rooms or room in pause.rooms) and overlap(span, (begin, stop)):
            yield Breach.of(
                rules.BREAK, track=track, slot=slot, room=room, time=when((begin, stop))
            )
    chairs = next(held.chairs for held in problem.tracks if held.id == track)
    for person in problem.persons:
        if any(overlap(span, period(away.start, away.end)) for away in person.away):
            for _ in range(chairs.count(person.id)):
                yield Breach.of(rules.AWAY, person=person.id, subject=track, time=when(span))
    for wanted in problem.preferences:
        if (
            wanted.cost
            and not wanted.contribution
            and wanted.track in ("", track)
            and wanted.slot in ("", slot)
            and wanted.room in ("", room)
        ):
            yield Breach.of(rules.PREFERENCE, wanted.cost, subject=track, slot=slot, room=room)
