"""Every rule of a programme makes the difference by itself.

Each case has a preference that draws towards a programme which the rule counts against. With the
rule off, the preference is met and the rule broken; with the rule on, and nothing else changed,
the rule is kept.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from planning.context import Context
from planning.programme import KIND, rules
from planning.programme.check import count_rules
from planning.programme.problem import (
    Apart,
    Break,
    Contribution,
    NextTo,
    Person,
    Preference,
    Problem,
    Room,
    SimilarTracks,
    Slot,
    Track,
    Wish,
)
from planning.results import Infeasible, Lock, Plan
from planning.terms import Period, Weight

MORNING = "2026-05-04T09:00"
SLOTS = (Slot("am", MORNING, 20), Slot("pm", "2026-05-04T14:00", 20))
THREE = (*SLOTS, Slot("eve", "2026-05-04T17:00", 20))
ROOMS = (Room("hall", 100), Room("den", 100))
A, B = Contribution("a", "one", 20), Contribution("b", "two", 20)
BASE = Problem("UTC", SLOTS, ROOMS, (Track("one"), Track("two")), (A, B))


def draw(name: str, slot: str = "", room: str = "") -> tuple[Preference, ...]:
    """A preference against every slot and room but these."""
    return tuple(
        Preference(1, name, slot=other.id) for other in THREE[:2] if slot and other.id != slot
    ) + tuple(Preference(1, name, room=other.id) for other in ROOMS if room and other.id != room)


BOTH_AM = draw("a", "am") + draw("b", "am")
TWO = (A, replace(B, track="one"))

CASES = {
    rules.PERSON_TWICE: replace(
        BASE,
        contributions=(replace(A, people=("p",)), replace(B, people=("p",))),
        preferences=BOTH_AM,
    ),
    rules.CHAIR_TWICE: replace(
        BASE, tracks=(Track("one", ("p",)), Track("two", ("p",))), preferences=BOTH_AM
    ),
    rules.EQUIPMENT: replace(
        BASE,
        rooms=(Room("hall", 100), Room("den", 100, ("stage",))),
        contributions=(replace(A, equipment=("stage",)),),
        preferences=draw("a", room="hall"),
    ),
    rules.CAPACITY: replace(
        BASE,
        rooms=(Room("hall", 10), Room("den", 100)),
        contributions=(replace(A, interest=11),),
        preferences=draw("a", room="hall"),
    ),
    rules.LANGUAGE: replace(
        BASE,
        rooms=(Room("hall", 100, languages=("vi",)), Room("den", 100, languages=("id", "vi"))),
        contributions=(replace(A, language="id"),),
        preferences=draw("a", room="hall"),
    ),
    rules.AWAY: replace(
        BASE,
        contributions=(replace(A, people=("p",)),),
        persons=(Person("p", away=(Period("2026-05-04T08:00", "2026-05-04T09:01"),)),),
        preferences=draw("a", "am"),
    ),
    rules.NIGHT: replace(
        BASE,
        contributions=(replace(A, people=("p",)),),
        persons=(Person("p", "America/New_York"),),
        preferences=draw("a", "am"),
    ),
    rules.AWKWARD: replace(
        BASE,
        contributions=(replace(A, people=("p",)),),
        persons=(Person("p", "UTC-01:00"),),
        preferences=draw("a", "am"),
    ),
    rules.BREAK: replace(
        BASE, contributions=(A,), breaks=(Break(MORNING, 1),), preferences=draw("a", "am")
    ),
    rules.FIXED: replace(BASE, contributions=(replace(A, slot="pm"),), preferences=draw("a", "am")),
    rules.PLENARY: replace(BASE, contributions=(replace(A, plenary=True), B), preferences=BOTH_AM),
    rules.ORDER: replace(
        BASE,
        contributions=(replace(A, order=2), replace(B, track="one", order=1)),
        preferences=draw("a", "am") + draw("b", "pm"),
    ),
    rules.TRACK_ROOMS: replace(
        BASE, contributions=TWO, preferences=draw("a", room="hall") + draw("b", room="den")
    ),
    rules.TRACK_PARALLEL: replace(BASE, contributions=TWO, preferences=BOTH_AM),
    rules.TRACK_GAP: replace(
        BASE,
        slots=THREE,
        contributions=TWO,
        preferences=tuple(
            Preference(1, name, slot=slot)
            for name, slots in (("a", ("pm", "eve")), ("b", ("am", "pm")))
            for slot in slots
        ),
    ),
    rules.SIMILAR: replace(BASE, similar=(SimilarTracks("one", "two", 1),), preferences=BOTH_AM),
    rules.CLASH: replace(BASE, wishes=(Wish(("a", "b")),), preferences=BOTH_AM),
    rules.POSITION: replace(
        BASE,
        contributions=(replace(A, position=-1), replace(B, track="one")),
        preferences=draw("a", "am") + draw("b", "pm"),
    ),
    rules.SESSION_POSITION: replace(
        BASE,
        slots=(Slot("am", MORNING, 40), SLOTS[1]),
        contributions=(replace(A, session_position=2), replace(B, track="one")),
        preferences=draw("a", "am") + draw("b", "pm"),
    ),
    rules.KEPT_OUT: replace(
        BASE, contributions=(replace(A, not_slots=("am",)),), preferences=draw("a", "am")
    ),
    rules.APART: replace(BASE, apart=(Apart("a", "b", 60),), preferences=BOTH_AM),
    rules.NEXT_TO: replace(
        BASE,
        slots=(Slot("am", MORNING, 40), SLOTS[1]),
        contributions=TWO,
        next_to=(NextTo("b", "a"),),
        preferences=draw("a", "am") + draw("b", "pm"),
    ),
    rules.PAUSE: replace(
        BASE,
        slots=(*SLOTS, Slot("next", "2026-05-04T09:25", 20)),
        contributions=(replace(A, people=("p",)), replace(B, people=("p",))),
        preferences=(
            *draw("a", "am"),
            Preference(1, "b", slot="am"),
            Preference(1, "b", slot="pm"),
        ),
        pause=10,
    ),
}


def weighted(problem: Problem, rule: str, cost: int | None) -> Problem:
    """All rules off but the preferences and, at `cost`, one rule."""
    off = [Weight(name, 0) for name in rules.RULES if name not in (rule, rules.PREFERENCE)]
    return replace(problem, weights=(*off, Weight(rule, cost)))


def solved(problem: Problem) -> tuple[Plan, dict[str, int]]:
    answer = KIND.plan(problem, Context(limit_s=10, deterministic=True))
    assert isinstance(answer, Plan)
    judged = KIND.check(problem, answer, None, ())
    assert judged.ok
    assert judged.costs == answer.costs
    return answer, count_rules(problem, answer.assignments)


@pytest.mark.parametrize("rule", CASES)
def test_rule_alone_makes_the_difference(rule: str) -> None:
    problem = CASES[rule]
    _, counts = solved(weighted(problem, rule, 0))
    assert (counts[rule] > 0, counts[rules.PREFERENCE]) == (True, 0)
    for cost in (None, 50):
        _, counts = solved(weighted(problem, rule, cost))
        assert counts[rule] == 0
        assert counts[rules.PREFERENCE] > 0


@pytest.mark.parametrize("rule", CASES)
def test_check_sees_each_rule_broken(rule: str) -> None:
    """A plan made with the rule off is refused once the rule must not be broken."""
    problem = CASES[rule]
    plan, _ = solved(weighted(problem, rule, 0))
    judged = KIND.check(weighted(problem, rule, None), plan, None, ())
    assert [reason.rule for reason in judged.broken] == [rule]


def test_preference_alone_makes_the_difference() -> None:
    for slot in ("am", "pm"):
        plan, _ = solved(replace(BASE, contributions=(A,), preferences=draw("a", slot)))
        assert plan.assignments[0].slot == slot


def test_every_rule_has_a_case() -> None:
    assert set(CASES) | {rules.PREFERENCE} == set(rules.RULES)


def test_remote_night_follows_summer_time() -> None:
    """09:00 in Hanoi is 04:00 in Paris in May and 03:00 in January; 14:00 is day in both."""
    for day, early in (("2026-05-04", "12:00"), ("2026-01-05", "13:00")):
        slots = (Slot("x", f"{day}T{early}", 20), Slot("y", f"{day}T16:00", 20))
        problem = replace(
            BASE,
            zone="Asia/Ho_Chi_Minh",
            slots=slots,
            contributions=(replace(A, people=("p",)),),
            persons=(Person("p", "Europe/Paris"),),
            comfortable_hours=("07:00", "23:00"),
            preferences=(Preference(1, "a", slot="y"),),
        )
        plan, _ = solved(problem)
        assert plan.assignments[0].slot == "x"
        hour = f"{int(early[:2]) - 1:02}:59"
        earlier = replace(problem, slots=(Slot("x", f"{day}T{hour}", 20), slots[1]))
        plan, _ = solved(earlier)
        assert plan.assignments[0].slot == "y"


def test_locks_hold_and_the_rest_moves() -> None:
    before, _ = solved(replace(BASE, preferences=BOTH_AM))
    changed = replace(
        BASE, similar=(SimilarTracks("one", "two", 1),), weights=(Weight(rules.SIMILAR, None),)
    )
    for kept, moves in (("a", "b"), ("b", "a")):
        locks = (Lock(item=kept),)
        answer = KIND.plan(
            changed, Context(limit_s=10, deterministic=True, previous=before, locks=locks)
        )
        assert isinstance(answer, Plan)
        assert [move.item for move in answer.moves] == [moves]
        assert KIND.check(changed, answer, before, locks).ok
        assert not KIND.check(changed, answer, before, (Lock(item=moves),)).ok


def test_nothing_comes_into_a_locked_slot() -> None:
    before, _ = solved(replace(BASE, preferences=draw("a", "am") + draw("b", "pm")))
    changed = replace(BASE, preferences=BOTH_AM, rooms=(Room("hall", 1), Room("den", 1)))
    locks = (Lock(slot="am"),)
    answer = KIND.plan(
        changed, Context(limit_s=10, deterministic=True, previous=before, locks=locks)
    )
    assert isinstance(answer, Plan)
    assert KIND.check(changed, answer, before, locks).ok
    assert answer.moves == ()


def test_impossible_programme_is_explained_by_the_smallest_set() -> None:
    away = (Period("2026-05-04T13:00", "2026-05-04T18:00"),)
    problem = replace(
        BASE,
        contributions=(replace(A, people=("p",), slot="pm"), B),
        persons=(Person("p", away=away),),
    )
    answer = KIND.plan(problem, Context(limit_s=10, deterministic=True))
    assert isinstance(answer, Infeasible)
    assert answer.smallest
    assert sorted(reason.rule for reason in answer.reasons) == [rules.AWAY, rules.FIXED]


def test_counting_comes_first() -> None:
    long = replace(BASE, contributions=(replace(A, minutes=30),))
    answer = KIND.plan(long, Context(limit_s=10, deterministic=True))
    assert isinstance(answer, Infeasible)
    assert [reason.rule for reason in answer.reasons] == [rules.TOO_LONG]
    many = replace(BASE, contributions=tuple(replace(A, id=f"a{k}") for k in range(5)))
    answer = KIND.plan(many, Context(limit_s=10, deterministic=True))
    assert isinstance(answer, Infeasible)
    assert answer.reasons[0].named() == {"needed": 100, "offered": 80}


def test_one_error_names_every_wrong_field() -> None:
    problem = replace(
        BASE,
        zone="Nowhere/At_all",
        slots=(*SLOTS, Slot("am", "2026-05-04T09:10", 20), Slot("x", "noon", 5)),
        contributions=(replace(A, track="none", people=("p", "p")), replace(A, room="attic")),
        weights=(Weight("kindness", 1),),
        persons=(Person("p", "UTC+99:00", (Period("2026-05-04T10:00", "2026-05-04T09:00"),)),),
    )
    assert [fault.path for fault in KIND.faults(problem)] == [
        "slots[2]",
        "contributions[1]",
        "zone",
        "slots[3].start",
        "slots[2]",
        "persons[0].zone",
        "persons[0].away[0]",
        "contributions[0].track",
        "contributions[0].people",
        "contributions[1].room",
        "weights[0].rule",
    ]


def test_every_rule_has_words() -> None:
    assert set(rules.RULES) <= set(rules.WORDING)
