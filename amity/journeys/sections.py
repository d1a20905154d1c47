"""What closing adds to the pages of gatherings: what was carried into one, and on from it."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from amity.desk.offers import Offer
from amity.gatherings.models import Gathering
from amity.record import rules
from amity.record.acting import Acting
from amity.record.models import Recorded


def closing_list(acting: Acting, record: Recorded) -> Offer | None:
    """The closing list of a gathering, for those who keep it."""
    if not isinstance(record, Gathering) or not rules.keeps(acting, record.keeper):
        return None
    return Offer(_("Closing list"), reverse("desk_closing", args=[record.key]))
