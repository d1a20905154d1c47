"""Problem 3: interpreters into booths."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planning.interpreters.check import verdict
from planning.interpreters.faults import faults
from planning.interpreters.problem import Duty, Problem
from planning.interpreters.rules import BROKEN, WORDING
from planning.kinds import Kind

if TYPE_CHECKING:
    from planning.context import Context
    from planning.results import Answer, Plan


def _plan(problem: Problem, context: Context) -> Answer:
    from planning.interpreters.plan import plan  # only the worker needs it

    return plan(problem, context)


def _lockable(problem: Problem, previous: Plan) -> tuple[set[str], set[str]]:
    """Sessions, and the moments at which parts start."""
    items = {session.id for session in problem.sessions}
    items |= {duty.session for duty in previous.assignments}
    return items, {part.start for session in problem.sessions for part in session.parts}


def _wanted(problem: Problem) -> tuple[str, ...]:
    """All parts, counted from 1."""
    return tuple(
        f"{session.id}/{part}"
        for session in problem.sessions
        for part in range(1, len(session.parts) + 1)
    )


KIND = Kind(
    name="interpreters",
    problem=Problem,
    assignment=Duty,
    faults=faults,
    plan=_plan,
    check=verdict,
    wording=dict(WORDING),
    broken=dict(BROKEN),
    lockable=_lockable,
    wanted=_wanted,
)

__all__ = ["KIND"]
