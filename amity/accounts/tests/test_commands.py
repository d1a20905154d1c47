"""`amity user` and `amity mandate` as people call them: what they say, do, and how they end."""

import io

import pytest
from django.core.management import CommandError, call_command

from amity.accounts.models import MandateHeld, User
from amity.accounts.queries import acting
from amity.foundation.models import Change
from amity.network.models import Office
from amity.network.tests.factory import Network
from amity.record.acting import Acting, Speaking
from amity.record.choices import Mandate

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    """An office that speaks for a side."""
    network = Network()
    network.partnership()
    network.organization()
    call_command("office", "vouch", "union-001", "--side", "twins-001-lind", stdout=io.StringIO())
    return Office.objects.get()


def said(*arguments: str) -> str:
    """What a command prints."""
    out = io.StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def refused(*arguments: str) -> str:
    """What a command says against it; nothing is changed."""
    before = Change.objects.count(), User.objects.count(), MandateHeld.objects.count()
    with pytest.raises(CommandError) as raised:
        call_command(*arguments)
    assert raised.value.returncode == 2
    assert (Change.objects.count(), User.objects.count(), MandateHeld.objects.count()) == before
    return str(raised.value)


def add(address: str = "anna@example.org") -> str:
    return said("user", "add", address, "--name", "Anna", "--language", "vi")


def test_somebody_becomes_known_once(office: Office) -> None:
    assert add() == (
        "anna@example.org is known, and may act for an office once it has a mandate: "
        "amity mandate give\n"
    )
    anna = User.objects.get()
    assert (anna.name, anna.language, anna.administrator) == ("Anna", "vi", False)
    assert not anna.has_usable_password()
    again = ("user", "add", "Anna@Example.org", "--name", "Anna", "--language", "vi")
    assert refused(*again) == "Somebody signs in with this address already."
    bad = ("user", "add", "anna", "--name", "Anna", "--language", "vi")
    assert refused(*bad) == "Enter a valid email address."


def test_a_mandate_lets_act_until_it_ends(office: Office) -> None:
    add()
    anna = User.objects.get()
    assert acting(anna, office) == Acting(user=anna.pk)
    assert said("mandate", "give", "ANNA@example.org", "union-001", "officer") == (
        "anna@example.org is officer of union-001 from now on.\n"
    )
    assert acting(anna, office) == Acting(
        user=anna.pk,
        office="organization:union-001",
        vouched=True,
        sides=frozenset({Speaking("side:twins-001-lind", "partnership:twins-001")}),
        mandates=frozenset({Mandate.OFFICER}),
    )
    said("mandate", "give", "anna@example.org", "union-001", "signatory")
    assert said("mandate", "end", "anna@example.org", "union-001") == (
        "anna@example.org: 2 mandates of union-001 ended.\n"
    )
    assert acting(anna, office) == Acting(user=anna.pk)
    assert list(Change.objects.values_list("verb", flat=True)[:3]) == [
        "leave",
        "mandate",
        "mandate",
    ]


def test_who_may_sign_in_no_more_acts_as_a_stranger(office: Office) -> None:
    add()
    said("mandate", "give", "anna@example.org", "union-001", "officer")
    User.objects.update(is_active=False)
    assert acting(User.objects.get(), office) == Acting()


def test_what_cannot_be_done_is_said_and_leaves_no_trace(office: Office) -> None:
    give = ("mandate", "give")
    assert refused(*give, "anna@example.org", "union-001", "officer") == (
        "nobody signs in with anna@example.org: amity user add anna@example.org …"
    )
    add()
    assert refused(*give, "anna@example.org", "union-002", "officer") == (
        "union-002 has no desk here: amity office vouch union-002"
    )
    assert refused("mandate", "end", "anna@example.org", "union-001") == (
        "anna@example.org holds no mandate of union-001"
    )
    said(*give, "anna@example.org", "union-001", "officer")
    assert refused(*give, "anna@example.org", "union-001", "officer") == (
        "This mandate is held already."
    )
