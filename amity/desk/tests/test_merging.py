"""Merging two records of one thing at the desk, as the officer who made both meets it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from lxml import html

from amity.desk.models import Attachment, Note
from amity.foundation.models import Change
from amity.languages.text import Text
from amity.network.models import Organization, Person
from amity.record.actions import save
from amity.record.choices import Audience, Mandate
from tests.write.world import words

from .test_desk import Desk, desk, somebody

__all__ = ["desk"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def doubled(desk) -> Desk:
    """The same woman, once by her Latin name with a summary, once by her Russian one."""
    first = Person(dossier=desk.world.dossier, key="anna-berg", name=words("Anna Berg"))
    first.summary = words("Chair of the union")
    second = Person(
        dossier=desk.world.dossier,
        key="anna-berg-2",
        name=Text.of("Anna Bergh", "en").with_translation("ru", "Анна Берг"),
    )
    second.summary = Text.of("Chair", "en")
    for person in (first, second):
        save(desk.world.north, person, audience=Audience.PUBLIC)
    return desk


def at(key: str, other: str = "") -> str:
    address = reverse("desk_merge", args=["persons", key])
    return f"{address}?with={other}" if other else address


def form(page) -> dict[str, str]:
    """The form as a browser would send it, as it stands."""
    found = html.fromstring(page.content).xpath("//form[@method='post'][.//input[@name='with']]")[0]
    return dict(found.form_values()) | {"csrfmiddlewaretoken": ""}


def said(page) -> str:
    return " ".join(html.fromstring(page.content).text_content().split())


def test_the_one_that_is_likely_the_same_is_offered_at_once(doubled):
    page = doubled.north.get(at("anna-berg"))
    links = html.fromstring(page.content).xpath("//main//ul[@class='tasks']//a/@href")
    assert links == [at("anna-berg", "anna-berg-2")]
    assert "Merge with another" in said(
        doubled.north.get(reverse("desk_record", args=["persons", "anna-berg"]))
    )


def test_what_was_chosen_stands_and_no_name_is_lost(doubled):
    page = doubled.north.get(at("anna-berg", "anna-berg-2"))
    sent = form(page)
    assert {name: value for name, value in sent.items() if name.startswith("choice-")} == {
        'choice-["name", "versions", "en"]': "stays",
        'choice-["summary", "versions", "en"]': "stays",
    }
    assert "Анна Берг" in said(page)
    sent |= {'choice-["summary", "versions", "en"]': "goes", "reason": "Entered twice"}
    answer = doubled.north.post(at("anna-berg"), sent)
    assert (answer.status_code, answer["Location"]) == (
        302,
        reverse("desk_record", args=["persons", "anna-berg"]),
    )
    person = Person.everything.get(key="anna-berg")
    assert {tag: one.words for tag, one in person.name.versions.items()} == {
        "en": "Anna Berg",
        "ru": "Анна Берг",
    }
    assert [one["words"] for one in person.other_names] == ["Anna Bergh"]
    assert str(person.summary) == "Chair"
    assert not Person.everything.filter(key="anna-berg-2").exists()
    assert Change.objects.get(verb="merge", part_of=None).reason == "Entered twice"


def test_notes_and_files_of_the_one_that_went_are_with_the_other_and_go_back(doubled):
    person = Person.everything.get(key="anna-berg-2")
    own = {"kind": "person", "key": person.key, "office": "organization:north-office"}
    Note.objects.create(**own, words="Prefers tea", at=timezone.now())
    file = Attachment.objects.create(
        **own,
        at=timezone.now(),
        name="letter.pdf",
        media_type="application/pdf",
        sha256="0" * 64,
        size=5,
    )
    doubled.north.post(at("anna-berg"), form(doubled.north.get(at("anna-berg", "anna-berg-2"))))
    page = doubled.north.get(reverse("desk_record", args=["persons", "anna-berg"]))
    assert "Prefers tea" in said(page)
    assert "letter.pdf" in said(page)
    gone = reverse("desk_file_remove", args=[file.pk])
    change = Change.objects.get(verb="merge", part_of=None)
    doubled.north.post(reverse("desk_undo_together", args=[change.pk]))
    first, second = (
        said(doubled.north.get(reverse("desk_record", args=["persons", key])))
        for key in ("anna-berg", "anna-berg-2")
    )
    assert ("Prefers tea" in first, "Prefers tea" in second) == (False, True)
    stands = reverse("desk_record", args=["persons", "anna-berg-2"])
    assert doubled.north.post(gone)["Location"] == f"{stands}#files"


def test_who_may_not_change_both_merges_nothing(doubled):
    theirs = Person(dossier=doubled.world.dossier, key="anna-berg-3", name=words("Anna Berg"))
    save(doubled.world.south, theirs, audience=Audience.PUBLIC)
    assert doubled.east.get(at("anna-berg")).status_code == 403
    assert doubled.east.get(at("anna-berg", "anna-berg-3")).status_code == 403
    sent = form(doubled.north.get(at("anna-berg", "anna-berg-2"))) | {"with": "anna-berg-3"}
    assert doubled.east.post(at("anna-berg"), sent).status_code == 403
    doubled.north.post(at("anna-berg"), sent)
    editor = somebody("north-office", Mandate.EDITOR, name="editor")
    assert editor.get(at("anna-berg")).status_code == 403
    assert editor.post(at("anna-berg"), sent).status_code == 403
    assert Person.everything.filter(key__startswith="anna-berg").count() == 3


def test_what_another_office_keeps_for_itself_is_not_told(doubled):
    secret = Person(dossier=doubled.world.dossier, key="anna-hidden", name=words("Anna Berg"))
    save(doubled.world.south, secret, audience=Audience.KEEPER)
    assert "anna-hidden" not in doubled.north.get(at("anna-berg")).text
    assert doubled.north.get(at("anna-berg", "anna-hidden")).status_code == 404
    assert doubled.north.get(at("anna-hidden", "anna-berg")).status_code == 404


def test_what_was_changed_meanwhile_is_looked_at_again(doubled):
    sent = form(doubled.north.get(at("anna-berg", "anna-berg-2")))
    person = Person.everything.get(key="anna-berg-2")
    person.summary = words("Somebody else wrote this")
    save(doubled.world.north, person)
    chosen = {'choice-["name", "versions", "en"]': "goes", "reason": "Twice"}
    answer = doubled.north.post(at("anna-berg"), sent | chosen)
    assert answer.status_code == 422
    assert "Somebody else wrote this" in said(answer)
    assert {name: form(answer)[name] for name in chosen} == chosen
    assert Person.everything.filter(key="anna-berg-2").exists()


def test_an_office_is_merged_the_other_way_round(doubled):
    again = Organization(
        dossier=doubled.world.dossier, key="north-2", kind="other", name=words("North 2")
    )
    save(doubled.world.north, again, audience=Audience.PUBLIC)
    office = Organization.everything.get(key="north-office")
    Organization.everything.filter(pk=office.pk).update(keeper="organization:north-office")
    address = reverse("desk_merge", args=["organizations", "north-2"])
    page = doubled.north.get(f"{address}?with=north-office")
    answer = doubled.north.post(address, form(page))
    assert answer.status_code == 422
    assert "merge the other one into it instead" in said(answer)


def test_neither_itself_nor_nonsense(doubled):
    assert doubled.north.get(at("anna-berg", "anna-berg")).status_code == 404
    assert doubled.north.get(at("anna-berg", "nobody")).status_code == 404
    sent = form(doubled.north.get(at("anna-berg", "anna-berg-2")))
    for wrong in ({"with": ""}, {"with": "nobody"}, {"with": "anna-berg"}):
        assert doubled.north.post(at("anna-berg"), sent | wrong).status_code == 404
    for wrong in ({"revision": "x"}, {"other_revision": ""}, {"revision": "٣"}):
        assert doubled.north.post(at("anna-berg"), sent | wrong).status_code == 403
    assert doubled.north.get(reverse("desk_merge", args=["gatherings", "x"])).status_code == 404


def test_the_pages_take_few_statements(doubled):
    for address in (at("anna-berg"), at("anna-berg", "anna-berg-2")):
        doubled.north.get(address)
        with CaptureQueriesContext(connection) as counted:
            assert doubled.north.get(address).status_code == 200
        assert len(counted) <= 16, len(counted)
