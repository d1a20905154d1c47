"""The whole life of one promise, in four languages: what a citizen asked for, answered, promised,
asked for by mail, reported on, carried into the next edition, and kept in the eyes of both sides.

Everybody is met at their own pages: a citizen and whoever is in charge have no account.
"""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from amity.collecting.actions.following import follow as follow_submissions
from amity.collecting.actions.form import keep, new_call
from amity.collecting.forms import proposing as forms
from amity.collecting.models import Submission
from amity.collecting.tests.test_sorting import TAKE_UP
from amity.collecting.tests.world import SENT, mailed, post
from amity.desk.tests.test_desk import typed
from amity.followup.models import Answer, Commitment, Proposal, Report
from amity.foundation.models import Letter
from amity.journeys.tests.test_closing import decided
from amity.journeys.tests.world import Editions, at, editions
from amity.record.numbered import number_of
from amity.turns.actions.deriving import follow as follow_turns
from amity.turns.models import Turn
from amity.turns.tests.world import link
from tests.write.world import words

pytestmark = pytest.mark.django_db
PROMISE = {
    "kind": "commitment",
    "title": "Двенадцать школьников в год",
    "words": "Двенадцать школьников в год.",
    "language": "ru",
    "grade": "will",
    "deadline-words": "2026-12-10",
    "deadline-language": "en",
}


def said(page) -> str:
    return " ".join(page.text.split())


def proposed(there: Editions) -> str:
    """A citizen proposes in Vietnamese, and an officer takes it up; the citizen's own page."""
    call = new_call(there.first)
    now = timezone.now()
    call.opens_at, call.closes_at = now - timedelta(days=1), now + timedelta(days=7)
    call.introduction = words("What should we do together?")
    call.who = words("Everybody of both cities.")
    keep(there.world.north, there.first, call, closed=False, renew=False)
    answer = post("/vi/gatherings/forum-1/propose/")
    assert answer.status_code == 303, answer.text
    own: str = answer["Location"].partition("?")[0]
    number = Submission.objects.get().pk
    assert SENT["title"] in there.north.get(at("desk_submission", number)).text
    there.north.post(at("desk_submission_take_up", number), TAKE_UP)
    return own


def answered(there: Editions, proposal: Proposal) -> Answer:
    """The south answers in Russian at its desk; whoever reads the proposal reads the answer."""
    new = f"/ru/desk/records/answers/new/?part_of=proposal:{proposal.key}"
    form = typed(there.south.get(new))
    form |= {"verdict": "in_part", "reasons-ru": "Двенадцать, а не двадцать.", "act": "save"}
    assert form["side-key"] == "twins-south"
    assert there.south.post(new, form).status_code == 302
    return Answer.everything.get()


def promised(there: Editions, answer: Answer) -> Commitment:
    """A promise is made from the answer with one act, released, and confirmed by the north."""
    there.south.post(f"/ru/desk/answers/{answer.key}/promise/", PROMISE)
    made = Commitment.everything.get()
    there.south.post(
        at("desk_release", "commitments", made.key),
        {"revision": made.revision, "audience": "public"},
    )
    made.refresh_from_db()
    there.north.post(
        at("desk_confirm", "commitments", made.key), {"revision": made.revision, "language": "ru"}
    )
    return made


def reported(there: Editions, made: Commitment) -> Report:
    """Somebody in charge, who reads Indonesian, is asked by mail and reports; the south accepts."""
    follow_turns(timezone.now())
    turn = Turn.objects.get(commitment=made)
    someone = {
        "name": "Dewi",
        "mail": "dewi@example.org",
        "language": "id",
        "timezone": "Asia/Jakarta",
    }
    there.south.post(at("desk_turn_holder", turn.pk), someone)
    there.south.post(at("desk_turn_ask", turn.pk))
    assert Letter.objects.latest("pk").language == "id"
    address = link()
    assert address.startswith("/id/turns/")
    phone = Client()
    assert "Dewi" in phone.get(address).text
    report = {"completion": "limited", "words": "Lima siswa.", "obstacles": "Visa terlambat."}
    phone.post(address, report | {"links": "", "language": "id", "act": "send"})
    made_report = Report.everything.get()
    there.south.post(at("desk_report", made_report.key), {"revision": made_report.revision})
    return made_report


def test_a_promise_from_a_citizens_form_to_its_keeping_in_the_next_edition(monkeypatch):
    monkeypatch.setattr(forms, "SOONEST", timedelta(seconds=-1))  # nobody types here
    there = editions()
    own = proposed(there)
    citizen = Client()
    proposal = Proposal.everything.get()
    assert number_of(proposal.key) in said(citizen.get(own))
    assert "Nguyễn Thị Lan" in said(citizen.get(f"/vi/proposals/{proposal.key}/"))

    answer = answered(there, proposal)
    follow_submissions(timezone.now())
    assert [one.language for one in mailed()] == ["vi"] * len(mailed())
    assert "Двенадцать, а не двадцать." in said(citizen.get(own))

    made = promised(there, answer)
    page = f"/id/commitments/{made.key}/"
    assert "Двенадцать школьников в год" in said(Client().get(page))
    follow_submissions(timezone.now())
    assert number_of(made.key) in mailed()[-1].text

    report = reported(there, made)
    assert "Lima siswa." in said(Client().get(page))
    there.north.post(
        at("desk_report_reply", report.key),
        {"completion": "limited", "words": "", "language": "en"},
    )
    made.refresh_from_db()
    assert (made.joint_state, made.joint_completion) == ("confirmed", "limited")

    refused = there.north.post(at("desk_close", "forum-1"), there.read())
    assert refused.status_code == 422
    assert number_of(made.key) in said(refused)
    items = {made.key.replace("-", "_"): "carried", proposal.key.replace("-", "_"): "completed"}
    there.north.post(at("desk_closing", "forum-1"), decided(**items))
    there.north.post(at("desk_close", "forum-1"), there.read())
    there.south.post(at("desk_closing_confirm", "forum-1"), there.read())
    assert there.status == "closed"
    assert number_of(made.key) in said(Client().get("/ru/gatherings/forum-2/"))
    assert number_of(made.key) in said(Client().get("/vi/gatherings/forum-1/closing/"))

    for client, side in ((there.south, 1), (there.north, 0)):
        own_report = Report.everything.get(side=there.world.sides[side])
        address = f"/en/desk/records/reports/{own_report.key}/edit/"
        form = typed(client.get(address)) | {"completion": "complete", "act": "save"}
        assert client.post(address, form).status_code == 302
    made.refresh_from_db()
    assert (made.joint_state, made.joint_completion) == ("confirmed", "complete")
    assert SENT["title"] in said(citizen.get(own))
