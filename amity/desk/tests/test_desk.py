"""The desk as two officers of two sides meet it, through its pages."""

import re
from dataclasses import dataclass

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from lxml import html

from amity.accounts.actions import add_user, give_mandate
from amity.accounts.models import User
from amity.accounts.queries import acting_by_command
from amity.desk.actions import drafts
from amity.desk.forms.fields import ReferenceField
from amity.desk.models import Draft, Note
from amity.followup.models import Proposal
from amity.foundation.actions import By
from amity.foundation.models import Change, Letter
from amity.gatherings.models import Gathering, Session
from amity.languages.text import Text
from amity.languages.version import Version
from amity.network.models import Office
from amity.record.actions import confirm, dispute, reply, save
from amity.record.actions.standings import settled
from amity.record.choices import Audience, Mandate, Verdict
from amity.record.models import Dispute, Entry, ProposedChange
from amity.record.refusals import NotAllowed
from amity.sources.models import Claim
from tests.write.world import World, build, words

BY = By(command="test")
pytestmark = pytest.mark.django_db


@dataclass
class Desk:
    """Two people at their desks, and the world they share."""

    world: World
    north: Client
    south: Client
    east: Client


def somebody(office: str, *mandates: Mandate, name: str = "") -> Client:
    """A client signed in as somebody who acts for an office."""
    address = f"{name or office}@example.org"
    user = add_user(BY, address, name or office.title(), "en")
    for mandate in mandates or (Mandate.OFFICER,):
        give_mandate(BY, user, Office.objects.get(organization__key=office), mandate)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def desk() -> Desk:
    world = build()
    offices = ("north-office", "south-office", "east-office")
    return Desk(world, *(somebody(one) for one in offices))


def typed(page: object) -> dict[str, object]:
    """The fields of the form on a page as a browser would send them, names to values."""
    whole = html.fromstring(page.text)  # type: ignore[attr-defined] # a response
    (form,) = whole.xpath("//form[contains(@class, 'record-form')]")
    for template in form.xpath(".//template"):
        template.drop_tree()
    sent: dict[str, object] = {}
    for name, value in form.form_values():
        box = form.xpath(".//input[@type='checkbox'][@name=$name]", name=name)
        if box:
            sent.setdefault(name, []).append(value)  # type: ignore[attr-defined]
        else:
            sent[name] = value
    sent.pop("csrfmiddlewaretoken", None)
    return sent


FORUM = {
    "kind": "forum",
    "title-en": "Second forum",
    "title-vi": "Diễn đàn thứ hai",
    "status": "announced",
    "when-words": "5–7 May 2027",
    "place-words": "North",
}


def begun(client: Client, **more: str) -> str:
    """Begin a gathering; returns its identifier."""
    address = reverse("desk_new", args=["gatherings"])
    form = typed(client.get(address)) | FORUM | more | {"act": "save"}
    answer = client.post(address, form)
    assert answer.status_code == 302, re.findall(r'class="fault"[^>]*>([^<]*)', answer.text)
    return answer["Location"].rstrip("/").rpartition("/")[2]


def venue_of(key: str) -> str:
    venue = Gathering.everything.get(key=key).venue
    return str(venue.versions["en"].words) if venue else ""


def waiting(client: Client) -> list[str]:
    """The names of what waits for the reader's side on the start page."""
    words = client.get(reverse("desk")).text
    section = words.partition("Waiting for our side to confirm")[2].partition("</section>")[0]
    return re.findall(r"<strong>([^<]*)</strong>", section)


def at(name: str, key: str, *more: object) -> str:
    return reverse(name, args=["gatherings", key, *more])


def test_a_gathering_is_begun_for_the_circle_and_read_by_the_other_side_alone(desk):
    key = begun(desk.north)
    record = Gathering.everything.get(key=key)
    assert (key, record.readers, record.keeper) == (
        "second-forum",
        "partnership:twins",
        "partnership:twins",
    )
    assert record.begun_by == "organization:north-office"
    assert record.when is not None
    assert record.when.edtf == "2027-05-05/2027-05-07"
    assert record.when.said is None  # exact days need no words beside them
    assert record.title.versions["vi"].made_from.tag == "en"
    assert record.place is not None
    assert record.place.key == "north"
    assert desk.south.get(at("desk_record", key)).status_code == 200
    assert desk.east.get(at("desk_record", key)).status_code == 404
    assert Client().get(f"/en/gatherings/{key}/").status_code == 404


def test_what_waits_is_confirmed_and_then_changes_by_agreement_alone(desk):
    key = begun(desk.north)
    assert waiting(desk.south) == ["Second forum"]
    assert waiting(desk.north) == []
    record = Gathering.everything.get(key=key)
    desk.south.post(at("desk_confirm", key), {"revision": record.revision, "language": "en"})
    assert waiting(desk.south) == []
    form = typed(desk.north.get(at("desk_edit", key))) | {"title-en": "Third forum", "act": "save"}
    refused = desk.north.post(at("desk_edit", key), form)
    assert refused.status_code == 403
    assert "when every side agrees" in refused.text
    assert "Third forum" in refused.text  # nothing that was typed is lost
    form = typed(desk.north.get(at("desk_edit", key))) | {"venue-en": "Old harbour", "act": "save"}
    assert desk.north.post(at("desk_edit", key), form).status_code == 302


