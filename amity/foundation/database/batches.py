"""Some at a time, so that one statement names no more rows than a database takes."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")

AT_A_TIME = 500
"""SQLite refuses a condition of a thousand alternatives, which a prefetch of as many would be."""


def batched(items: Iterable[Item], size: int = AT_A_TIME) -> Iterator[list[Item]]:
    """The items in their order, in lists of at most `size`; Python 3.12 has it in `itertools`."""
    pending = iter(items)
    while batch := list(islice(pending, size)):
        yield batch
