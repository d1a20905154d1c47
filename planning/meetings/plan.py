"""Plans a day of meetings: what counting proves, an attempt, then the search that suits it."""

from __future__ import annotations

from planning.context import Context
from planning.meetings.attempt import attempt_of
from planning.meetings.compiled import compile_day
from planning.meetings.counting import contradiction
from planning.meetings.laying import lay
from planning.meetings.places import Bounds, plan_of
from planning.meetings.problem import Problem
from planning.results import Answer, Infeasible, Plan


def plan(problem: Problem, context: Context) -> Answer:
    """Answer a sound problem."""
    day = compile_day(problem, context.previous, context.locks)
    reasons = contradiction(day)
    if reasons:
        return Infeasible("meetings", reasons, len(reasons) == 1, context.seconds())
    first = attempt_of(day, lay(day), context)
    made: Plan | None = None
    if first.is_plan:
        most = Bounds(sum(meeting.value for meeting in day.meetings))
        made = plan_of(day, first.draft, most, context.previous, "limit", context.seconds())
        context.progress("value", made.goals[0].value, most.value, made)
    else:
        context.attempt(first.unknown(context.seconds()))
    if not context.remaining():
        return made or first.unknown(context.seconds())
    # these load ortools, which takes as long as all before
    from planning.meetings import choose, exact

    search = choose.plan if choose.is_large(day) else exact.plan
    return search(day, context, first)