def agreed(desk: Desk) -> str:
    """A gathering that both sides have confirmed."""
    key = begun(desk.north)
    revision = Gathering.everything.get(key=key).revision
    desk.south.post(at("desk_confirm", key), {"revision": revision, "language": "en"})
    return key


def proposed(client: Client, key: str, **changes: str) -> ProposedChange:
    form = typed(client.get(at("desk_edit", key))) | changes | {"act": "propose"}
    answer = client.post(at("desk_edit", key), form)
    assert answer.status_code == 302, re.findall(r"<li>(.*)</li>", answer.text)
    return ProposedChange.objects.latest("id")


def titles(key: str) -> dict[str, str]:
    title = Gathering.everything.get(key=key).title
    return {tag: version.words for tag, version in title.versions.items()}


def states(change: ProposedChange) -> dict[str, str]:
    return {".".join(map(str, one.difference["path"])): one.state for one in change.fields.all()}


def said(client: Client, key: str, change: ProposedChange, **verdicts: str) -> str:
    """Answer fields of a proposed change by the last step of their path; gives the page after."""
    sent = {"act": "answer"}
    for field in change.fields.all():
        path = field.difference["path"]
        name = path[-2] if path[-1] == "words" else path[0]
        if name in verdicts:
            sent[f"verdict-{field.pk}"] = verdicts[name]
            sent[f"reasons-{field.pk}"] = verdicts.get("why", "")
    answer = client.post(at("desk_answer", key, change.pk), sent, follow=True)
    return str(answer.text)


def test_an_answer_that_says_nothing_is_asked_what_it_says(desk):
    key = agreed(desk)
    change = proposed(desk.north, key, **{"title-en": "Visit of the bakers"})
    assert "Choose first whether we agree or object." in said(desk.south, key, change)
    assert set(states(change).values()) == {"open"}


def test_what_both_confirmed_changes_when_the_other_agrees_field_by_field(desk):
    key = agreed(desk)
    change = proposed(
        desk.north, key, **{"title-en": "Third", "title-vi": "Thứ ba", "note": "Better"}
    )
    assert titles(key) == {"en": "Second forum", "vi": "Diễn đàn thứ hai"}
    start = desk.south.get(reverse("desk")).text
    assert "Changes proposed to us" in start
    assert "Changes proposed to us" not in desk.north.get(reverse("desk")).text
    page = desk.south.get(at("desk_record", key)).text
    assert "Better" in page
    assert "Third" in page
    said(desk.south, key, change, en="agree")
    assert titles(key) == {"en": "Third", "vi": "Diễn đàn thứ hai"}
    said(desk.south, key, change, vi="object", why="Not a good word")
    assert titles(key)["vi"] == "Diễn đàn thứ hai"
    assert states(change) == {
        "title.versions.en.words": "agreed",
        "title.versions.vi.words": "objected",
    }
    assert "Not a good word" in desk.north.get(at("desk_record", key)).text
    assert "Objections to what we proposed" in desk.north.get(reverse("desk")).text
    record = Gathering.everything.get(key=key)
    assert settled("gathering", record)  # all have confirmed what they agreed to


def test_a_side_never_agrees_to_its_own_proposal(desk):
    key = agreed(desk)
    change = proposed(desk.north, key, **{"title-en": "Third"})
    colleague = somebody("north-office", Mandate.SIGNATORY, Mandate.OFFICER, name="colleague")
    colleague.force_login(User.objects.get(email="colleague@example.org"))
    for client in (desk.north, desk.east):
        said(client, key, change, en="agree")
    assert titles(key)["en"] == "Second forum"
    field = change.fields.get()
    north = acting_by_command("test", Office.objects.get(organization__key="north-office"))
    with pytest.raises(NotAllowed):
        reply(north, field, Verdict.AGREE)
    assert not field.replies.exists()


def test_only_together_is_all_or_nothing(desk):
    key = agreed(desk)
    changes = {"title-en": "Third", "title-vi": "Thứ ba", "together": "on"}
    change = proposed(desk.north, key, **changes)
    said(desk.south, key, change, en="agree")
    assert titles(key)["en"] == "Second forum"
    said(desk.south, key, change, vi="agree")
    assert titles(key) == {"en": "Third", "vi": "Thứ ba"}


def test_an_objection_needs_reasons_and_a_proposal_can_be_withdrawn(desk):
    key = agreed(desk)
    change = proposed(desk.north, key, **{"title-en": "Third"})
    assert "Say why" in said(desk.south, key, change, en="object")
    assert states(change) == {"title.versions.en.words": "open"}
    desk.south.post(at("desk_answer", key, change.pk), {"act": "withdraw"})
    assert states(change) == {"title.versions.en.words": "open"}
    desk.north.post(at("desk_answer", key, change.pk), {"act": "withdraw"})
    assert states(change) == {"title.versions.en.words": "withdrawn"}
    said(desk.south, key, change, en="agree")
    assert titles(key)["en"] == "Second forum"


