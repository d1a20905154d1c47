"""Each rule of a day of meetings where it alone makes the difference, and what is said of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from planning import Infeasible, Lock, Plan, Reason, check, sentence
from planning.context import Context
from planning.meetings import (
    KIND,
    Forbidden,
    Interpreters,
    Meeting,
    Participant,
    Place,
    Precedence,
    Problem,
    Slot,
    Table,
    Wish,
)

# A meets B and C, B meets D, on a day of four slots and two tables.
DAY = Problem(
    slots=(Slot("s1", "morning"), Slot("s2", "morning"), Slot("s3", "late"), Slot("s4", "late")),
    tables=(Table("t1"), Table("t2")),
    participants=tuple(Participant(name) for name in "ABCD"),
    meetings=(Meeting("ab", "A", "B"), Meeting("ac", "A", "C"), Meeting("bd", "B", "D")),
)


def solved(problem: Problem, previous: Plan | None = None, locks: tuple[Lock, ...] = ()):
    return KIND.plan(
        problem,
        Context(limit_s=30, workers=1, deterministic=True, previous=previous, locks=locks),
    )


def planned(problem: Problem, previous: Plan | None = None, locks: tuple[Lock, ...] = ()) -> Plan:
    answer = solved(problem, previous, locks)
    assert isinstance(answer, Plan), answer
    assert check(problem, answer, previous=previous, locks=locks).broken == ()
    return answer


def slots(plan: Plan) -> dict[str, str]:
    return {place.meeting: place.slot for place in plan.assignments}


def at(*places: tuple[str, str, str]) -> Plan:
    return Plan("meetings", tuple(Place(*place) for place in places))


GOOD = at(("ab", "s1", "t1"), ("ac", "s2", "t1"), ("bd", "s2", "t2"))


def person(name: str, problem: Problem = DAY, **changes: Any) -> Problem:
    return replace(
        problem,
        participants=tuple(
            replace(each, **changes) if each.id == name else each for each in problem.participants
        ),
    )


def meeting(name: str, problem: Problem = DAY, **changes: Any) -> Problem:
    return replace(
        problem,
        meetings=tuple(
            replace(each, **changes) if each.id == name else each for each in problem.meetings
        ),
    )


BROKEN = {
    "absent": (
        person("C", absent=("s2",)),
        GOOD,
        Reason.of("absent", person="C", slots=("s2",)),
    ),
    "busy": (
        DAY,
        at(("ab", "s1", "t1"), ("ac", "s1", "t2"), ("bd", "s2", "t1")),
        Reason.of("busy", person="A", meetings=("ab", "ac"), slot="s1"),
    ),
    "most": (person("A", most=1), GOOD, Reason.of("most", person="A", most=1)),
    "required": (
        DAY,
        at(("ab", "s1", "t1"), ("ac", "s2", "t1")),
        Reason.of("required", meeting="bd", a="B", b="D"),
    ),
    "session": (
        meeting("bd", session="late"),
        GOOD,
        Reason.of("session", meeting="bd", session="late"),
    ),
    "slots": (
        meeting("bd", slots=("s1", "s3")),
        GOOD,
        Reason.of("slots", meeting="bd", slots=("s1", "s3")),
    ),
    "pinned": (
        meeting("bd", pinned="s3"),
        GOOD,
        Reason.of("pinned", meeting="bd", slot="s3"),
    ),
    "forbidden": (
        replace(DAY, forbidden=(Forbidden("D", "B"),)),
        GOOD,
        Reason.of("forbidden", a="D", b="B"),
    ),
    "precedence": (
        replace(DAY, precedences=(Precedence("ac", "bd"),)),
        GOOD,
        Reason.of("precedence", before="ac", after="bd"),
    ),
    "table": (
        DAY,
        at(("ab", "s1", "t1"), ("ac", "s2", "t1"), ("bd", "s2", "t1")),
        Reason.of("table", table="t1", meetings=("ac", "bd"), slot="s2"),
    ),
    "closed": (
        replace(DAY, tables=(Table("t1"), Table("t2", ("s2",)))),
        GOOD,
        Reason.of("closed", table="t2", slot="s2"),
    ),
    "language": (
        person("D", person("B", languages=("vi",)), languages=("fr",)),
        GOOD,
        Reason.of("language", a="B", b="D", interpreters=()),
    ),
    "fairness": (
        replace(DAY, fairness=0),
        at(("ab", "s1", "t1"), ("ac", "s3", "t1"), ("bd", "s2", "t2")),
        Reason.of("uneven", person="A", breaks=1, other="B", fewest=0),
    ),
    "unknown": (DAY, at(("xy", "s1", "t1")), Reason.of("unknown", what="meeting", name="xy")),
    "twice": (
        DAY,
        Plan("meetings", (*GOOD.assignments, Place("bd", "s2", "t2"))),
        Reason.of("twice", meeting="bd"),
    ),
}


@pytest.mark.parametrize("rule", BROKEN)
def test_the_check_finds_what_one_rule_alone_forbids(rule):
    problem, plan, reason = BROKEN[rule]
    assert check(problem, plan).broken == (reason,)


@pytest.mark.parametrize("rule", sorted(set(BROKEN) - {"unknown", "twice", "required", "table"}))
def test_the_model_keeps_each_rule(rule):
    problem, _, _ = BROKEN[rule]
    answer = solved(problem)
    if isinstance(answer, Plan):
        assert check(problem, answer).broken == ()
    else:
        assert isinstance(answer, Infeasible)
        assert rule in {"most", "forbidden", "language"}


def test_without_a_rule_that_forbids_it_the_plan_is_good():
    assert check(DAY, GOOD).broken == ()
    assert planned(DAY).goals[-1].value == 0


IMPOSSIBLE = {
    "absences leave two no common slot": (
        person("A", person("B", absent=("s1", "s2")), absent=("s3", "s4")),
        "A is there only in morning, B only in late, and they must meet (ab).",
    ),
    "more meetings than slots": (
        person("A", absent=("s1", "s3", "s4")),
        "A has 2 meetings that must be held in 1 slots (s2).",
    ),
    "more meetings than allowed": (
        person("A", most=1),
        "A has 2 meetings that must be held and holds at most 1.",
    ),
    "an order against the day": (
        replace(
            meeting("ab", meeting("bd", session="morning"), session="late"),
            precedences=(Precedence("ab", "bd"),),
        ),
        "ab can be only in late, bd can be only in morning, and ab must come before bd.",
    ),
    "an order that goes round": (
        replace(DAY, precedences=(Precedence("ab", "ac"), Precedence("ac", "ab"))),
        "ab and ac would each have to come before the next, and the last before the first.",
    ),
    "too few tables": (
        replace(
            meeting("bd", meeting("ac", pinned="s2"), pinned="s2"),
            tables=(Table("t1"),),
        ),
        "2 meetings must be held in s2, where the tables suffice for 1.",
    ),
    "no interpreter": (
        person("D", person("B", languages=("vi",)), languages=("fr",)),
        "B and D share no language, and no interpreters here link their languages, but bd must "
        "be held.",
    ),
    "people who must not meet": (
        replace(DAY, forbidden=(Forbidden("A", "B"),)),
        "ab (A with B) must be held, and A and B must not meet.",
    ),
}


@pytest.mark.parametrize("case", IMPOSSIBLE)
def test_counting_says_why_there_is_no_plan(case):
    problem, words = IMPOSSIBLE[case]
    answer = solved(problem)
    assert isinstance(answer, Infeasible)
    assert sentence(answer) == words


def test_what_counting_cannot_see_is_explained_by_the_smallest_set_of_rules():
    # Three people who all meet each other need three slots, though each needs only two.
    problem = Problem(
        slots=tuple(Slot(name) for name in ("s1", "s2", "s3")),
        tables=(Table("t1"), Table("t2")),
        participants=(
            Participant("A", absent=("s3",)),
            Participant("B", absent=("s3",)),
            Participant("C", absent=("s3",)),
            Participant("D", absent=("s1",)),
        ),
        meetings=(
            Meeting("ab", "A", "B"),
            Meeting("bc", "B", "C"),
            Meeting("ca", "C", "A"),
        ),
    )
    answer = solved(problem)
    assert isinstance(answer, Infeasible)
    assert answer.smallest
    assert [reason.rule for reason in answer.reasons] == ["required"] * 3 + ["absent"] * 2


def test_value_comes_before_idle_breaks():
    # ac is worth more than nothing only in s3, which gives A an idle break.
    problem = meeting("ac", meeting("ab", pinned="s1"), required=False, value=3, slots=("s3",))
    plan = planned(problem)
    assert slots(plan)["ac"] == "s3"
    assert [(goal.name, goal.value) for goal in plan.goals] == [("value", 5), ("idle_breaks", 1)]


def test_priority_decides_whose_wish_is_met():
    problem = Problem(
        slots=(Slot("s1"),),
        tables=(Table("t1"), Table("t2")),
        participants=(Participant("A"), Participant("B"), Participant("C", priority=2)),
        wishes=(Wish("A", "B"), Wish("B", "A"), Wish("A", "C"), Wish("C", "A"), Wish("B", "C")),
    )
    assert slots(planned(problem)) == {"A+C": "s1"}
    without = person("C", problem, priority=1)
    assert [goal.value for goal in planned(without).goals] == [2, 0]


def interpreted(*groups: Interpreters, relay_cost: int = 1) -> Problem:
    return Problem(
        slots=(Slot("s1"), Slot("s2")),
        tables=(Table("t1"), Table("t2")),
        participants=(
            Participant("A", languages=("vi",)),
            Participant("B", languages=("fr",)),
            Participant("C", languages=("vi",)),
            Participant("D", languages=("fr",)),
        ),
        meetings=(
            Meeting("ab", "A", "B", required=False, value=3),
            Meeting("cd", "C", "D", required=False, value=3),
        ),
        interpreters=groups,
        relay_cost=relay_cost,
    )


DIRECT = Interpreters("vf", ("vi", "fr"), 1, ("s2",))
LEGS = (Interpreters("ve", ("vi", "en"), 1, ("s2",)), Interpreters("ef", ("en", "fr"), 1))


def test_interpreters_serve_directly_or_dearer_by_relay():
    plan = planned(interpreted(DIRECT, *LEGS))
    assert sorted(place.interpreters for place in plan.assignments) == [("ve", "ef"), ("vf",)]
    assert [(goal.value, goal.bound) for goal in plan.goals] == [(5, 5), (0, 0)]


def test_a_relay_that_costs_more_than_the_meeting_is_worth_is_not_made():
    plan = planned(interpreted(DIRECT, *LEGS, relay_cost=4))
    assert [place.interpreters for place in plan.assignments] == [("vf",)]


def test_interpreters_serve_no_more_meetings_than_they_are():
    plan = planned(interpreted(DIRECT))
    assert len(plan.assignments) == 1
    too_much = Plan(
        "meetings", (Place("ab", "s1", "t1", ("vf",)), Place("cd", "s1", "t2", ("vf",)))
    )
    assert check(interpreted(DIRECT), too_much).broken == (
        Reason.of("interpreters", group="vf", count=1, slot="s1"),
    )


def test_moves_come_before_idle_breaks():
    # A stays idle in s2 rather than moving one meeting more.
    before = at(("ab", "s1", "t1"), ("ac", "s2", "t1"), ("bd", "s2", "t2"))
    changed = person("C", absent=("s2",))
    plan = planned(changed, before)
    assert [move.item for move in plan.moves] == ["ac"]
    assert [goal.name for goal in plan.goals] == ["value", "moves", "idle_breaks"]
    assert plan.goals[1].value == plan.goals[1].bound == 1


def test_what_is_locked_stays():
    before = at(("ab", "s1", "t1"), ("ac", "s2", "t1"), ("bd", "s2", "t2"))
    changed = person("C", absent=("s2",))
    moved = check(changed, at(*GOOD_MOVED), previous=before, locks=(Lock(slot="s1"),))
    assert moved.broken == (Reason.of("locked_slot", slot="s1"),)
    kept = planned(changed, before, (Lock(slot="s1"), Lock(item="bd")))
    assert (slots(kept)["ab"], slots(kept)["bd"]) == ("s1", "s2")
    assert check(
        DAY,
        at(("ab", "s1", "t1"), ("ac", "s2", "t1"), ("bd", "s3", "t2")),
        previous=before,
        locks=(Lock(item="bd"),),
    ).broken == (Reason.of("lock", meeting="bd", slot="s2"),)


GOOD_MOVED = (("ab", "s3", "t1"), ("ac", "s1", "t1"), ("bd", "s2", "t2"))


def test_a_lock_that_an_absence_contradicts_is_named():
    before = at(("ab", "s1", "t1"), ("ac", "s2", "t1"), ("bd", "s2", "t2"))
    answer = solved(person("C", absent=("s2",)), before, (Lock(item="ac"),))
    assert isinstance(answer, Infeasible)
    assert answer.reasons == (
        Reason.of("required", meeting="ac", a="A", b="C"),
        Reason.of("absent", person="C", slots=("s2",)),
        Reason.of("lock", meeting="ac", slot="s2"),
    )
