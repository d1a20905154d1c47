"""A programme and its interpreters, planned together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planning.conference.check import faults, verdict
from planning.conference.problem import Conference, Entry
from planning.interpreters.rules import BROKEN as INTERPRETERS_BROKEN
from planning.interpreters.rules import WORDING as INTERPRETERS_WORDING
from planning.kinds import Kind
from planning.programme.rules import BROKEN as PROGRAMME_BROKEN
from planning.programme.rules import WORDING as PROGRAMME_WORDING

if TYPE_CHECKING:
    from planning.context import Context
    from planning.results import Answer


def _plan(problem: Conference, context: Context) -> Answer:
    from planning.conference.model import plan  # loads ortools, which only the worker needs

    return plan(problem, context)


KIND = Kind(
    name="conference",
    problem=Conference,
    assignment=Entry,
    faults=faults,
    plan=_plan,
    check=verdict,
    wording={**INTERPRETERS_WORDING, **PROGRAMME_WORDING},
    broken={**INTERPRETERS_BROKEN, **PROGRAMME_BROKEN},
)

__all__ = ["KIND"]
