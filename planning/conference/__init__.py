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
    from planning.results import Answer, Plan


def _plan(problem: Conference, context: Context) -> Answer:
    from planning.conference.model import plan  # only the worker needs it

    return plan(problem, context)


def _lockable(problem: Conference, previous: Plan) -> tuple[set[str], set[str]]:
    """Contributions and slots of the programme."""
    items = {given.id for given in problem.programme.contributions}
    items |= {entry.place.contribution for entry in previous.assignments if entry.place}
    return items, {slot.id for slot in problem.programme.slots}


def _wanted(problem: Conference) -> tuple[str, ...]:
    """All contributions; which sessions are to be interpreted follows from their places."""
    return tuple(given.id for given in problem.programme.contributions)


KIND = Kind(
    name="conference",
    problem=Conference,
    assignment=Entry,
    faults=faults,
    plan=_plan,
    check=verdict,
    wording={**INTERPRETERS_WORDING, **PROGRAMME_WORDING},
    broken={**INTERPRETERS_BROKEN, **PROGRAMME_BROKEN},
    lockable=_lockable,
    wanted=_wanted,
)

__all__ = ["KIND"]