def test_releasing_what_both_confirmed_asks_the_other(desk):
    key = agreed(desk)
    revision = Gathering.everything.get(key=key).revision
    desk.north.post(at("desk_release", key), {"revision": revision, "audience": "public"})
    assert Client().get(f"/en/gatherings/{key}/").status_code == 404
    change = ProposedChange.objects.get()
    said(desk.south, key, change, audience="agree")
    assert Client().get(f"/en/gatherings/{key}/").status_code == 200


def test_a_proposal_is_nobody_elses_business(desk):
    key = agreed(desk)
    revision = Gathering.everything.get(key=key).revision
    desk.north.post(at("desk_release", key), {"revision": revision, "audience": "public"})
    said(desk.south, key, ProposedChange.objects.get(), audience="agree")
    change = proposed(desk.north, key, **{"title-en": "SECRETTITLE", "note": "SECRETNOTE"})
    for client in (desk.east, Client()):
        for path in (at("desk_record", key), at("desk_history_of", key), f"/en/gatherings/{key}/"):
            assert "SECRET" not in client.get(path).text
    assert desk.east.post(at("desk_answer", key, change.pk), {"act": "answer"}).status_code == 404


def test_what_is_not_weighty_is_saved_beside_a_proposal(desk):
    key = agreed(desk)
    change = proposed(desk.north, key, **{"title-en": "Third", "venue-en": "Old harbour"})
    assert venue_of(key) == "Old harbour"
    assert states(change) == {"title.versions.en.words": "open"}


def test_a_confirmation_of_something_older_is_refused(desk):
    key = begun(desk.north)
    seen = Gathering.everything.get(key=key).revision
    form = typed(desk.north.get(at("desk_edit", key))) | {"title-en": "Other", "act": "save"}
    desk.north.post(at("desk_edit", key), form)
    answer = desk.south.post(at("desk_confirm", key), {"revision": seen}, follow=True)
    assert "Somebody else has changed this since you began" in answer.text
    assert "Second forum" not in answer.text
    assert "Other" in desk.south.get(reverse("desk")).text


def test_released_the_public_reads_it_at_once_and_withdrawn_no_more(desk):
    key = begun(desk.north)
    revision = Gathering.everything.get(key=key).revision
    assert desk.south.post(
        at("desk_release", key), {"revision": revision, "audience": "public"}
    ).status_code in (302, 403)
    assert Client().get(f"/en/gatherings/{key}/").status_code == 404
    desk.north.post(at("desk_release", key), {"revision": revision, "audience": "public"})
    assert Client().get(f"/en/gatherings/{key}/").status_code == 200
    revision = Gathering.everything.get(key=key).revision
    fields = {"revision": revision, "audience": "circle", "reason": "Too early"}
    desk.north.post(at("desk_release", key), fields)
    assert Client().get(f"/en/gatherings/{key}/").status_code == 404
    assert Change.objects.filter(verb="withdraw", reason="Too early").count() == 1


def test_faults_are_told_beside_their_fields_and_nothing_typed_is_lost(desk):
    address = reverse("desk_new", args=["gatherings"])
    form = (
        typed(desk.north.get(address))
        | FORUM
        | {
            "kind": "",
            "place-words": "Atlantis",
            "number": "twelve",
            "act": "save",
        }
    )
    answer = desk.north.post(address, form)
    assert answer.status_code == 422
    assert not Gathering.everything.exists()
    assert "Nothing that you may read is called “Atlantis”." in answer.text
    assert "is not a whole number" in answer.text
    assert answer.text.count('href="#f-place"') == 1
    again = typed(answer)
    assert again["title-vi"] == "Diễn đàn thứ hai"
    assert again["place-words"] == "Atlantis"
    assert "<title>Error: " in answer.text


def test_what_no_database_holds_is_left_out_of_a_draft_and_refused_in_a_form(desk):
    key = begun(desk.north)
    form = typed(desk.north.get(at("desk_edit", key))) | {"venue-en": "Ha\x00ll", "a\x00b": "c"}
    assert desk.north.post(at("desk_keep", key), form | {"number": "1"}).status_code == 200
    assert Draft.objects.get(key=key).values["venue-en"] == ["Hall"]
    answer = desk.north.post(at("desk_edit", key), form | {"act": "save"})
    assert answer.status_code == 422
    assert "U+0000" in answer.text
    assert venue_of(key) == ""
    kept = desk.north.post(at("desk_edit", key), form | {"act": "keep"})
    assert kept.status_code == 302


def test_drafts_are_kept_shown_to_their_writer_alone_and_gone_when_saved(desk):
    key = begun(desk.north)
    form = typed(desk.north.get(at("desk_edit", key))) | {"venue-en": "DRAFTED-VENUE"}
    kept = desk.north.post(at("desk_keep", key), form | {"number": "1"})
    assert kept.json()["kept"] is True
    assert Gathering.everything.get(key=key).venue is None
    colleague = somebody("north-office", name="colleague")
    for other in (colleague, desk.south):
        for page in (at("desk_edit", key), at("desk_record", key), reverse("desk")):
            assert "DRAFTED-VENUE" not in other.get(page).text
            assert "My drafts" not in other.get(page).text
    page = desk.north.get(at("desk_edit", key))
    assert "This is your draft of" in page.text
    assert typed(page)["venue-en"] == "DRAFTED-VENUE"
    assert "My drafts" in desk.north.get(reverse("desk")).text
    saved = typed(page)
    assert desk.north.post(at("desk_edit", key), saved | {"act": "save"}).status_code == 302
    assert venue_of(key) == "DRAFTED-VENUE"
    late = desk.north.post(at("desk_keep", key), saved | {"number": "9"})
    assert late.json()["kept"] is False
    assert "My drafts" not in desk.north.get(reverse("desk")).text
    assert "This is your draft" not in desk.north.get(at("desk_edit", key)).text


