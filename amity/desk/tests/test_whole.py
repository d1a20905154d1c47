"""A whole gathering released in one act, agreed to in one act, and taken back in one act."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from amity.followup.models import Proposal
from amity.foundation.dates.as_said import DateAsSaid
from amity.foundation.models import Change, Letter
from amity.gatherings.models import Gathering, Session, Statement
from amity.network.models import Agreement, Person
from amity.record import kinds
from amity.record.actions import Stopped, naming, save
from amity.record.choices import Audience, Mandate, ProposalState
from amity.record.models import Dispute, ProposedField, Standing
from tests.write.world import words

from .test_desk import Desk, at, begun, desk, somebody, waiting
from .test_joining import address as at_a_glance
from .test_joining import proposal

__all__ = ["desk"]
pytestmark = pytest.mark.django_db


def visit(desk: Desk) -> str:
    """A gathering within a congress, begun by the north, that the sides alone read of.

    With a session, two proposals, what Anna said and the agreement that was signed.
    """
    save(desk.world.north, desk.world.person(), audience=Audience.PUBLIC)
    save(desk.world.north, desk.world.gathering("congress"))
    agreement = Agreement(
        dossier=desk.world.dossier,
        key="on-a-pier",
        kind="twinning",
        title=words("On a pier"),
        status="in_force",
        signed=DateAsSaid.parse("2020-01-01"),
    )
    save(desk.world.north, agreement, {"partnerships": [desk.world.partnership]})
    key = begun(desk.north)
    gathering = Gathering.everything.get(key=key)
    gathering.within = Gathering.everything.get(key="congress")
    save(desk.world.north, gathering, {"agreements": [agreement]})
    session = Session(
        dossier=desk.world.dossier,
        gathering=gathering,
        key="opening",
        kind="plenary",
        position=1,
        title=words("Opening words"),
    )
    save(desk.world.north, session)
    for number in (1, 2):
        proposal(desk, gathering, number)
    said = Statement(
        dossier=desk.world.dossier,
        key="anna-said",
        kind="remark",
        occasion="speech",
        text=words("We build a pier", vi="Chúng tôi xây cầu cảng"),
        person=Person.everything.get(key="anna"),
        gathering=gathering,
    )
    save(desk.world.north, said)
    return key


def whole_at(key: str) -> str:
    return reverse("desk_release_whole", args=[key])


def offered(client: Client, key: str) -> list[str]:
    """The values of the ticks on the page, all of which are set at first."""
    page = client.get(whole_at(key)).text
    return re.findall(r'name="ticked" id="[^"]*" value="([^"]*)" checked', page)


def names(ticks: list[str]) -> list[str]:
    return [one.rpartition(":")[2] for one in ticks]


def released(client: Client, key: str, ticks: list[str] | None = None):
    sent = {"act": "release", "ticked": offered(client, key) if ticks is None else ticks}
    return client.post(whole_at(key), sent)


def public() -> set[str]:
    """What everybody reads of the visit."""
    models = (Gathering, Session, Proposal, Statement, Agreement)
    return {one.key for model in models for one in model.objects.all()}


OURS = ["on-a-pier", "P-2027-001", "P-2027-002", "anna-said", "congress"]
"""What the north may release beside the gathering, in the order in which they are ticked."""
ALL = {"second-forum", "opening", *OURS}


def test_all_of_it_is_released_in_one_act_and_undone_as_one(desk):
    key = visit(desk)
    before = public()
    page = desk.north.get(whole_at(key)).text
    assert "<li>Sessions: 1</li>" in page
    assert "<p>Anna</p>" in page
    assert names(offered(desk.north, key)) == [key, *OURS]
    assert whole_at(key) in desk.north.get(at("desk_record", key)).text
    assert released(desk.north, key).status_code == 302
    assert public() - before == ALL
    whole = Change.objects.get(verb="release_together", part_of=None)
    assert (whole.kind, whole.key, whole.public) == ("gathering", key, True)
    assert whole.steps.count() == 6
    undo = reverse("desk_undo_together", args=[whole.pk])
    assert undo in desk.north.get(at("desk_history_of", key)).text
    desk.north.post(undo)
    assert public() == before
    assert Statement.everything.get(key="anna-said").readers == "partnership:twins"
    answer = desk.north.post(undo, follow=True)
    assert "Nothing of it is released or asked any more." in answer.text


def test_rows_are_left_out_and_the_page_says_what_that_means(desk):
    key = visit(desk)
    before = public()
    ticks = [one for one in offered(desk.north, key) if not one.endswith((":congress", "-002"))]
    page = desk.north.post(whole_at(key), {"act": "check", "ticked": ticks}).text
    first = page.partition('id="first"')[2].partition("</section>")[0]
    assert re.findall(r"<strong>([^<]*)</strong>", first) == ["First forum"]
    assert public() == before
    answer = released(desk.north, key, ticks)
    assert answer.status_code == 422
    page = html.fromstring(answer.text)
    assert page.xpath("string(//*[@role='alert']/p)") == "Nothing was released."
    (said,) = page.xpath("//*[@role='alert']//li/text()")
    assert said.startswith("Second forum: Not all who")
    assert said.endswith(": First forum.")
    assert public() == before
    assert not Change.objects.filter(verb="release_together").exists()
    ticks = [one for one in offered(desk.north, key) if not one.endswith("anna-said")]
    assert released(desk.north, key, ticks).status_code == 302
    assert public() - before == ALL - {"anna-said"}


def test_each_thing_that_is_wrong_with_a_record_is_told_by_itself(desk):
    key = visit(desk)
    with pytest.raises(Stopped) as stopped, naming(kinds.get("gathering"), key):
        raise ValidationError(["Too long.", "Not a day."])
    assert stopped.value.messages == ("Second forum: Too long.", "Second forum: Not a day.")


def test_what_changed_after_it_was_read_stops_all_of_it(desk):
    key = visit(desk)
    before = public()
    ticks = offered(desk.north, key)
    record = Proposal.everything.get(key="P-2027-002")
    record.text = words("A pier for three")
    save(desk.world.north, record)
    answer = released(desk.north, key, ticks)
    assert answer.status_code == 422
    assert "Proposal 2: Somebody else has changed this since you began." in answer.text
    assert public() == before


def test_what_others_began_is_theirs_to_release(desk):
    key = visit(desk)
    theirs = Statement(
        dossier=desk.world.dossier,
        key="south-said",
        kind="remark",
        occasion="speech",
        text=words("We agree with you"),
        side=desk.world.sides[1],
        gathering=Gathering.everything.get(key=key),
    )
    save(desk.world.south, theirs)
    page = desk.north.get(whole_at(key)).text
    assert "We agree with you" in page.partition("Released by others")[2]
    assert names(offered(desk.south, key)) == ["south-said"]
    answer = released(desk.north, key, [*offered(desk.north, key), "statement:1:south-said"])
    assert answer.status_code == 302
    assert "second-forum" in public()
    assert "south-said" not in public()


def test_nobody_else_opens_it(desk):
    key = visit(desk)
    before = public()
    ticks = offered(desk.north, key)
    assert desk.east.get(whole_at(key)).status_code == 404
    assert released(desk.east, key, ticks).status_code == 404
    editor = somebody("north-office", Mandate.EDITOR, name="editor")
    assert released(editor, key, ticks).status_code == 403
    assert released(desk.south, key, ticks).status_code == 422  # nothing of it is theirs
    assert public() == before
    save(desk.world.north, Gathering.everything.get(key="congress"), audience=Audience.PUBLIC)
    save(desk.world.north, Agreement.everything.get(key="on-a-pier"), audience=Audience.PUBLIC)
    save(desk.world.north, Gathering.everything.get(key=key), audience=Audience.PUBLIC)
    assert desk.east.get(whole_at(key)).status_code == 403
    assert whole_at(key) not in desk.east.get(at("desk_record", key)).text


def confirmed(desk: Desk) -> str:
    """The same visit, all of which both sides have confirmed."""
    key = visit(desk)
    page = desk.south.get(reverse("desk_to_confirm")).text
    ticks = re.findall(r'name="ticked" id="[^"]*" value="([^"]*)"', page)
    desk.south.post(reverse("desk_confirm_all"), {"ticked": ticks})
    assert waiting(desk.south) == []
    return key


def asked(client: Client, key: str) -> list[str]:
    page = client.get(at_a_glance(key)).text
    return re.findall(r'name="agreed" id="[^"]*" value="([^"]*)"', page)


def test_what_every_side_confirmed_is_asked_in_one_letter_and_agreed_to_in_one_act(desk):
    key = confirmed(desk)
    before = public()
    letters = Letter.objects.count()
    assert "the other sides are asked" in desk.north.get(whole_at(key)).text
    assert released(desk.north, key).status_code == 302
    assert public() == before
    letter = Letter.objects.latest("pk")
    assert Letter.objects.count() == letters + 1
    told = (letter.to, letter.subject)
    assert told == ("south-office@example.org", "To be released: Second forum")
    assert "may read 6 records" in letter.text
    assert at_a_glance(key) in letter.text
    assert asked(desk.north, key) == []
    fields = asked(desk.south, key)
    assert len(fields) == 6
    assert desk.south.post(at_a_glance(key), {"agreed": fields}).status_code == 302
    assert public() - before == ALL
    assert asked(desk.south, key) == []


def test_what_is_asked_is_taken_back_as_one(desk):
    key = confirmed(desk)
    before = public()
    released(desk.north, key)
    whole = Change.objects.get(verb="release_together", part_of=None)
    desk.north.post(reverse("desk_undo_together", args=[whole.pk]))
    assert public() == before
    assert asked(desk.south, key) == []
    assert {one.state for one in ProposedField.objects.all()} == {ProposalState.WITHDRAWN}


def test_agreeing_to_what_cannot_be_yet_agrees_to_nothing(desk):
    key = confirmed(desk)
    before = public()
    released(desk.north, key)
    fields = asked(desk.south, key)
    answer = desk.south.post(at_a_glance(key), {"agreed": fields[2:]})  # without the congress
    assert answer.status_code == 422
    assert "Release that first" in answer.text
    assert public() == before
    assert {one.state for one in ProposedField.objects.all()} == {ProposalState.OPEN}


def test_ticks_and_objections_are_one_act(desk):
    key = visit(desk)
    page = desk.south.get(at_a_glance(key)).text
    ticks = re.findall(r'name="ticked" id="[^"]*" value="([^"]*)"', page)
    both = {"ticked": ticks, "objection:proposal:P-2027-002": "We heard no such thing"}
    answer = desk.south.post(at_a_glance(key), both)
    assert answer.status_code == 422
    assert "Proposal 2: Tick it or object to it, not both." in answer.text
    assert "We heard no such thing" in answer.text
    assert not Dispute.objects.exists()
    assert len(waiting(desk.south)) == 6
    sent = both | {"ticked": [one for one in ticks if not one.endswith("-002")]}
    assert desk.south.post(at_a_glance(key), sent).status_code == 302
    assert sorted(waiting(desk.south)) == ["First forum", "Proposal 2"]
    assert [one.entry.key for one in Dispute.objects.select_related("entry")] == ["P-2027-002"]
    assert Letter.objects.filter(to="north-office@example.org").count() == 1
    assert Standing.objects.filter(side="side:twins-south").count() == 4


def test_the_page_takes_as_many_statements_whatever_hangs_on_it(desk):
    key = visit(desk)

    def taken() -> int:
        with CaptureQueriesContext(connection) as statements:
            assert desk.north.get(whole_at(key)).status_code == 200
        return len(statements)

    taken()
    few = taken()
    gathering = Gathering.everything.get(key=key)
    for number in range(3, 7):
        proposal(desk, gathering, number)
    assert taken() == few


def test_what_is_public_already_stands_in_no_row(desk):
    key = visit(desk)
    save(desk.world.north, Gathering.everything.get(key="congress"), audience=Audience.PUBLIC)
    save(desk.world.north, Agreement.everything.get(key="on-a-pier"), audience=Audience.PUBLIC)
    assert names(offered(desk.north, key)) == [key, "P-2027-001", "P-2027-002", "anna-said"]
