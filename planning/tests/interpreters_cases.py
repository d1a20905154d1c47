"""Small random problems of interpreters, and their optimum by trying everything."""

from __future__ import annotations

from itertools import product
from random import Random

from planning.interpreters.check import verdict
from planning.interpreters.problem import (
    Duty,
    Interpreter,
    Part,
    Problem,
    Session,
)
from planning.interpreters.rules import RULES
from planning.interpreters.standards import Standard, TeamRow
from planning.results import Plan
from planning.terms import Period, Weight

TAGS = ["vi", "id", "fr"]
STARTS = ["2026-05-04T09:00", "2026-05-04T10:00", "2026-05-04T14:00", "2026-05-05T09:00"]


def small_problem(rng: Random) -> Problem:
    """Up to 3 interpreters and 3 parts, with a standard small enough to be met at times."""
    shapes = rng.choice([(1,), (2,), (1, 1), (1, 2)])
    return Problem(
        sessions=tuple(_session(rng, f"s{k}", parts) for k, parts in enumerate(shapes)),
        interpreters=tuple(_person(rng, f"i{k}") for k in range(rng.randint(1, 3))),
        standard=Standard(
            "small",
            "made for tests",
            (TeamRow(40, 1), TeamRow(200, rng.randint(1, 2))),
            three_languages=rng.randint(1, 3),
            booth=rng.randint(1, 2),
            pivots=rng.randint(1, 2),
            stretch_minutes=rng.choice([60, 90, 180]),
            stretches=rng.randint(1, 2),
            rest_minutes=rng.choice([30, 90]),
            day_minutes=rng.choice([60, 120]),
        ),
        weights=tuple(
            Weight(rule, rng.choice([None, 0, 1, 7, 13, 2, 3, 4]))
            for rule in RULES
            if rng.random() < 0.9
        ),
    )


def _session(rng: Random, name: str, parts: int) -> Session:
    starts = sorted(rng.sample(STARTS, parts))
    floor = rng.sample(TAGS, rng.randint(1, 2))
    heard = rng.sample(TAGS, rng.randint(1, 3))
    if len({*floor, *heard}) < 2:
        heard = [tag for tag in TAGS if tag not in floor]
    return Session(
        name,
        tuple(Part(start, rng.choice([30, 60])) for start in starts),
        tuple(floor),
        tuple(heard),
    )


def _person(rng: Random, name: str) -> Interpreter:
    tags = rng.sample(TAGS, 3)
    cut = sorted([rng.randint(1, 3), rng.randint(1, 3)])
    away = (Period("2026-05-04T09:30", "2026-05-04T10:10"),)
    return Interpreter(
        name,
        tuple(tags[: cut[0]]),
        tuple(tags[cut[0] : cut[1]]),
        tuple(tags[cut[1] :]),
        rng.choice([(), (), away]),
        rng.choice([0, 5]),
        rng.random() < 0.8,
    )


def best_by_trying(problem: Problem, previous: Plan | None = None) -> tuple[int, ...] | None:
    """The least goals (moves first where there is a previous plan), None where nothing goes."""
    choices: list[list[Duty | None]] = []
    for session in problem.sessions:
        two = len({*session.floor, *session.heard}) == 2
        booths = ("both",) if two else session.heard
        for part in range(len(session.parts)):
            choices.extend(
                [None, *(Duty(session.id, part, booth, person.id) for booth in booths)]
                for person in problem.interpreters
            )
    best: tuple[int, ...] | None = None
    for pick in product(*choices):
        duties = tuple(duty for duty in pick if duty is not None)
        judged = verdict(problem, Plan("interpreters", duties), previous, ())
        if judged.ok:
            goals = tuple(goal.value for goal in judged.goals)
            best = goals if best is None else min(best, goals)
    return best
