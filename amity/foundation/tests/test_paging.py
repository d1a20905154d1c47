"""Lists in pages of fifty."""

import pytest
from django.http import Http404

from amity.foundation.pages.paging import ListPage, page_of


def test_a_page_of_a_list() -> None:
    page = page_of(range(120), 3)
    assert (list(page.items), page.pages, page.first, page.last, page.total) == (
        list(range(100, 120)),
        3,
        101,
        120,
        120,
    )


def test_an_empty_list_has_one_page() -> None:
    page = page_of(list[str](), 1)
    assert (page.items, page.pages, page.first, page.last) == ([], 1, 0, 0)


def test_past_the_end_there_is_nothing() -> None:
    with pytest.raises(Http404):
        page_of(range(100), 3)


@pytest.mark.parametrize(
    ("number", "around"),
    [
        (1, [1, 2, None, 9]),
        (5, [1, None, 4, 5, 6, None, 9]),
        (9, [1, None, 8, 9]),
    ],
)
def test_the_pager_offers_the_ends_and_the_neighbours(
    number: int, around: list[int | None]
) -> None:
    assert ListPage([], number, 412).around == around
