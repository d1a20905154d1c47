"""The list of gatherings."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Substr

from amity.foundation.pages.memo import per_version
from amity.foundation.pages.paging import ListPage, page_of
from amity.foundation.pages.public import Page
from amity.gatherings.models import Gathering
from amity.record.acting import STRANGER, Acting
from amity.record.lists.ordering import Order, ordered
from amity.record.queries import ALL_DOSSIERS, InDossiers, visible_to

UPCOMING, PAST = "upcoming", "past"


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters of the list; None is no filter. `when` is UPCOMING or PAST."""

    kind: str | None = None
    when: str | None = None
    year: str | None = None
    theme: str | None = None
    series: str | None = None
    dossiers: InDossiers = ALL_DOSSIERS


@per_version(largest=4)
def years(page: Page) -> tuple[str, ...]:
    """The years in which gatherings begin, the newest first. One statement."""
    begun = Gathering.objects.filter(starts_on__isnull=False).order_by()
    found = begun.values_list(Substr("starts_on", 1, 4), flat=True).distinct()
    return tuple(sorted(found, reverse=True))


def list_gatherings(
    wanted: Wanted, today: date, number: int, order: Order | None = None
) -> ListPage:
    """Page `number` of the gatherings wanted: the newest first, the coming ones soonest first.

    Two statements.
    """
    rows = gatherings(wanted, today).select_related("place", "series", "dossier", "picture")
    return page_of(ordered(rows, order), number)


def all_gatherings(dossiers: InDossiers) -> QuerySet[Gathering]:
    """Every gathering with its place, oldest first, for calendars. One statement."""
    rows = dossiers.choose(Gathering.objects.select_related("place", "dossier"))
    return rows.order_by("starts_on", "key")


def gatherings(wanted: Wanted, today: date, acting: Acting = STRANGER) -> QuerySet[Gathering]:
    """The gatherings wanted that whoever acts may read. No statement until it is read."""
    rows = wanted.dossiers.choose(visible_to(acting, Gathering))
    rows = rows.order_by(F("starts_on").desc(nulls_last=True), "key")
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.theme:
        rows = rows.filter(themes__key=wanted.theme)
    if wanted.series:
        rows = rows.filter(series__key=wanted.series)
    if wanted.year:
        rows = rows.filter(
            starts_on__lte=f"{wanted.year}-12-31", ends_on__gte=f"{wanted.year}-01-01"
        )
    ahead = Q(ends_on__gte=today.isoformat()) | Q(ends_on__isnull=True)
    if wanted.when == UPCOMING:
        rows = rows.filter(ahead).order_by(F("starts_on").asc(nulls_last=True), "key")
    elif wanted.when == PAST:
        rows = rows.exclude(ahead)
    return rows
