"""A side that joins a partnership later reads, confirms and disputes what the others wrote."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from amity.accounts.models import User
from amity.followup.models import Proposal
from amity.foundation.models import Letter
from amity.gatherings.models import Gathering, Session
from amity.record.actions import save
from amity.record.actions.standings import settled
from amity.record.choices import Mandate, StandingState
from amity.record.models import Dispute, ProposedChange, Standing
from tests.write.world import words

from .test_desk import Desk, agreed, at, desk, said, somebody, states, titles, typed, waiting
from .test_silence import third_side

__all__ = ["desk"]
pytestmark = pytest.mark.django_db


def proposal(desk: Desk, gathering: Gathering, number: int) -> Proposal:
    """A proposal made at a gathering, begun by the north and confirmed by the south."""
    made = Proposal(
        dossier=desk.world.dossier,
        key=f"P-2027-{number:03d}",
        kind="proposal",
        title=words(f"Proposal {number}", vi=f"Đề xuất {number}"),
        text=words("A pier for both"),
        gathering=gathering,
        proposer_side=desk.world.sides[0],
    )
    save(desk.world.north, made)
    return made


def whole(desk: Desk, proposals: int = 2) -> str:
    """A gathering with a session and proposals, that north and south have all confirmed."""
    key = agreed(desk)
    gathering = Gathering.everything.get(key=key)
    session = Session(
        dossier=desk.world.dossier,
        gathering=gathering,
        key="opening",
        kind="plenary",
        position=1,
        title=words("Opening words"),
    )
    save(desk.world.north, session)
    for number in range(1, proposals + 1):
        proposal(desk, gathering, number)
    desk.south.post(reverse("desk_confirm_all"), {"ticked": ticked(desk.south, key)})
    return key


def address(key: str) -> str:
    return reverse("desk_confirm_whole", args=["gatherings", key])


def ticked(client: Client, key: str) -> list[str]:
    """What can be ticked on the page of a whole gathering."""
    page = client.get(address(key)).text
    return re.findall(r'name="ticked" id="[^"]*" value="([^"]*)"', page)


def ticked_still(page: str) -> int:
    return len(re.findall(r'name="ticked" id="[^"]*" value="[^"]*" checked', page))


def test_who_joins_confirms_all_but_what_it_disputes(desk):
    key = whole(desk)
    _acting, west = third_side(desk)
    assert sorted(waiting(west)) == ["Proposal 1", "Proposal 2", "Second forum"]
    assert waiting(desk.south) == []
    page = html.fromstring(west.get(address(key)).text).text_content()
    page = " ".join(page.split())
    assert "3 records wait for our side to confirm them." in page
    assert "Opening words" in page  # what is part of it is read with it
    assert "A pier for both" in page
    boxes = ticked(west, key)
    assert [one.rpartition(":")[2] for one in boxes] == [key, "P-2027-001", "P-2027-002"]
    disputed = reverse("desk_dispute", args=["proposals", "P-2027-002"])
    west.post(disputed, {"reasons": "We heard no such thing", "language": "en", "place": "text"})
    sent = {"ticked": boxes[:2], "language": ["vi", "en"]}
    answer = west.post(address(key), sent)
    assert answer["Location"].endswith(address(key))
    assert waiting(west) == ["Proposal 2"]
    assert [one.rpartition(":")[2] for one in ticked(west, key)] == ["P-2027-002"]
    own = Standing.objects.filter(side="side:twins-west", state=StandingState.CONFIRMED)
    assert {(one.entry.key, tuple(one.languages)) for one in own.select_related("entry")} == {
        (key, ("vi", "en")),
        ("P-2027-001", ("vi", "en")),
    }
    assert settled("gathering", Gathering.everything.get(key=key))
    assert settled("proposal", Proposal.everything.get(key="P-2027-001"))
    assert not settled("proposal", Proposal.everything.get(key="P-2027-002"))
    assert [one.entry.key for one in Dispute.objects.select_related("entry")] == ["P-2027-002"]
    for client in (desk.north, desk.south):
        page = client.get(reverse("desk_record", args=["proposals", "P-2027-002"])).text
        assert "We heard no such thing" in page


def test_who_joins_proposes_a_change_to_what_the_others_agreed(desk):
    key = whole(desk, 0)
    _acting, west = third_side(desk)
    edit = at("desk_edit", key)
    form = typed(west.get(edit)) | {"title-en": "First of three", "act": "save"}
    refused = west.post(edit, form)
    assert refused.status_code == 403
    assert "Another office began this" in refused.text
    assert 'name="act" value="propose"' in refused.text
    assert titles(key)["en"] == "Second forum"
    assert west.post(edit, form | {"act": "propose", "note": "We join"}).status_code == 302
    change = ProposedChange.objects.get()
    assert change.side == "side:twins-west"
    told = Letter.objects.filter(once__startswith="proposal:").values_list("to", flat=True)
    assert sorted(told) == ["north-office@example.org", "south-office@example.org"]
    said(desk.south, key, change, en="agree")
    assert states(change) == {"title.versions.en.words": "open"}
    said(desk.north, key, change, en="agree")
    assert titles(key)["en"] == "First of three"


def test_the_page_says_what_is_missing_in_the_readers_language(desk):
    key = whole(desk, 1)
    _acting, west = third_side(desk)
    User.objects.filter(email="west-office@example.org").update(language="vi")
    page = html.fromstring(west.get(address(key).replace("/en/", "/vi/")).text)
    rows = page.xpath("//li[@class='to-confirm']")
    missing = [
        " ".join(row.xpath("string(.//p[contains(@class, 'small')])").split()) for row in rows
    ]
    assert missing[0] == ""  # its title stands in Vietnamese too
    assert missing[1].endswith(": Văn bản")
    read = page.xpath("//input[@name='language']")
    assert [one.get("value") for one in read] == ["vi", "en"]
    assert [one.get("checked") is not None for one in read] == [True, False]


def test_what_changed_after_it_was_read_stops_all_of_it_by_name(desk):
    key = whole(desk)
    _acting, west = third_side(desk)
    boxes = ticked(west, key)
    record = Proposal.everything.get(key="P-2027-001")
    record.text = words("A pier for three")
    save(desk.world.north, record)
    answer = west.post(address(key), {"ticked": boxes})
    assert answer.status_code == 422
    assert "Proposal 1: Somebody else has changed this since you began." in answer.text
    assert "A pier for three" in answer.text
    assert ticked_still(answer.text) == 3
    assert sorted(waiting(west)) == ["Proposal 1", "Proposal 2", "Second forum"]
    west.post(address(key), {"ticked": ticked(west, key)})
    assert waiting(west) == []


def test_the_list_of_all_that_waits_leaves_what_changed_by_name(desk):
    key = whole(desk)
    _acting, west = third_side(desk)
    boxes = ticked(west, key)
    record = Proposal.everything.get(key="P-2027-001")
    record.text = words("A pier for three")
    save(desk.world.north, record)
    answer = west.post(reverse("desk_confirm_all"), {"ticked": boxes}, follow=True)
    assert "changed meanwhile: Proposal 1" in answer.text
    assert waiting(west) == ["Proposal 1"]


def test_a_whole_is_nobody_elses_business(desk):
    key = whole(desk)
    _acting, west = third_side(desk)
    assert desk.east.get(address(key)).status_code == 404
    record = Gathering.everything.get(key=key)
    desk.north.post(at("desk_release", key), {"revision": record.revision, "act": "release"})
    save_public = Gathering.everything.filter(key=key)
    save_public.update(readers="public")
    assert desk.east.get(address(key)).status_code == 404  # it reads it, and keeps nothing of it
    boxes = ticked(west, key)
    assert len(boxes) == 3
    answer = desk.east.post(reverse("desk_confirm_all"), {"ticked": boxes}, follow=True)
    assert "P-2027-001" not in answer.text
    assert not Standing.objects.filter(side="side:twins-west").exists()
    observer = somebody("west-office", Mandate.OBSERVER, name="watcher")
    assert ticked(observer, key) == []
    assert "Second forum" in observer.get(address(key)).text


def test_the_page_takes_as_many_statements_whatever_stands_in_it(desk):
    key = whole(desk)
    _acting, west = third_side(desk)

    def taken() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert west.get(address(key)).status_code == 200
        return len(asked)

    taken()
    few = taken()
    gathering = Gathering.everything.get(key=key)
    for number in range(3, 9):
        proposal(desk, gathering, number)
    assert taken() == few
    # a few for each kind that is there, one for all files and for what was confirmed before,
    # none for each record
    assert few <= 26


def test_a_proposed_date_is_one_field_whatever_of_it_differs(desk):
    key = agreed(desk)
    edit = reverse("desk_edit", args=["gatherings", key])
    sent = typed(desk.north.get(edit)) | {"when-words": "9–11 June 2027", "act": "propose"}
    assert desk.north.post(edit, sent).status_code == 302
    (field,) = ProposedChange.objects.get().fields.all()
    assert field.difference["path"] == ["when"]
    page = html.fromstring(desk.south.get(at("desk_record", key)).text)
    shown = [" ".join(one.text_content().split()) for one in page.xpath("//fieldset//dd")]
    assert shown == ["5–7 May 2027", "9–11 June 2027"]


def test_what_an_office_recorded_is_not_called_confirmed_by_its_side(desk):
    """It waits in no list of theirs, yet the page that shows the whole must not say more."""
    key = whole(desk)
    made = proposal(desk, Gathering.everything.get(key=key), 3)
    # A folder that is loaded records for an office, and confirms for nobody.
    Standing.objects.filter(entry__kind="proposal", entry__key=made.key).delete()
    assert waiting(desk.north) == []
    page = html.fromstring(desk.north.get(address(key)).text)
    words_of = " ".join(page.text_content().split())
    assert "Our side has confirmed all of it." not in words_of
    shown = {
        row.findtext(".//strong"): "confirmed" in row.find(".//p").text_content()
        for row in page.xpath("//li[@class='to-confirm']")
    }
    assert shown["Second forum"]
    assert not shown["Proposal 3"]
    desk.north.post(reverse("desk_confirm_all"), {"ticked": ticked(desk.north, key)})
    assert "Our side has confirmed all of it." in desk.north.get(address(key)).text
