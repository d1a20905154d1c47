"""What an office began before it spoke for its side: all sides keep it once it is confirmed."""

import re
from dataclasses import replace

import pytest
from django.urls import reverse

from amity.desk import waiting
from amity.desk.tests.test_desk import FORUM, Desk, desk, somebody, typed
from amity.foundation.actions import By
from amity.gatherings.models import Gathering
from amity.record.actions import confirm, propose, rebuild, save
from amity.record.choices import Audience, Mandate

__all__ = ["desk"]
pytestmark = pytest.mark.django_db
HEADING = "Keep it together with the other sides"


@pytest.fixture
def alone(desk: Desk) -> Gathering:
    """A gathering that the office of the North began when it spoke for no side."""
    forum = desk.world.gathering("early")
    save(replace(desk.world.north, sides=frozenset()), forum)
    found = Gathering.everything.get(key="early")
    assert (found.keeper, found.readers) == ("organization:north-office",) * 2
    return found


def test_whoever_confirms_it_lets_all_sides_keep_it(desk: Desk, alone: Gathering) -> None:
    address = reverse("desk_record", args=["gatherings", "early"])
    assert HEADING in desk.north.get(address).text
    assert address in desk.north.get("/en/desk/").text.partition("To be kept with the other")[2]
    assert desk.south.get(address).status_code == 404
    fields = {"revision": alone.revision, "language": "en"}
    assert desk.north.post(f"{address}confirm/", fields).status_code == 302
    found = Gathering.everything.get(key="early")
    assert (found.keeper, found.readers) == ("partnership:twins",) * 2
    assert HEADING not in desk.north.get(address).text
    assert "To be kept with the other" not in desk.north.get("/en/desk/").text
    assert desk.south.get(address).status_code == 200
    assert rebuild(By(command="test"), only_check=True) == []


def test_only_the_voice_of_a_side_is_offered_it(desk: Desk, alone: Gathering) -> None:
    address = reverse("desk_record", args=["gatherings", "early"])
    editor = somebody("north-office", Mandate.EDITOR, name="eve")
    assert HEADING not in editor.get(address).text
    silent = frozenset(one._replace(voice=False) for one in desk.world.north.sides)
    assert not waiting.kept_alone(replace(desk.world.north, sides=silent))
    assert not waiting.kept_alone(desk.world.south)
    assert not waiting.kept_alone(replace(desk.world.north, vouched=False))


def test_what_is_named_is_to_be_released_first(desk: Desk) -> None:
    """By its name and with its address, where one is about to release, and where it is refused."""
    hidden = desk.world.gathering("hidden-one")
    save(desk.world.north, hidden)
    inner = desk.world.gathering("inner", within=hidden)
    save(desk.world.north, inner)
    address = reverse("desk_release", args=["gatherings", "inner"])
    card = desk.north.get(address).text.partition('id="first"')[2].partition("</section>")[0]
    assert reverse("desk_record", args=["gatherings", "hidden-one"]) in card
    found = Gathering.everything.get(key="inner")
    fields = {"revision": found.revision, "audience": "public"}
    told = desk.north.post(address, fields, follow=True).text
    assert "Release that first: Part of: First forum" in told
    save(desk.world.north, Gathering.everything.get(key="hidden-one"), audience=Audience.PUBLIC)
    assert 'id="first"' not in desk.north.get(address).text
    assert desk.north.post(address, fields).status_code == 302
    withdrawn = reverse("desk_release", args=["gatherings", "hidden-one"])
    fields = {
        "revision": Gathering.everything.get(key="hidden-one").revision,
        "audience": "circle",
    }
    told = desk.north.post(withdrawn, fields, follow=True).text
    assert "Withdraw that first: gathering: First forum" in told


