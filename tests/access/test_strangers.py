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
    assert after.keys() == before.keys()
    changed = [
        f"{address}: {_first_difference(before[address], body)}"
        for address, body in after.items()
        if body != before[address]
    ]
    assert changed == []


def test_all_that_is_public_is_found(client, world):
    shown = tokens_in(b" ".join(read_all(world, client).values()).decode(errors="replace"))
    assert world.tokens.told(world.tokens.readable({"public"}) - shown) == []


def test_the_address_of_what_is_not_public_answers_as_if_it_never_was(client, world):
    world.fill(HIDDEN)
    world.changed()
    surprising = []
    for address in crawl.records(public=False):
        expected, body = (
            crawl.NAMED.sub("", crawl.read(client, asked).decode()).replace("never", "")
            for asked in (crawl.NAMED.sub("never", address), address)
        )
        if not expected.startswith("404 ") or body != expected:
            surprising.append(f"{address} {body}")
    assert surprising == []


def _first_difference(before: bytes, after: bytes) -> tuple[bytes, bytes]:
    """Where two answers begin to differ, and what each says there."""
    at = next(
        (
            place
            for place, (one, other) in enumerate(zip(before, after, strict=False))
            if one != other
        ),
        min(len(before), len(after)),
    )
    return before[max(0, at - 60) : at + 60], after[max(0, at - 60) : at + 60]
