"""Writes of the network. Derived columns are reckoned here, many at a time, and nowhere else."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db import connection

from amity.network.models import Partnership, PartnershipStage, Side

AT_A_TIME = 1_000
"""Partnerships reckoned at once."""


def derive_stages(partnerships: Sequence[int]) -> None:
    """Reckon stage and countries of the partnerships with these ids.

    `stage` is the last of its stages, `pair` the country codes of its first two sides in
    alphabetical order, empty unless both are known. Three statements per thousand, and rows are
    written only where something changed. Call it in the transaction of the change.
    """
    for start in range(0, len(partnerships), AT_A_TIME):
        ids = partnerships[start : start + AT_A_TIME]
        stages = dict(
            PartnershipStage.objects.filter(partnership__in=ids)
            .order_by("position")
            .values_list("partnership_id", "stage")
        )
        countries: dict[int, list[str]] = defaultdict(list)
        for partnership, country in (
            Side.objects.filter(partnership__in=ids)
            .order_by("position")
            .values_list("partnership_id", "area__country_code")
        ):
            countries[partnership].append(country)
        rows = Partnership.objects.filter(pk__in=ids).values_list("pk", "stage", "pair")
        changed: list[tuple[Any, ...]] = []
        for pk, *before in rows:
            now = [stages.get(pk, ""), pair(countries[pk])]
            if now != before:
                changed.append((*now, pk))
        if changed:
            with connection.cursor() as cursor:
                cursor.executemany(
                    "UPDATE network_partnership SET stage = %s, pair = %s WHERE id = %s",
                    changed,
                )


def pair(countries: Sequence[str]) -> str:
    """“RU-VN” of the sides' countries in order; empty unless the first two are known."""
    first_two = countries[:2]
    return "-".join(sorted(first_two)) if len(first_two) == 2 and all(first_two) else ""
