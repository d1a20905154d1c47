"""Every rule of planning interpreters makes the difference by itself, and the standards hold."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planning.context import Context
from planning.interpreters import KIND, rules
from planning.interpreters.check import count_rules
from planning.interpreters.problem import (
    Duty,
    Interpreter,
    Part,
    Problem,
    Session,
)
from planning.interpreters.standards import AIIC, APIC, STANDARDS, Standard, TeamRow
from planning.results import Infeasible, Lock, Plan, Unknown
from planning.terms import Period, Weight

DAY = "2026-05-04"
ONE = Standard("one", "made for tests", (TeamRow(1440, 1),), 1, 1, 1, 1440, 24, 1, 1440)
TALK = Session("talk", (Part(f"{DAY}T09:00", 60),), ("vi",), ("id",))
AN = Interpreter("an", ("id",), (), ("vi",))
BUDI = replace(AN, id="budi")
BASE = Problem((TALK,), (AN, BUDI), ONE)
LONG = replace(TALK, parts=(Part(f"{DAY}T09:00", 100), Part(f"{DAY}T11:00", 100)))
THREE = replace(TALK, floor=("vi",), heard=("id", "fr"))
PIVOT = Interpreter("p", ("id",), (), ("vi",))
RELAYED = Interpreter("r", ("fr",), (), ("id",))
DIRECT = Interpreter("d", ("fr",), (), ("vi",), fee=9)


def only(problem: Problem, rule: str, cost: int | None, *others: str) -> Problem:
    """All rules off but this one, at `cost`, and the others at 1."""
    weights = [Weight(name, 0) for name in rules.RULES if name not in (rule, *others)]
    weights += [Weight(name, 1) for name in others]
    return replace(problem, weights=(*weights, Weight(rule, cost)))


# rule -> a problem, and rules at 1 that draw towards breaking it
CASES: dict[str, tuple[Problem, tuple[str, ...]]] = {
    rules.TEAM: (replace(BASE, interpreters=(replace(AN, fee=9),)), (rules.FEE,)),
    rules.DIRECTION: (replace(BASE, interpreters=(replace(AN, fee=9),)), (rules.FEE,)),
    rules.RELAY: (
        replace(BASE, sessions=(THREE,), interpreters=(PIVOT, RELAYED, DIRECT)),
        (rules.FEE,),
    ),
    rules.PIVOTS: (
        replace(
            BASE,
            sessions=(THREE,),
            interpreters=(PIVOT, replace(PIVOT, id="q", fee=9), RELAYED),
            standard=replace(ONE, pivots=2),
        ),
        (rules.FEE,),
    ),
    rules.SOLE: (
        replace(
            BASE,
            interpreters=(AN, replace(BUDI, fee=9)),
            standard=replace(ONE, two_languages=(TeamRow(1440, 2),)),
        ),
        (rules.FEE,),
    ),
    rules.AWAY: (
        replace(
            BASE,
            interpreters=(
                replace(AN, away=(Period(f"{DAY}T09:59", f"{DAY}T12:00"),)),
                replace(BUDI, fee=9),
            ),
        ),
        (rules.FEE,),
    ),
    rules.STRETCH: (
        replace(
            BASE,
            sessions=(LONG,),
            interpreters=(AN, replace(BUDI, fee=9)),
            standard=replace(ONE, stretch_minutes=180, rest_minutes=90),
        ),
        (rules.FEE,),
    ),
    rules.STRETCHES: (
        replace(
            BASE,
            sessions=(LONG,),
            interpreters=(AN, replace(BUDI, fee=9)),
            standard=replace(ONE, stretches=1, rest_minutes=20),
        ),
        (rules.FEE,),
    ),
    rules.LONG_DAY: (
        replace(
            BASE,
            sessions=(LONG,),
            interpreters=(AN, replace(BUDI, fee=9)),
            standard=replace(ONE, day_minutes=199),
        ),
        (rules.FEE,),
    ),
    rules.CONTINUITY: (
        replace(
            BASE,
            sessions=(LONG,),
            interpreters=(
                replace(AN, away=(Period(f"{DAY}T11:00", f"{DAY}T13:00"),)),
                replace(BUDI, fee=9),
            ),
        ),
        (),
    ),
    rules.INTO_B: (
        replace(
            BASE,
            sessions=(THREE,),
            interpreters=(
                Interpreter("p", ("fr",), ("id",), ("vi",)),
                replace(BUDI, fee=9),
                replace(DIRECT, fee=0),
            ),
        ),
        (rules.FEE,),
    ),
    rules.FAIR: (
        replace(BASE, sessions=(LONG,), interpreters=(AN, replace(BUDI, fee=9))),
        (rules.FEE,),
    ),
    rules.FEE: (replace(BASE, interpreters=(replace(AN, fee=9), BUDI)), (rules.FAIR,)),
}


def with_direction(problem: Problem, rule: str) -> Problem:
    """Somebody has to be heard, except where that or the team is the rule looked at."""
    if rule in (rules.DIRECTION, rules.TEAM):
        return problem
    kept = tuple(weight for weight in problem.weights if weight.rule != rules.DIRECTION)
    return replace(problem, weights=(*kept, Weight(rules.DIRECTION, None)))


def solved(problem: Problem) -> tuple[Plan, dict[str, int]]:
    answer = KIND.plan(problem, Context(limit_s=10, deterministic=True))
    assert isinstance(answer, Plan)
    judged = KIND.check(problem, answer, None, ())
    assert judged.ok
    assert judged.costs == answer.costs
    return answer, count_rules(problem, answer.assignments)


FREE = [rule for rule in CASES if rule not in (rules.CONTINUITY, rules.FEE)]


@pytest.mark.parametrize("rule", FREE)
def test_rule_alone_makes_the_difference(rule: str) -> None:
    problem, drawn_by = CASES[rule]
    off, counts = solved(with_direction(only(problem, rule, 0, *drawn_by), rule))
    assert counts[rule] > 0
    for cost in (None, 500):
        on, counts = solved(with_direction(only(problem, rule, cost, *drawn_by), rule))
        assert counts[rule] == 0
        assert on.assignments != off.assignments


@pytest.mark.parametrize("rule", FREE)
def test_check_sees_each_rule_broken(rule: str) -> None:
    problem, drawn_by = CASES[rule]
    plan, _ = solved(with_direction(only(problem, rule, 0, *drawn_by), rule))
    judged = KIND.check(with_direction(only(problem, rule, None), rule), plan, None, ())
    assert [reason.rule for reason in judged.broken] == [rule]


def test_continuity_alone_makes_the_difference() -> None:
    """An is there for the first part only; fair shares draw to An first, then Budi."""
    problem, _ = CASES[rules.CONTINUITY]
    hard = [Weight(name, None) for name in (rules.AWAY, rules.DIRECTION)]
    others = [
        Weight(name, 0)
        for name in rules.RULES
        if name not in (rules.AWAY, rules.DIRECTION, rules.CONTINUITY, rules.FAIR)
    ]
    for cost, changes in ((0, 1), (500, 0)):
        weights = (*hard, *others, Weight(rules.FAIR, 1), Weight(rules.CONTINUITY, cost))
        _, counts = solved(replace(problem, weights=weights))
        assert counts[rules.CONTINUITY] == changes


def test_fee_alone_makes_the_difference() -> None:
    dear, cheap = replace(AN, fee=9, fair=False), replace(BUDI, fee=8, fair=False)
    for people, name in (((dear, cheap), "budi"), ((replace(dear, fee=7), cheap), "an")):
        problem = with_direction(only(replace(BASE, interpreters=people), rules.FEE, 1), rules.FEE)
        plan, _ = solved(problem)
        assert [duty.interpreter for duty in plan.assignments] == [name]


def test_every_rule_has_a_case_and_words() -> None:
    assert set(CASES) == set(rules.RULES)
    assert set(rules.RULES) <= set(rules.WORDING)


def crew(count: int, **other: object) -> tuple[Interpreter, ...]:
    return tuple(Interpreter(f"n{k}", ("vi",), ("id",), **other) for k in range(count))  # type: ignore[arg-type]  # passed on by name


@pytest.mark.parametrize(
    ("standard", "minutes", "team"),
    [
        (AIIC, (40,), 1),
        (AIIC, (41,), 2),
        (AIIC, (120, 120), 2),
        (AIIC, (121, 120), 3),
        (AIIC, (180, 180), 3),
        (AIIC, (120, 120, 121), 4),
        (APIC, (60,), 1),
        (APIC, (61,), 2),
        (APIC, (240,), 2),
        (APIC, (240, 180), 3),
    ],
)
def test_team_follows_the_table(standard: Standard, minutes: tuple[int, ...], team: int) -> None:
    """With exactly the team there is a plan for each part; with one less there is none."""
    starts = (f"{DAY}T08:00", f"{DAY}T13:30", f"{DAY}T19:00")
    parts = tuple(Part(start, length) for start, length in zip(starts, minutes, strict=False))
    session = Session("s", parts, ("vi", "id"), ("vi", "id"))
    loose = (Weight(rules.STRETCHES, 0), Weight(rules.LONG_DAY, 0), Weight(rules.SOLE, 0))
    problem = Problem((session,), crew(team), standard, loose)
    plan, _ = solved(problem)
    assert len(plan.assignments) == team * len(minutes)
    answer = KIND.plan(replace(problem, interpreters=crew(team - 1)), Context(limit_s=10))
    assert isinstance(answer, Infeasible)
    if team > 1:
        assert answer.reasons[0].rule == rules.TOO_FEW
        assert answer.reasons[0].named()["needed"] == team


def test_three_languages_need_six() -> None:
    tags = ("vi", "id", "fr")
    people = tuple(
        Interpreter(f"{tag}{k}", (tag,), (), tuple(other for other in tags if other != tag))
        for tag in tags
        for k in (1, 2)
    )
    session = Session("s", (Part(f"{DAY}T09:00", 30),), tags, tags)
    plan, _ = solved(Problem((session,), people))
    assert len(plan.assignments) == 6
    answer = KIND.plan(Problem((session,), people[1:]), Context(limit_s=10))
    assert isinstance(answer, Infeasible)


def test_nobody_works_twice_three_hours_without_ninety_minutes_between() -> None:
    """Two sessions of three hours, 89 minutes apart, need two teams; 90 minutes apart, one."""
    for second, enough in (("13:29", 4), ("13:30", 2)):
        sessions = tuple(
            Session(name, (Part(f"{DAY}T{start}", 180),), ("vi", "id"), ("vi", "id"))
            for name, start in (("am", "09:00"), ("pm", second))
        )
        solved(Problem(sessions, crew(enough)))
        fewer = KIND.plan(Problem(sessions, crew(enough - 1)), Context(limit_s=10))
        assert isinstance(fewer, Infeasible)


def test_languages_are_taken_by_direction() -> None:
    """Nobody works into a passive language."""
    passive = Interpreter("c", ("fr",), (), ("vi", "id"))
    answer = KIND.plan(replace(BASE, interpreters=(passive,)), Context(limit_s=10))
    assert isinstance(answer, Infeasible)
    duty = Duty("talk", 0, "both", "c")
    judged = KIND.check(
        replace(BASE, interpreters=(passive,)), Plan("interpreters", (duty,)), None, ()
    )
    assert [reason.rule for reason in judged.broken] == [rules.CANNOT]


def test_nobody_is_in_two_booths_at_once() -> None:
    sessions = (TALK, replace(TALK, id="other", parts=(Part(f"{DAY}T09:59", 10),)))
    duties = (Duty("talk", 0, "both", "an"), Duty("other", 0, "both", "an"))
    problem = replace(BASE, sessions=sessions)
    judged = KIND.check(problem, Plan("interpreters", duties), None, ())
    assert [reason.rule for reason in judged.broken] == [rules.TWICE]
    plan, _ = solved(problem)
    assert {duty.interpreter for duty in plan.assignments} == {"an", "budi"}
    alone = KIND.plan(replace(problem, interpreters=(AN,)), Context(limit_s=10, deterministic=True))
    assert isinstance(alone, Infeasible)
    assert alone.smallest
    assert rules.TWICE in [reason.rule for reason in alone.reasons]


def test_locked_session_keeps_its_team() -> None:
    people = (replace(AN, fair=False), replace(BUDI, fair=False, fee=5))
    before, _ = solved(replace(BASE, interpreters=people))
    assert [duty.interpreter for duty in before.assignments] == ["an"]
    gone = replace(AN, away=(Period(f"{DAY}T00:00", f"{DAY}T23:00"),))
    changed = replace(BASE, interpreters=(gone, BUDI))
    answer = KIND.plan(changed, Context(limit_s=10, previous=before))
    assert isinstance(answer, Plan)
    assert len(answer.moves) == 2
    locks = (Lock(item="talk"),)
    assert not KIND.check(changed, answer, before, locks).ok
    locked = KIND.plan(
        changed, Context(limit_s=10, deterministic=True, previous=before, locks=locks)
    )
    assert isinstance(locked, Infeasible)
    assert sorted(reason.rule for reason in locked.reasons) == [rules.AWAY, rules.LOCKED]


def test_one_error_names_every_wrong_field() -> None:
    problem = Problem(
        (
            TALK,
            replace(TALK, parts=(Part("soon", 10), Part(f"{DAY}T09:00", 481)), heard=("vi",)),
            replace(TALK, id="x", parts=(Part(f"{DAY}T09:00", 60), Part(f"{DAY}T09:30", 60))),
        ),
        (AN, replace(AN, c=("id",), away=(Period(f"{DAY}T09:00", f"{DAY}T08:00"),))),
        weights=(Weight("kindness", 1),),
    )
    assert [fault.path for fault in KIND.faults(problem)] == [
        "sessions[1]",
        "interpreters[1]",
        "sessions[1].heard",
        "sessions[1].parts[0].start",
        "sessions[1].parts",
        "sessions[2].parts[1]",
        "interpreters[1].a, b, c[1]",
        "interpreters[1].away[0]",
        "weights[0].rule",
    ]


def test_standards_have_different_names_and_sources() -> None:
    assert len({standard.name for standard in STANDARDS}) == len(STANDARDS) == 2
    assert all(standard.source for standard in STANDARDS)


def test_parts_are_counted_from_one_whoever_tells_of_them() -> None:
    """Nobody is there for the second part: the explanation, the check, the attempt and the moves
    all call it part 2."""
    away = (Period(f"{DAY}T11:00", f"{DAY}T12:00"),)
    problem = Problem((LONG,), (replace(AN, away=away),), ONE)
    answer = KIND.plan(problem, Context(limit_s=1.0, workers=1, deterministic=True))
    assert isinstance(answer, Infeasible)
    assert [reason.named()["part"] for reason in answer.reasons] == [2]
    first = Plan("interpreters", (Duty("talk", 0, "both", "an"),))
    judged = KIND.check(problem, first, None, ())
    assert [reason.named()["part"] for reason in judged.broken] == [2, 2]
    attempt = KIND.plan(problem, Context(limit_s=0))
    assert isinstance(attempt, Unknown)
    assert attempt.missing == ("talk/2",)
    assert {reason.named()["part"] for reason in attempt.broken} == {2}
    both = Plan("interpreters", (*first.assignments, Duty("talk", 1, "both", "an")))
    moves = KIND.check(problem, first, both, ()).moves
    assert [move.item for move in moves] == ["talk/2/an"]
    beyond = Plan("interpreters", (Duty("talk", 2, "both", "an"),))
    (refused,) = KIND.check(problem, beyond, None, ()).broken
    assert refused.named()["part"] == 3
