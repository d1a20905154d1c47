"""An office begins records of its own, though its organization is told of in another's dossier."""

import pytest
from django.urls import reverse

from amity.accounts.actions import give_mandate
from amity.accounts.models import User
from amity.desk.models import Draft
from amity.gatherings.models import Gathering
from amity.network.models import Membership, Office, Organization, Person
from amity.record.choices import Mandate
from amity.record.models import Dossier

from .test_desk import BY, Desk, begun, desk, typed

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


def test_a_form_of_one_office_is_not_saved_for_another(desk):
    user = User.objects.get(email="north-office@example.org")
    east = Office.objects.get(organization__key="east-office")
    give_mandate(BY, user, east, Mandate.OFFICER)
    north = Office.objects.get(organization__key="north-office")
    desk.north.post(reverse("choose_office"), {"office": north.pk})
    address = reverse("desk_new", args=["persons"])
    form = typed(desk.north.get(address)) | {"name-en": "Anna Berg", "act": "save"}
    desk.north.post(reverse("choose_office"), {"office": east.pk})  # in another tab
    late = desk.north.post(reverse("desk_keep_new", args=["persons"]), form | {"number": "1"})
    assert (late.status_code, Draft.objects.exists()) == (409, False)
    answer = desk.north.post(address, form)
    assert (answer.status_code, Person.everything.exists()) == (409, False)
    again = typed(answer)
    assert again["name-en"] == "Anna Berg"
    assert desk.north.post(address, again | {"act": "save"}).status_code == 302
    assert Person.everything.get().keeper == "organization:east-office"
