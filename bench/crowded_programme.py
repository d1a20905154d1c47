"""Large programmes that are impossible for all of a track, and not for any one contribution.

594 contributions in 18 tracks of nine sessions each, 9 rooms and 20 slots; where they are `busy`,
200 people speak in several of them and come and go, some are away on a morning, three rooms have
no screen and some contributions need one, and three of each track are to open a session.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

from planning.programme import rules
from planning.programme.problem import (
    Contribution,
    Person,
    Problem,
    Room,
    SimilarTracks,
    Slot,
    Track,
)
from planning.terms import Period, Weight

CONTRIBUTIONS, TRACKS, ROOMS, SLOTS, PEOPLE = 594, 18, 9, 20, 200


def crowd(*, busy: bool) -> Problem:
    """Two tracks of one chair, neither of which may meet while a third does: one of the three can
    in each slot, which gives twenty of the twenty-seven sessions that they need."""
    rng = Random(1)
    talks = [
        Contribution(f"c{i:03}", f"t{i % TRACKS:02}", 20, (f"p{i}",), interest=40)
        for i in range(CONTRIBUTIONS)
    ]
    if busy:
        talks = [
            replace(
                talk,
                people=(f"p{rng.randrange(PEOPLE)}",),
                equipment=("screen",) if rng.random() < 0.3 else (),
                session_position=int(i < 3 * TRACKS),
            )
            for i, talk in enumerate(talks)
        ]
    days = [f"2030-05-{6 + day:02}" for day in range(4)]
    gone = [
        Person(f"p{p}", away=(Period(f"{day}T00:00", f"{day}T12:00"),))
        for p, day in ((p, rng.choice(days)) for p in range(0, PEOPLE, 3))
    ]
    return Problem(
        zone="UTC",
        slots=tuple(
            Slot(f"s{k:02}", f"{days[k // 5]}T{8 + 3 * (k % 5):02}:00", 80) for k in range(SLOTS)
        ),
        rooms=tuple(
            Room(f"r{r:02}", 60, () if busy and r % 4 == 0 else ("screen",)) for r in range(ROOMS)
        ),
        tracks=tuple(
            Track(f"t{t:02}", ("chair of two" if t in (5, 6) else f"chair{t}",))
            for t in range(TRACKS)
        ),
        contributions=tuple(talks),
        persons=tuple(gone) if busy else (),
        similar=(SimilarTracks("t05", "t08", 1), SimilarTracks("t06", "t08", 1)),
        weights=(Weight(rules.SIMILAR, None), Weight(rules.TRACK_PARALLEL, None)),
        people_stay=not busy,
    )


def by_pieces(problem: Problem) -> Problem:
    """Three contributions in each session in place of four, though there are minutes enough."""
    talks = tuple(replace(talk, minutes=40) for talk in problem.contributions)
    slots = tuple(replace(slot, minutes=140) for slot in problem.slots)
    return replace(problem, slots=slots, contributions=talks, similar=(), weights=())


def by_three(problem: Problem) -> Problem:
    """Three tracks of which no two may meet at once."""
    pairs = (("t02", "t03"), ("t02", "t04"), ("t03", "t04"))
    return replace(problem, similar=tuple(SimilarTracks(a, b, 1) for a, b in pairs))
