"""How many units of each rule a programme can have, at most."""

from __future__ import annotations

from collections import Counter

from planning.programme import rules
from planning.programme.problem import Problem

MOST = 500_000_000_000  # that a programme may cost


def most_units(problem: Problem) -> dict[str, int]:
    """Per rule, no fewer than any programme has. The problem may be faulty."""
    talks = problem.contributions
    rooms, slots = len(problem.rooms), len(problem.slots)
    seats = min((room.seats for room in problem.rooms), default=0)
    of_track = Counter(given.track for given in talks)
    gives = Counter(name for given in talks for name in given.people)
    chaired: Counter[str] = Counter()
    for track in problem.tracks:
        for chair in track.chairs:
            chaired[chair] += of_track[track.id]
    people = gives.total()
    sharing = sum(_pairs(count) for count in gives.values())
    beside = min(len(talks), rooms * slots)
    units = dict.fromkeys(rules.RULES, len(talks))
    units |= {
        rules.PERSON_TWICE: sharing,
        rules.PAUSE: sharing,
        rules.CHAIR_TWICE: sum(
            count * (1 + beside + gives[name]) for name, count in chaired.items()
        ),
        rules.EQUIPMENT: sum(len(given.equipment) for given in talks),
        rules.CAPACITY: sum(max(0, given.interest - seats) for given in talks),
        rules.AWAY: people + chaired.total(),
        rules.NIGHT: people,
        rules.AWKWARD: people,
        rules.BREAK: len(talks) * len(problem.breaks),
        rules.FIXED: 2 * len(talks),
        rules.PLENARY: sum(given.plenary for given in talks) * beside,
        rules.ORDER: sum(_pairs(count) for count in of_track.values()),
        rules.TRACK_ROOMS: len(talks),
        rules.TRACK_GAP: len(problem.tracks),
        rules.SIMILAR: sum(
            pair.cost * of_track[pair.a] * of_track[pair.b] for pair in problem.similar
        ),
        rules.PREFERENCE: sum(
            wanted.cost
            * (1 if wanted.contribution else of_track[wanted.track] if wanted.track else beside)
            for wanted in problem.preferences
        ),
        rules.CLASH: sum(wish.count * _pairs(len(wish.contributions)) for wish in problem.wishes),
        rules.APART: len(problem.apart),
        rules.NEXT_TO: len(problem.next_to),
    }
    return units


def _pairs(count: int) -> int:
    return count * (count - 1) // 2
