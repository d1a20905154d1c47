"""A series with its editions."""

from dataclasses import dataclass

from django.db.models import F

from amity.gatherings.models import Gathering, Series
from amity.record.removals import one_or_404


@dataclass(frozen=True, slots=True)
class FullSeries:
    """A series with its editions by number, then by day."""

    series: Series
    editions: list[Gathering]


def full_series(key: str) -> FullSeries:
    """The series `key` with its editions. Two statements. Raises Http404."""
    series = one_or_404(Series.objects.select_related("dossier", "partnership"), key)
    editions = series.editions.select_related("place", "dossier").order_by(
        F("number").asc(nulls_last=True), F("starts_on").asc(nulls_last=True), "key"
    )
    return FullSeries(series, list(editions))
