"""Every address has a row in the access matrix, and every row an address."""

import re
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern

from tests.access.matrix import EVERYONE, MATRIX


def addresses(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address pattern below `resolver`, with the pattern that answers it."""
    for entry in resolver.url_patterns:
        prefix = isinstance(entry.pattern, LocalePrefixPattern)
        own = "<language>/" if prefix else str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry, before + own)
        else:
            yield before + own, entry


def test_every_address_has_a_row_and_every_row_an_address():
    found = sorted({address for address, _ in addresses(get_resolver())})
    assert found == sorted(MATRIX)


def test_every_row_says_who_may():
    assert set(MATRIX.values()) == {EVERYONE}


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_no_address_takes_anything_in(client, method):
    answered = {}
    for address, _ in addresses(get_resolver()):
        path = "/" + re.sub(r"<[^>]*>", "1", address.replace("<language>", "en"))
        status = getattr(client, method)(path).status_code
        if status not in (404, 405):
            answered[path] = status
    assert answered == {}
