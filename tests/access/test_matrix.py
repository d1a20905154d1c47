"""Every address has a row in the access matrix, and every row an address."""

import re
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern

from amity.accounts.models import User
from tests.access.matrix import ENTRANCE, EVERYONE, MATRIX, PROGRAMS, SIGNED_IN


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
    assert set(MATRIX.values()) == {EVERYONE, ENTRANCE, SIGNED_IN, PROGRAMS}


def path_of(address: str) -> str:
    """A path that fits an address; nothing is there."""
    plain = re.sub(
        r"\^|\$|\(\?P<[^>]*>\[[^\]]*\]\+\)", lambda found: "1" * ("P" in found[0]), address
    )
    return "/" + re.sub(r"<[^>]*>", "1", plain.replace("<language>", "en"))


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_no_public_address_takes_anything_in(client, method):
    answered = {}
    for address, _ in addresses(get_resolver()):
        if MATRIX[address] != EVERYONE:
            continue
        path = path_of(address)
        status = getattr(client, method)(path).status_code
        if status not in (404, 405):
            answered[path] = status
    assert answered == {}


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_is_for_people_who_are_signed_in_sends_strangers_to_sign_in(client, method):
    answered = {}
    for address, _ in addresses(get_resolver()):
        if MATRIX[address] != SIGNED_IN:
            continue
        answer = getattr(client, method)(path_of(address))
        while answer.get("Location", "").startswith("/en/desk/"):
            answer = client.get(answer["Location"])  # one for forms alone leads to the form's page
        entrance = answer.get("Location", "").startswith("/en/sign-in/")
        if answer.status_code != 405 and not (answer.status_code == 302 and entrance):
            answered[path_of(address)] = answer.status_code
    assert answered == {}


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "head"])
def test_whoever_loads_an_address_of_the_desk_is_told_of_none_that_it_takes_forms_alone(
    client, method
):
    user = User.objects.create(email="anna@north.example", name="Anna", language="en")
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    answered = {
        address: answer.get("Location", "")
        for address, _ in addresses(get_resolver())
        if MATRIX[address] == SIGNED_IN
        and (answer := getattr(client, method)(path_of(address))).status_code == 405
    }
    assert answered == {}


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete"])
def test_what_is_for_programs_asks_strangers_for_a_token(client, method):
    answered = {}
    for address, _ in addresses(get_resolver()):
        if MATRIX[address] != PROGRAMS:
            continue
        status = getattr(client, method)(path_of(address)).status_code
        if status not in (401, 405):
            answered[path_of(address)] = status
    assert answered == {}
