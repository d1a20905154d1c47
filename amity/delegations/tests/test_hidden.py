"""Strangers read of delegations as if what is not public were not there."""

import pytest

from amity.delegations.models import Delegate, Delegation, Group
from amity.delegations.tests.test_pages import Sent
from amity.foundation.tests.strangers import HIDDEN, read_anew
from amity.gatherings.tests.factory import words
from amity.network.choices import AreaKind
from amity.network.models import Area, Person, Side

pytestmark = pytest.mark.django_db

ADDRESSES = ["/en/gatherings/forum-1/", "/en/gatherings/forum-1/people/"]


def other_side(sent: Sent) -> Side:
    """The side of the south."""
    return Side.objects.create(
        dossier=sent.dossier,
        readers="public",
        key="north-south-south",
        partnership=sent.partnership,
        position=2,
        area=Area.objects.create(
            dossier=sent.dossier,
            readers="public",
            key="south",
            kind=AreaKind.CITY,
            name=words("Southtown"),
        ),
    )


def hide(sent: Sent, other: Side) -> None:
    """A group, a delegation of another side, and delegates in these and in public ones."""
    own = {"dossier": sent.dossier, "readers": HIDDEN}
    spy = Person.everything.create(**own, key="spy", name=words("Secret person"))
    group = Group.everything.create(
        **own,
        key="secret-group",
        gathering=sent.gathering,
        position=9,
        name=words("Secret group"),
        quota=4711,
    )
    delegation = Delegation.everything.create(
        **own,
        key="secret-delegation",
        gathering=sent.gathering,
        side=other,
        name=words("Secret delegation"),
        head=spy,
    )
    seats = [
        (delegation, group),
        (delegation, Group.objects.get(key="group-1")),
        (Delegation.objects.get(key="delegation-north"), Group.objects.get(key="group-1")),
        (Delegation.objects.get(key="delegation-north"), None),
    ]
    for number, (of, within) in enumerate(seats):
        person = Person.everything.create(
            **own, key=f"spy-{number}", name=words(f"Secret person {number}")
        )
        Delegate.everything.create(
            **own,
            key=f"secret-{number}",
            delegation=of,
            group=within,
            person=person,
            role=words("Secret role"),
        )


def test_what_is_hidden_changes_nothing_that_strangers_read(client):
    sent = Sent()
    sent.delegation("Cecilia", "Anna", group=sent.group(1))
    other = other_side(sent)
    sent.changed()
    before = read_anew(client, ADDRESSES)
    hide(sent, other)
    after = read_anew(client, ADDRESSES)
    assert after == before
    assert [address for address, body in after.items() if b"ecret" in body] == []


def test_a_gathering_of_hidden_delegations_says_nothing_of_them(client):
    sent = Sent()
    sent.changed()
    before = read_anew(client, ADDRESSES)
    own = {"dossier": sent.dossier, "readers": HIDDEN}
    Group.everything.create(
        **own, key="secret", gathering=sent.gathering, position=1, name=words("Secret group")
    )
    Delegation.everything.create(
        **own, key="secret", gathering=sent.gathering, side=sent.side, name=words("Secret name")
    )
    assert read_anew(client, ADDRESSES) == before
