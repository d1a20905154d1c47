"""What of closing stands on the desk's first page."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from amity.desk import needs
from amity.desk.needs import Need
from amity.desk.shown import Row
from amity.gatherings.choices import GatheringStatus
from amity.gatherings.models import Gathering
from amity.record import rules
from amity.record.acting import Acting
from amity.record.queries import visible_to

MOST = 5


def register() -> None:
    """Called once, from `AppConfig.ready`."""
    needs.register("editions to close", 40, editions_to_close, _over)


def editions_to_close(acting: Acting) -> Need | None:
    """Editions that are over and not closed, of those whom the reader's office keeps them with."""
    if not rules.AGREEING & acting.mandates or not acting.keeps:
        return None
    found = list(_over(acting).select_related("dossier").order_by("-ends_on", "key")[: MOST + 1])
    if not found:
        return None
    listed = tuple(
        Row(
            one.title,
            str(one.get_kind_display()),
            reverse("desk_closing", args=[one.key]),
            fictional=one.dossier.fictional,
        )
        for one in found[:MOST]
    )
    more, all_of_them = len(found) > MOST, reverse("desk_list", args=["gatherings"])
    return Need(_("Editions to close"), listed, more, all_of_them, _("All gatherings"))


def _over(acting: Acting) -> QuerySet[Gathering]:
    return visible_to(acting, Gathering).filter(
        keeper__in=acting.keeps,
        series__isnull=False,
        status=GatheringStatus.HELD,
        ends_on__lt=timezone.localdate().isoformat(),
    )
