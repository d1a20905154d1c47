"""What the check finds between two contributions: people in common, delegates, time between."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import combinations

from planning.programme import rules
from planning.programme.breach import Breach, Talk, overlap, when
from planning.programme.problem import Problem
from planning.results import Parameter


def pair_breaches(problem: Problem, talks: list[Talk]) -> Iterator[Breach]:
    """Breaches of the rules that look at two contributions at a time."""
    where = {talk.given.id: talk for talk in talks}
    for a, b in _sharing(talks):
        people = tuple(sorted(set(a.given.people) & set(b.given.people)))
        told: dict[str, Parameter] = {"one": a.given.id, "other": b.given.id, "people": people}
        if a.room != b.room and overlap(a.sits, b.sits):
            yield Breach.of(
                rules.PERSON_TWICE, **told, rooms=(a.room, b.room), time=when(max(a.sits, b.sits))
            )
        other_session = (a.slot, a.room) != (b.slot, b.room)
        if other_session and _between(a, b) < timedelta(minutes=problem.pause):
            yield Breach.of(
                rules.PAUSE, **told, minutes=problem.pause, time=when(max(a.sits, b.sits))
            )
    for pair in problem.apart:
        if pair.a in where and pair.b in where:
            a, b = where[pair.a], where[pair.b]
            if _between(a, b) < timedelta(minutes=pair.minutes):
                yield Breach.of(
                    rules.APART,
                    one=pair.a,
                    other=pair.b,
                    minutes=pair.minutes,
                    time=when(max(a.sits, b.sits)),
                )
    yield from _neighbours(problem, talks, where)
    yield from _clashes(problem, where)


def _sharing(talks: list[Talk]) -> Iterator[tuple[Talk, Talk]]:
    """Pairs of contributions with a person in common."""
    for a, b in combinations(talks, 2):
        if not set(a.given.people).isdisjoint(b.given.people):
            yield a, b


def _between(a: Talk, b: Talk) -> timedelta:
    """The time between two contributions, negative where they overlap."""
    return max(b.sits[0] - a.sits[1], a.sits[0] - b.sits[1])


def _neighbours(problem: Problem, talks: list[Talk], where: dict[str, Talk]) -> Iterator[Breach]:
    sessions: dict[tuple[str, str], list[Talk]] = {}
    for talk in sorted(talks, key=lambda talk: (talk.on[0], talk.number)):
        sessions.setdefault((talk.slot, talk.room), []).append(talk)
    for pair in problem.next_to:
        if pair.a not in where or pair.b not in where:
            continue
        a, b = where[pair.a], where[pair.b]
        held = sessions[a.slot, a.room]
        if b not in held or abs(held.index(a) - held.index(b)) != 1:
            yield Breach.of(
                rules.NEXT_TO,
                one=pair.a,
                other=pair.b,
                places=(f"{a.slot}/{a.room}", f"{b.slot}/{b.room}"),
            )


def _clashes(problem: Problem, where: dict[str, Talk]) -> Iterator[Breach]:
    for wish in problem.wishes:
        for one, other in combinations(dict.fromkeys(wish.contributions), 2):
            if one not in where or other not in where:
                continue
            a, b = where[one], where[other]
            spans = (a.session, b.session) if problem.delegates_stay else (a.on, b.on)
            if a.room != b.room and overlap(*spans):
                yield Breach.of(
                    rules.CLASH,
                    wish.count,
                    one=one,
                    other=other,
                    count=wish.count,
                    time=when(max(spans)),
                )
