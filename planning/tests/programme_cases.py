"""Small random programmes, and their optimum by trying everything."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations, product
from random import Random

from planning.programme.check import verdict
from planning.programme.problem import (
    Apart,
    Break,
    Contribution,
    NextTo,
    Person,
    Place,
    Preference,
    Problem,
    Room,
    SimilarTracks,
    Slot,
    Track,
    Wish,
)
from planning.programme.rules import RULES
from planning.results import Plan
from planning.terms import Period, Weight

DAY = "2026-05-04"
AWAY = (
    (),
    (Period(f"{DAY}T09:00", f"{DAY}T09:15"),),
    (Period(f"{DAY}T11:00", f"{DAY}T12:00"),),
)


def small_problem(rng: Random) -> Problem:
    """Up to 4 contributions, 2 tracks, 3 slots and 2 rooms, with every rule possibly at work."""
    tracks = rng.randint(1, 2)
    talks = tuple(_talk(rng, k, tracks) for k in range(rng.randint(1, 4)))
    names = [talk.id for talk in talks]
    count = rng.randint(1, 3)
    rooms = tuple(_room(rng, k) for k in range(rng.randint(1, 2)))
    every = 2 * 60
    if count > 1 and len(rooms) > 1 and rng.random() < 0.3:
        every = rng.choice([20, 30])  # slots overlap, each room is open in every other of them
        rooms = tuple(
            replace(room, closed=tuple(f"s{j}" for j in range(count) if j % 2 != k))
            for k, room in enumerate(rooms)
        )
    starts = [9 * 60 + every * k for k in range(count)]
    pairs = [tuple(rng.sample(names, 2)) for _ in range(2) if len(names) > 1]
    track_of = {talk.id: talk.track for talk in talks}
    return Problem(
        zone=rng.choice(["UTC", "Europe/Paris"]),
        slots=tuple(
            Slot(f"s{k}", f"{DAY}T{at // 60:02}:{at % 60:02}", rng.choice([20, 40]))
            for k, at in enumerate(starts)
        ),
        rooms=rooms,
        tracks=tuple(Track(f"t{k}", rng.choice([(), ("p",), ("q",)])) for k in range(tracks)),
        contributions=talks,
        persons=tuple(
            Person(name, rng.choice(["", "UTC+10:00", "Asia/Jakarta"]), rng.choice(AWAY))
            for name in ("p", "q")
            if rng.random() < 0.6
        ),
        breaks=(Break(f"{DAY}T11:10", 5, rng.choice([(), ("r0",)])),) * (rng.random() < 0.2),
        similar=(SimilarTracks("t0", "t1", 3),) * (tracks == 2 and rng.random() < 0.5),
        preferences=tuple(
            Preference(rng.randint(1, 9), rng.choice(["", "c0"]), "", "s0", rng.choice(["", "r0"]))
            for _ in range(rng.randint(0, 2))
        ),
        wishes=tuple(
            Wish(tuple(rng.sample(names, min(len(names), 2))), rng.randint(1, 4))
            for _ in range(rng.randint(0, 3))
        ),
        weights=tuple(
            Weight(rule, rng.choice([None, 0, 1, 7, 13, 2, 3, 4]))
            for rule in RULES
            if rng.random() < 0.95
        ),
        people_stay=rng.random() < 0.5,
        delegates_stay=rng.random() < 0.5,
        apart=tuple(Apart(a, b, rng.choice([5, 90])) for a, b in pairs if rng.random() < 0.2),
        next_to=tuple(
            NextTo(a, b) for a, b in pairs if track_of[a] == track_of[b] and rng.random() < 0.3
        ),
        pause=rng.choice([10, 100]),
    )


def _room(rng: Random, k: int) -> Room:
    return Room(
        f"r{k}",
        rng.choice([10, 50]),
        rng.choice([(), ("mic",)]),
        rng.choice([(), ("vi",)]),
        rng.choice([(), (), ("s0",)]),
        boards=rng.choice([0, 0, 0, 2]),
    )


def _talk(rng: Random, k: int, tracks: int) -> Contribution:
    return Contribution(
        f"c{k}",
        f"t{rng.randrange(tracks)}",
        rng.choice([10, 20]),
        tuple(rng.sample(["p", "q"], rng.randint(0, 2))) if rng.random() < 0.5 else (),
        rng.choice([0, 0, 1, 2]),
        rng.choice([(), ("mic",)]),
        rng.choice(["", "vi", "fr"]),
        rng.choice([0, 20]),
        rng.choice(["", "", "s0"]),
        rng.choice(["", "", "r0"]),
        rng.random() < 0.15,
        rng.choice([0, 0, 0, 1, 2, -1, -2]),
        rng.choice([0, 0, 0, 1, 2, -1]),
        rng.choice([(), (), ("s0",)]),
        rng.random() < 0.15,
    )


def every_programme(problem: Problem) -> list[list[Place]]:
    """All ways to put the contributions into open rooms and in order, lengths not looked at."""
    cells = [(s.id, r.id) for s in problem.slots for r in problem.rooms if s.id not in r.closed]
    minutes = {given.id: given.minutes for given in problem.contributions}
    boards = {room.id: room.boards for room in problem.rooms}
    found = []
    for pick in product(cells, repeat=len(problem.contributions)):
        sessions: dict[tuple[str, str], list[str]] = {}
        for given, cell in zip(problem.contributions, pick, strict=True):
            sessions.setdefault(cell, []).append(given.id)
        for orders in product(*(permutations(held) for held in sessions.values())):
            places = []
            for (slot, room), held in zip(sessions, orders, strict=True):
                clock = 0
                for name in held:
                    places.append(Place(name, slot, room, clock))
                    clock += 0 if boards[room] else minutes[name]
            found.append(places)
    return found


def best_by_trying(problem: Problem, previous: Plan | None = None) -> tuple[int, ...] | None:
    """The least goals (moves first where there is a previous plan), None where nothing goes."""
    best: tuple[int, ...] | None = None
    for places in every_programme(problem):
        judged = verdict(problem, Plan("programme", tuple(places)), previous, ())
        if judged.ok:
            goals = tuple(goal.value for goal in judged.goals)
            best = goals if best is None else min(best, goals)
    return best
