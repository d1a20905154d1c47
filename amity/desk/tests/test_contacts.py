"""An office's own book of contacts, as its people and those of other offices meet it."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from amity.desk.models import Contact
from amity.desk.tests.test_desk import somebody
from amity.foundation.models import Change, Letter
from amity.record.actions import remove, save
from amity.record.choices import Audience, Mandate
from amity.record.models import SearchDocument
from tests.write.world import World, build

pytestmark = pytest.mark.django_db

TOKEN = "Quillfeather"


@pytest.fixture
def world() -> World:
    made = build()
    save(made.north, made.person("anna"), audience=Audience.PUBLIC)
    return made


@pytest.fixture
def north(world: World) -> Client:
    return somebody("north-office")


def typed(**values: str) -> dict[str, str]:
    """The form of a contact, filled; each of its fields has a token of its own."""
    until = timezone.localdate() + timedelta(days=30)
    return {
        "name": f"{TOKEN}Name Hoàng",
        "address_as": f"Dear {TOKEN}Address",
        "organization": f"{TOKEN}Organization",
        "post": f"{TOKEN}Post",
        "mail": f"{TOKEN.lower()}mail@example.org",
        "telephone": "+84 28 1234 5678",
        "languages": f"vi, ru {TOKEN}Language",
        "words": f"{TOKEN}Words",
        "origin": f"{TOKEN}Origin",
        "keep_until": until.isoformat(),
        "person-words": "Anna",
    } | values


def written(client: Client, **values: str) -> Contact:
    answer = client.post(reverse("desk_contact_new"), typed(**values))
    assert answer.status_code == 302, answer.text
    return Contact.objects.latest("pk")


def test_a_contact_is_kept_found_changed_and_removed(north):
    contact = written(north)
    assert contact.office == "organization:north-office"
    assert contact.person is not None
    assert contact.person.key == "anna"
    page = north.get(reverse("desk_contacts"), {"q": "hoang quillfeatherpost"}).text
    assert f"{TOKEN}Name Hoàng" in page
    assert "/en/desk/records/persons/anna/" in page
    assert TOKEN not in north.get(reverse("desk_contacts"), {"q": "nobody"}).text
    form = typed(name="Hoàng Minh", **{"person-words": ""})
    assert north.post(reverse("desk_contact", args=[contact.pk]), form).status_code == 302
    contact.refresh_from_db()
    assert (contact.name, contact.person) == ("Hoàng Minh", None)
    north.post(reverse("desk_contact_remove", args=[contact.pk]))
    assert not Contact.objects.exists()


def test_another_office_and_strangers_get_nothing_of_it(world, north):
    contact = written(north)
    south, before = somebody("south-office"), Change.objects.count()
    at = {
        name: reverse(name, args=[contact.pk]) for name in ("desk_contact", "desk_contact_remove")
    }
    for client in (south, Client()):
        for address in (
            *at.values(),
            reverse("desk_contacts"),
            reverse("desk_contacts_table"),
            reverse("desk"),
            reverse("desk_history"),
            reverse("desk_letters"),
            reverse("desk_record", args=["persons", "anna"]),
            reverse("desk_choose") + f"?kind=persons&q={TOKEN}Name",
            f"/en/search/?q={TOKEN}Name",
            "/en/persons/anna/",
            "/en/persons.csv",
            "/api/v1/persons/anna",
        ):
            for answer in (client.get(address), client.post(address, typed(name="Mine"))):
                content = getattr(answer, "content", b"")
                content = content or b"".join(getattr(answer, "streaming_content", ()))
                said = content.decode().replace(f"q={TOKEN}Name", "").casefold()
                asked = said.replace(f'value="{TOKEN}Name"'.casefold(), "")
                assert f"{TOKEN}Post".casefold() not in asked
                assert f"{TOKEN}mail".casefold() not in asked
                assert "hoàng" not in asked
        assert client.get(at["desk_contact"]).status_code in (404, 302)
        assert client.post(at["desk_contact_remove"]).status_code in (404, 302)
    assert TOKEN in north.get(reverse("desk_contacts")).text
    contact.refresh_from_db()
    assert contact.name == f"{TOKEN}Name Hoàng"
    assert Change.objects.count() == before
    assert not Letter.objects.filter(subject__contains=TOKEN).exists()
    assert not SearchDocument.objects.filter(names__icontains=TOKEN).exists()


def test_only_who_keeps_the_book_writes_or_exports_it(north):
    contact = written(north)
    looks_on = somebody("north-office", Mandate.OBSERVER, name="looks-on")
    assert f"{TOKEN}Name" in looks_on.get(reverse("desk_contacts")).text
    assert looks_on.get(reverse("desk_contacts_table")).status_code == 403
    assert looks_on.get(reverse("desk_contact_new")).status_code == 403
    assert looks_on.post(reverse("desk_contact", args=[contact.pk]), typed()).status_code == 403
    assert looks_on.post(reverse("desk_contact_remove", args=[contact.pk])).status_code == 403
    assert Contact.objects.count() == 1


def test_the_table_computes_nothing_and_is_kept_nowhere(north):
    written(north, name="=HYPERLINK(1)")
    answer = north.get(reverse("desk_contacts_table"))
    assert "no-store" in answer["Cache-Control"]
    head, line, end = answer.getvalue().decode().split("\r\n")
    assert head.startswith("\ufeffName,How to address them,Organization,Post,Mail address")
    assert line.startswith("'=HYPERLINK(1),")
    assert "'+84 28 1234 5678" in line
    assert end == ""


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "name"),
        ("origin", "", "where this is from"),
        ("mail", "nobody", "mail"),
        ("keep_until", "2020-01-01", "within the next five years"),
        ("keep_until", "2999-01-01", "within the next five years"),
        ("person-words", "Nobody Known", "Nothing that you may read is called"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_is_kept(north, field, value, said):
    answer = north.post(reverse("desk_contact_new"), typed(**{field: value}))
    assert answer.status_code == 422
    assert said in answer.text.casefold() or said in answer.text
    assert f"{TOKEN}Words" in answer.text  # what was typed is there still
    assert not Contact.objects.exists()


def test_a_contact_goes_by_itself_after_its_day(north):
    kept, over = written(north), written(north, name="Long ago")
    Contact.objects.filter(pk=over.pk).update(keep_until=timezone.localdate() - timedelta(days=2))
    assert "Long ago" not in north.get(reverse("desk_contacts")).text
    assert north.get(reverse("desk_contact", args=[over.pk])).status_code == 404
    call_command("post", once=True)
    assert list(Contact.objects.values_list("pk", flat=True)) == [kept.pk]


def test_a_person_who_is_removed_leaves_the_contact(world, north):
    contact = written(north)
    person = contact.person
    assert person is not None
    remove(world.north, person, "Was never there.")
    contact.refresh_from_db()
    assert (contact.person, contact.name) == (None, f"{TOKEN}Name Hoàng")
