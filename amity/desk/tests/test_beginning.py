"""An office begins records of its own, though its organization is told of in another's dossier."""

import pytest
from django.urls import reverse

from amity.gatherings.models import Gathering
from amity.network.models import Membership, Organization, Person
from amity.record.models import Dossier

from .test_desk import Desk, begun, desk, typed

__all__ = ["desk"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def of_the_north(desk) -> Desk:
    """The one dossier that there is is kept by the northern office."""
    Dossier.objects.update(office="north-office")
    return desk


def test_what_it_begins_stands_in_a_dossier_of_its_own_which_is_made_once(of_the_north):
    address = reverse("desk_new", args=["persons"])
    form = typed(of_the_north.south.get(address))
    assert Dossier.objects.count() == 1  # looking makes none
    for name in ("Duarte", "Inês"):
        sent = form | {"name-en": name, "form": "", "act": "save"}
        assert of_the_north.south.post(address, sent).status_code == 302
    made = Dossier.objects.get(office="south-office")
    assert set(Person.everything.values_list("dossier__key", flat=True)) == {made.key}
    assert (made.key, str(made.title), Dossier.objects.count()) == (
        "south-office",
        "south-office",
        2,
    )


def test_rows_that_it_pastes_do_too(of_the_north):
    rows = "Name\tOrganisation\tPost\nDuarte\tHarbour board\tChair"
    address = reverse("desk_paste", args=["persons"])
    answer = of_the_north.south.post(address, {"rows": rows, "act": "add"})
    assert answer.status_code == 302, answer.text
    assert Person.everything.get().dossier.office == "south-office"
    assert Membership.everything.get().dossier.office == "south-office"
    board = Organization.everything.exclude(key__endswith="-office").get()
    assert board.dossier.office == "south-office"


def test_what_is_joint_stays_with_its_partnership(of_the_north):
    key = begun(of_the_north.south, **{"partnership-words": "Twins"})
    assert Gathering.everything.get(key=key).dossier.office == "north-office"
    assert Dossier.objects.count() == 1


def test_what_cannot_be_saved_leaves_no_dossier(of_the_north):
    address = reverse("desk_new", args=["persons"])
    form = typed(of_the_north.south.get(address)) | {"act": "save"}
    assert of_the_north.south.post(address, form).status_code == 422
    assert Dossier.objects.count() == 1
