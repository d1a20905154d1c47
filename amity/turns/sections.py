"""What turns add to public pages: by when the sides that were asked are to answer."""

from amity.followup.models import Proposal
from amity.foundation.pages.public import Page
from amity.record.sections import Section, register
from amity.turns import queries
from amity.turns.contexts import AnswersDueSection


def register_sections() -> None:
    """Register it."""
    register("proposal", Section("answers due", answers_due, 1))


def answers_due(proposal: Proposal, page: Page) -> AnswersDueSection | None:
    """The sides without an answer that everybody reads, where there is a term."""
    if proposal.gathering_id is None:
        return None
    lines = queries.due_of([proposal], page.today).get(proposal.pk, ())
    return AnswersDueSection(lines=lines) if lines else None
