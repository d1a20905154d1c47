"""Lists of names in the order of the reader's alphabet, with letters to jump to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Generic, TypeVar

from django.db.models import Count, OuterRef, QuerySet, Subquery

from amity.foundation.pages.memo import per_version
from amity.foundation.pages.paging import PAGE_SIZE, ListPage, start_of
from amity.foundation.pages.public import Page
from amity.foundation.pages.speaking import page_language
from amity.languages.collation import sort_key
from amity.network.models import Area, NamePlace, Organization, Partnership, Person
from amity.record.queries import ALL_DOSSIERS, InDossiers

Named = TypeVar("Named", Area, Organization, Partnership, Person)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter under which something stands, and the page of the list on which it begins."""

    letter: str
    page: int


@dataclass(frozen=True, slots=True)
class Alphabet(Generic[Named]):
    """A page of a list by name: `listed`, with the letter of each, and all `letters` there are."""

    listed: ListPage[Named]
    under: Sequence[str]
    letters: Sequence[Letter]

    @property
    def groups(self) -> Iterator[tuple[str, list[Named]]]:
        """What is on the page, under its letters."""
        pairs = zip(self.under, self.listed.items, strict=True)
        for letter, group in groupby(pairs, key=lambda pair: pair[0]):
            yield letter, [record for _, record in group]

    def number_of(self, letter: str) -> int:
        """The place of a letter among all, from 1."""
        return [one.letter for one in self.letters].index(letter) + 1


def page_in_alphabet(
    rows: QuerySet[Named],
    number: int,
    total: int,
    narrower: str | None = None,
    among: QuerySet[Named] | None = None,
) -> ListPage[Named]:
    """Page `number` of `total` named records in the order of the reader's alphabet.

    It begins with the names, whose index has their order, and reads the records of one page alone,
    by their numbers: PostgreSQL would look through all records for those of a statement within.
    `narrower`: only those of this kind of their own. `among`: only those that are among these.
    Two statements. Raises Http404 for a page past the end.
    """
    places = _places(rows.model, page_language(), narrower, among)
    start = start_of(number, total)
    ordered = places.order_by("place", "record").values_list("record", flat=True)
    shown = list(ordered[start : start + PAGE_SIZE])
    own = _places(rows.model, page_language()).filter(record=OuterRef("pk"))
    found = rows.filter(pk__in=shown).annotate(letter=Subquery(own.values("letter")[:1]))
    return ListPage(list(found.order_by(Subquery(own.values("place")[:1]), "pk")), number, total)


def in_alphabet(
    page: Page,
    rows: QuerySet[Named],
    number: int,
    narrower: str | None,
    dossiers: InDossiers,
) -> Alphabet[Named]:
    """Page `number` of areas, organizations or persons in the order of the reader's alphabet.

    `narrower`: only those of this kind of their own. `dossiers`: only those of these. Two
    statements, three before the letters are known. Raises Http404 for a page past the end.
    """
    letters = _letters(page, rows.model, page_language(), narrower, dossiers)
    total = sum(count for _, count in letters)
    among = _of(dossiers, rows)
    listed = page_in_alphabet(rows, number, total, narrower, among)
    under: list[str] = [one.letter for one in listed.items]  # type: ignore[attr-defined] # annotated
    return Alphabet(listed, under, list(_beginnings(letters)))


def _places(
    model: type[Named],
    language: str,
    narrower: str | None = None,
    among: QuerySet[Named] | None = None,
) -> QuerySet[NamePlace]:
    places = NamePlace.objects.filter(kind=model._meta.model_name, language=language)
    if narrower:
        places = places.filter(narrower=narrower)
    if among is not None:
        places = places.filter(record__in=among.order_by().values("pk"))
    return places


def _of(dossiers: InDossiers, rows: QuerySet[Named]) -> QuerySet[Named] | None:
    """Those of some dossiers; None where all are wanted."""
    return None if dossiers == ALL_DOSSIERS else dossiers.choose(rows)


@per_version(largest=64)
def _letters(
    page: Page,
    model: type[Named],
    language: str,
    narrower: str | None,
    dossiers: InDossiers,
) -> tuple[tuple[str, int], ...]:
    """Each letter in its order, and how many stand under it. One statement."""
    places = _places(model, language, narrower, _of(dossiers, model.objects.all()))
    counted = places.order_by().values_list("letter").annotate(Count("pk"))
    return tuple(sorted(counted, key=lambda one: sort_key(one[0], language)))


def _beginnings(letters: Sequence[tuple[str, int]]) -> Iterator[Letter]:
    before = 0
    for letter, count in letters:
        yield Letter(letter, before // PAGE_SIZE + 1)
        before += count
