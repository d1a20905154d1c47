"""Which changes the public is told of, and of which kinds."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from amity.followup.choices import ReportState
from amity.followup.models import Report
from amity.foundation.models import Change, Effect
from amity.record import kinds


def shown(rows: QuerySet[Change]) -> QuerySet[Change]:
    """What is public, without reports that were not accepted and with the kinds that there are."""
    stands = Q(Exists(accepted().filter(key=OuterRef("key"))))
    return rows.filter(public=True, kind__in=names_told()).exclude(hidden(stands))


def accepted() -> QuerySet[Report]:
    """The reports that are accepted, whoever reads them."""
    return Report.everything.filter(state=ReportState.ACCEPTED)


def hidden(stands: Q) -> Q:
    """The condition that a change is of a report that neither is accepted (`stands`) nor was when
    it was removed."""
    removed = Change.objects.filter(
        kind="report",
        key=OuterRef("key"),
        effect=Effect.REMOVED,
        paths__0__before__state=str(ReportState.ACCEPTED),
    )
    return Q(kind="report") & ~stands & ~Q(Exists(removed))


def kinds_told() -> list[kinds.Kind]:
    """The kinds that are told: all but the pictures, which are told with what shows them."""
    return [one for one in kinds.kinds() if one.kind != "picture"]


def names_told() -> list[str]:
    """Their names, and that of a whole load."""
    return ["dossier", *(one.kind for one in kinds_told())]
