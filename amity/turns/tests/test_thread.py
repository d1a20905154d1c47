"""From a turn to what the public reads: asked by mail, answered, accepted, confirmed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from amity.followup.models import Commitment, Report
from amity.foundation.dates.as_said import DateAsSaid
from amity.foundation.models import Letter
from amity.record.actions import save
from amity.record.choices import Mandate
from amity.turns.actions.asking import ask_due
from amity.turns.actions.deriving import follow
from amity.turns.models import Holder, Link, Turn

from .world import REPORT, at, link, signed_in, thread

pytestmark = pytest.mark.django_db
PUBLIC = "/en/commitments/C-2026-001/"


@pytest.fixture
def there():
    return thread()


@pytest.fixture
def asked(there):
    """The promise with somebody in charge who was asked; the address of the form."""
    there.charge()
    there.south.post(at("desk_turn_ask", there.turn.pk))
    return link()


def test_the_thread_runs_from_the_turn_to_what_everybody_reads(there):
    turn = there.turn
    assert (turn.due_on, turn.side) == (date(2026, 12, 10), there.world.sides[1])
    typed = {
        "name": "Lan",
        "mail": "lan@example.org",
        "language": "vi",
        "timezone": "Asia/Ho_Chi_Minh",
    }
    there.south.post(at("desk_turn_holder", turn.pk), typed)
    there.south.post(at("desk_turn_ask", turn.pk))
    letter = Letter.objects.latest("pk")
    assert (letter.to, letter.language) == ("lan@example.org", "vi")
    assert "Mười hai con thuyền" in letter.text
    address = link()
    assert address.startswith("/vi/turns/")

    phone = Client()
    form = phone.get(address)
    assert "Mười hai con thuyền" in form.text
    assert "Lan" in form.text
    sent = phone.post(address, REPORT)
    assert sent.status_code == 200
    report = Report.everything.get()
    assert (report.state, report.readers, report.keeper, report.accepted_on) == (
        "submitted",
        "side:twins-south",
        "side:twins-south",
        None,
    )
    assert report.text.versions["vi"].words == REPORT["words"]
    assert [one.url for one in report.evidence.all()] == ["https://example.org/thuyen"]
    assert REPORT["words"] not in Client().get(PUBLIC).text
    shown = at("desk_report", report.key)
    assert there.north.get(shown).status_code == 404
    assert "Reports to accept" in there.south.get(at("desk")).text

    there.south.post(shown, {"revision": report.revision})
    report.refresh_from_db()
    assert (report.state, report.readers) == ("accepted", "public")
    assert REPORT["words"] in Client().get(PUBLIC).text
    commitment = Commitment.objects.get()
    assert commitment.joint_state == "one_sided"

    assert "Reports of the other side" in there.north.get(at("desk")).text
    answer = {"completion": "substantial", "words": "", "language": "en"}
    there.north.post(at("desk_report_reply", report.key), answer)
    commitment.refresh_from_db()
    assert (commitment.joint_state, commitment.joint_completion) == ("confirmed", "substantial")
    assert "Reports of the other side" not in there.north.get(at("desk")).text


def test_a_side_that_sees_it_differently_says_why_and_the_page_shows_both(there, asked):
    Client().post(asked, REPORT)
    report = Report.everything.get()
    there.south.post(at("desk_report", report.key), {"revision": report.revision})
    address = at("desk_report_reply", report.key)
    silent = {"completion": "limited", "words": "", "language": "en"}
    assert there.north.post(address, silent).status_code == 422
    assert Report.everything.count() == 1
    there.north.post(address, silent | {"words": "We counted three boats."})
    assert Commitment.objects.get().joint_state == "differ"
    page = Client().get(PUBLIC).text
    assert "We counted three boats." in page
    assert REPORT["words"] in page
    assert "The two sides differ." in page


def test_who_spoke_first_is_shown_on_the_same_day_that_the_other_side_differs(there, asked):
    Client().post(asked, REPORT)
    first = Report.everything.get()
    there.south.post(at("desk_report", first.key), {"revision": first.revision})
    assert "Reports of the other side" not in there.south.get(at("desk")).text
    fewer = {"completion": "limited", "words": "We counted three boats.", "language": "en"}
    there.north.post(at("desk_report_reply", first.key), fewer)
    second = Report.everything.exclude(pk=first.pk).get()
    first.refresh_from_db()
    assert second.accepted_on == first.accepted_on
    assert "Reports of the other side" not in there.north.get(at("desk")).text
    assert at("desk_report_reply", second.key) in there.south.get(at("desk")).text
    there.south.post(at("desk_report_reply", second.key), fewer | {"words": "Three it was."})
    assert Commitment.objects.get().joint_state == "confirmed"
    for side in (there.north, there.south):
        assert "Reports of the other side" not in side.get(at("desk")).text


def test_a_report_that_is_given_back_is_asked_for_again_with_the_words(there, asked):
    Client().post(asked, REPORT)
    report = Report.everything.get()
    address = at("desk_report", report.key)
    empty = {"revision": report.revision, "act": "give_back", "words": " "}
    for words in (" ", "W\x00hy", "W\u202ehy", "Why" * 400):
        assert there.south.post(address, empty | {"words": words}).status_code == 422
    report.refresh_from_db()
    assert report.state == "submitted"
    there.south.post(address, empty | {"words": "How long are they?"})
    report.refresh_from_db()
    assert report.state == "returned"
    letter = Letter.objects.latest("pk")
    assert "How long are they?" in letter.text
    again = link()
    assert again != asked
    assert Client().get(asked).status_code == 410
    form = Client().get(again).text
    assert REPORT["words"] in form
    assert "How long are they?" in form
    Client().post(again, REPORT | {"words": "Ten metres each."})
    report.refresh_from_db()
    assert (report.state, Report.everything.count()) == ("submitted", 1)
    assert report.text.versions["vi"].words == "Ten metres each."


def test_obstacles_are_said_where_nothing_or_little_was_done(there, asked):
    for completion in ("not_started", "limited"):
        answer = Client().post(asked, REPORT | {"completion": completion})
        assert answer.status_code == 422
    assert not Report.everything.exists()
    Client().post(asked, REPORT | {"completion": "limited", "obstacles": "Bão"})
    obstacles = Report.everything.get().obstacles
    assert obstacles is not None
    assert obstacles.versions["vi"].words == "Bão"


def test_a_draft_is_seen_by_whoever_has_the_link_alone(there, asked):
    assert Client().post(f"{asked}draft/", {"words": "nửa chừng"}).status_code == 204
    assert "nửa chừng" in Client().get(asked).text
    turn = Turn.objects.get()
    assert turn.opened_at is not None
    for client in (there.south, there.north, Client()):
        for address in (at("desk_turns"), at("desk_turn", turn.pk), PUBLIC):
            assert "nửa chừng" not in client.get(address).text
    assert "form begun" in there.south.get(at("desk_turns")).text


def test_who_is_asked_again_finds_the_draft_and_somebody_else_does_not(there, asked):
    Client().post(asked, {"act": "keep", "words": "nửa\x00 chừng"})
    there.south.post(at("desk_turn_ask", there.turn.pk))
    assert "nửa chừng" in Client().get(link()).text
    there.charge(name="Minh", mail="minh@example.org")
    there.south.post(at("desk_turn_ask", there.turn.pk))
    assert Letter.objects.latest("pk").to == "minh@example.org"
    assert "nửa chừng" not in Client().get(link()).text


def test_holders_are_asked_once_on_a_working_morning_of_theirs(there):
    there.charge()
    early = datetime(2026, 11, 9, 2, tzinfo=UTC)  # a Monday, 9 o'clock in Vietnam
    assert ask_due(early) == ""  # 31 days before
    night = datetime(2026, 11, 10, 20, tzinfo=UTC)
    assert ask_due(night) == ""
    saturday = datetime(2026, 11, 14, 2, tzinfo=UTC)
    assert ask_due(saturday) == ""
    morning = datetime(2026, 11, 10, 2, tzinfo=UTC)
    assert ask_due(morning) == "1 holders asked"
    assert ask_due(morning) == ""
    Turn.objects.update(asked_at=None)  # as if killed between two statements of another kind
    assert ask_due(morning) == ""
    assert Letter.objects.filter(to="lan@example.org").count() == 1


def test_a_corrected_address_gets_its_own_link_and_the_former_serves_no_more(there, asked):
    holder = Holder.objects.get()
    typed = {
        "known": holder.pk,
        "name": "Lan",
        "mail": "lan@new.example.org",
        "language": "vi",
        "timezone": "Asia/Ho_Chi_Minh",
    }
    there.south.post(at("desk_turn_holder", there.turn.pk), typed)
    assert Letter.objects.latest("pk").to == "lan@new.example.org"
    assert Client().get(asked).status_code == 410
    assert Client().get(link()).status_code == 200
    waiting = Letter.objects.filter(to="lan@example.org", sent_at=None, given_up_at=None)
    assert not waiting.exists()


def test_somebody_new_takes_over_and_the_former_keeps_their_details(there, asked):
    typed = {"known": Holder.objects.get().pk, "name": "Minh", "mail": "minh@example.org"}
    typed |= {"language": "en", "timezone": "UTC", "as_new": "1"}
    there.south.post(at("desk_turn_holder", there.turn.pk), typed)
    assert sorted(Holder.objects.values_list("mail", flat=True)) == [
        "lan@example.org",
        "minh@example.org",
    ]
    assert Client().get(asked).status_code == 410
    page = there.south.get(at("desk_turn", there.turn.pk)).text
    assert "minh@example.org" in page
    assert "&lt;time" not in page


def test_a_deadline_that_is_moved_takes_the_link_along(there, asked):
    made = Commitment.everything.get()
    made.deadline = DateAsSaid.parse("2027-02-01")
    save(there.world.north, made)
    follow(timezone.now())
    assert [one.due_on for one in Turn.objects.all()] == [date(2027, 2, 1)]
    assert Client().get(asked).status_code == 200


def test_what_is_asked_stays_when_nothing_is_due_any_more(there, asked):
    made = Commitment.everything.get()
    made.deadline = None
    save(there.world.north, made)
    follow(timezone.now())
    assert Turn.objects.get().dropped_at is not None
    assert Client().get(asked).status_code == 410
    assert Client().post(asked, REPORT).status_code == 410
    assert not Report.everything.exists()


def test_a_late_report_lands_in_its_own_period():
    rhythm = DateAsSaid.parse("2025-11", every="P1Y", until=date(2027, 11, 30))
    there = thread(rhythm)
    first, second = Turn.objects.order_by("due_on")[:2]
    assert (first.due_on, second.due_on) == (date(2025, 11, 30), date(2026, 11, 30))
    there.charge()
    there.south.post(at("desk_turn_ask", first.pk))
    Client().post(link(), REPORT)
    report = Report.everything.get()
    assert report.period is not None
    assert report.period.edtf == "2025-11"
    second.refresh_from_db()
    assert second.answered_at is None
    page = there.south.get(at("desk_report", report.key)).text
    assert "It came late" in page


def test_an_editor_reads_a_report_and_only_an_officer_accepts_it(there, asked):
    Client().post(asked, REPORT)
    report = Report.everything.get()
    editor = signed_in("south-office", Mandate.EDITOR)
    address = at("desk_report", report.key)
    assert editor.get(address).status_code == 200
    assert editor.post(address, {"revision": report.revision}).status_code == 403
    report.refresh_from_db()
    assert report.state == "submitted"


def test_accepting_twice_or_what_was_changed_since_is_refused(there, asked):
    Client().post(asked, REPORT)
    report = Report.everything.get()
    address = at("desk_report", report.key)
    assert there.south.post(address, {"revision": report.revision + 1}).status_code == 422
    there.south.post(address, {"revision": report.revision})
    answer = there.south.post(address, {"revision": report.revision}, follow=True)
    assert "somebody has decided on it" in answer.text


def test_turns_are_derived_again_without_doubling_whatever_happens_twice(there):
    before = list(Turn.objects.values_list("pk", flat=True))
    follow(timezone.now())
    follow(timezone.now() + timedelta(days=1))
    assert list(Turn.objects.values_list("pk", flat=True)) == before


def test_a_link_serves_ninety_days_after_its_turn(there, asked):
    made = Link.objects.get()
    assert made.expires_at.date() == date(2027, 3, 10)


def test_a_long_list_is_cut_and_says_so(there, monkeypatch):
    monkeypatch.setattr("amity.turns.views.desk.LISTED_AT_MOST", 1)
    said = "Only the first 1 are listed."
    assert said not in there.south.get(at("desk_turns")).text
    other = date(2027, 12, 10)
    Turn.objects.create(commitment=there.turn.commitment, side=there.turn.side, due_on=other)
    page = there.south.get(at("desk_turns")).text
    assert said in page
    assert page.count("C-2026-001") == 1


def test_a_list_of_what_is_settled_without_rows_does_not_speak_of_what_is_due(there):
    page = there.south.get(at("desk_turns") + "?shown=settled").text
    assert "No report of our side has been accepted yet." in page
    assert "Nothing is due" not in page
