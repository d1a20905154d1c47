"""Whole numbers as addresses and forms bring them."""

import pytest
from django.http import QueryDict

from amity.foundation.pages.asked import page_asked, whole_number


@pytest.mark.parametrize(
    ("sent", "number"),
    [
        ("7", 7),
        ("0", 0),
        ("007", 7),
        ("9" * 18, 10**18 - 1),
        ("9" * 19, None),
        ("9" * 5_000, None),
        ("", None),
        (None, None),
        ("-1", None),
        ("+1", None),
        (" 1", None),
        ("1_0", None),
        ("1.0", None),
        ("٣", None),
        ("²", None),
    ],
)
def test_a_whole_number_is_plain_digits_that_fit(sent, number):
    assert whole_number(sent) == number


@pytest.mark.parametrize(
    ("query", "page"),
    [("", 1), ("page=", 1), ("page=3", 3), ("page=0", 1), ("page=x", 1), ("page=12345678", 1)],
)
def test_a_list_begins_where_no_page_is_asked_for(query, page):
    assert page_asked(QueryDict(query)) == page
