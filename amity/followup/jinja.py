"""What the follow-up room offers to all templates: its states in words and colours."""

from datetime import date

from jinja2 import Environment, pass_context
from jinja2.runtime import Context

from amity.foundation.pages.public import today

from .choices import (
    Ambition,
    CommitmentKind,
    Completion,
    EarlyResults,
    Grade,
    JointState,
    Outcome,
    PartyRole,
    ProposalKind,
    ProposalStanding,
    Verdict,
    state_label,
)
from .models import Commitment
from .sections import last_completion

LABELS = {
    "ambition": Ambition,
    "commitment_kind": CommitmentKind,
    "completion": Completion,
    "early_results": EarlyResults,
    "grade": Grade,
    "joint_state": JointState,
    "outcome": Outcome,
    "party_role": PartyRole,
    "proposal_kind": ProposalKind,
    "standing": ProposalStanding,
    "verdict": Verdict,
}

SEGMENTS = {
    Completion.COMPLETE: "kept",
    Completion.SUBSTANTIAL: "joint",
    Completion.LIMITED: "open",
    Completion.NOT_STARTED: "open",
    Completion.UNCLEAR: "open",
    Completion.WITHDRAWN: "declined",
    JointState.DIFFER: "late",
    JointState.ONE_SIDED: "open",
    JointState.SILENT: "silent",
}
"""State of a commitment -> the colour of its part of a flow bar."""


def install(environment: Environment) -> None:
    """Offer the labels, the colours and what is reckoned from collected rows."""
    environment.globals.update(
        followup_label=followup_label,
        last_completion=last_completion,
        overdue_days=overdue_days,
        state_label=state_label,
        state_segment=lambda state: SEGMENTS[state],
    )


def followup_label(of: str, value: str) -> str:
    """The words for `value` of the enumeration called `of` (a key of `LABELS`)."""
    return str(LABELS[of](value).label)


@pass_context
def overdue_days(context: Context, commitment: Commitment) -> int | None:
    """Whole days since the deadline passed; None when it has not, or the matter is settled."""
    return days_overdue(commitment, today(context))


def days_overdue(commitment: Commitment, on: date) -> int | None:
    """Whole days from the deadline to the day `on`; None when it is not overdue then."""
    due = commitment.due_on
    return (on - due).days if commitment.open and due and due < on else None
