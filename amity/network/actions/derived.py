"""Writes of the network. Derived columns are reckoned here, many at a time, and nowhere else."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import CharField, F, Value

from amity.languages.listing import place
from amity.network.models import NamePlace, Partnership, PartnershipStage, Side

AT_A_TIME = 1_000
"""Records reckoned at once."""
EMPTY = Value("", CharField())


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
            Side.everything.filter(partnership__in=ids)
            .order_by("position")
            .values_list("partnership_id", "area__country_code")
        ):
            countries[partnership].append(country)
        rows = Partnership.everything.filter(pk__in=ids).values_list("pk", "stage", "pair")
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


def derive_places(kind: str, records: Sequence[int]) -> None:
    """Reckon the places in the alphabet of the records of `kind` with these ids.

    Only what everybody may read has places: lists and their totals are made from them. Forgets
    those of records that are no more. Three statements per thousand, and rows are written only
    where something changed. Call it in the transaction of the change.
    """
    for start in range(0, len(records), AT_A_TIME):
        _place_in_alphabet(kind, records[start : start + AT_A_TIME])


def _place_in_alphabet(kind: str, records: Sequence[int]) -> None:
    gone = NamePlace.objects.filter(kind=kind, record__in=records)
    gone.exclude(record__in=_named(kind).filter(pk__in=records).values("pk")).delete()
    known = NamePlace.objects.filter(kind=kind, record__in=records)
    before = {
        (record, language): (of, bytes(found))
        for record, language, of, found in known.values_list(
            "record", "language", "narrower", "place"
        )
    }
    changed = [
        (kind, pk, language, of, found)
        for pk, name, of in _named(kind).filter(pk__in=records)
        for language, _ in settings.LANGUAGES
        if before.get((pk, language)) != (of, found := place(name, language))
    ]
    if changed:
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO network_nameplace (kind, record, language, narrower, place) "
                "VALUES (%s, %s, %s, %s, %s) ON CONFLICT (kind, record, language) "
                "DO UPDATE SET narrower = excluded.narrower, place = excluded.place",
                changed,
            )


def _named(kind: str) -> Any:
    """Key, name and own kind of every record of `kind` that everybody may read."""
    model: Any = apps.get_model("network", kind)
    return model.objects.values_list("pk", "name", F("kind") if hasattr(model, "kind") else EMPTY)


def pair(countries: Sequence[str]) -> str:
    """“RU-VN” of the sides' countries in order; empty unless the first two are known."""
    first_two = countries[:2]
    return "-".join(sorted(first_two)) if len(first_two) == 2 and all(first_two) else ""
