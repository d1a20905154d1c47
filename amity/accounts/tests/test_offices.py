"""`amity office` as people call it: what it says, what it does, and how it ends."""

import io

import pytest
from django.core.management import CommandError, call_command

from amity.foundation.models import Change
from amity.network.models import Office, SideOffice
from amity.network.tests.factory import Network

pytestmark = pytest.mark.django_db


@pytest.fixture
def network() -> Network:
    made = Network()
    made.partnership()
    made.organization()
    return made


def said(*arguments: str) -> str:
    """What the command prints."""
    out = io.StringIO()
    call_command("office", *arguments, stdout=out)
    return out.getvalue()


def refused(*arguments: str) -> str:
    """What the command says against it; nothing is changed."""
    before = Change.objects.count(), Office.objects.count(), SideOffice.objects.count()
    with pytest.raises(CommandError) as raised:
        call_command("office", *arguments)
    assert raised.value.returncode == 2
    assert (Change.objects.count(), Office.objects.count(), SideOffice.objects.count()) == before
    return str(raised.value)


def test_an_organization_gets_a_desk_and_somebody_vouches_for_it(network: Network) -> None:
    assert said("vouch", "union-001") == "union-001 is vouched for.\n"
    assert Office.objects.get().vouched_at is not None
    assert list(Change.objects.values_list("verb", "command", "kind", "key", "public")[:2]) == [
        ("vouch", "office vouch", "office", "union-001", False),
        ("open", "office vouch", "office", "union-001", False),
    ]
    assert said("disavow", "union-001") == "union-001 is no longer vouched for.\n"
    assert Office.objects.get().vouched_at is None


def test_no_office_speaks_for_a_side_of_another_place(network: Network) -> None:
    assert refused("vouch", "union-001", "--side", "twins-001-porto") == (
        "Union 1 belongs to Lind and cannot speak for Porto."
    )
    home = network.organization(2)
    home.area = network.cities[1].parent  # the country speaks for its city
    home.save()
    said("vouch", "union-002", "--side", "twins-001-porto")
    nowhere = network.organization(3)
    nowhere.area = None
    nowhere.save()
    said("vouch", "union-003", "--side", "twins-001-porto")


def test_an_office_speaks_for_a_side_as_long_as_somebody_vouches_for_that(network: Network) -> None:
    assert said("vouch", "union-001", "--side", "twins-001-lind", "--voice") == (
        "union-001 is vouched for, and speaks for twins-001-lind as its only voice.\n"
    )
    assert SideOffice.objects.get().voice
    assert said("disavow", "union-001", "--side", "twins-001-lind") == (
        "union-001 no longer speaks for twins-001-lind.\n"
    )
    assert not SideOffice.objects.exists()
    assert Office.objects.get().vouched_at is not None


def test_what_cannot_be_done_is_said_and_leaves_no_trace(network: Network) -> None:
    assert refused("vouch", "nobody") == "there is no organization nobody"
    assert refused("vouch", "union-001", "--side", "nowhere") == "there is no side nowhere"
    assert refused("vouch", "union-001", "--voice") == "say with --side whose voice it is"
    assert refused("disavow", "union-001") == "nobody vouches for union-001"
    said("vouch", "union-001")
    assert refused("disavow", "union-001", "--side", "twins-001-lind") == (
        "union-001 does not speak for twins-001-lind"
    )
