"""An address with a bare number leads to the record that has it, or asks which one is meant."""

import pytest
from django.test import Client
from lxml import html

from amity.followup.models import Proposal
from amity.record.actions import save
from amity.record.choices import Audience
from amity.record.models import Dossier, Entry
from tests.write.world import World, build, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return build()


def proposal(
    world: World, key: str, dossier: Dossier | None = None, audience: Audience = Audience.PUBLIC
) -> None:
    made = Proposal(
        dossier=dossier or world.dossier,
        key=key,
        kind="proposal",
        title=words(f"Title of {key}"),
        text=words("A pier for both"),
        proposer_side=world.sides[0],
    )
    save(world.north, made, audience=audience)
    for model in (Proposal, Entry):  # as a folder that was written apart puts it there
        model.everything.filter(key=key).update(dossier=dossier or world.dossier)


def another() -> Dossier:
    return Dossier.objects.create(key="invented", title=words("Invented"), fictional=True)


def test_one_record_with_the_number_is_led_to(world):
    proposal(world, "p-2026-001-test")
    answer = Client().get("/en/proposals/P-2026-001/?x=1")
    assert (answer.status_code, answer["Location"]) == (302, "/en/proposals/p-2026-001-test/?x=1")
    assert answer["Cache-Control"] == "no-store"  # another dossier may come to the same number
    answer = Client().get("/api/v1/proposals/p-2026-001")
    assert answer.status_code == 302
    assert answer["Location"].endswith("/api/v1/proposals/p-2026-001-test")


def test_of_several_it_is_asked_which_one_is_meant(world):
    proposal(world, "p-2026-001-test")
    proposal(world, "p-2026-001-invented", another())
    proposal(world, "p-2026-0010-test")
    answer = Client().get("/en/proposals/p-2026-001/")
    assert answer.status_code == 300
    page = html.fromstring(answer.text)
    assert page.xpath("string(//h1)") == "Which one do you mean?"
    assert "several have the number P-2026-001." in page.text_content()
    assert page.xpath("//main//li/a/@href") == [
        "/en/proposals/p-2026-001-invented/",
        "/en/proposals/p-2026-001-test/",
    ]
    assert [bool(one.xpath("*[@class='invented']")) for one in page.xpath("//main//li")] == [
        True,
        False,
    ]
    answer = Client().get("/api/v1/proposals/P-2026-001")
    assert answer.status_code == 300
    assert [one.rpartition("/")[2] for one in answer.json()["choices"]] == [
        "p-2026-001-invented",
        "p-2026-001-test",
    ]


def test_the_address_is_that_of_the_record_that_is_called_so(world):
    proposal(world, "P-2026-001")
    proposal(world, "p-2026-001-invented", another())
    assert "Title of P-2026-001" in Client().get("/en/proposals/P-2026-001/").text


def test_what_is_not_for_the_reader_is_not_there(world):
    proposal(world, "p-2026-001-test", audience=Audience.CIRCLE)
    hidden = Client().get("/en/proposals/P-2026-001/")
    never = Client().get("/en/proposals/P-2026-009/")
    assert (hidden.status_code, never.status_code) == (404, 404)
    assert hidden.text.replace("-001", "-009") == never.text
    proposal(world, "p-2026-001-invented", another())
    answer = Client().get("/en/proposals/P-2026-001/")
    assert answer["Location"] == "/en/proposals/p-2026-001-invented/"


@pytest.mark.parametrize("path", ["proposals/C-2026-001/", "commitments/P-2026-001/", "areas/A-1/"])
def test_the_number_of_another_kind_is_nothing(world, path):
    proposal(world, "p-2026-001-test")
    assert Client().get(f"/en/{path}").status_code == 404