def test_an_older_keeping_that_arrives_late_changes_nothing(desk):
    key = begun(desk.north)
    form = typed(desk.north.get(at("desk_edit", key)))
    desk.north.post(at("desk_keep", key), form | {"venue-en": "second", "number": "2"})
    late = desk.north.post(at("desk_keep", key), form | {"venue-en": "first", "number": "1"})
    assert late.json()["kept"] is False
    assert Draft.objects.get(key=key).values["venue-en"] == ["second"]


def kept_of_new(client: Client, plural: str, words: str, number: int = 1) -> tuple[int, str]:
    """What is answered when what was typed of a new record is kept: a status, and words."""
    form = {"name-en": words, "form": plural, "number": number}
    answer = client.post(reverse("desk_keep_new", args=[plural]), form)
    return answer.status_code, answer.json().get("words", "")


TOO_MANY = (
    "You have 2 drafts, and no room for more. Save this one, or else finish or throw away others "
    "under “My drafts”."
)


def test_one_person_keeps_so_many_drafts_and_loses_nothing_of_what_is_one_too_many(
    desk, monkeypatch
):
    monkeypatch.setattr(drafts, "MOST_DRAFTS", 2)
    assert kept_of_new(desk.north, "persons", "Ida") == (200, "")
    assert kept_of_new(desk.north, "areas", "Harbour") == (200, "")
    assert kept_of_new(desk.north, "organizations", "Union") == (422, TOO_MANY)
    address = reverse("desk_new", args=["organizations"])
    page = desk.north.post(address, {"name-en": "Union", "form": "x", "act": "keep"})
    assert page.status_code == 422
    assert TOO_MANY in page.text
    assert typed(page)["name-en"] == "Union"
    colleague = somebody("north-office", name="colleague")
    assert kept_of_new(colleague, "organizations", "Theirs") == (200, "")
    assert kept_of_new(desk.north, "persons", "Ida Aspen", number=2) == (200, "")
    desk.north.post(reverse("desk_new", args=["areas"]), {"form": "areas", "act": "discard"})
    assert kept_of_new(desk.north, "organizations", "Union") == (200, "")
    own = Draft.objects.filter(user__email="north-office@example.org").exclude(values={})
    assert {one.values["name-en"][0] for one in own} == {"Ida Aspen", "Union"}


def test_the_drafts_of_one_person_have_room_together(desk, monkeypatch):
    monkeypatch.setattr(drafts, "MOST_TOGETHER", 1000)
    assert kept_of_new(desk.north, "persons", "x" * 500) == (200, "")
    assert kept_of_new(desk.north, "areas", "y" * 500)[0] == 422
    assert kept_of_new(desk.north, "areas", "y" * 100) == (200, "")
    assert len(Draft.objects.get(kind="person").values["name-en"][0]) == 500


def test_goals_are_ticked_kept_and_taken_back(desk):
    address = reverse("desk_new", args=["proposals"])
    form = typed(desk.north.get(address)) | {"kind": "proposal", "title-en": "Count the herring"}
    form |= {"proposer_side-words": "North", "goals": ["14", "4"], "act": "save"}
    answer = desk.north.post(address, form)
    proposal = Proposal.everything.get(title__versions__en__words="Count the herring")
    assert (answer.status_code, proposal.goals) == (302, [4, 14])
    page = desk.north.get(reverse("desk_record", args=["proposals", proposal.key])).text
    assert "4. Quality Education; 14. Life Below Water" in page
    edit = reverse("desk_edit", args=["proposals", proposal.key])
    shown = typed(desk.north.get(edit))
    assert shown["goals"] == ["4", "14"]
    refused = desk.north.post(edit, shown | {"goals": ["18"], "act": "save"})
    assert "“18” is not the number of a goal; expected one from 1 to 17" in refused.text
    desk.north.post(edit, shown | {"goals": [], "act": "save"})
    proposal.refresh_from_db()
    assert proposal.goals == []


def test_two_who_save_at_once_lose_nothing(desk):
    key = begun(desk.north)
    colleague = somebody("north-office", name="colleague")
    mine = typed(desk.north.get(at("desk_edit", key)))
    theirs = typed(colleague.get(at("desk_edit", key)))
    saved = theirs | {"title-ru": "Второй форум", "venue-en": "Theirs", "act": "save"}
    assert colleague.post(at("desk_edit", key), saved).status_code == 302
    sent = mine | {"title-fr": "Deuxième forum", "venue-en": "Mine", "act": "save"}
    answer = desk.north.post(at("desk_edit", key), sent)
    assert answer.status_code == 409
    assert "Colleague saved it while you were typing" in answer.text.replace(
        "colleague", "Colleague"
    )
    assert {"Theirs", "Mine"} <= set(re.findall(r"Theirs|Mine", answer.text))
    crumbs = answer.text.partition('<p class="crumbs">')[2].partition("</p>")[0]
    assert (at("desk_record", key) in crumbs, FORUM["title-en"] in crumbs) == (True, True)
    hidden = dict(
        re.findall(r'<input type="hidden" name="(mine|opened|seen)" value="([^"]*)"', answer.text)
    )
    choices = re.findall(r'name="(choice-[^"]*)" value="mine"', answer.text)
    assert len(choices) == 1
    import html

    chosen = {name: html.unescape(value) for name, value in hidden.items()}
    chosen[html.unescape(choices[0])] = "mine"
    assert desk.north.post(at("desk_resolve", key), chosen).status_code == 302
    record = Gathering.everything.get(key=key)
    assert venue_of(key) == "Mine"
    assert record.title.versions["ru"].words == "Второй форум"
    assert record.title.versions["fr"].words == "Deuxième forum"


