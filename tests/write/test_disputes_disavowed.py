"""What was disputed without the right to stands beside the record no more."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from amity.accounts.actions import add_user, end_mandates, give_mandate
from amity.accounts.queries import acting as acting_for
from amity.followup.models import Proposal
from amity.network.actions import vouch, withdraw_vouching
from amity.network.models import Office
from amity.record.actions import dispute, save
from amity.record.choices import Audience, Mandate
from amity.record.models import Dispute

from .world import BY, again, record_version, words

pytestmark = pytest.mark.django_db
CLAIM = "Nobody of us was there"


@pytest.fixture
def office(world) -> Office:
    found = Office.objects.get(organization__key="north-office")
    vouch(BY, found, world.sides[0])
    return found


@pytest.fixture
def asked(world) -> Proposal:
    made = Proposal(
        dossier=world.dossier,
        key="P-2026-001",
        kind="proposal",
        title=words("A ferry"),
        proposer_side=world.sides[1],
    )
    save(world.south, made, audience=Audience.PUBLIC)
    return made


def page() -> str:
    return Client().get("/en/proposals/P-2026-001/").text


@pytest.mark.parametrize("whole", [True, False])
def test_vouching_that_was_wrong_takes_disputes_with_it(world, office, asked, whole):
    early = timezone.now()
    dispute(world.north, again(asked), words(CLAIM))
    assert CLAIM in page()
    version = record_version()
    withdraw_vouching(BY, office, None if whole else world.sides[0], since=early)
    assert CLAIM not in page()
    assert record_version() > version


def test_vouching_that_ends_leaves_what_was_disputed_by_right(world, office, asked):
    dispute(world.north, again(asked), words(CLAIM))
    withdraw_vouching(BY, office, world.sides[1], since=timezone.now() - timedelta(days=1))
    withdraw_vouching(BY, office, world.sides[0], since=timezone.now())
    withdraw_vouching(BY, office)
    assert CLAIM in page()


def test_a_mandate_that_was_wrong_takes_the_disputes_of_that_person_alone(world, office, asked):
    people = [add_user(BY, f"{name}@example.org", name, "en") for name in ("ann", "ben")]
    for user, path in zip(people, (("title",), ("kind",)), strict=True):
        give_mandate(BY, user, office, Mandate.OFFICER)
        dispute(acting_for(user, office), again(asked), words(f"{CLAIM}: {user.name}"), path)
    end_mandates(BY, people[0], office, since=people[0].mandates.get().since)
    standing = Dispute.objects.filter(ended_at=None)
    assert list(standing.values_list("user__name", flat=True)) == ["ben"]
    assert (f"{CLAIM}: ann" in page(), f"{CLAIM}: ben" in page()) == (False, True)
