"""What collecting adds to pages: that something can be proposed, and what came with proposals."""

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from amity.collecting import queries
from amity.collecting.contexts import FileLine, FilesSection, ProposeSection
from amity.collecting.rules import may_promise
from amity.desk.offers import Offer
from amity.followup.models import Proposal
from amity.foundation.pages.public import Page
from amity.gatherings.models import Gathering
from amity.gatherings.queries.beside import put_beside
from amity.record import rules
from amity.record.acting import Acting
from amity.record.models import Recorded
from amity.record.sections import Section, register

OPENS, CLOSES = "form_opens_at", "form_closes_at"
"""Names of both moments on a gathering that is read for its page."""


def register_sections() -> None:
    """Register all of them, and what they show of a gathering."""
    put_beside(OPENS, queries.opens_beside)
    put_beside(CLOSES, queries.closes_beside)
    register("gathering", Section("propose", form_of_gathering, 5))
    register("proposal", Section("files", files_with_proposal, 5))


def form_of_gathering(gathering: Gathering, page: Page) -> ProposeSection | None:
    """The form that everybody finds, until the day after it closes; read with the gathering.

    The page is kept for a day, so it names both moments and does not say whether it is open now.
    """
    opens, closes = getattr(gathering, OPENS, None), getattr(gathering, CLOSES, None)
    if opens is None or closes is None or closes.date() < page.today:
        return None
    return ProposeSection(gathering=gathering, opens_at=opens, closes_at=closes)


def files_with_proposal(proposal: Proposal, page: Page) -> FilesSection | None:
    """The files that came with what was sent in, so far as an office gives them to everybody."""
    found = queries.published_with(proposal.key)
    lines = tuple(FileLine(one, filesizeformat(one.size)) for one in found)
    return FilesSection(proposal=proposal, files=lines) if lines else None


def form_at_desk(acting: Acting, gathering: Recorded) -> Offer | None:
    """The way to the form of a gathering, for those who write for one of its sides."""
    if not rules.writes(acting) or gathering.keeper not in acting.partnerships:
        return None
    return Offer(_("Form for proposals"), reverse("desk_call", args=[gathering.key]))


def promise_at_desk(acting: Acting, answer: Recorded) -> Offer | None:
    """The way from an answer to a promise, for those who write for the side that answered."""
    if not may_promise(acting, answer):
        return None
    return Offer(
        _("Make a commitment with this answer"), reverse("desk_promise", args=[answer.key])
    )


def hall_at_desk(acting: Acting, gathering: Recorded) -> Offer | None:
    """The way to noting what is said in the hall, for those who write for one of its sides."""
    if not rules.writes(acting) or gathering.keeper not in acting.partnerships:
        return None
    return Offer(_("Said in the hall"), reverse("desk_hall", args=[gathering.key]))