def test_history_says_who_and_what_and_undoes(desk):
    key = begun(desk.north)
    form = typed(desk.north.get(at("desk_edit", key))) | {"title-en": "Other", "act": "save"}
    desk.north.post(at("desk_edit", key), form)
    page = desk.north.get(at("desk_history_of", key))
    assert "North-Office" in page.text
    assert re.search(
        r"Title · English</th><td[^>]*>Second forum</td><td[^>]*>Other</td>", page.text
    )
    seen_by_the_other = desk.south.get(at("desk_history_of", key)).text
    assert "North-Office" not in seen_by_the_other  # its people go by their office there
    change = Change.objects.filter(verb="change", key=key).latest("id")
    refused = desk.south.post(at("desk_undo", key, change.pk))
    assert refused.status_code == 302
    assert Gathering.everything.get(key=key).title.versions["en"].words == "Other"
    desk.north.post(at("desk_undo", key, change.pk))
    assert Gathering.everything.get(key=key).title.versions["en"].words == "Second forum"


def test_notes_stay_with_their_office(desk):
    key = begun(desk.north)
    desk.north.post(at("desk_note", key), {"words": "NORTHERN-NOTE"})
    colleague = somebody("north-office", Mandate.OBSERVER, name="colleague")
    assert "NORTHERN-NOTE" in colleague.get(at("desk_record", key)).text
    for page in (at("desk_record", key), at("desk_history_of", key), reverse("desk")):
        assert "NORTHERN-NOTE" not in desk.south.get(page).text
    number = Note.objects.get().pk
    desk.south.post(at("desk_note", key), {"remove": str(number)})
    colleague.post(at("desk_note", key), {"remove": str(number)})
    assert Note.objects.exists()
    desk.north.post(at("desk_note", key), {"remove": str(number)})
    assert not Note.objects.exists()


def test_sessions_of_a_programme_go_by_the_clocks_of_the_venue(desk):
    key = begun(desk.north, timezone="Asia/Ho_Chi_Minh")
    address = reverse("desk_new", args=["sessions"]) + f"?part_of=gathering:{key}"
    page = desk.north.get(address)
    assert "By the clocks of Ho Chi Minh" in page.text
    form = typed(page) | {
        "kind": "plenary",
        "title-en": "Opening",
        "starts_at": "2027-05-05T09:00",
        "ends_at": "2027-05-05T10:30",
        "act": "save",
    }
    answer = desk.north.post(address, form)
    assert answer.status_code == 302, re.findall(r'class="fault"[^>]*>([^<]*)', answer.text)
    session = Session.everything.get()
    assert session.starts_at is not None
    assert session.starts_at.isoformat() == "2027-05-05T02:00:00+00:00"
    assert (session.gathering.key, session.readers) == (key, "partnership:twins")
    assert "Opening" in desk.south.get(at("desk_record", key)).text


def test_an_expired_session_gives_back_what_was_typed(desk):
    key = begun(desk.north)
    form = typed(desk.north.get(at("desk_edit", key))) | {"venue-en": "TYPED-LONG", "act": "save"}
    desk.north.cookies.pop("amity")
    answer = desk.north.post(at("desk_edit", key), form)
    assert answer["Location"].startswith(reverse("account_login"))
    assert Gathering.everything.get(key=key).venue is None
    for name in ("desk_keep", "desk_present"):  # another tab, which knows of nothing
        assert desk.north.post(at(name, key), form | {"venue-en": "TAB"}).status_code == 302
    assert "What you typed is kept" in desk.north.get(answer["Location"]).text
    user = User.objects.get(email="north-office@example.org")
    user.set_password("a boat on two rivers")
    user.save()
    desk.north.post(answer["Location"], {"login": user.email, "password": "a boat on two rivers"})
    page = desk.north.get(at("desk_edit", key))
    assert "what you had typed before you were signed out" in page.text
    assert typed(page)["venue-en"] == "TYPED-LONG"
    desk.north.post(at("desk_edit", key), typed(page) | {"act": "save"})
    assert venue_of(key) == "TYPED-LONG"


def test_what_no_page_shows_again_leads_back_to_where_it_was_sent(desk):
    key = begun(desk.north)
    desk.north.cookies.pop("amity")
    page = at("desk_record", key)
    for came, back in (
        (f"http://testserver{page}?page=2", f"{page}%3Fpage%3D2"),
        (f"http://elsewhere.example{page}", reverse("desk")),
        ("", reverse("desk")),
    ):
        answer = desk.north.post(at("desk_note", key), {"words": "Quay"}, headers={"Referer": came})
        assert answer["Location"] == f"{reverse('account_login')}?next={back}"
    assert "What you typed is kept" not in desk.north.get(answer["Location"]).text


