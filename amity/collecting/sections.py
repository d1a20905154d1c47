"""What collecting adds to the pages of gatherings: that something can be proposed."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from amity.collecting import queries
from amity.collecting.contexts import ProposeSection
from amity.desk.offers import Offer
from amity.foundation.pages.public import Page
from amity.gatherings.models import Gathering
from amity.record import rules
from amity.record.acting import Acting
from amity.record.models import Recorded
from amity.record.sections import Section, register


def register_sections() -> None:
    """Register all of them."""
    register("gathering", Section("propose", form_of_gathering, 5))


def form_of_gathering(gathering: Gathering, page: Page) -> ProposeSection | None:
    """The form that everybody finds, until the day after it closes. One statement.

    The page is kept for a day, so it names both moments and does not say whether it is open now.
    """
    call = queries.call_of(gathering)
    if call is None or call.code is not None or call.closes_at.date() < page.today:
        return None
    return ProposeSection(call=call, gathering=gathering)


def form_at_desk(acting: Acting, gathering: Recorded) -> Offer | None:
    """The way to the form of a gathering, for those who write for one of its sides."""
    if not rules.writes(acting) or gathering.keeper not in acting.partnerships:
        return None
    return Offer(_("Form for proposals"), reverse("desk_call", args=[gathering.key]))
