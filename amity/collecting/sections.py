"""What collecting adds to the pages of gatherings: that something can be proposed."""

from amity.collecting import queries
from amity.collecting.contexts import ProposeSection
from amity.foundation.pages.public import Page
from amity.gatherings.models import Gathering
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