def test_removed_its_address_says_so_and_the_history_brings_it_back(desk):
    key = begun(desk.north)
    revision = Gathering.everything.get(key=key).revision
    assert desk.north.post(at("desk_remove", key), {"revision": revision}).status_code == 422
    fields = {"revision": revision, "reason": "Entered twice"}
    assert desk.south.post(at("desk_remove", key), fields).status_code == 422
    assert desk.north.post(at("desk_remove", key), fields).status_code == 302
    assert not Gathering.everything.exists()


OBSERVING = (Mandate.OBSERVER, Mandate.REVIEWER)


@pytest.mark.parametrize("mandate", OBSERVING)
def test_who_only_reads_writes_nothing(desk, mandate):
    key = begun(desk.north)
    reader = somebody("north-office", mandate, name="reader")
    revision = Gathering.everything.get(key=key).revision
    assert reader.get(at("desk_record", key)).status_code == 200
    before = Change.objects.count()
    for address, fields in (
        (reverse("desk_new", args=["gatherings"]), FORUM | {"act": "save"}),
        (at("desk_edit", key), FORUM | {"act": "save"}),
        (at("desk_keep", key), FORUM | {"form": "x", "number": "1"}),
        (at("desk_release", key), {"revision": revision, "audience": "public"}),
        (at("desk_confirm", key), {"revision": revision}),
        (at("desk_remove", key), {"revision": revision, "reason": "x"}),
    ):
        reader.post(address, fields)
    assert Change.objects.count() == before
    assert not Draft.objects.exclude(values={}).exists()


def test_nothing_of_the_other_side_is_chosen_named_or_suggested(desk):
    key = begun(desk.north, **{"title-en": "HIDDENFORUM"})
    for client, expected in ((desk.south, True), (desk.east, False)):
        found = client.get(reverse("desk_choose"), {"kind": "gatherings", "q": "hiddenforum"})
        assert (key in found.text) is expected
    address = reverse("desk_new", args=["sessions"])
    chosen = {"gathering-key": key, "gathering-words": "x", "gathering-shown": "x"}
    form = chosen | {"kind": "plenary", "title-en": "Mine", "act": "save"}
    answer = desk.east.post(address, form)
    assert answer.status_code == 422
    assert "HIDDENFORUM" not in answer.text
    nothing = desk.east.post(address, form | {"gathering-key": "not-there"})
    assert answer.text.count("that you may read") == nothing.text.count("that you may read")


def test_what_a_form_does_not_show_cannot_be_sent(desk):
    key = begun(desk.north)
    form = typed(desk.north.get(at("desk_edit", key))) | {
        "keeper": "organization:north-office",
        "readers": "public",
        "begun_by": "organization:south-office",
        "dossier": "other",
        "key": "renamed",
        "revision-extra": "99",
        "venue-en": "Changed",
        "act": "save",
    }
    assert desk.north.post(at("desk_edit", key), form).status_code == 302
    record = Gathering.everything.get()
    assert (record.key, record.keeper, record.readers, record.begun_by) == (
        key,
        "partnership:twins",
        "partnership:twins",
        "organization:north-office",
    )


def test_every_kind_of_record_has_a_form_and_a_list(desk):
    from amity.record import kinds

    opened = {}
    for kind in kinds.kinds():
        for name in ("desk_list", "desk_new"):
            opened[kind.kind, name] = desk.north.get(reverse(name, args=[kind.plural])).status_code
    assert set(opened.values()) == {200}


def test_what_waits_is_confirmed_by_ticking_unless_it_changed(desk):
    first, second = begun(desk.north), begun(desk.north, **{"title-en": "Third forum"})
    page = desk.south.get(reverse("desk_to_confirm")).text
    ticked = re.findall(r'name="ticked" id="[^"]*" value="([^"]*)"', page)
    assert {one.rpartition(":")[2] for one in ticked} >= {first, second}
    edit = reverse("desk_edit", args=["gatherings", second])
    desk.north.post(edit, typed(desk.north.get(edit)) | {"venue-en": "Town hall", "act": "save"})
    answer = desk.south.post(reverse("desk_confirm_all"), {"ticked": ticked}, follow=True).text
    assert "changed meanwhile: Third forum" in answer
    assert settled("gathering", Gathering.everything.get(key=first))
    assert not settled("gathering", Gathering.everything.get(key=second))


def test_ticking_what_another_circle_keeps_confirms_nothing(desk):
    key = begun(desk.north)
    ticked = f"gathering:{Gathering.everything.get(key=key).revision}:{key}"
    answer = desk.east.post(reverse("desk_confirm_all"), {"ticked": [ticked]}, follow=True).text
    assert "Nothing was ticked." in answer
    assert not settled("gathering", Gathering.everything.get(key=key))


