"""What of people of the office stands on the desk's first page: who has lost a second factor."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from amity.accounts.models import LostFactor
from amity.accounts.queries import lost_factors_seen_by
from amity.desk import needs
from amity.desk.needs import Need
from amity.desk.shown import Row
from amity.languages.text import Text
from amity.record.acting import Acting

MOST = 8


def register() -> None:
    """Called once, from `AppConfig.ready`."""
    needs.register("lost second factors", 1, lost_factors, _lost)


def lost_factors(acting: Acting) -> Need | None:
    """Colleagues who wait for others to vouch for them, until it was used or stopped."""
    found = list(_lost(acting)[: MOST + 1])
    if not found:
        return None
    rows = tuple(_row(one) for one in found[:MOST])
    return Need(_("Lost second factors"), rows, len(found) > MOST, "", "")


def _lost(acting: Acting) -> QuerySet[LostFactor]:
    return lost_factors_seen_by(acting, timezone.now())


def _row(lost: LostFactor) -> Row:
    name = Text.of(lost.user.name or lost.user.email, get_language() or "en")
    return Row(name, "", reverse("lost_factor", args=[lost.pk]))
