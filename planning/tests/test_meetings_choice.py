"""Meetings chosen from many wishes, and solves that repeat identically."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from random import Random
from typing import Any

from planning import Plan, check
from planning.context import Context
from planning.json_io import dump_answer, dump_problem
from planning.meetings import (
    KIND,
    Interpreters,
    Meeting,
    Participant,
    Precedence,
    Problem,
    Slot,
    Table,
    Wish,
)
from planning.meetings.attempt import attempt_of
from planning.meetings.choose import is_large, plan
from planning.meetings.compiled import Day, compile_day
from planning.meetings.laying import lay
from planning.meetings.places import Draft
from planning.results import Answer, Unknown


def wished(seed: int, people: int = 24, pairs: int = 110, slots: int = 10) -> Problem:
    """A small exhibition: mutual wishes, absences, two languages, one meeting that must be held."""
    random = Random(seed)  # noqa: S311  # test data, no secret
    names = [f"p{number}" for number in range(people)]
    chosen: set[tuple[int, int]] = set()
    while len(chosen) < pairs:
        a, b = sorted(random.sample(range(people), 2))
        chosen.add((a, b))
    given = sorted(chosen)
    first = given[0]
    return Problem(
        slots=tuple(Slot(f"s{number}") for number in range(slots)),
        tables=tuple(Table(f"t{number}") for number in range(8)),
        participants=tuple(
            Participant(
                name,
                languages=(random.choice(("vi", "fr")),),
                absent=(f"s{random.randrange(slots)}",) if random.random() < 0.5 else (),
                most=random.choice((None, 6)),
            )
            for name in names
        ),
        meetings=(Meeting("must", names[first[0]], names[first[1]]),),
        wishes=tuple(
            Wish(names[by], names[of], random.randint(1, 5))
            for a, b in given[1:]
            for by, of in ((a, b), (b, a))
        ),
        precedences=(Precedence("must", f"{names[given[1][0]]}+{names[given[1][1]]}"),),
        interpreters=(Interpreters("vf", ("vi", "fr"), 4),),
    )


def chosen(day: Day, context: Context) -> Answer:
    """What the search in steps answers, after the attempt that comes before it."""
    return plan(day, context, attempt_of(day, lay(day), context))


def test_a_large_choice_keeps_every_rule_and_comes_close_to_its_bound():
    problem = wished(1)
    day = compile_day(problem)
    assert not is_large(day)
    answer = chosen(day, Context(limit_s=4, workers=1, deterministic=True))
    assert isinstance(answer, Plan)
    verdict = check(problem, answer)
    assert verdict.broken == ()
    assert [(g.name, g.value) for g in answer.goals] == [(g.name, g.value) for g in verdict.goals]
    assert answer.goals[0].gap <= 0.02
    assert "must" in {place.meeting for place in answer.assignments}


def test_only_many_free_meetings_are_chosen_in_steps():
    assert is_large(compile_day(wished(1, people=60, pairs=600)))
    fair = Problem((Slot("s"),), (Table("t"),), (Participant("A"),), fairness=1)
    assert not is_large(compile_day(fair))


def test_a_solve_in_deterministic_mode_repeats_identically_whatever_the_order_of_sets(tmp_path):
    problem = tmp_path / "problem.json"
    problem.write_text(dump_problem(wished(2, people=12, pairs=24, slots=6)), encoding="utf-8")
    answers = []
    for hashing in ("1", "2"):
        command = [sys.executable, "-m", "planning", "solve", str(problem)]
        done = subprocess.run(
            [*command, "--deterministic", "--limit", "3", "--workers", "2"],
            env={**os.environ, "PYTHONHASHSEED": hashing},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        answers.append(json.loads(done.stdout))
    assert answers[0] == answers[1]
    assert answers[0]["seconds"] > 0


def test_steps_that_cannot_hold_all_that_must_be_carry_the_best_attempt():
    """Three who all meet each other in two of three slots, beside two pairs who find a place."""
    names = ("A", "B", "C", "D", "E", "F", "G")
    pairs = (("A", "B"), ("B", "C"), ("A", "C"), ("D", "E"), ("F", "G"))
    day = compile_day(
        Problem(
            slots=tuple(Slot(f"s{number}") for number in range(3)),
            tables=tuple(Table(f"t{number}") for number in range(3)),
            participants=tuple(Participant(name) for name in names),
            meetings=tuple(Meeting(a + b, a, b, slots=("s0", "s2")) for a, b in pairs),
        )
    )
    nothing = attempt_of(day, Draft({}), Context(limit_s=0))
    assert len(nothing.missing) == 5
    answers = []
    for _ in range(2):
        told: list[Unknown] = []
        context = Context(limit_s=1, workers=1, deterministic=True, keep=told.append)
        answer = plan(day, context, nothing)
        assert isinstance(answer, Unknown)
        assert told[-1].attempt == answer.attempt
        answers.append(answer)
    assert answers[0] == answers[1]
    (missing,) = answers[0].missing
    assert len(answers[0].attempt) == 4
    assert [reason.rule for reason in answers[0].broken] == ["required", "met", "met", "slots"]
    assert missing in ("AB", "BC", "AC")


def test_large_steps_in_deterministic_mode_repeat_identically():
    day = compile_day(wished(3, people=16, pairs=50, slots=6))
    told = [
        dump_answer(chosen(day, Context(limit_s=2, seed=7, workers=1, deterministic=True)))
        for _ in range(2)
    ]
    assert told[0] == told[1]


def test_the_first_plan_arrives_before_the_end():
    seen: list[Any] = []
    context = Context(limit_s=8, workers=2, send=seen.append)
    answer = KIND.plan(wished(4, people=12, pairs=24, slots=6), context)
    assert isinstance(answer, Plan)
    assert any(progress.plan is not None for progress in seen)
    assert all(
        check(wished(4, people=12, pairs=24, slots=6), progress.plan).ok
        for progress in seen
        if progress.plan is not None
    )
