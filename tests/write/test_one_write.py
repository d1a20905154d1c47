"""The guard of the one write sees who writes, and lets nobody else."""

import types

import pytest
from django.db import transaction

from amity.gatherings.models import Gathering, Organizer, Session
from amity.gatherings.tests.factory import Edition
from amity.record.tests.one_write import LET_THROUGH, WrittenElsewhere, tables

pytestmark = pytest.mark.django_db


def update() -> int:
    return Gathering.everything.update(timezone="UTC")


def delete() -> None:
    Organizer.everything.all().delete()


def create() -> None:
    Organizer.everything.bulk_create(
        [Organizer(gathering_id=1, organization_id=1, position=7, role="host")]
    )


def clear_a_list() -> None:
    Session.everything.get().themes.clear()


def save_an_instance() -> None:
    Gathering.everything.get().save()


def as_if_in(module: str, statement):
    """The same function, as if it stood in another module."""
    code = types.FunctionType(statement.__code__, {**statement.__globals__, "__name__": module})
    return code()


@pytest.fixture
def _scene() -> None:
    edition = Edition()
    edition.session()


@pytest.mark.usefixtures("_scene")
@pytest.mark.parametrize("statement", [update, delete, create, clear_a_list, save_an_instance])
def test_what_is_no_action_writes_no_record(statement):
    said = r"^amity\.gatherings\.views\.desk writes \w+$"
    with pytest.raises(WrittenElsewhere, match=said), transaction.atomic():
        as_if_in("amity.gatherings.views.desk", statement)
    assert Gathering.everything.get().timezone != "UTC"
    assert Session.everything.get().themes.count() == Organizer.everything.count() == 1


@pytest.mark.usefixtures("_scene")
@pytest.mark.parametrize("module", ["amity.record.actions.save", *LET_THROUGH])
def test_actions_and_what_is_listed_do(module):
    assert as_if_in(module, update) == 1


def test_child_rows_and_lists_belong_to_a_record():
    assert {
        "gatherings_session",
        "gatherings_session_themes",
        "gatherings_speaker",
        "followup_commitment_proposals",
        "sources_claim",
        "record_picture",
    } <= tables()
    assert not {"record_entry", "foundation_change", "network_nameplace"} & tables()
