"""What is refused at the desk stands there again as it was typed, with what is wrong beside it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from lxml import html

from amity.gatherings.models import Gathering
from amity.record.models import Dispute, Reply

from .test_desk import agreed, at, begun, desk, proposed, typed, venue_of

__all__ = ["desk"]
pytestmark = pytest.mark.django_db

TOO_LONG = "x" * 10_001


class Shown:
    """A page on which something was refused."""

    def __init__(self, client: Client, address: str, **sent: object) -> None:
        answer = client.post(address, sent)
        assert answer.status_code == 422
        self.page = html.fromstring(answer.text)

    @property
    def summary(self) -> dict[str, str]:
        """What the summary says, by the ids that it leads to; each is on the page once."""
        links = self.page.xpath("//*[@role='alert']//li/a")
        found = {link.get("href").removeprefix("#"): link.text_content() for link in links}
        assert [len(self.page.xpath("//*[@id=$at]", at=at)) for at in found] == [1] * len(found)
        return found

    def held(self, place: str) -> str:
        """What stands in a field."""
        return self.page.get_element_by_id(place).value

    def chosen(self, name: str) -> list[str]:
        """What of a choice is checked."""
        return self.page.xpath("//input[@name=$name][@checked]/@value", name=name)


def test_whoever_loads_the_address_of_what_was_refused_comes_to_the_page_with_its_form(desk):
    key = agreed(desk)
    change = proposed(desk.north, key, **{"title-en": "Third"})
    page = reverse("desk_record", args=["gatherings", key])
    for address in (
        at("desk_answer", key, change.pk),
        at("desk_note", key),
        at("desk_dispute", key),
        at("desk_files", key),
        at("desk_confirm", key),
    ):
        answer = desk.south.get(address)
        assert (answer.status_code, answer["Location"]) == (302, page)
    assert desk.south.get(page).status_code == 200
    letters = reverse("desk_letter_again", args=[1])
    assert desk.south.get(letters)["Location"] == reverse("desk_letters")
    together = reverse("desk_undo_together", args=[1])
    assert desk.south.get(together)["Location"] == reverse("desk_history")


def test_who_objects_without_reasons_keeps_what_was_chosen_and_typed(desk):
    key = agreed(desk)
    change = proposed(desk.north, key, **{"title-en": "Third", "title-vi": "Thứ ba"})
    english, vietnamese = sorted(one.pk for one in change.fields.all())
    refused = Shown(
        desk.south,
        at("desk_answer", key, change.pk),
        act="answer",
        **{
            f"verdict-{english}": "object",
            f"verdict-{vietnamese}": "agree",
            f"reasons-{vietnamese}": "It is right.",
        },
    )
    assert refused.summary == {f"reasons-{english}": "Say why: the other side reads the reasons."}
    assert refused.chosen(f"verdict-{english}") == ["object"]
    # the other answer was given, and is asked for no more
    assert Reply.objects.values_list("field", "verdict").get() == (vietnamese, "agree")
    assert not refused.page.xpath(f"//*[@name='verdict-{vietnamese}']")


def test_reasons_without_a_verdict_are_kept_and_lead_to_the_proposal(desk):
    key = agreed(desk)
    change = proposed(desk.north, key, **{"title-en": "Third"})
    field = change.fields.get().pk
    refused = Shown(
        desk.south, at("desk_answer", key, change.pk), **{f"reasons-{field}": "Why a third?"}
    )
    assert refused.summary == {f"proposal-{change.pk}": "Choose first whether we agree or object."}
    assert refused.held(f"reasons-{field}") == "Why a third?"


def test_a_dispute_that_is_too_long_stands_there_as_it_was_typed(desk):
    key = agreed(desk)
    sent = {"place": "title", "reasons": TOO_LONG, "language": "ru"}
    refused = Shown(desk.south, at("desk_dispute", key), **sent)
    assert [*refused.summary] == ["dispute-reasons"]
    held = [refused.held(f"dispute-{name}") for name in ("place", "reasons", "language")]
    assert held == [*sent.values()]
    assert refused.page.xpath("//details[@open]//*[@id='dispute-reasons']")
    assert Dispute.objects.count() == 0


@pytest.mark.parametrize("shared", [False, True])
def test_a_note_or_comment_that_is_too_long_stands_where_it_was_typed(desk, shared):
    key = agreed(desk)
    mark = {"shared": "on"} if shared else {}
    refused = Shown(desk.south, at("desk_note", key), words=TOO_LONG, **mark)
    own, other = ("comment", "note") if shared else ("note", "comment")
    assert [*refused.summary] == [own]
    assert (refused.held(own), refused.held(other)) == (TOO_LONG, "")


def test_a_file_that_is_refused_keeps_what_was_said_of_it(desk):
    key = agreed(desk)
    file = SimpleUploadedFile("list.exe", b"MZ")
    sent = {"file": file, "description": "The list", "language": "vi", "shared": "on"}
    refused = Shown(desk.south, at("desk_files", key), **sent)
    assert [*refused.summary] == ["file"]
    assert refused.held("file-description") == "The list"
    assert refused.held("file-language") == "vi"
    assert refused.page.xpath("//input[@name='shared'][@checked]")
    assert not refused.page.xpath("//input[@name='public'][@checked]")


def test_a_reason_to_remove_is_kept(desk):
    key = agreed(desk)
    revision = Gathering.everything.get(key=key).revision
    refused = Shown(desk.north, at("desk_remove", key), reason="x" * 1001, revision=revision)
    assert refused.held("reason") == "x" * 1001


def test_a_proposal_that_cannot_be_read_keeps_its_note(desk):
    key = agreed(desk)
    form = typed(desk.north.get(at("desk_edit", key)))
    form |= {"place-words": "Nowhere", "act": "propose", "note": "As agreed", "together": "on"}
    refused = Shown(desk.north, at("desk_edit", key), **form)
    assert refused.held("note") == "As agreed"
    assert refused.page.xpath("//input[@name='together'][@checked]")


def test_days_of_silence_that_are_refused_are_kept_at_their_field(desk):
    own = desk.world.sides[0].key
    refused = Shown(desk.north, reverse("desk_silence_of", args=[own]), days="soon")
    assert refused.held(f"days-{own}") == "soon"
    assert refused.page.get_element_by_id(f"days-{own}-fault").text_content() == (
        "Give the working days as a number, or leave it empty."
    )


def test_what_was_chosen_of_two_versions_is_chosen_still(desk):
    key = begun(desk.north)
    edit, resolve = at("desk_edit", key), at("desk_resolve", key)
    mine = typed(desk.north.get(edit)) | {"venue-en": "Mine", "act": "save"}

    def saved_meanwhile(venue: str) -> None:
        theirs = typed(desk.north.get(edit)) | {"venue-en": venue, "act": "save"}
        assert desk.north.post(edit, theirs).status_code == 302

    saved_meanwhile("Theirs")
    clash = html.fromstring(desk.north.post(edit, mine).text)
    (form,) = clash.xpath("//form[.//input[@name='mine']]")
    (choice,) = {name for name in form.fields if name.startswith("choice-")}
    assert form.fields[choice] == "theirs"
    form.fields[choice] = "mine"
    saved_meanwhile("Theirs, later")
    again = desk.north.post(resolve, dict(form.form_values()))
    assert again.status_code == 409
    (form,) = html.fromstring(again.text).xpath("//form[.//input[@name='mine']]")
    assert form.fields[choice] == "mine"
    assert desk.north.post(resolve, dict(form.form_values())).status_code == 302
    assert venue_of(key) == "Mine"
