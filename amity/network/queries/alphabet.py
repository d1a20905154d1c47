"""Lists of names in the order of the reader's alphabet, a page at a time.

No database sorts texts in several languages alike, so the order of all names is reckoned here,
once per language and version of the record: a number of eight bytes per name is what is kept.
"""

from array import array
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Model, QuerySet

from amity.foundation.memo import per_version
from amity.foundation.pages import Page
from amity.foundation.paging import ListPage, page_of
from amity.foundation.speaking import page_language
from amity.languages.collation import sort_key
from amity.languages.jinja import plain


def page_in_alphabet(
    page: Page, rows: QuerySet[Any], number: int, kind: str | None = None
) -> ListPage:
    """Page `number` of `rows`, which have a `name`, in the order of the reader's alphabet.

    Only those of `kind` when given. One statement, two when narrowed to a kind, and one more when
    the order is not known yet. Raises Http404 for a page past the end.
    """
    order: Sequence[int] = _order(page, rows.model, page_language())
    if kind:
        of_kind = set(rows.model.objects.filter(kind=kind).values_list("pk", flat=True))
        order = [pk for pk in order if pk in of_kind]
    listed = page_of(order, number)
    found = rows.in_bulk(listed.items)
    return replace(listed, items=[found[pk] for pk in listed.items])


@per_version(largest=16)
def _order(page: Page, model: type[Model], language: str) -> Sequence[int]:
    """The primary keys of all records of `model` by their names in `language`, the page's."""
    named = model._default_manager.values_list("pk", "key", "name")
    places = sorted((sort_key(plain(name), language), key, pk) for pk, key, name in named)
    return array("q", (pk for _, _, pk in places))
