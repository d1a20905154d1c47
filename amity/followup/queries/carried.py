"""What was carried from one edition of a series into another."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import F

from amity.followup.models import Disposition
from amity.followup.queries.outcomes import SHOWN
from amity.gatherings.models import Gathering, Series


@dataclass(frozen=True, slots=True)
class Carried:
    """What one edition left open and another took up, each by the decision that says so."""

    from_edition: Gathering
    into: Gathering
    decisions: tuple[Disposition, ...]


def carried(series: Series) -> list[Carried]:
    """By the edition that was closed and the one it was carried into. One statement."""
    rows = (
        Disposition.objects.filter(gathering__series=series, into__isnull=False)
        .select_related("gathering", "into", "commitment__dossier", "proposal__dossier")
        .order_by(F("gathering__number").asc(nulls_last=True), "into__number", "key")
    )
    grouped: dict[tuple[Gathering, Gathering], list[Disposition]] = defaultdict(list)
    for one in rows[:SHOWN]:
        if one.into is not None:
            grouped[one.gathering, one.into].append(one)
    return [Carried(first, into, tuple(some)) for (first, into), some in grouped.items()]
