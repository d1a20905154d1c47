"""Derived columns of the network. They are reckoned here, many at a time, and nowhere else."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.conf import settings

from amity.foundation.database.batches import batched
from amity.languages.collation import initial
from amity.languages.listing import place_of_words
from amity.languages.negotiation import preferences
from amity.network.filing import filed
from amity.network.models import (
    Area,
    NamePlace,
    Organization,
    Partnership,
    PartnershipStage,
    Person,
    Side,
)

NAMED: dict[str, type[Area | Organization | Partnership | Person]] = {
    "area": Area,
    "organization": Organization,
    "partnership": Partnership,
    "person": Person,
}
"""The kinds whose names have places in the alphabet."""


def derive_partnerships(partnerships: Sequence[int]) -> None:
    """Reckon stage, countries and place in the alphabet of the partnerships with these ids.

    Stage and countries whoever may read them; a place only of what everybody may.
    `stage` is the last of its stages, `pair` the country codes of its first two sides in
    alphabetical order, empty unless both are known. Four statements per thousand, and rows are
    written only where something changed. Call it in the transaction of the change.
    """
    for ids in batched(partnerships):
        stages = dict(
            PartnershipStage.everything.filter(partnership__in=ids)
            .order_by("position")
            .values_list("partnership_id", "stage")
        )
        countries: dict[int, list[str]] = defaultdict(list)
        sides = Side.everything.filter(partnership__in=ids).order_by("position")
        for partnership, country in sides.values_list("partnership_id", "area__country_code"):
            countries[partnership].append(country)
        changed = []
        for row in Partnership.everything.filter(pk__in=ids).only("stage", "pair"):
            now = (stages.get(row.pk, ""), pair(countries[row.pk]))
            if now != (row.stage, row.pair):
                row.stage, row.pair = now
                changed.append(row)
        Partnership.everything.bulk_update(changed, ["stage", "pair"])
    derive_places("partnership", partnerships)


def derive_places(kind: str, records: Sequence[int]) -> None:
    """Reckon the places in the alphabet of the records of `kind` with these ids.

    Only what everybody may read has a place, so that a list counts nothing else; what is not
    public, or is no more, loses its own, whether it is among these or not. Two statements per
    thousand, and rows are written only where something changed. Call it in the transaction of the
    change.
    """
    public = NAMED[kind].objects.values_list("pk", flat=True)
    NamePlace.objects.filter(kind=kind).exclude(record__in=public).delete()
    for ids in batched(records):
        known = {
            (row.record, row.language): row
            for row in NamePlace.objects.filter(kind=kind, record__in=ids)
        }
        NamePlace.objects.bulk_create(
            [
                row
                for row in _places(kind, ids)
                if not _same(row, known.get((row.record, row.language)))
            ],
            update_conflicts=True,
            unique_fields=["kind", "record", "language"],
            update_fields=["narrower", "place", "letter"],
        )


def _places(kind: str, ids: Sequence[int]) -> Iterator[NamePlace]:
    for row in NAMED[kind].objects.filter(pk__in=ids):
        narrower = "" if isinstance(row, Person) else row.kind
        for language, _ in settings.LANGUAGES:
            words = _filed(row, language)
            yield NamePlace(
                kind=kind,
                record=row.pk,
                narrower=narrower,
                language=language,
                place=place_of_words(words, language),
                letter=initial(words, language),
            )


def _filed(row: Area | Organization | Partnership | Person, language: str) -> str:
    if isinstance(row, Person):
        return filed(row.name, row.family_name, language)
    return row.name.words(preferences(language))


def _same(row: NamePlace, known: NamePlace | None) -> bool:
    return known is not None and (row.narrower, row.place, row.letter) == (
        known.narrower,
        bytes(known.place),
        known.letter,
    )


def pair(countries: Sequence[str]) -> str:
    """“RU-VN” of the sides' countries in order; empty unless the first two are known."""
    first_two = countries[:2]
    return "-".join(sorted(first_two)) if len(first_two) == 2 and all(first_two) else ""
