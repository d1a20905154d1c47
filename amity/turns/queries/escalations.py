"""Reads of whom a side has told, or tells next, that there is no report."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, QuerySet

from amity.network.models import Side
from amity.record.acting import Acting
from amity.turns.choices import Step
from amity.turns.models import Escalated, Escalation, Turn
from amity.turns.schedule import told_on

from .sides import listed


def escalations_of(sides: Iterable[Side]) -> dict[int, Escalation]:
    """When each of these sides wants to be told, by its number. One statement."""
    known = list(sides)
    set_by = {one.side_id: one for one in Escalation.objects.filter(side__in=known)}
    return {side.pk: set_by.get(side.pk) or Escalation(side=side) for side in known}


def escalated(turns: Iterable[Turn], office: str) -> dict[tuple[int, date, Step], datetime]:
    """When an office was told of which turn, by step and the day of the turn then."""
    rows = Escalated.objects.filter(turn__in=list(turns), office=office)
    return {
        (turn, due_on, Step(step)): at
        for turn, due_on, step, at in rows.values_list("turn", "due_on", "step", "at")
    }


@dataclass(frozen=True, slots=True)
class Next:
    """Who is told next that there is no report, and from which day on."""

    step: Step
    on: date


def next_step(turn: Turn, told: Iterable[Escalated], set_by: Escalation) -> Next | None:
    """Who is told next of a turn; None where it is answered or everybody was told."""
    if turn.answered_at is not None or turn.dropped_at is not None or not turn.commitment.open:
        return None
    done = {one.step for one in told if one.due_on == turn.due_on}
    for step, after in (
        (Step.OFFICE, set_by.office_after),
        (Step.SIGNATORIES, set_by.signatories_after),
    ):
        on = told_on(turn.due_on, after)
        if on is not None and step not in done:
            return Next(step, on)
    return None


def escalated_to(acting: Acting) -> QuerySet[Turn]:
    """The turns of which the signatories of the office acted for were told, without a report."""
    told = Escalated.objects.filter(
        due_on=F("turn__due_on"), step=Step.SIGNATORIES, office=acting.office
    )
    return listed(acting).filter(pk__in=told.values("turn"), answered_at=None)
