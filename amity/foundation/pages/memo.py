"""What follows from the record alone is reckoned once per version of the record."""

from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import TypeVar

from cachetools import LRUCache

from amity.foundation.pages.public import Page

Answer = TypeVar("Answer")


def per_version(largest: int = 64) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
    """Keep the answers of `reckon(page, *args)` for as long as the record stays as it is.

    `args` must be hashable, the answer immutable and free of anything but the record's facts.
    `largest`: how many answers are kept per function.
    """

    def decorate(reckon: Callable[..., Answer]) -> Callable[..., Answer]:
        kept: LRUCache[object, Answer] = LRUCache(largest)
        lock = Lock()

        @wraps(reckon)
        def answer(page: Page, *args: object) -> Answer:
            if page.changed_at is None:
                return reckon(page, *args)
            key = (page.version, page.changed_at, page.today, args)
            with lock:
                if key in kept:
                    return kept[key]
            found = reckon(page, *args)
            with lock:
                kept[key] = found
            return found

        return answer

    return decorate
