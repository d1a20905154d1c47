"""Badges and letters of invitation, made from the delegations of a gathering."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import html

from amity.delegations.models import Delegate, Delegation
from amity.desk.models import Contact
from amity.desk.tests.test_desk import somebody
from amity.foundation.models import Letter
from amity.gatherings.models import Gathering
from amity.network.models import Organization, Person
from amity.record.actions import save
from amity.record.choices import Audience, Mandate
from tests.write.world import World, with_session, words

pytestmark = pytest.mark.django_db


def person(world: World, key: str, name, audience: Audience | None = Audience.PUBLIC) -> Person:
    made = world.person(key)
    made.name = name
    save(world.north, made, audience=audience)
    return made


@pytest.fixture
def world() -> World:
    world = with_session()
    world.dossier.languages = ["en", "vi", "ru"]
    world.dossier.save()
    head = person(world, "boris", words("Boris Orlov", ru="Борис Орлов", vi="Boris Orlov"))
    mai = person(world, "mai", words("Le Thi Mai", vi="Lê Thị Mai"))
    delegation = Delegation(
        dossier=world.dossier,
        key="north-forum-1",
        gathering=Gathering.everything.get(key="forum-1"),
        side=world.sides[0],
        name=words("Delegation of the north", vi="Đoàn phương Bắc"),
        head=head,
    )
    save(world.north, delegation)
    delegate = Delegate(
        dossier=world.dossier,
        key="mai",
        delegation=delegation,
        person=mai,
        organization=Organization.everything.get(key="north-office"),
        role=words("Interpreter", vi="Phiên dịch"),
    )
    save(world.north, delegate)
    return world


@pytest.fixture
def north(world: World) -> Client:
    return somebody("north-office")


def address(name: str, *more: str) -> str:
    return reverse(name, args=["forum-1", *more])


def told(document: bytes) -> list[str]:
    """The paragraphs of a DOCX file."""
    with ZipFile(BytesIO(document)) as archive:
        main = archive.read("word/document.xml").decode()
    lines = re.findall(r"<w:p>.*?</w:p>", main, re.S)
    return ["".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", one)) for one in lines]


def test_a_sheet_of_badges_has_each_name_in_the_languages_in_which_it_differs(north):
    page = html.fromstring(north.get(address("desk_badges")).text)
    badges = [
        [" ".join(line.text_content().split()) for line in badge.xpath("p")]
        for badge in page.xpath("//*[@class='badge']")
    ]
    delegation, forum = "Delegation of the north", "First forum"
    assert badges == [
        ["Boris Orlov", "Борис Орлов", "Head of delegation", delegation, forum],
        ["Le Thi Mai", "Lê Thị Mai", "Interpreternorth-office", delegation, forum],
    ]
    assert page.xpath("//*[@class='badge']/p[2]/@lang") == ["ru", "vi"]


def test_a_letter_says_what_the_record_says_in_the_language_of_whom_it_is_to(north, world):
    Contact.objects.create(
        office="organization:north-office",
        name="Mai",
        address_as="Kính gửi bà Lê Thị Mai",
        languages="tiếng Việt, English",
        person=Person.everything.get(key="mai"),
        origin="a card",
        keep_until=timezone.localdate().replace(year=2090),
        changed_at=timezone.now(),
    )
    page = north.get(address("desk_invitations")).text
    assert [one for one in ("Vietnamese", "English") if f"<span>{one}</span>" in page] == [
        "Vietnamese",
        "English",
    ]
    answer = north.get(address("desk_invitation_docx", "mai"))
    assert answer["Content-Disposition"] == 'attachment; filename="forum-1.mai.vi.docx"'
    lines = told(answer.content)
    assert lines[0] == "north-office"
    assert "Kính gửi bà Lê Thị Mai" in lines
    assert "Diễn đàn thứ nhất" in lines
    assert any(one.endswith(": Đoàn phương Bắc") for one in lines)
    assert any(one.endswith(": Phiên dịch") for one in lines)
    assert [one for one in lines if "http://testserver/vi/gatherings/forum-1/" in one] != []
    other = told(north.get(address("desk_invitation_docx", "mai") + "?language=ru").content)
    assert "Первый форум" in other
    assert north.get(address("desk_invitation_pdf", "boris")).content.startswith(b"%PDF")
    assert Letter.objects.count() == 0  # nothing is sent


def test_marks_within_the_title_are_those_within_quotations(north):
    gathering = Gathering.everything.get(key="forum-1")
    gathering.title = words("The “Two Rivers” forum", vi="Diễn đàn “Hai dòng sông”")
    Gathering.everything.filter(pk=gathering.pk).update(title=gathering.title)
    lines = told(north.get(address("desk_invitation_docx", "boris") + "?language=vi").content)
    assert [one for one in lines if "“Diễn đàn ‘Hai dòng sông’”" in one] != []


@pytest.mark.parametrize(
    ("venue", "where"),
    [
        ("Customs House, North", ["Where: Customs House, North"]),
        ("Customs House", ["Where: Customs House, North"]),
        (None, ["Where: North"]),
    ],
)
def test_the_city_of_a_house_is_named_once(north, world, venue, where):
    place = world.cities[0]
    Gathering.everything.filter(key="forum-1").update(
        place=place, venue=words(venue) if venue else None
    )
    lines = told(north.get(address("desk_invitation_docx", "boris") + "?language=en").content)
    assert [one for one in lines if one.startswith("Where")] == where


def test_all_letters_are_in_one_archive(north):
    answer = north.get(address("desk_invitations_all"))
    with ZipFile(BytesIO(answer.content)) as archive:
        assert archive.namelist() == ["boris.en.docx", "mai.en.docx"]
        assert "north-office" in told(archive.read("mai.en.docx"))


def test_who_does_not_keep_the_gathering_gets_none_of_it(north, world):
    pages = [
        address("desk_badges"),
        address("desk_invitations"),
        address("desk_invitations_all"),
        address("desk_invitation_docx", "mai"),
    ]
    observer = somebody("north-office", Mandate.OBSERVER, name="watcher")
    for client in (somebody("east-office"), observer):
        assert [client.get(one).status_code for one in pages] == [403] * 4
    assert [Client().get(one).status_code for one in pages] == [302] * 4
    assert north.get(address("desk_invitation_docx", "nobody")).status_code == 404
    links = north.get(reverse("desk_record", args=["gatherings", "forum-1"])).text
    assert all(one in links for one in pages[:2])


def test_people_whom_the_reader_may_not_read_of_stand_nowhere(world):
    Delegate.everything.filter(key="mai").update(readers="public")
    Person.everything.filter(key__in=("mai", "boris")).update(
        readers="organization:north-office", keeper="organization:north-office"
    )
    south = somebody("south-office")
    for name in ("desk_badges", "desk_invitations"):
        page = south.get(address(name))
        assert page.status_code == 200
        assert "Thi Mai" not in page.text
        assert "Orlov" not in page.text
    assert south.get(address("desk_invitation_docx", "mai")).status_code == 404
