"""Lists of names in the order of the reader's alphabet, a page at a time."""

from typing import TypeVar

from django.db.models import OuterRef, QuerySet, Subquery

from amity.foundation.pages.paging import ListPage, page_of
from amity.foundation.pages.speaking import page_language
from amity.network.models import Area, NamePlace, Organization, Person
from amity.record.queries import ALL_DOSSIERS, InDossiers

Named = TypeVar("Named", Area, Organization, Person)


def place_of(kind: str) -> Subquery:
    """Where the name of a record of `kind` stands in the reader's alphabet."""
    places = NamePlace.objects.filter(kind=kind, record=OuterRef("pk"), language=page_language())
    return Subquery(places.values("place")[:1])


def page_in_alphabet(
    rows: QuerySet[Named], number: int, narrower: str | None, dossiers: InDossiers
) -> ListPage[Named]:
    """Page `number` of areas, organizations or persons in the order of the reader's alphabet.

    `narrower`: only those of this kind of their own. `dossiers`: only those of these. Three
    statements. Raises Http404 for a page past the end.
    """
    places = NamePlace.objects.filter(kind=rows.model._meta.model_name, language=page_language())
    if narrower:
        places = places.filter(narrower=narrower)
    if dossiers != ALL_DOSSIERS:
        places = places.filter(record__in=dossiers.choose(rows).values("pk"))
    listed = page_of(places.order_by("place", "record").values_list("record", flat=True), number)
    found = rows.in_bulk(listed.items)
    named = [found[pk] for pk in listed.items if pk in found]
    return ListPage(named, listed.number, listed.total)
