"""What follows from reports, answers and dispositions. Pure: no database, no clock.

Joint state: each side's latest accepted report gives its completion; only sides that are party to
the commitment count. All equal is *confirmed*, unequal is *differ*, some silent is *one-sided*.
One side alone never confirms anything: that takes two.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from amity.followup.choices import Completion, JointState, Outcome, ProposalStanding, ReportState
from amity.foundation.dates.as_said import DateAsSaid, Interval

SETTLED = frozenset({Completion.COMPLETE, Completion.WITHDRAWN})
CLOSING = frozenset(set(Outcome) - {Outcome.CARRIED})
"""Outcomes after which an item is open no more; what is carried stays open."""


@dataclass(frozen=True, slots=True)
class Reported:
    """One side's report, as far as it counts. `key` settles which is latest on the same days."""

    side: int
    completion: str
    state: str
    period: DateAsSaid | None = None
    submitted_on: date | None = None
    accepted_on: date | None = None
    key: str = ""

    @property
    def counts(self) -> bool:
        """A submitted or returned report never changes anything."""
        return self.state == ReportState.ACCEPTED

    @property
    def order(self) -> tuple[date, date, str]:
        """The greatest is the latest."""
        return (self.accepted_on or date.min, self.submitted_on or date.min, self.key)

    def speaks_of(self, occurrence: Interval) -> bool:
        """Whether its period meets an occurrence of the deadline.

        Without a period it speaks of everything; nothing is reported of days after it was
        accepted.
        """
        start = self.period.start if self.period else None
        end = self.period.end if self.period else None
        if self.accepted_on and (end is None or end > self.accepted_on):
            end = self.accepted_on
        return (start is None or occurrence.end is None or start <= occurrence.end) and (
            end is None or occurrence.start is None or end >= occurrence.start
        )


@dataclass(frozen=True, slots=True)
class Derived:
    """The derived columns of a commitment."""

    joint_state: str
    joint_completion: str
    due_on: date | None
    open: bool
    decided: str


def joint_state(completions: Mapping[int, str | None]) -> tuple[str, str]:
    """Joint state and, when confirmed, joint completion of the parties' last completions.

    `completions`: side → completion, None for a side that has not reported.
    """
    reported = [completion for completion in completions.values() if completion]
    if not reported:
        return str(JointState.SILENT), ""
    if len(reported) < len(completions) or len(completions) == 1:
        return str(JointState.ONE_SIDED), ""
    if len(set(reported)) == 1:
        return str(JointState.CONFIRMED), str(reported[0])
    return str(JointState.DIFFER), ""


def latest_completions(sides: Iterable[int], reports: Iterable[Reported]) -> dict[int, str | None]:
    """Side → completion of its latest accepted report, for the sides that are party."""
    latest: dict[int, Reported | None] = dict.fromkeys(sides)
    for report in reports:
        if not report.counts or report.side not in latest:
            continue
        before = latest[report.side]
        if before is None or report.order > before.order:
            latest[report.side] = report
    return {side: report.completion if report else None for side, report in latest.items()}


def due_on(
    deadline: DateAsSaid | None, sides: Sequence[int], reports: Sequence[Reported]
) -> date | None:
    """The last day of the deadline; None where the words give none.

    What recurs is due at its earliest occurrence that is not jointly reported complete; None when
    every one is.
    """
    if deadline is None:
        return None
    if deadline.every is None or deadline.edtf is None:
        return deadline.due()
    for occurrence in deadline.occurrences():
        meant = [report for report in reports if report.speaks_of(occurrence)]
        if joint_state(latest_completions(sides, meant)) != (
            JointState.CONFIRMED,
            Completion.COMPLETE,
        ):
            return occurrence.end
    return None


def days_overdue(due: date | None, is_open: bool, on: date) -> int | None:
    """Whole days from the deadline to the day `on`; None when it is not overdue then."""
    return (on - due).days if is_open and due and due < on else None


def derived(
    sides: Sequence[int],
    reports: Sequence[Reported],
    deadline: DateAsSaid | None,
    outcomes: Iterable[str],
) -> Derived:
    """All derived columns of a commitment.

    `sides`: its parties. `outcomes`: of its dispositions, in any order. A commitment that recurs
    stays open after a complete report while an occurrence is left.
    """
    state, completion = joint_state(latest_completions(sides, reports))
    due = due_on(deadline, sides, reports)
    recurs = deadline is not None and deadline.every is not None
    done = completion in SETTLED and not (
        recurs and due is not None and completion == Completion.COMPLETE
    )
    closed = decided(outcomes)
    return Derived(state, completion, due, not done and not closed, closed)


def decided(outcomes: Iterable[str]) -> str:
    """The outcome that closed an item; empty while it is open or was carried on.

    Nothing is decided of what is closed, so there is at most one.
    """
    return min((str(one) for one in CLOSING.intersection(outcomes)), default="")


def waits_at(
    made_at: int | None, decisions: Sequence[tuple[int, int | None]], *, settled: bool
) -> int | None:
    """The edition whose closing has to decide of an item; None where none has.

    `made_at`: where it was made. `decisions`: of its dispositions, at which edition each was made
    and into which it was carried by it, in the order in which they were made.
    """
    if settled:
        return None
    over = {at for at, _into in decisions}
    reached = (made_at, *(into for _at, into in decisions))
    waiting = [one for one in reached if one is not None and one not in over]
    return waiting[-1] if waiting else None


def proposal_standing(asked: Iterable[int], verdicts: Mapping[int, str]) -> str:
    """What the answers come to.

    `asked`: the sides addressed; where none is named, those that answered count. `verdicts`: side
    → answer.
    """
    sides = set(asked) or set(verdicts)
    given = [verdicts[side] for side in sides if side in verdicts]
    if not given:
        return str(ProposalStanding.UNANSWERED)
    if len(given) < len(sides):
        return str(ProposalStanding.PARTLY_ANSWERED)
    return str(ProposalStanding(given[0]) if len(set(given)) == 1 else ProposalStanding.DIFFER)
