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
    from planning.results import Answer


def _plan(problem: Problem, context: Context) -> Answer:
    from planning.interpreters.model import plan  # loads ortools, which only the worker needs

    return plan(problem, context)


KIND = Kind(
    name="interpreters",
    problem=Problem,
    assignment=Duty,
    faults=faults,
    plan=_plan,
    check=verdict,
    wording=dict(WORDING),
    broken=dict(BROKEN),
)

__all__ = ["KIND"]
