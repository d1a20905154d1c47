"""Problem 2: contributions into sessions, sessions into rooms and slots."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planning.kinds import Kind
from planning.programme.check import verdict
from planning.programme.faults import faults
from planning.programme.problem import Place, Problem
from planning.programme.rules import BROKEN, WORDING

if TYPE_CHECKING:
    from planning.context import Context
    from planning.results import Answer, Plan


def _plan(problem: Problem, context: Context) -> Answer:
    from planning.programme.model import plan  # loads ortools, which only the worker needs

    return plan(problem, context)


def _lockable(problem: Problem, previous: Plan) -> tuple[set[str], set[str]]:
    """Contributions and slots."""
    items = {given.id for given in problem.contributions}
    items |= {place.contribution for place in previous.assignments}
    return items, {slot.id for slot in problem.slots}


def _wanted(problem: Problem) -> tuple[str, ...]:
    """All contributions."""
    return tuple(given.id for given in problem.contributions)


KIND = Kind(
    name="programme",
    problem=Problem,
    assignment=Place,
    faults=faults,
    plan=_plan,
    check=verdict,
    wording=dict(WORDING),
    broken=dict(BROKEN),
    lockable=_lockable,
    wanted=_wanted,
)

__all__ = ["KIND"]
