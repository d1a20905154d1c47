"""What the check works with: contributions where a plan puts them, and breaches of rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from planning.programme.problem import Contribution, Place, Problem
from planning.results import Parameter, Reason

Span: TypeAlias = tuple[datetime, datetime]


@dataclass(frozen=True)
class Talk:
    """A contribution where the plan puts it. number: in the problem; on: when it runs; session:
    its slot; sits: when its people are taken up."""

    given: Contribution
    number: int
    slot: str
    room: str
    on: Span
    session: Span
    sits: Span


Sessions: TypeAlias = dict[tuple[str, str], list[Talk]]  # (slot, room) -> in their order


@dataclass(frozen=True)
class Breach:
    """Something that a rule counts: how many units, and who, where and when."""

    rule: str
    units: int
    parameters: tuple[tuple[str, Parameter], ...]

    @staticmethod
    def of(rule: str, units: int = 1, /, **parameters: Parameter) -> Breach:
        """A breach with the parameters that its wording names."""
        return Breach(rule, units, tuple(parameters.items()))

    def reason(self) -> Reason:
        """As a verdict tells it."""
        return Reason(self.rule, self.parameters)


def talks_of(problem: Problem, places: Sequence[Place]) -> list[Talk]:
    """The contributions that are placed, with their times."""
    number = {given.id: n for n, given in enumerate(problem.contributions)}
    slots = {slot.id: slot for slot in problem.slots}
    talks = []
    for place in places:
        slot = slots[place.slot]
        contribution = problem.contributions[number[place.contribution]]
        begin = datetime.fromisoformat(slot.start)
        session = (begin, begin + timedelta(minutes=slot.minutes))
        start = begin + timedelta(minutes=place.offset)
        on = (start, start + timedelta(minutes=contribution.minutes))
        talks.append(
            Talk(
                contribution,
                number[contribution.id],
                place.slot,
                place.room,
                on,
                session,
                session if problem.people_stay else on,
            )
        )
    return talks


def overlap(a: Span, b: Span) -> bool:
    """Whether two stretches of time have a moment in common."""
    return a[0] < b[1] and b[0] < a[1]


def when(span: Span) -> str:
    """The start of a stretch, as a reader of the programme sees it."""
    return f"{span[0]:%Y-%m-%d %H:%M}"


def period(start: str, end: str) -> Span:
    """A stretch given by two moments."""
    return datetime.fromisoformat(start), datetime.fromisoformat(end)


def track_order(problem: Problem, sessions: Sessions, track: str) -> list[Talk]:
    """The contributions of a track as a reader finds them: its sessions in time, those that begin
    at one time in the order of the list of slots, then of that of rooms."""
    slots = [slot.id for slot in problem.slots]
    rooms = [room.id for room in problem.rooms]
    held = sorted(
        (talks[0].session[0], slots.index(slot), rooms.index(room), talks)
        for (slot, room), talks in sessions.items()
        if talks[0].given.track == track
    )
    return [talk for *_, talks in held for talk in talks]
