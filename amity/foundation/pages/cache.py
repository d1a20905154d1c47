"""Rendered pages kept in memory, bounded by bytes; each is compressed once."""

import gzip
from dataclasses import dataclass, field
from functools import lru_cache
from threading import Lock

from cachetools import LRUCache

SMALLEST_TO_COMPRESS = 500
LEVEL = 5
"""zlib level: on these pages 6 and more take half as long again for 1 % fewer bytes."""
OVERHEAD = 1_000
"""Bytes of memory a kept page takes besides its bodies (key, headers, objects), roughly."""
LARGEST_SHARE = 4
"""A page larger than a quarter of the cache would only push out the others."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A page as it goes out: its headers, its bytes, and the same bytes compressed."""

    body: bytes
    headers: tuple[tuple[str, str], ...]
    packed: bytes | None = field(default=None)

    @property
    def weight(self) -> int:
        return len(self.body) + len(self.packed or b"") + OVERHEAD


def pack(body: bytes) -> bytes | None:
    """`body` in gzip form, the same bytes every time; None when that is not worth it."""
    if len(body) < SMALLEST_TO_COMPRESS:
        return None
    packed = gzip.compress(body, compresslevel=LEVEL, mtime=0)
    return packed if len(packed) < len(body) else None


@lru_cache(maxsize=256)
def accepts_gzip(header: str) -> bool:
    """Whether an Accept-Encoding header lets us send gzip (RFC 9110, section 12.5.3)."""
    anything = False
    for item in header.lower().split(","):
        coding, _, parameter = item.partition(";")
        name, _, weight = parameter.strip().partition("=")
        welcome = not (name.strip() == "q" and weight.strip().rstrip("0") in ("", "0.", "."))
        if coding.strip() in ("gzip", "x-gzip"):
            return welcome
        if coding.strip() == "*":
            anything = welcome
    return anything


class PageCache:
    """The least recently used pages go first; safe to use from several threads."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._lock = Lock()
        self._pages: LRUCache[str, Kept] = LRUCache(limit, getsizeof=lambda kept: kept.weight)

    def get(self, key: str) -> Kept | None:
        with self._lock:
            return self._pages.get(key)

    def put(self, key: str, kept: Kept) -> None:
        """Keep a page, unless it is too large to be worth it."""
        if kept.weight * LARGEST_SHARE > self.limit:
            return
        with self._lock:
            self._pages[key] = kept

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()

    @property
    def weight(self) -> int:
        """Bytes taken now."""
        with self._lock:
            return int(self._pages.currsize)

    def __len__(self) -> int:
        with self._lock:
            return len(self._pages)
