"""Small programmes: the models agree with trying everything; every plan is judged."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planning.context import Context
from planning.programme import KIND
from planning.programme.compiled import Compiled
from planning.programme.grounds import of_few
from planning.programme.model import Search
from planning.programme.rules import RULES
from planning.results import Infeasible, Plan, Unknown
from planning.terms import Weight
from planning.tests.programme_cases import best_by_trying, small_problem

SOFT = tuple(Weight(rule, 3) for rule in RULES)
QUICK = settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))


@QUICK
@given(st.randoms(use_true_random=False))
def test_exact_model_finds_the_optimum(rng: Random) -> None:
    problem = small_problem(rng)
    assert KIND.faults(problem) == []
    best = best_by_trying(problem)
    answer = KIND.plan(problem, Context(limit_s=20, deterministic=True))
    shown = of_few(Compiled(problem))  # what counting calls impossible is impossible
    if best is None:
        assert isinstance(answer, Infeasible)
        assert answer.reasons
        return
    assert shown == ()
    assert isinstance(answer, Plan)
    judged = KIND.check(problem, answer, None, ())
    assert judged.ok
    assert judged.costs == answer.costs
    assert (answer.value, answer.bound, answer.ended) == (*best, *best, "proven")


@QUICK
@given(st.randoms(use_true_random=False))
def test_least_moves_come_first(rng: Random) -> None:
    problem, changed = small_problem(rng), small_problem(rng)
    first = KIND.plan(problem, Context(limit_s=20, deterministic=True))
    if not isinstance(first, Plan):
        return
    best = best_by_trying(changed, first)
    answer = KIND.plan(changed, Context(limit_s=20, deterministic=True, previous=first))
    if best is None:
        assert isinstance(answer, Infeasible)
        return
    assert isinstance(answer, Plan)
    judged = KIND.check(changed, answer, first, ())
    assert judged.ok
    assert judged.moves == answer.moves
    assert tuple(goal.value for goal in answer.goals) == best
    assert tuple(goal.bound for goal in answer.goals) == best


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False))
def test_local_search_is_never_wrong(rng: Random) -> None:
    """What it finds is judged as it says, and never better than the best there is."""
    problem = small_problem(rng)
    best = best_by_trying(problem)
    answer = Search(problem, Context(limit_s=0.6, workers=1, deterministic=True)).large()
    if isinstance(answer, Unknown):
        return
    assert isinstance(answer, Plan)
    assert best is not None
    judged = KIND.check(problem, answer, None, ())
    assert judged.ok
    assert judged.costs == answer.costs
    assert answer.goals[0].bound <= best[0] <= answer.goals[0].value


@pytest.mark.parametrize("small", [True, False])
def test_deterministic_mode_repeats(small: bool) -> None:
    rng = Random(10)  # noqa: S311 - a test case, not a secret
    problem = replace(small_problem(rng), weights=SOFT)
    plans = []
    for _ in range(2):
        context = Context(limit_s=1.0, seed=3, workers=2, deterministic=True)
        search = Search(problem, context)
        plans.append(search.exact() if small else search.large())
    assert isinstance(plans[0], Plan)
    assert plans[0] == plans[1]
