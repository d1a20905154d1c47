"""The memory for pages has an end, and compression is asked for properly."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amity.foundation.pages.cache import OVERHEAD, Kept, PageCache, accepts_gzip, pack


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.integers(0, 6000)), max_size=60))
def test_it_never_weighs_more_than_its_limit(puts: list[tuple[str, int]]) -> None:
    cache = PageCache(20_000)
    for key, size in puts:
        cache.put(key, Kept(b"x" * size, ()))
        assert cache.weight <= 20_000


def test_the_least_recently_used_page_goes_first() -> None:
    cache = PageCache(8 * (OVERHEAD + 1000))
    page = Kept(b"x" * 1000, ())
    for key in "abcdefgh":
        cache.put(key, page)
    cache.get("a")
    cache.put("i", page)
    assert [key for key in "abcdefghi" if cache.get(key)] == list("acdefghi")


def test_a_page_too_large_pushes_nothing_out() -> None:
    cache = PageCache(10_000)
    cache.put("small", Kept(b"x", ()))
    cache.put("large", Kept(b"x" * 5000, ()))
    assert cache.get("large") is None
    assert len(cache) == 1


def test_a_limit_of_nothing_keeps_nothing() -> None:
    cache = PageCache(0)
    cache.put("a", Kept(b"x", ()))
    assert len(cache) == 0


def test_a_compressed_form_added_later_is_weighed() -> None:
    cache = PageCache(100_000)
    cache.put("a", Kept(b"x" * 100, ()))
    cache.put("a", Kept(b"x" * 100, (), b"y" * 50))
    assert cache.weight == 150 + OVERHEAD


def test_what_does_not_shrink_is_not_compressed() -> None:
    assert pack(b"short") is None
    assert pack(bytes(range(256)) * 2) is not None
    assert pack(b"same " * 500) == pack(b"same " * 500)


@pytest.mark.parametrize(
    ("header", "welcome"),
    [
        ("gzip", True),
        ("deflate, GZIP;q=0.5, br", True),
        ("*", True),
        ("", False),
        ("br", False),
        ("identity", False),
        ("gzip;q=0", False),
        ("gzip; q=0.000, *", False),
        ("*;q=0", False),
        ("gzipped", False),
    ],
)
def test_gzip_goes_only_to_those_who_take_it(header: str, welcome: bool) -> None:
    assert accepts_gzip(header) is welcome
