"""Problem 1: who meets whom, when, at which table and with which interpreter.

The problem's dataclasses stand in `problem`, its rules in `rules`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planning.kinds import Kind
from planning.meetings.check import judge
from planning.meetings.faults import faults
from planning.meetings.problem import (
    Forbidden,
    Interpreters,
    Meeting,
    Participant,
    Place,
    Precedence,
    Problem,
    Slot,
    Table,
    Wish,
)
from planning.meetings.rules import BROKEN, WORDING
from planning.results import Answer

if TYPE_CHECKING:
    from planning.context import Context
    from planning.results import Plan

__all__ = [
    "KIND",
    "Forbidden",
    "Interpreters",
    "Meeting",
    "Participant",
    "Place",
    "Precedence",
    "Problem",
    "Slot",
    "Table",
    "Wish",
]


def _plan(problem: Problem, context: Context) -> Answer:
    # The caller's process reads and checks without OR-Tools; only the worker's needs it.
    from planning.meetings.plan import plan

    return plan(problem, context)


def _lockable(problem: Problem, previous: Plan) -> tuple[set[str], set[str]]:
    """Meetings, agreed or held before, and slots."""
    items = {meeting.id for meeting in problem.meetings}
    items |= {place.meeting for place in previous.assignments}
    return items, {slot.id for slot in problem.slots}


def _wanted(problem: Problem) -> tuple[str, ...]:
    """The meetings that must be held."""
    return tuple(meeting.id for meeting in problem.meetings if meeting.required)


KIND = Kind(
    name="meetings",
    problem=Problem,
    assignment=Place,
    faults=faults,
    plan=_plan,
    check=judge,
    wording=WORDING,
    broken=BROKEN,
    lockable=_lockable,
    wanted=_wanted,
)