def test_a_form_says_where_everybody_reads_at_once_what_is_saved(desk: Desk) -> None:
    said = "Everybody reads this as soon as it is saved."
    assert said in desk.north.get(reverse("desk_new", args=["areas"])).text
    for kind in ("gatherings", "persons", "answers", "sessions"):
        assert said not in desk.north.get(reverse("desk_new", args=[kind])).text
    forum = desk.world.gathering()
    save(desk.world.north, forum)
    part = f"{reverse('desk_new', args=['sessions'])}?part_of=gathering:forum-1"
    assert said not in desk.north.get(part).text
    save(desk.world.north, Gathering.everything.get(key="forum-1"), audience=Audience.PUBLIC)
    assert said in desk.north.get(part).text
    assert said in desk.north.get(reverse("desk_edit", args=["gatherings", "forum-1"])).text
    part = f"{reverse('desk_new', args=['delegations'])}?part_of=gathering:forum-1"
    assert said in desk.north.get(part).text
    editor = somebody("north-office", Mandate.EDITOR, name="eve")
    assert said not in editor.get(part).text, "what an editor writes for a side stays with it"


@pytest.mark.parametrize(
    ("typed_words", "edtf", "every"),
    [
        ("by the end of October 2027", "2027-10-21/2027-10-31", None),
        ("every year in June", "2027-06", "P1Y"),
    ],
)
def test_words_that_nobody_said_are_kept_as_what_they_mean(
    desk: Desk, typed_words: str, edtf: str | None, every: str | None
) -> None:
    address = reverse("desk_new", args=["gatherings"])
    form = typed(desk.north.get(address)) | FORUM | {"act": "save", "when-words": typed_words}
    refused = desk.north.post(address, form)
    assert refused.status_code == 422
    assert "is given as said" in refused.text
    assert 'name="when-bare"' in refused.text
    corrected = {"when-edtf": edtf, "when-every": every or "", "when-understood": typed_words}
    again = typed(refused) | corrected | {"when-bare": "on", "act": "save"}
    saved = desk.north.post(address, again)
    assert saved.status_code == 302, re.findall(r"class=.fault.[^>]*>([^<]*)", saved.text)
    key = saved["Location"].rstrip("/").rpartition("/")[2]
    when = Gathering.everything.get(key=key).when
    assert when is not None
    assert (when.said, when.edtf, when.every) == (None, edtf, every)
    changed = reverse("desk_edit", args=["gatherings", key])
    form = typed(desk.north.get(changed)) | {"title-en": "Another name", "act": "save"}
    assert desk.north.post(changed, form).status_code == 302
    assert Gathering.everything.get(key=key).when == when


def test_languages_are_typed_and_shown_by_their_names(desk: Desk) -> None:
    address = f"/vi{reverse('desk_new', args=['gatherings'])[3:]}"
    more = {"languages": "Tiếng Anh, русский, pt-BR", "title-vi": "Diễn đàn thứ hai"}
    form = typed(desk.north.get(address)) | FORUM | more | {"act": "save"}
    saved = desk.north.post(address, form)
    assert saved.status_code == 302
    found = Gathering.everything.get(key=saved["Location"].rstrip("/").rpartition("/")[2])
    assert found.languages == ["en", "ru", "pt-BR"]
    changed = reverse("desk_edit", args=["gatherings", found.key])
    form = typed(desk.north.get(f"/fr{changed[3:]}"))
    assert form["languages"] == "anglais, russe, portugais brésilien"
    refused = desk.north.post(changed, form | {"languages": "Elvish", "act": "save"})
    assert refused.status_code == 422
    assert "Elvish" in refused.text


def test_the_history_and_what_is_proposed_call_what_is_named_by_its_name(desk: Desk) -> None:
    forum = desk.world.gathering()
    save(desk.world.north, forum)
    south = desk.world.cities[1]
    found = Gathering.everything.get(key="forum-1")
    found.place = south
    save(desk.world.north, found, {"organizers": []})
    page = desk.south.get(reverse("desk_history_of", args=["gatherings", "forum-1"])).text
    assert "Partnership: Twins" in page, "of what was begun"
    assert '<th scope="row">Place</th><td class="typed"></td><td class="typed">South</td>' in page
    confirm(desk.world.south, Gathering.everything.get(key="forum-1"))
    moved = Gathering.everything.get(key="forum-1")
    moved.place = desk.world.cities[0]
    propose(desk.world.south, moved)
    page = desk.north.get(reverse("desk_record", args=["gatherings", "forum-1"])).text
    card = page.partition('id="proposals"')[2].partition("</article>")[0]
    assert '<dd class="typed">South</dd>' in card
    assert "<ins>North</ins>" in card
