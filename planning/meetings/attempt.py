"""What is answered where neither a plan nor a proof was found, and what stands in its way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from planning.context import Context
from planning.meetings.check import judge
from planning.meetings.compiled import Day
from planning.meetings.counting import named, narrowing, who
from planning.meetings.places import Draft, places
from planning.meetings.standing import Obstacle, Standing
from planning.results import Attempt, Plan, Reason

KIND = "meetings"


@dataclass(frozen=True)
class Drafted(Attempt):
    """An attempt made of a draft, whose places it holds. missing: meetings that must be held and
    are not; broken: the rules that it breaks and, for each missing meeting, what keeps it out of
    every slot."""

    draft: Draft


def attempt_of(day: Day, draft: Draft, context: Context) -> Drafted:
    """The attempt that a draft makes, judged by the check."""
    held = places(day, draft, context.previous)
    verdict = judge(day.problem, Plan(KIND, held), context.previous, context.locks)
    missing = missing_of(day, draft)
    told = dict.fromkeys(verdict.broken)
    standing = Standing.of(day, draft)
    for meeting in missing:
        told |= dict.fromkeys(_in_the_way(standing, meeting))
    names = tuple(day.meetings[meeting].id for meeting in missing)
    return Drafted(KIND, held, names, tuple(told), draft)


def missing_of(day: Day, draft: Draft) -> list[int]:
    """The meetings that must be held and are not."""
    return [
        meeting
        for meeting, given in enumerate(day.meetings)
        if given.required and meeting not in draft.slots
    ]


def _in_the_way(standing: Standing, meeting: int) -> list[Reason]:
    """What keeps a meeting out of the slots that are open to it, and what closes the others."""
    day = standing.day
    slots: dict[Obstacle, list[int]] = defaultdict(list)
    for slot in day.domain[meeting]:
        obstacle = standing.obstacle(meeting, slot)
        if obstacle is not None:
            slots[obstacle].append(slot)
    told = [_reason(standing, meeting, obstacle, held) for obstacle, held in slots.items()]
    return told + narrowing(day, meeting)


def _reason(standing: Standing, meeting: int, obstacle: Obstacle, slots: Sequence[int]) -> Reason:
    day = standing.day
    given = day.meetings[meeting]
    where = named(day, slots)
    if obstacle.what == "most":
        person = obstacle.subject[0]
        most = day.problem.participants[person].most
        return Reason.of("most", person=who(day, person), most=most or 0)
    if obstacle.what == "met":
        person = obstacle.subject[0]
        others = tuple(day.meetings[standing.taken[person, slot]].id for slot in slots)
        return Reason.of(
            "met", meeting=given.id, slots=where, person=who(day, person), others=others
        )
    if obstacle.what == "order":
        before, after = obstacle.subject
        other = after if before == meeting else before
        return Reason.of(
            "order_stands",
            meeting=given.id,
            slots=where,
            before=day.meetings[before].id,
            after=day.meetings[after].id,
            other=day.meetings[other].id,
            slot=day.problem.slots[standing.slots[other]].id,
        )
    if obstacle.what == "table":
        return Reason.of("no_table", meeting=given.id, slots=where)
    return Reason.of("nobody_left", meeting=given.id, slots=where, a=given.a, b=given.b)
