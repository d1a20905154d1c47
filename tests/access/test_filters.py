"""Whichever filter is taken away, a stranger is shown what is not public, and the crawl sees it."""

from collections.abc import Iterator

import pytest
from django.db import models
from django.db.models import Q

from amity.record import kinds, rules
from amity.record.managers import PUBLIC, PublicEntries, PublicRecords, PublicRows
from amity.record.models import Entry
from tests.access import crawl
from tests.access.world import AUDIENCES, World, tokens_in

pytestmark = pytest.mark.django_db

HIDDEN = set(AUDIENCES) - {"public"}
ASKED_OF_NO_PAGE: set[str] = set()
"""Records that no page reaches but through `visible_to` or from what they hang on."""


@pytest.fixture
def world() -> World:
    made = World()
    made.fill(set(AUDIENCES))
    return made


def leaks(world: World, client) -> bool:
    """Whether a stranger is shown a token that is not public."""
    world.changed()
    hidden = world.tokens.readable(HIDDEN)
    addresses = [*crawl.records(public=True), *crawl.pages(), *crawl.site_maps(client)]
    return any(
        tokens_in(crawl.read(client, address).decode(errors="replace")) & hidden
        for address in addresses
        if not address.startswith("/vi/")
    )


def unfiltered(manager: models.Manager) -> models.QuerySet:
    """All rows."""
    return models.Manager.get_queryset(manager)


def child_rows() -> Iterator[type[models.Model]]:
    """The models of child rows with a manager that asks who may read their owner."""
    for kind in kinds.kinds():
        for relation in kind.model._meta.related_objects:
            manager = getattr(relation.related_model, "objects", None)
            if isinstance(manager, PublicRows):
                yield relation.related_model


def test_each_filter_is_needed(client, world, monkeypatch):
    assert not leaks(world, client)
    needless = set()
    for model in [*(kind.model for kind in kinds.kinds()), *set(child_rows()), Entry]:
        with monkeypatch.context() as patched:
            without(patched, model)
            if not leaks(world, client):
                needless.add(model.__name__)
    print("NEEDLESS", sorted(needless))
    assert sorted(needless) == sorted(ASKED_OF_NO_PAGE)


def without(patched, model) -> None:
    """Take the filter of one model's manager away."""

    def records(manager):
        rows = unfiltered(manager)
        return rows if manager.model is model else rows.filter(readers=PUBLIC)

    def rows(manager):
        found = unfiltered(manager)
        if manager.model is model:
            return found
        return found.filter(Q(**{f"{manager.owner}__readers": PUBLIC}))

    patched.setattr(PublicRecords, "get_queryset", records)
    patched.setattr(PublicRows, "get_queryset", rows)
    if model is Entry:
        patched.setattr(PublicEntries, "get_queryset", unfiltered)


def test_the_rule_of_reading_is_needed(client, world, monkeypatch):
    monkeypatch.setattr(rules, "readable", lambda acting: Q())
    assert leaks(world, client)
