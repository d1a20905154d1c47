"""Whole numbers as addresses and forms bring them: in plain digits, or none at all."""

from django.http import QueryDict

LONGEST = 18
"""Digits; each number of so many fits into a column of numbers."""
LONGEST_OF_A_PAGE = 7


def whole_number(words: object, longest: int = LONGEST) -> int | None:
    """The number that was sent; None for anything else, and for one of more digits."""
    said = str(words or "")
    return int(said) if said.isascii() and said.isdigit() and len(said) <= longest else None


def page_asked(query: QueryDict) -> int:
    """Which page of a list is asked for, counted from 1; the first where none is."""
    return whole_number(query.get("page"), LONGEST_OF_A_PAGE) or 1
