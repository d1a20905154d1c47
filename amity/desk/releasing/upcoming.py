"""What of releases on a set day stands on the desk's first page."""

from datetime import timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from amity.desk import needs
from amity.desk.models import PlannedRelease
from amity.desk.needs import Need
from amity.desk.shown import Row
from amity.record import kinds, rules
from amity.record.acting import Acting
from amity.record.managers import PUBLIC

MOST = 8
SHOWN_FOR = timedelta(days=30)


def register() -> None:
    """Called once, from `AppConfig.ready`."""
    needs.register("not released", 5, not_released, _refused)
    needs.register("releases to come", 90, to_come, _planned)


def not_released(acting: Acting) -> Need | None:
    """What was to be released for the office lately and could not be; nobody reads it yet."""
    return _need(_refused(acting))


def to_come(acting: Acting) -> Need | None:
    """What is to be released for the office on a set day."""
    return _need(_planned(acting))


def _refused(acting: Acting) -> QuerySet[PlannedRelease]:
    since = timezone.now() - SHOWN_FOR
    rows = _of(acting).filter(outcome=PlannedRelease.Outcome.REFUSED, settled_at__gt=since)
    again = PlannedRelease.objects.filter(outcome="").values("entry")
    return rows.exclude(entry__readers=PUBLIC).exclude(entry__in=again)


def _planned(acting: Acting) -> QuerySet[PlannedRelease]:
    return _of(acting).filter(outcome="")


def _of(acting: Acting) -> QuerySet[PlannedRelease]:
    if not acting.office or not rules.RELEASING & acting.mandates:
        return PlannedRelease.objects.none()
    rows = PlannedRelease.objects.filter(
        rules.readable(acting, "entry"),
        office=acting.office,
        entry__removed_at=None,
        entry__moved_to=None,
    )
    return rows.select_related("entry__dossier")


def _need(rows: QuerySet[PlannedRelease]) -> Need | None:
    found = list(rows[: MOST + 1])
    if not found:
        return None
    refused = bool(found[0].outcome)
    title = _("Not released on its day") if refused else _("To be released on a set day")
    return Need(title, tuple(_row(one) for one in found[:MOST]), len(found) > MOST, "", "")


def _row(planned: PlannedRelease) -> Row:
    entry = planned.entry
    kind = kinds.get(entry.kind)
    address = reverse("desk_release", args=[kind.plural, entry.key])
    return Row(entry.title, str(kind.label), address, entry.key, entry.dossier.fictional)
