"""Lists in pages of fifty."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404

PAGE_SIZE = 50

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class ListPage(Generic[Item]):
    """One page of a list: its `items`, its `number` (from 1), and how many items there are."""

    items: Sequence[Item]
    number: int
    total: int
    size: int = PAGE_SIZE

    @property
    def pages(self) -> int:
        """How many pages the list has; an empty list has one."""
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        """Place of the first item shown, counted from 1; 0 when there is none."""
        return (self.number - 1) * self.size + 1 if self.total else 0

    @property
    def last(self) -> int:
        """Place of the last item shown."""
        return min(self.number * self.size, self.total)

    @property
    def around(self) -> list[int | None]:
        """Page numbers to offer, None where some are left out: 1 … 4 5 6 … 20."""
        near = {1, self.pages, *range(self.number - 1, self.number + 2)}
        offered: list[int | None] = []
        for number in sorted(near & set(range(1, self.pages + 1))):
            if offered and number - (offered[-1] or 0) > 1:
                offered.append(None)
            offered.append(number)
        return offered


def page_of(
    rows: QuerySet[Model, Item] | Sequence[Item],
    number: int,
    *,
    total: int | None = None,
    size: int = PAGE_SIZE,
) -> ListPage[Item]:
    """Page `number` of `rows`: two statements, one when `total` is known already.

    Raises Http404 for a page past the end.
    """
    if total is None:
        total = rows.count() if isinstance(rows, QuerySet) else len(rows)
    start = start_of(number, total, size)
    return ListPage(list(rows[start : start + size]), number, total, size)


def start_of(number: int, total: int, size: int = PAGE_SIZE) -> int:
    """How many of `total` items stand before page `number`. Raises Http404 past the end."""
    if number > max(1, -(-total // size)):
        raise Http404("past the end of the list")
    return (number - 1) * size
