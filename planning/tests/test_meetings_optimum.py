"""Business meetings against the optimum that trying everything finds."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planning import Infeasible, Lock, Plan, check
from planning.context import Context
from planning.meetings import KIND, Problem
from planning.meetings.choose import choose
from planning.meetings.compiled import compile_day
from planning.tests.meetings_cases import SLOTS, optimum, problems

many = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def solved(problem: Problem, previous: Plan | None = None, locks: tuple[Lock, ...] = ()):
    """The answer of the model, in this process, by one thread and repeatable."""
    context = Context(limit_s=30, workers=1, deterministic=True, previous=previous, locks=locks)
    return KIND.plan(problem, context)


def goals(plan: Plan) -> tuple[int, ...]:
    return tuple(-goal.value if goal.maximize else goal.value for goal in plan.goals)


@many
@given(problems())
def test_the_plan_is_as_good_as_any(problem):
    best = optimum(problem)
    answer = solved(problem)
    if best is None:
        assert isinstance(answer, Infeasible)
        assert answer.reasons
        return
    assert isinstance(answer, Plan)
    verdict = check(problem, answer)
    assert verdict.broken == ()
    assert (goals(answer), answer.ended, answer.gap) == (best, "proven", 0.0)
    assert [(g.name, g.value) for g in answer.goals] == [(g.name, g.value) for g in verdict.goals]
    assert answer.costs == verdict.costs


@many
@given(problems(), st.data())
def test_a_changed_day_is_planned_anew_with_the_fewest_moves(problem, data):
    before = solved(problem)
    if not isinstance(before, Plan) or not before.assignments:
        return
    late = data.draw(st.sampled_from([slot.id for slot in problem.slots]))
    who = data.draw(st.integers(0, len(problem.participants) - 1))
    changed = replace(
        problem,
        participants=tuple(
            replace(person, absent=tuple(sorted({*person.absent, late})))
            if index == who
            else person
            for index, person in enumerate(problem.participants)
        ),
    )
    locks = (Lock(slot=SLOTS[0]),) if data.draw(st.booleans()) else ()
    best = optimum(changed, before, locks)
    answer = solved(changed, before, locks)
    if best is None:
        assert isinstance(answer, Infeasible)
        assert answer.reasons
        return
    assert isinstance(answer, Plan)
    verdict = check(changed, answer, previous=before, locks=locks)
    assert verdict.broken == ()
    assert (goals(answer), answer.ended) == (best, "proven")
    assert answer.moves == verdict.moves


@many
@given(problems())
def test_the_bound_of_the_choice_alone_is_one(problem):
    best = optimum(problem)
    if best is not None:
        assert choose(compile_day(problem)).bound >= -best[0]
