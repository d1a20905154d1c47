"""Whichever filter is taken away, a stranger is shown what is not public, and the crawl sees it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from django.db import models
from django.db.models import Q

from amity.record import kinds, rules
from amity.record.managers import PUBLIC, PublicEntries, PublicRecords, PublicRows
from amity.record.models import Entry
from tests.access import crawl
from tests.access.world import AUDIENCES, World

pytestmark = pytest.mark.django_db

Rows = Callable[[models.Manager], models.QuerySet]

REACHED_OTHERWISE = {
    "Alternative",
    "Evidence",
    "IndicatorValue",
    "Milestone",
    "MilestoneState",
    "Organizer",
    "PartnershipStage",
    "Picture",
    "Report",
    "Signatory",
    "Source",
    "SuccessIndicator",
}
"""What a stranger reaches through `visible_to`, or from what names it or it hangs on, alone."""


@pytest.fixture
def world() -> World:
    made = World()
    made.fill(set(AUDIENCES))
    return made


@dataclass(frozen=True)
class Usual:
    """What a stranger is answered at an address, and the models whose filters are asked for it."""

    address: str
    body: bytes
    asked: frozenset[type[models.Model]]


def differs(world: World, client, usual: list[Usual]) -> bool:
    """Whether a stranger is answered anything else than usual."""
    world.changed()
    return any(crawl.read(client, one.address) != one.body for one in usual)


def usually(world: World, client) -> list[Usual]:
    """What a stranger is answered at each address, in one language.

    Nothing is in memory before an address is read, so that each asks for all that it needs.
    """
    addresses = [*crawl.records(public=True), *crawl.pages(), *crawl.site_maps(client)]
    found = []
    for address in addresses:
        if not address.startswith("/vi/"):
            world.changed()
            with asked() as models_asked:
                body = crawl.read(client, address)
            found.append(Usual(address, body, frozenset(models_asked)))
    return found


@contextmanager
def asked() -> Iterator[set[type[models.Model]]]:
    """The models whose filters are asked meanwhile."""
    found: set[type[models.Model]] = set()
    with pytest.MonkeyPatch.context() as patched:
        for manager in (PublicRecords, PublicRows, PublicEntries):
            patched.setattr(manager, "get_queryset", noting(manager.get_queryset, found))
        yield found


def noting(rows: Rows, found: set[type[models.Model]]) -> Rows:
    """The rows that a manager gives, which notes its model."""

    def noted(manager: models.Manager) -> models.QuerySet:
        found.add(manager.model)
        return rows(manager)

    return noted


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
            # What does not ask the filter cannot differ by it.
            if not differs(world, client, [one for one in usual if model in one.asked]):
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
