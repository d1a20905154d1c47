"""What is invented is marked wherever it stands, also among what is real and after it is gone."""

import icalendar
import pytest
from django.utils import timezone
from lxml import html

from amity.languages.text import Text
from amity.network.models import Area, Membership, Organization, Person
from amity.record import derived, kinds
from amity.record.models import Dossier, Entry
from amity.record.search.writing import rebuild

pytestmark = pytest.mark.usefixtures("demonstrations")


def page(client, address: str, status: int = 200) -> html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == status, address
    return html.fromstring(answer.content.decode())


def named(tree: html.HtmlElement, address: str) -> list[html.HtmlElement]:
    return tree.xpath(f"//main//a[@href='{address}']")


@pytest.fixture
def invented(db) -> Organization:
    """An invented organization in a real city, with a real person in an invented post."""
    common = {
        "dossier": Dossier.objects.get(key="lindholm-porto-claro"),
        "readers": "public",
    }
    made = Organization.everything.create(
        key="invented-choir",
        kind="other",
        name=Text.of("Choir of the Two Harbours", "en"),
        area=Area.objects.get(key="ha-noi"),
        **common,
    )
    post = Membership.everything.create(
        key="invented-post",
        organization=made,
        person=Person.objects.get(key="phan-anh-son"),
        title=Text.of("Patron", "en"),
        **common,
    )
    derived.write_entries("organization", [made.pk])
    derived.write_entries("membership", [post.pk])
    return made


@pytest.mark.parametrize("address", ["areas/ha-noi", "persons/phan-anh-son"])
def test_an_invented_thing_on_the_page_of_a_real_one_bears_its_mark(client, invented, address):
    tree = page(client, f"/en/{address}/")
    assert not tree.xpath("//aside[@class='fictional']")
    (link,) = named(tree, "/en/organizations/invented-choir/")
    assert link.getnext().get("class") == "invented"
    assert len(tree.xpath("//main//*[@class='invented']")) == 1


def test_a_real_thing_on_the_page_of_an_invented_one_is_not_marked_again(client, invented):
    tree = page(client, "/en/organizations/invented-choir/")
    assert tree.xpath("//aside[@class='fictional']")
    assert named(tree, "/en/persons/phan-anh-son/")
    assert not tree.xpath("//main//*[@class='invented']")


def test_search_and_interface_mark_it(client, invented):
    rebuild()
    tree = page(client, "/en/search/?q=choir+of+the+two+harbours")
    (link,) = named(tree, "/en/organizations/invented-choir/")
    assert link.xpath("ancestor::li[1]//*[@class='invented']")
    found = client.get("/api/v1/search?q=choir+of+the+two+harbours").json()["items"][0]
    assert found["fictional"] is True
    assert client.get("/api/v1/organizations/invented-choir").json()["fictional"] is True


@pytest.mark.parametrize(
    ("kind", "address", "invented"),
    [
        ("organization", "organizations/lindholm-friendship-union", True),
        ("gathering", "gatherings/lpc-two-harbours", True),
        ("gathering", "gatherings/vr-forum-2", False),
    ],
)
def test_what_was_removed_says_that_it_was_invented(client, kind, address, invented):
    key = address.rpartition("/")[2]
    entry = Entry.objects.get(kind=kind, key=key)
    Entry.everything.filter(pk=entry.pk).update(removed_at=timezone.now(), removed_why="A trial")
    kinds.get(kind).model.everything.filter(key=key).update(readers="nobody:at-all")
    tree = page(client, f"/en/{address}/", 410)
    assert bool(tree.xpath("//aside[@class='fictional']")) is invented
    assert ("(fictional)" in tree.findtext(".//title")) is invented
    if kind == "gathering":
        answer = client.get(f"/en/{address}/calendar.ics")
        (event,) = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
        assert ("(fictional)" in str(event["SUMMARY"])) is invented
        feed = client.get(f"/en/{address}/feed.atom").content.decode()
        assert ("(fictional)" in feed) is invented
