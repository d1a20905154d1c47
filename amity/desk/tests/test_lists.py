"""The lists of rows in a record's form: how they begin, and how what is wrong leads to its row."""

import pytest
from django.urls import reverse
from lxml import html

from amity.desk.models import Draft
from amity.followup.models import Commitment, Party
from amity.record import kinds
from amity.record.plain.layout import layout

from .test_desk import Desk, desk, typed

__all__ = ["desk"]
pytestmark = pytest.mark.django_db

NEW = "/en/desk/records/commitments/new/"
PROMISE = {"kind": "assurance", "title-en": "Open a reading room", "grade": "will"}


@pytest.fixture
def blank(desk: Desk) -> dict[str, object]:
    return typed(desk.north.get(NEW)) | PROMISE | {"act": "save"}


def without(form: dict[str, object], beginning: str) -> dict[str, object]:
    return {name: value for name, value in form.items() if not name.startswith(beginning)}


def summary(answer: object) -> dict[str, str]:
    """What the summary of a page says, by the ids to which it leads; each is on the page once."""
    page = html.fromstring(answer.text)  # type: ignore[attr-defined] # a response
    links = page.xpath("//*[contains(@class, 'faults')]//li/a")
    ids = [link.get("href").removeprefix("#") for link in links]
    assert [len(page.xpath("//*[@id=$id]", id=one)) for one in ids] == [1] * len(ids)
    return {one: link.text_content() for one, link in zip(ids, links, strict=True)}


def test_a_commitment_begins_with_our_side_as_its_holder(desk, blank):
    assert Commitment.everything.count() == 0  # looking writes nothing
    answer = desk.north.post(NEW, blank)
    assert answer.status_code == 302, summary(answer)
    (party,) = Party.everything.all()
    assert (party.side.key, party.role) == (desk.world.sides[0].key, "holder")
    south = typed(desk.south.get(NEW))
    assert south["parties.0-side-key"] == desk.world.sides[1].key


def test_who_takes_the_holder_out_is_led_to_the_list(desk, blank):
    answer = desk.north.post(NEW, without(blank, "parties."))
    assert answer.status_code == 422
    assert summary(answer) == {
        "f-parties": "Parties: nobody holds it; expected a party with the role holder"
    }
    assert Commitment.everything.count() == 0


def test_what_is_wrong_in_a_row_leads_to_its_field_and_says_which_row(desk, blank):
    second = {
        "parties.1a-role": "counterpart",
        "parties.1a-side-key": desk.world.sides[0].key,
        "parties.1a-side-words": "North",
        "parties.1a-side-shown": "North",
    }
    answer = desk.north.post(NEW, blank | second)
    assert answer.status_code == 422
    assert summary(answer) == {
        "f-parties.1a-side": (
            "Parties, row 2, Side: the side is in the list already; expected it once"
        )
    }
    assert typed(answer)["parties.1a-role"] == "counterpart"


def test_a_draft_without_its_holder_is_kept_as_it_was_left(desk, blank):
    desk.north.post(NEW, without(blank, "parties.") | {"act": "keep"})
    assert Draft.objects.count() == 1
    assert not any(name.startswith("parties.") for name in typed(desk.north.get(NEW)))


def test_every_list_that_a_kind_needs_is_marked_and_begins_with_a_row(desk):
    needed = {(kind.plural, name) for kind in kinds.kinds() for name in kind.needs}
    assert needed == {("commitments", "parties")}
    for plural, name in needed:
        assert name in {child.name for child in layout(kinds.by_plural()[plural].model).children}
        page = html.fromstring(desk.north.get(reverse("desk_new", args=[plural])).text)
        (listed,) = page.xpath("//fieldset[@data-rows=$name]", name=name)
        assert listed.xpath("string(legend)") == "Parties (required)"
        assert len(listed.xpath("ol/li")) == 1


def test_what_is_needed_is_marked_in_words_and_for_screen_readers(desk):
    page = html.fromstring(desk.north.get("/en/desk/records/gatherings/new/").text)
    marked = page.xpath("//form//*[not(ancestor::template)][self::label or self::legend]")
    said = [one.text_content() for one in marked]
    assert [one for one in said if one.endswith("(required)")] == [
        "Kind (required)",
        "Title (required)",
        "Status (required)",
    ]
    needed = page.xpath("//form//*[not(ancestor::template)][@aria-required='true']/@name")
    assert needed == ["kind", "status"]
    assert not page.xpath("//form//*[@required]")  # a draft is kept without them
