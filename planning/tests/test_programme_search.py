"""The searches for programmes: what they say a programme costs is what the check counts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.generated_programme import make
from planning import Infeasible, Lock, Plan, Unknown
from planning.context import Context
from planning.json_io import dump_problem
from planning.programme import KIND, rules
from planning.programme.account import account
from planning.programme.attempt import attempt_of
from planning.programme.check import count_rules, structure
from planning.programme.compiled import Compiled
from planning.programme.deal import goes_in_order, lay_out, packing
from planning.programme.improve import Annealer
from planning.programme.model import Search
from planning.programme.most import MOST, most_units
from planning.programme.moves import Moves
from planning.programme.neighbourhoods import Neighbourhoods
from planning.programme.problem import (
    Contribution,
    Person,
    Place,
    Problem,
    Room,
    Slot,
    Track,
)
from planning.programme.units import BIG
from planning.terms import Period, Weight
from planning.tests.programme_cases import every_programme, small_problem

DAY = "2027-05-10"
EASY = tuple(Weight(rule, 3) for rule in rules.RULES)
SLOTS = tuple(Slot(f"s{k}", f"{DAY}T{9 + k:02}:00", 60) for k in range(4))
ROOMS = (Room("hall", 50), Room("den", 50))


def programme(*tracks: tuple[int, int], **changes: object) -> Problem:
    """Tracks given by (contributions, minutes of each), on a day of four hours in two rooms."""
    talks = tuple(
        Contribution(f"{t}-{k}", f"t{t}", minutes)
        for t, (count, minutes) in enumerate(tracks)
        for k in range(count)
    )
    names = tuple(Track(f"t{t}") for t in range(len(tracks)))
    return replace(Problem("UTC", SLOTS, ROOMS, names, talks), **changes)  # type: ignore[arg-type]  # as given


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False))
def test_local_search_counts_as_the_check_does(rng: Random) -> None:
    """After many moves the cost kept step by step is that of the programme counted anew."""
    problem = replace(small_problem(rng), weights=EASY)
    c = Compiled(problem)
    state = Moves(c, rng)
    cells = list(range(len(c.cells)))
    rng.shuffle(cells)
    for t, members in enumerate(c.members):
        for i in members:
            own = [n for n in cells if state.sessions[n].track in (-1, t)]
            n = next((n for n in own if state.fits(n, [*state.sessions[n].held, i])), None)
            if n is None:
                return  # no programme to begin with
            state.append(n, t, i)
    annealer = Annealer(state)
    for _ in range(150):
        annealer.step(30.0)
    assert annealer.cost == state.total()
    places = state.places()
    judged = KIND.check(problem, Plan("programme", tuple(places)), None, ())
    assert judged.ok
    assert judged.costs == account(c, places)
    assert judged.goals[0].value == annealer.cost


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False))
def test_large_neighbourhoods_count_as_the_check_does(rng: Random) -> None:
    problem = replace(small_problem(rng), weights=EASY)
    context = Context(limit_s=2, deterministic=True)
    first = Search(problem, replace(context)).large()
    if not isinstance(first, Plan):
        return
    c = Compiled(problem)
    parts = Neighbourhoods(Moves(c, rng), context, rng)
    cost, places = first.value, list(first.assignments)
    for _ in range(4):
        found = parts.step(cost, places)
        if found:
            assert found[0] < cost
            cost, places = found
        judged = KIND.check(problem, Plan("programme", tuple(places)), None, ())
        assert judged.ok
        assert judged.goals[0].value == cost


def test_the_race_repeats_in_deterministic_mode_and_with_one_worker() -> None:
    problem = programme((6, 20), (5, 20), (4, 30), (2, 60), weights=EASY)
    answers = [
        Search(problem, Context(limit_s=1, seed=4, workers=workers, deterministic=True)).race()
        for workers in (1, 1, 2)
    ]
    assert isinstance(answers[0], Plan)
    assert KIND.check(problem, answers[0], None, ()).ok
    assert answers == [answers[0]] * 3


def test_the_race_repeats_whatever_the_order_of_sets(tmp_path: Path) -> None:
    """By the command, in two processes that hash names differently."""
    _, problem, _ = make(4)
    path = tmp_path / "problem.json"
    path.write_text(dump_problem(problem), encoding="utf-8")
    command = [sys.executable, "-m", "planning", "solve", str(path), "--deterministic"]
    answers = []
    for hashing in ("1", "2"):
        done = subprocess.run(
            [*command, "--limit", "2", "--seed", "7"],
            env={**os.environ, "PYTHONHASHSEED": hashing},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        answers.append(json.loads(done.stdout))
    assert answers[0]["answer"] == "plan"
    assert answers[0] == answers[1]


def test_pieces_are_packed_and_not_minutes() -> None:
    assert packing([2, 2], [3, 1]) is None
    assert packing([2, 1, 1], [3, 1]) in ([[2, 1], [1]],)
    assert not goes_in_order([2, 2, 1], [3, 2])
    assert goes_in_order([2, 1, 2], [3, 2])


def test_a_frame_by_minutes_that_does_not_hold_by_pieces_is_impossible() -> None:
    """120 minutes are open and 120 needed, but three contributions of 40 do not fit into hours."""
    problem = programme((3, 40), slots=SLOTS[:1], rooms=ROOMS)
    answer = KIND.plan(problem, Context(limit_s=10, deterministic=True))
    assert isinstance(answer, Infeasible)
    assert [reason.rule for reason in answer.reasons] == [rules.MANY_SESSIONS]
    assert isinstance(Search(problem, Context(limit_s=5, deterministic=True)).race(), Infeasible)


def test_a_line_is_dealt_in_its_order() -> None:
    problem = programme((6, 20))
    talks = tuple(replace(talk, order=6 - k) for k, talk in enumerate(problem.contributions))
    c = Compiled(replace(problem, contributions=talks))
    state = Moves(c, Random(0))  # noqa: S311 - a test case, not a secret
    cells = {state.cell_of_place[cell]: 0 for cell in ((1, 0), (3, 1))}
    assert lay_out(state, cells) == []
    line = [
        place.contribution for place in sorted(state.places(), key=lambda p: (p.slot, p.offset))
    ]
    assert line == ["0-5", "0-4", "0-3", "0-2", "0-1", "0-0"]


def test_what_is_unknown_carries_the_best_attempt() -> None:
    """One contribution is nowhere, and two that share a person are on at once."""
    problem = programme((1, 20), (1, 20), (1, 20))
    talks = tuple(replace(talk, people=("p",)) for talk in problem.contributions)
    places = (Place("0-0", "s0", "hall", 0), Place("1-0", "s0", "den", 0))
    answer = attempt_of(replace(problem, contributions=talks), places, 1.5)
    assert (answer.attempt, answer.missing) == (places, ("2-0",))
    assert [reason.rule for reason in answer.broken] == [rules.PERSON_TWICE]
    assert dict(answer.broken[0].parameters)["rooms"] == ("hall", "den")


def test_an_attempt_is_never_taken_for_a_plan() -> None:
    """Both must be in one slot of one room; the local search alone can only answer an attempt."""
    problem = programme((1, 60), (1, 60), slots=SLOTS[:1], rooms=ROOMS)
    talks = tuple(replace(talk, people=("p",)) for talk in problem.contributions)
    answer = Search(
        replace(problem, contributions=talks), Context(limit_s=0.5, deterministic=True)
    ).large()
    assert isinstance(answer, Unknown)
    assert [reason.rule for reason in answer.broken] == [rules.PERSON_TWICE]
    assert 2 * MOST <= BIG


def test_a_small_programme_is_counted_before_it_is_searched() -> None:
    """Somebody who chairs eight sessions has four slots, which the exact model shows slowly."""
    tracks = tuple(Track(f"t{t}", ("p",)) for t in range(4))
    problem = programme((4, 30), (4, 30), (4, 30), (4, 30), tracks=tracks)
    rooms = tuple(Room(f"r{k}", 50) for k in range(3))
    answer = KIND.plan(replace(problem, rooms=rooms), Context(limit_s=5, deterministic=True))
    assert isinstance(answer, Infeasible)
    assert [reason.rule for reason in answer.reasons] == [rules.TOO_OFTEN]
    assert answer.reasons[0].named() == {"person": "p", "needed": 8, "offered": 4}


def test_an_attempt_that_moves_what_is_locked_says_so() -> None:
    problem = programme((1, 20), (1, 20))
    standing = Plan("programme", (Place("0-0", "s0", "hall", 0), Place("1-0", "s0", "den", 0)))
    context = Context(limit_s=1, deterministic=True, previous=standing, locks=(Lock(item="0-0"),))
    places = (Place("0-0", "s1", "hall", 0), standing.assignments[1])
    answer = Search(problem, context).unknown(places)
    assert [reason.rule for reason in answer.broken] == [rules.LOCKED]


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False))
def test_no_programme_counts_more_than_is_counted_beforehand(rng: Random) -> None:
    problem = small_problem(rng)
    most = most_units(problem)
    for places in rng.choices(every_programme(problem) or [[]], k=20):
        if not structure(problem, places):
            for rule, count in count_rules(problem, places).items():
                assert count <= most[rule], rule


def crowded() -> Problem:
    """Two lines of fifteen for which there are fourteen places, in sessions of one and of two, so
    that no counting shows it."""
    slots = (*SLOTS[:2], replace(SLOTS[2], minutes=90))
    problem = programme((9, 40), (6, 40), slots=slots)
    talks = tuple(replace(talk, order=k + 1) for k, talk in enumerate(problem.contributions))
    rooms = tuple(Room(f"r{k}", 50) for k in range(3))
    rooms = (*rooms, Room("r3", 50, closed=(slots[2].id,)))
    return replace(problem, contributions=talks, rooms=rooms)


def test_a_small_programme_is_never_without_an_attempt() -> None:
    """With what stands and without; who finds no place is named."""
    problem = crowded()
    answer = KIND.plan(problem, Context(limit_s=0))
    assert isinstance(answer, Unknown)
    assert (len(answer.attempt), len(answer.missing), answer.broken) == (13, 2, ())
    standing = Plan("programme", answer.attempt[:4])
    again = KIND.plan(problem, Context(limit_s=0, previous=standing))
    assert isinstance(again, Unknown)
    assert set(standing.assignments) < set(again.attempt)
    assert len(again.attempt) + len(again.missing) == 15


def test_contributions_one_after_another_may_break_nothing() -> None:
    """Then they are where the exact model begins, without any frame: the posters have none."""
    problem = programme((3, 20), (2, 30), (3, 20))
    talks = tuple(
        replace(talk, poster=talk.track == "t2", people=("p",) if talk.id[2] == "0" else ())
        for talk in problem.contributions
    )
    rooms = (*ROOMS, Room("foyer", 50, boards=9))
    problem = replace(problem, contributions=talks, rooms=rooms)
    search = Search(problem, Context(limit_s=1, deterministic=True))
    places = search.roughly()
    assert KIND.check(problem, Plan("programme", tuple(places)), None, ()).ok


def test_attempts_are_told_of_before_the_answer() -> None:
    """So that there is one where the solve is ended from outside: at once that all is missing."""
    told: list[Unknown] = []
    answer = KIND.plan(crowded(), Context(limit_s=0, keep=told.append))
    assert isinstance(answer, Unknown)
    assert [(each.attempt, each.missing) for each in told] == [
        ((), tuple(given.id for given in crowded().contributions)),
        (answer.attempt, answer.missing),
    ]


@pytest.mark.parametrize("large", [False, True])
def test_who_is_away_when_a_slot_begins_may_come_later_in_it(large: bool) -> None:
    """Where people come and go. By the exact model, and from frames."""
    count = 12 if large else 2
    problem = programme(*((8, 30),) * count)
    away = tuple(
        Period(slot.start, f"{slot.start[:-2]}{int(slot.start[-2:]) + 10:02}")
        for slot in problem.slots
    )
    talks = tuple(replace(talk, interest=51) for talk in problem.contributions)
    talks = (replace(talks[0], people=("late",)), *talks[1:])
    problem = replace(
        problem,
        people_stay=False,
        contributions=talks,
        persons=(Person("late", away=away),),
        rooms=tuple(Room(f"r{k}", 50 + k) for k in range(count)),
    )
    search = Search(problem, Context(limit_s=5, deterministic=True))
    assert search.exact_first() is not large
    answer = KIND.plan(problem, Context(limit_s=5, deterministic=True))
    assert isinstance(answer, Plan)
    assert KIND.check(problem, answer, None, ()).ok
    assert next(p.offset for p in answer.assignments if p.contribution == talks[0].id) >= 30
