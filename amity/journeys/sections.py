"""What closing adds to the pages of gatherings: what was carried into one, and on from it."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from amity.desk.offers import Offer
from amity.foundation.pages.public import Page
from amity.gatherings.choices import GatheringKind, GatheringStatus
from amity.gatherings.models import Gathering
from amity.journeys.contexts import PassedSection
from amity.journeys.queries.report import is_closed_by_all, passed_on
from amity.journeys.queries.standing import may_be_changed, sides_of
from amity.record import rules
from amity.record.acting import Acting
from amity.record.models import Recorded
from amity.record.sections import Section, register


def register_sections() -> None:
    """Register all of them."""
    register("gathering", Section("passed", passed, 39))


def passed(gathering: Gathering, page: Page) -> PassedSection | None:
    """What came into an edition and went on from it, and its closing report. Two statements.

    None for an exhibition, whose page asks the database enough without.
    """
    if gathering.kind == GatheringKind.EXHIBITION:
        return None
    came, went = passed_on(gathering)
    closed = gathering.status == GatheringStatus.CLOSED
    reported = closed and is_closed_by_all(gathering, sides_of(gathering))
    if not (came or went or reported):
        return None
    return PassedSection(gathering=gathering, came=came, went=went, reported=reported)


def closing_list(acting: Acting, record: Recorded) -> Offer | None:
    """The closing list of a gathering, for those who keep it."""
    if not isinstance(record, Gathering) or not rules.keeps(acting, record.keeper):
        return None
    return Offer(_("Closing list"), reverse("desk_closing", args=[record.key]))


def plans(acting: Acting, record: Recorded) -> Offer | None:
    """Calling a gathering off or postponing it, while it is to come, for those who keep it."""
    if not isinstance(record, Gathering) or not rules.keeps(acting, record.keeper):
        return None
    if not may_be_changed(record, timezone.localdate()):
        return None
    return Offer(_("Call off or postpone"), reverse("desk_plans", args=[record.key]))
