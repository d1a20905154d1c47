"""What the follow-up room offers to all templates: its states in words and colours."""

from datetime import date

from jinja2 import Environment, pass_context
from jinja2.runtime import Context

from amity.foundation.pages.public import today

from .choices import Completion, JointState, goal_label, state_label
from .joint_state import days_overdue
from .models import Commitment

SEGMENTS = {
    Completion.COMPLETE: "kept",
    Completion.SUBSTANTIAL: "joint",
    Completion.LIMITED: "begun",
    Completion.NOT_STARTED: "unbegun",
    Completion.UNCLEAR: "unclear",
    Completion.WITHDRAWN: "declined",
    JointState.DIFFER: "late",
    JointState.ONE_SIDED: "open",
    JointState.SILENT: "silent",
}
"""State of a commitment -> the colour of its part of a flow bar."""


def install(environment: Environment) -> None:
    """Offer states in words and colours, what goals are called, and whether a date has passed."""
    environment.globals.update(
        date_passed=date_passed,
        goal_label=goal_label,
        state_label=state_label,
        turn_of=turn_of,
        state_segment=lambda state: SEGMENTS[state],
    )


@pass_context
def date_passed(context: Context, commitment: Commitment) -> bool:
    """Whether the deadline has passed while the matter is not settled: no more is known."""
    return days_overdue(commitment.due_on, commitment.open, today(context)) is not None


def turn_of(commitment: Commitment) -> date | None:
    """The day of the turn that is due, of what recurs; None of what is due once."""
    deadline = commitment.deadline
    return commitment.due_on if deadline is not None and deadline.every else None
