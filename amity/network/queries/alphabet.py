"""Lists of names in the order of the reader's alphabet, a page at a time."""

from typing import TypeVar

from django.db.models import OuterRef, QuerySet, Subquery

from amity.foundation.pages.paging import PAGE_SIZE, ListPage, start_of
from amity.foundation.pages.speaking import page_language
from amity.network.models import Area, NamePlace, Organization, Partnership, Person

Named = TypeVar("Named", Area, Organization, Partnership, Person)


def page_in_alphabet(
    rows: QuerySet[Named],
    number: int,
    narrower: str | None = None,
    among: QuerySet[Named] | None = None,
    total: int | None = None,
) -> ListPage[Named]:
    """Page `number` of named records in the order of the reader's alphabet.

    It begins with the names, whose index has their order, and reads the records of one page alone.
    `narrower`: only those of this kind of their own. `among`: only those that are among these.
    `total`: how many there are, where it is known. Two statements, one with `total`. Raises
    Http404 for a page past the end.
    """
    kind = rows.model._meta.model_name
    places = NamePlace.objects.filter(kind=kind, language=page_language())
    own = places.filter(record=OuterRef("pk")).values("place")
    if narrower:
        places = places.filter(narrower=narrower)
    if among is not None:
        places = places.filter(record__in=among.order_by().values("pk"))
    total = places.count() if total is None else total
    start = start_of(number, total)
    shown = places.order_by("place", "record").values("record")[start : start + PAGE_SIZE]
    found = rows.filter(pk__in=shown).order_by(Subquery(own[:1]), "pk")
    return ListPage(list(found), number, total)
