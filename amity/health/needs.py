"""What of partnerships stands on the desk's first page: agreements to be renewed."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from amity.desk import needs
from amity.desk.needs import Need
from amity.desk.shown import Row
from amity.foundation.pages.formatting import day
from amity.foundation.words.typography import labelled
from amity.health.queries import Lapse, soon_lapsing
from amity.record import rules
from amity.record.acting import Acting

MOST = 8


def register() -> None:
    """Called once, from `AppConfig.ready`."""
    needs.register("agreements to renew", 40, to_renew)


def to_renew(acting: Acting) -> Need | None:
    """Agreements of one's partnerships that end soon, each once. Two statements."""
    if not rules.RELEASING & acting.mandates:
        return None
    found: dict[int, Lapse] = {}
    for some in soon_lapsing(acting, timezone.localdate()).values():
        found |= {one.agreement.pk: one for one in some}
    if not found:
        return None
    ordered = sorted(found.values(), key=lambda one: (one.ends, one.agreement.key))
    rows = tuple(_row(one) for one in ordered[:MOST])
    return Need(
        _("Agreements to renew"),
        rows,
        len(ordered) > MOST,
        reverse("desk_health"),
        _("All partnerships"),
    )


def _row(lapse: Lapse) -> Row:
    agreement = lapse.agreement
    address = reverse("desk_record", args=["agreements", agreement.key])
    ends = labelled(str(_("Ends")), day(lapse.ends))
    return Row(agreement.title, ends, address, agreement.key, agreement.dossier.fictional)
