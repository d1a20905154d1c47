"""Small problems of interpreters: the model agrees with trying everything; all plans judged."""

from __future__ import annotations

from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planning.context import Context
from planning.interpreters import KIND
from planning.results import Infeasible, Plan
from planning.tests.interpreters_cases import best_by_trying, small_problem

QUICK = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))


@QUICK
@given(st.randoms(use_true_random=False))
def test_model_finds_the_optimum(rng: Random) -> None:
    problem = small_problem(rng)
    assert KIND.faults(problem) == []
    best = best_by_trying(problem)
    answer = KIND.plan(problem, Context(limit_s=20, workers=1))
    if best is None:
        assert isinstance(answer, Infeasible)
        assert answer.reasons
        return
    assert isinstance(answer, Plan)
    judged = KIND.check(problem, answer, None, ())
    assert judged.ok
    assert judged.costs == answer.costs
    assert (answer.value, answer.bound, answer.ended) == (*best, *best, "proven")


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False))
def test_least_moves_come_first(rng: Random) -> None:
    problem, changed = small_problem(rng), small_problem(rng)
    first = KIND.plan(problem, Context(limit_s=20, workers=1))
    if not isinstance(first, Plan):
        return
    best = best_by_trying(changed, first)
    answer = KIND.plan(changed, Context(limit_s=20, workers=1, previous=first))
    if best is None:
        assert isinstance(answer, Infeasible)
        return
    assert isinstance(answer, Plan)
    judged = KIND.check(changed, answer, first, ())
    assert judged.ok
    assert judged.moves == answer.moves
    assert tuple(goal.value for goal in answer.goals) == best
    assert tuple(goal.bound for goal in answer.goals) == best


def test_deterministic_mode_repeats() -> None:
    problem = small_problem(Random(3))  # noqa: S311 - a test case, not a secret
    context = [Context(limit_s=1, seed=5, workers=2, deterministic=True) for _ in range(2)]
    assert KIND.plan(problem, context[0]) == KIND.plan(problem, context[1])