def test_a_title_in_another_language_is_plain_in_the_head_of_its_page(desk):
    key = begun(desk.north, **{"title-vi": ""})
    page = html.fromstring(desk.north.get(f"/vi/desk/records/gatherings/{key}/").text)
    assert page.xpath("//meta[@property='og:title']/@content") == ["Second forum"]
    assert page.findtext(".//title") == "Second forum · Amity"
    assert page.xpath("//h1/*/@lang") == ["en"]


def test_ticking_what_ones_mandate_does_not_allow_says_so(desk):
    key = begun(desk.north)
    editor = somebody("south-office", Mandate.EDITOR, name="editor")
    ticked = f"gathering:{Gathering.everything.get(key=key).revision}:{key}"
    answer = editor.post(reverse("desk_confirm_all"), {"ticked": [ticked]}, follow=True).text
    assert "Second forum: your office or your mandate does not allow it" in answer
    assert "changed meanwhile" not in answer
    assert not settled("gathering", Gathering.everything.get(key=key))


def statements(client: Client, name: str, *args: str) -> int:
    """How many statements a page takes, without those that only mark a place in a transaction."""
    with CaptureQueriesContext(connection) as asked:
        assert client.get(reverse(name, args=args)).status_code == 200
    return sum("SAVEPOINT" not in one["sql"] for one in asked)


def test_a_form_takes_as_many_statements_whatever_stands_in_it(desk):
    key = begun(desk.north)
    edit = reverse("desk_edit", args=["gatherings", key])
    few = statements(desk.north, "desk_edit", "gatherings", key)
    rows = {
        f"organizers.{place}a-{name}": value
        for place, office in enumerate(["north-office", "south-office", "east-office"])
        for name, value in (("organization-key", office), ("role", "partner"))
    }
    answer = desk.north.post(edit, typed(desk.north.get(edit)) | rows | {"act": "save"})
    assert answer.status_code == 302
    assert Gathering.everything.get(key=key).organizers.count() == 3
    assert statements(desk.north, "desk_edit", "gatherings", key) == few <= 16
    assert statements(desk.north, "desk_new", "gatherings") <= 16
    assert statements(desk.north, "desk_list", "gatherings") <= 16


def test_the_page_of_a_record_takes_as_many_statements_whatever_hangs_on_it(desk):
    key = agreed(desk)
    proposed(desk.north, key, **{"title-en": "Third", "note": "Better"})
    desk.north.get(at("desk_record", key))  # what was done is said once
    few = statements(desk.north, "desk_record", "gatherings", key)
    new = reverse("desk_new", args=["sessions"]) + f"?part_of=gathering:{key}"
    for number in range(3):
        form = typed(desk.north.get(new)) | {"kind": "plenary", "title-en": f"Part {number}"}
        assert desk.north.post(new, form | {"act": "save"}).status_code == 302
    page = desk.north.get(at("desk_record", key)).text
    assert [page.count(f"Part {number}") for number in range(3)] == [1, 1, 1]
    assert statements(desk.north, "desk_record", "gatherings", key) == few <= 20


def test_a_reference_to_any_record_stands_in_its_form_with_its_kind(desk):
    entry = Entry.everything.get(kind="area", key="north")
    about = Claim._meta.get_field("about")
    field = ReferenceField(about, "")  # type: ignore[arg-type] # of any column
    assert field.prepare_value(entry) == {"key": "area/north", "words": ""}
    assert field.keys(field.prepare_value(entry)) == ["area/north"]


def letters(to: str) -> list[str]:
    return list(Letter.objects.filter(to=to).order_by("id").values_list("subject", flat=True))


def test_the_other_sides_are_told_by_mail_of_what_is_proposed_and_answered(desk):
    key = agreed(desk)
    change = proposed(desk.north, key, **{"title-en": "Third", "note": "Better"})
    assert letters("south-office@example.org") == ["A change is proposed: Second forum"]
    told = Letter.objects.get(to="south-office@example.org")
    assert told.office == "organization:south-office"  # its own officers see it, no other's
    assert "Better" in told.text
    assert f"/en/desk/records/gatherings/{key}/#proposals" in told.text
    assert "Say why" in said(desk.south, key, change, en="object")
    assert letters("north-office@example.org") == []
    said(desk.south, key, change, en="object", why="Not a good word")
    assert letters("north-office@example.org") == ["Objection: Second forum"]
    assert "Not a good word" in Letter.objects.get(to="north-office@example.org").text
    assert letters("east-office@example.org") == []


