"""Strangers read what is public, all of it, and as if nothing else were there."""

import pytest

from tests.access import crawl
from tests.access.world import AUDIENCES, World, tokens_in

pytestmark = pytest.mark.django_db

HIDDEN = set(AUDIENCES) - {"public"}
SHOWN_NOWHERE = set()


@pytest.fixture
def world() -> World:
    made = World()
    made.fill({"public"})
    made.changed()
    return made


def read_all(world: World, client) -> dict[str, bytes]:
    """Every public address and what it answers, made anew."""
    world.changed()
    found = [*crawl.pages(), *crawl.site_maps(client), *crawl.records(public=True)]
    return {address: crawl.read(client, address) for address in found}


def test_what_is_not_public_changes_no_answer(client, world):
    before = read_all(world, client)
    world.fill(HIDDEN)
    after = read_all(world, client)
    hidden = world.tokens.readable(HIDDEN)
    leaks = {
        address: world.tokens.told(found)
        for address, body in after.items()
        if (found := tokens_in(body.decode(errors="replace")) & hidden)
    }
    assert leaks == {}
    assert [address for address, body in after.items() if body != before.get(address)] == []
    assert after.keys() == before.keys()


def test_all_that_is_public_is_found(client, world):
    shown = tokens_in(b" ".join(read_all(world, client).values()).decode(errors="replace"))
    assert world.tokens.told(world.tokens.readable({"public"}) - shown) == []


def test_the_address_of_what_is_not_public_answers_as_if_it_never_was(client, world):
    world.fill(HIDDEN)
    world.changed()
    answered = {}
    for address in crawl.records(public=False):
        key = address.rstrip("/").split("/")
        never = "/".join("zz-never" if part.startswith("zq") else part for part in key)
        never += "/" if address.endswith("/") else ""
        if not address.startswith("/media/"):
            expected = crawl.read(client, never).replace(b"zz-never", b"")
        else:
            expected = crawl.read(client, f"/media/{'0' * 64}.png")
        body = crawl.read(client, address)
        if tokens_in(body.decode()) or not expected.startswith(b"404 ") or body != expected:
            answered[address] = body
    assert answered == {}
