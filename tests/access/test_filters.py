"""Whichever filter is taken away, a stranger is shown what is not public, and the crawl sees it."""

from collections.abc import Iterator

import pytest
from django.db import models
from django.db.models import Q

from amity.record import kinds, rules
from amity.record.managers import PUBLIC, PublicEntries, PublicRecords, PublicRows
from amity.record.models import Entry
from tests.access import crawl
from tests.access.world import AUDIENCES, World

pytestmark = pytest.mark.django_db

REACHED_OTHERWISE = {
    "Alternative",
    "Evidence",
    "Organizer",
    "PartnershipStage",
    "Picture",
    "Report",
    "Signatory",
    "Source",
}
"""What a stranger reaches through `visible_to`, or from what names it or it hangs on, alone."""


@pytest.fixture
def world() -> World:
    made = World()
    made.fill(set(AUDIENCES))
    return made


def differs(world: World, client, usual: dict[str, bytes]) -> bool:
    """Whether a stranger is answered anything else than usual."""
    world.changed()
    return any(crawl.read(client, address) != body for address, body in usual.items())


def usually(world: World, client) -> dict[str, bytes]:
    """What a stranger is answered at each address, in one language."""
    world.changed()
    addresses = [*crawl.records(public=True), *crawl.pages(), *crawl.site_maps(client)]
    return {
        address: crawl.read(client, address)
        for address in addresses
        if not address.startswith("/vi/")
    }


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
    usual = usually(world, client)
    needless = set()
    for model in [*(kind.model for kind in kinds.kinds()), *set(child_rows()), Entry]:
        with monkeypatch.context() as patched:
            without(patched, model)
            if not differs(world, client, usual):
                needless.add(model.__name__)
    assert needless == REACHED_OTHERWISE


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
    usual = usually(world, client)
    monkeypatch.setattr(rules, "readable", lambda acting: Q())
    assert differs(world, client, usual)
