"""An interpreters problem as numbers, for the model."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from planning.interpreters import rules
from planning.interpreters.problem import Problem, Session

BOTH = "both"


def minute(moment: str) -> int:
    """Minutes since a fixed day of a local time."""
    return int((datetime.fromisoformat(moment) - datetime(2000, 1, 1)).total_seconds() // 60)  # noqa: DTZ001 - local times of the venue are compared with each other only


@dataclass(frozen=True)
class Shift:
    """A part of a session, ready to be staffed.

    index    of the session; part its number, from 0; start and end in minutes; day "YYYY-MM-DD"
    booths   (name, languages worked into)
    needed   the whole team at least; each booth at least `booth`
    """

    index: int
    session: Session
    part: int
    start: int
    end: int
    day: str
    booths: tuple[tuple[str, tuple[str, ...]], ...]
    needed: int
    booth: int

    @property
    def key(self) -> tuple[str, int]:
        return self.session.id, self.part

    @property
    def number(self) -> int:
        """Its number as people count, from 1, which is what they are told."""
        return self.part + 1

    @property
    def minutes(self) -> int:
        return self.end - self.start


class Compiled:
    """Shifts in order of session and part, costs per rule, and who can do what."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.cost: dict[str, int | None] = {rule: usual for rule, (usual, _) in rules.RULES.items()}
        self.cost.update({weight.rule: weight.cost for weight in problem.weights})
        self.people = problem.interpreters
        self.shifts = [
            self._shift(index, session, part)
            for index, session in enumerate(problem.sessions)
            for part in range(len(session.parts))
        ]
        self.active = [{*person.a, *person.b} for person in self.people]
        self.understood = [{*person.a, *person.b, *person.c} for person in self.people]

    def _shift(self, index: int, session: Session, part: int) -> Shift:
        standard = self.problem.standard
        given = session.parts[part]
        day = given.start[:10]
        start = minute(given.start)
        if len({*session.floor, *session.heard}) == 2:
            minutes = sum(other.minutes for other in session.parts if other.start[:10] == day)
            rows = standard.two_languages
            needed = next(row.interpreters for row in rows if minutes <= row.minutes)
            booths: tuple[tuple[str, tuple[str, ...]], ...] = ((BOTH, session.heard),)
            least = needed
        else:
            booths = tuple((language, (language,)) for language in session.heard)
            least = standard.booth
            needed = max(standard.three_languages, least * len(booths))
        return Shift(index, session, part, start, start + given.minutes, day, booths, needed, least)

    def hard(self, rule: str) -> bool:
        return self.cost[rule] is None

    def takes(self, i: int, source: str, target: str) -> bool:
        """Whether interpreter i works from `source` into `target`."""
        return source != target and target in self.active[i] and source in self.understood[i]

    def can_sit(self, i: int, shift: Shift, targets: tuple[str, ...]) -> bool:
        """Whether interpreter i can be of any use in a booth into `targets`."""
        spoken = sorted({*shift.session.floor, *shift.session.heard})
        return any(self.takes(i, source, target) for source in spoken for target in targets)

    def fits(self, i: int, shift: Shift) -> bool:
        """Whether interpreter i can be of any use in any booth of a shift."""
        return any(self.can_sit(i, shift, targets) for _, targets in shift.booths)

    def away(self, i: int, shift: Shift) -> bool:
        return any(
            minute(away.start) < shift.end and shift.start < minute(away.end)
            for away in self.people[i].away
        )

    @cached_property
    def days(self) -> dict[str, list[tuple[int, int]]]:
        """Day -> the different (start, end) of its shifts, in order."""
        found: dict[str, set[tuple[int, int]]] = {}
        for shift in self.shifts:
            found.setdefault(shift.day, set()).add((shift.start, shift.end))
        return {day: sorted(spans) for day, spans in sorted(found.items())}
