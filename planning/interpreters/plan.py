"""Plans interpreters: an attempt in moments, then the exact search."""

from __future__ import annotations

from planning.context import Context
from planning.interpreters.attempt import attempt_of, first_plan
from planning.interpreters.compiled import Compiled
from planning.interpreters.problem import Problem
from planning.results import Answer


def plan(problem: Problem, context: Context) -> Answer:
    """The best staffing found in the time given, or why there is none."""
    compiled = Compiled(problem)
    first = attempt_of(compiled, context)
    made = first_plan(compiled, context, first)
    if made is None:
        context.attempt(first.unknown(context.seconds()))
    else:
        goal = made.goals[0]
        context.progress(goal.name, goal.value, goal.bound, made)
    if not context.remaining():
        return made or first.unknown(context.seconds())
    from planning.interpreters.model import Search  # loads ortools, which takes longer than that

    return Search(compiled, context, first).run()