def test_a_dispute_stands_beside_the_record_until_its_side_withdraws_it(desk):
    key = begun(desk.north)
    sent = {"place": "title", "reasons": "It was <b>not</b> called so.", "language": "en"}
    desk.south.post(at("desk_dispute", key), sent)
    dispute = Dispute.objects.get()
    assert (dispute.side.key, dispute.path, dispute.corrected_at) == (
        "twins-south",
        ["title"],
        None,
    )
    assert "already" in desk.south.post(at("desk_dispute", key), sent, follow=True).text
    page = desk.north.get(at("desk_record", key)).text
    assert "It was &lt;b&gt;not&lt;/b&gt; called so." in page
    assert "Withdraw the dispute" not in page
    assert "Disputed by another side" in desk.north.get(reverse("desk")).text
    assert letters("north-office@example.org") == ["Disputed: Second forum"]
    form = typed(desk.north.get(at("desk_edit", key))) | {"venue-en": "Old harbour", "act": "save"}
    desk.north.post(at("desk_edit", key), form)
    dispute.refresh_from_db()
    assert dispute.corrected_at is None  # another place was changed
    form = typed(desk.north.get(at("desk_edit", key))) | {"title-en": "Right name", "act": "save"}
    desk.north.post(at("desk_edit", key), form)
    dispute.refresh_from_db()
    assert dispute.corrected_at is not None
    desk.north.post(at("desk_dispute", key), {"withdraw": dispute.pk})
    assert Dispute.objects.filter(ended_at=None).count() == 1
    assert desk.east.post(at("desk_dispute", key), sent).status_code == 404
    desk.south.post(at("desk_dispute", key), {"withdraw": dispute.pk})
    assert not Dispute.objects.filter(ended_at=None).exists()
    verbs = Change.objects.filter(kind="gathering", key=key, verb__contains="dispute")
    assert [*verbs.order_by("id").values_list("verb", "effect", "public")] == [
        ("dispute", "disputed", False),
        ("withdraw_dispute", "cleared", False),
    ]


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"reasons": " "}, "Say why"),
        ({"reasons": "Why", "place": "readers"}, "no such place"),
        ({"reasons": "Why", "place": "title\x00"}, "no such place"),
        ({"reasons": "W\x00hy"}, "U+0000"),
        ({"reasons": "W\u202ehy"}, "U+202E"),
    ],
)
def test_a_dispute_that_cannot_be_says_why(desk, sent, words):
    key = begun(desk.north)
    assert words in desk.south.post(at("desk_dispute", key), sent, follow=True).text
    assert not Dispute.objects.exists()


def test_the_public_reads_who_recorded_confirmed_and_disputes_what_it_reads(desk):
    world = desk.world
    gathering = world.gathering()
    save(world.north, gathering, audience=Audience.PUBLIC)
    proposal = Proposal(
        dossier=world.dossier,
        key="P-2026-001",
        kind="recommendation",
        title=words("A bridge"),
        gathering=gathering,
        proposer_side=world.sides[0],
    )
    save(world.north, proposal, audience=Audience.PUBLIC)

    def told() -> str:
        page = Client().get("/en/proposals/P-2026-001/").text
        shown = re.findall(
            r"Recorded by.*?</p>|<article class=.card stack tight.*?</article>", page, re.S
        )
        return " ".join(re.sub(r"<[^>]+>", " ", " ".join(shown)).split())

    recorded = "Recorded by: north-office. Confirmed by: North."
    assert told() == f"{recorded} Not yet confirmed by: South."
    dispute(world.south, proposal, Text("en", {"en": Version("Nobody said so.")}), ("title",))
    assert "Disputed: Title" in told()
    assert "Nobody said so." in told()
    proposal.refresh_from_db()
    confirm(world.south, proposal)
    assert told().endswith("Confirmed by: North; South.")


@pytest.mark.parametrize("reason", ["W\x00hy", "W\u202ehy", "Why" * 4000])
def test_reasons_that_no_text_holds_are_refused_in_words_wherever_they_are_typed(desk, reason):
    key = agreed(desk)
    revision = Gathering.everything.get(key=key).revision
    change = proposed(desk.north, key, **{"title-en": "Third"})
    said(desk.south, key, change, en="object", why=reason)
    assert states(change) == {"title.versions.en.words": "open"}
    form = typed(desk.north.get(at("desk_edit", key))) | {"title-en": "Fourth", "act": "propose"}
    assert desk.north.post(at("desk_edit", key), form | {"note": reason}).status_code == 422
    sent = {"revision": revision, "reason": reason}
    assert desk.north.post(at("desk_remove", key), sent).status_code == 422
    desk.north.post(at("desk_release", key), sent | {"audience": "public"})
    number = Change.objects.filter(kind="gathering", key=key).latest("pk").pk
    desk.north.post(at("desk_undo", key, number), sent)
    assert list(ProposedChange.objects.all()) == [change]


@pytest.mark.parametrize("language", ["en", "vi", "ru", "fr", "id"])
def test_what_is_not_allowed_says_so_in_a_sentence_and_names_no_record(desk, language):
    key = agreed(desk)
    change = proposed(desk.north, key, **{"title-en": "Third"})
    watcher = somebody("south-office", Mandate.OBSERVER, name="watcher")
    User.objects.filter(email="watcher@example.org").update(language=language)
    told = set()
    for name, more, sent in (
        ("desk_answer", (change.pk,), {"verdict": "agree"}),
        ("desk_answer", (change.pk,), {"act": "withdraw"}),
        ("desk_dispute", (), {"reasons": "We heard otherwise", "language": "en"}),
        ("desk_confirm", (), {"revision": Gathering.everything.get(key=key).revision}),
    ):
        address = at(name, key, *more).replace("/en/", f"/{language}/", 1)
        page = html.fromstring(watcher.post(address, sent, follow=True).text)
        said_so = page.xpath("string(//p[contains(@class, 'notice') and @role='status'])")
        assert key not in said_so
        assert ":" not in said_so
        assert said_so.endswith(".")
        told.add(said_so)
    with translation.override(language):
        assert str(NotAllowed(f"gathering {key}")) in told
        assert str(NotAllowed()) in told
    assert states(change) == {"title.versions.en.words": "open"}
