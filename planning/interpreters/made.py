"""The plan that duties make."""

from __future__ import annotations

from collections.abc import Sequence

from planning.context import Context
from planning.interpreters.account import account, changed_duties
from planning.interpreters.compiled import Compiled
from planning.interpreters.problem import Duty
from planning.results import Ended, Goal, Move, Plan

KIND = "interpreters"


def plan_of(
    c: Compiled, context: Context, duties: Sequence[Duty], goals: Sequence[Goal], ended: Ended
) -> Plan:
    """The plan of these duties."""
    return Plan(
        KIND,
        tuple(duties),
        account(c, duties),
        tuple(goals),
        moves_of(c, previous_of(context), duties) if context.previous else (),
        ended,
        context.seconds(),
    )


def previous_of(context: Context) -> tuple[Duty, ...]:
    """The duties of the previous plan."""
    return context.previous.assignments if context.previous else ()


def moves_of(c: Compiled, previous: Sequence[Duty], duties: Sequence[Duty]) -> tuple[Move, ...]:
    """Duties dropped and added in parts that were planned before."""
    keys = {shift.key for shift in c.shifts}
    planned = {(duty.session, duty.part) for duty in previous}
    old = {duty for duty in previous if (duty.session, duty.part) in keys}
    new = {duty for duty in duties if (duty.session, duty.part) in planned}
    return changed_duties(old, new)


def locked_of(c: Compiled, context: Context) -> list[tuple[str, int]]:
    """The parts whose teams must stay as they were."""
    items = {lock.item for lock in context.locks if lock.item}
    slots = {lock.slot for lock in context.locks if lock.slot}
    return [
        shift.key
        for shift in c.shifts
        if shift.session.id in items or shift.session.parts[shift.part].start in slots
    ]
