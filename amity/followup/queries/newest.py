"""The commitments about which the record last changed, for their feed."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q

from amity.followup.models import Commitment, Disposition, Report
from amity.foundation.models import Change
from amity.record import kinds
from amity.record.queries import InDossiers, changed_at

LOOKED_THROUGH = 2000
"""How many of the last changes are asked which commitments they are about."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A commitment and the moment of the last change of it, or of what its state follows from."""

    commitment: Commitment
    at: datetime


def newest_commitments(dossiers: InDossiers, number: int = 100) -> list[Dated]:
    """The commitments that changed last, the newest first: promised, reported on, decided on.

    Dated by the audit trail, so that what is recorded late is news all the same. Three statements.
    """
    kind = kinds.get("commitment")
    steps = Change.objects.filter(public=True, kind__in=(kind.kind, *kind.derived_from))
    changed: dict[str, set[str]] = {}
    for name, key in steps.order_by("-id").values_list("kind", "key")[:LOOKED_THROUGH]:
        changed.setdefault(name, set()).add(key)
    about = Q(key__in=changed.get(kind.kind, ()))
    about |= Q(pk__in=Report.objects.filter(key__in=changed.get("report", ())).values("commitment"))
    decided = Disposition.objects.filter(key__in=changed.get("disposition", ()))
    about |= Q(pk__in=decided.filter(commitment__isnull=False).values("commitment"))
    rows = dossiers.choose(Commitment.objects.all())
    last_numbered = list(rows.order_by("-key").values_list("pk", flat=True)[:number])
    found = (
        rows.filter(about | Q(pk__in=last_numbered))
        .select_related("dossier")
        .annotate(changed_at=changed_at(kind))
        .order_by(F("changed_at").desc(nulls_last=True), "-key")
    )
    return [Dated(one, moment) for one in found[:number] if (moment := one.changed_at) is not None]
