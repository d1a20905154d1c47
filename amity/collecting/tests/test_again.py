"""What was taken up and removed is decided on anew; what waits for a removed gathering stays."""

import csv
import io

import pytest
from django.test import Client
from django.utils import timezone

from amity.collecting.actions.following import follow
from amity.collecting.actions.form import keep, new_call
from amity.collecting.models import Call, Submission
from amity.followup.models import Proposal
from amity.foundation.models import Letter
from amity.gatherings.models import Gathering
from amity.record.actions import remove, save
from amity.record.choices import Audience, Mandate

from .test_sorting import TAKE_UP, act
from .world import SENT, at, collecting, mailed, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def there():
    return collecting()


@pytest.fixture
def page(there):
    return there.send()


def taken_up_and_removed(there) -> None:
    act(there, "take_up", TAKE_UP)
    remove(there.world.south, Proposal.everything.get(), "Recorded twice.")


def test_what_came_of_it_and_was_removed_is_decided_on_anew(there, page):
    taken_up_and_removed(there)
    desk = at("desk_submission", there.submission.pk)
    assert "Decide on it anew" in there.north.get(desk).text
    for client, status in ((there.east, 404), (signed_in("north-office", Mandate.OBSERVER), 404)):
        assert act(there, "again", client=client).status_code == status
        assert there.submission.stage == "published"
    act(there, "again")
    assert there.submission.stage == "reading"
    assert SENT["title"] in there.north.get(at("desk")).text
    assert "Decide on it anew" not in there.north.get(desk).text
    act(there, "take_up", TAKE_UP)
    assert there.submission.stage == "published"
    assert Proposal.objects.get().key == "p-2026-002-test"
    assert steps() == ["received", "reconsidered:1", "taken_up:1"]
    shown = Client().get(page.replace("/vi/", "/en/")).text
    assert "P-2026-002" in shown
    assert "taken out of the record again later" in shown


def steps() -> list[str]:
    """What the letters tell of, in their order."""
    return [str(letter.once).split(":", 2)[2] for letter in mailed()]


def test_a_decision_that_holds_no_more_is_not_told_unless_it_was_told_before(there, page):
    act(there, "take_up", TAKE_UP)
    Letter.objects.update(sent_at=timezone.now())
    remove(there.world.south, Proposal.everything.get(), "Recorded twice.")
    act(there, "again")
    act(there, "take_up", TAKE_UP)
    remove(there.world.south, Proposal.everything.get(), "Recorded twice, again.")
    act(there, "again")
    act(there, "decline", {"reason": "Đã có rồi.", "language": "vi"})
    assert steps() == ["received", "taken_up", "reconsidered:2", "declined:2"]


def test_what_stands_in_the_record_is_not_decided_on_anew(there, page):
    before = act(there, "again").status_code
    act(there, "take_up", TAKE_UP)
    desk = there.south.get(at("desk_submission", there.submission.pk)).text
    assert (before, "Decide on it anew" in desk) == (302, False)
    act(there, "again")
    assert there.submission.stage == "published"
    assert [str(letter.once).rpartition(":")[2] for letter in mailed()] == ["received", "taken_up"]


def test_withdrawn_anew_the_name_goes_out_of_what_was_removed_too(there, page):
    from .test_regretting import everywhere

    taken_up_and_removed(there)
    act(there, "again")
    assert "without your name" in Client().get(page.replace("/vi/", "/en/")).text
    Client().post(page, {"act": "withdraw"})
    assert there.submission.stage == "withdrawn"
    assert everywhere("Nguyễn Thị Lan") == []


def test_joined_to_another_and_decided_on_anew_nobody_elses_name_is_taken_out(there, page):
    act(there, "take_up", TAKE_UP)
    second = there.send(title="Cũng vậy", mail="minh@example.org", name="Minh", organization="")
    act(there, "join", {"proposal": "p-2026-001-test"})
    remove(there.world.south, Proposal.everything.get(), "Recorded twice.")
    act(there, "again")
    Client().post(second, {"act": "unname"})
    assert there.submission.name == ""
    assert Submission.objects.order_by("pk")[0].name == "Nguyễn Thị Lan"


@pytest.fixture
def gone(there, page):
    """The gathering is removed while something waits; the chore has looked at it."""
    follow(timezone.now())
    there.gathering.refresh_from_db()
    remove(there.world.north, there.gathering, "It never took place.")
    follow(timezone.now())
    return there


def test_what_waits_for_a_removed_gathering_is_read_by_both_desks_and_its_author_is_told(
    gone, page
):
    desk = at("desk_submission", gone.submission.pk)
    for client in (gone.north, gone.south):
        assert SENT["title"] in client.get(at("desk")).text
        listed = client.get(at("desk_submissions")).text
        assert SENT["title"] in listed
        assert "Forms of gatherings that are no more" in listed
        one = client.get(desk).text
        assert SENT["words"] in one
        assert "was taken out of the record" in one
        assert 'id="take-up"' not in one
    observer = signed_in("south-office", Mandate.OBSERVER)
    for client in (gone.east, observer):
        assert client.get(desk).status_code == 404
        assert SENT["title"] not in client.get(at("desk_submissions")).text
    follow(timezone.now())
    told = [str(letter.once).split(":")[2] for letter in mailed()]
    assert told == ["received", "gone"]
    assert Client().get(page).status_code == 200
    for name, data in (("take_up", TAKE_UP), ("join", {"proposal": "p-2026-001-test"})):
        assert act(gone, name, data).status_code == 422
    assert not Proposal.everything.exists()
    act(gone, "decline", {"reason": "Không còn diễn đàn.", "language": "vi"})
    assert gone.submission.stage == "declined"


def another(there, key: str = "forum-2") -> Call:
    """The form of another gathering of the same sides."""
    gathering = there.world.gathering()
    gathering.key = key
    save(there.world.north, gathering, audience=Audience.PUBLIC)
    call = new_call(gathering)
    call.opens_at, call.closes_at = there.call.opens_at, there.call.closes_at
    keep(there.world.north, gathering, call, closed=False, renew=False)
    return call


def test_it_moves_to_another_gathering_of_the_same_sides_and_is_taken_up_there(gone, page):
    number = gone.submission.pk
    desk = gone.south.get(at("desk_submission", number)).text
    assert "Set up the form of another gathering of the same sides first." in desk
    call = another(gone)
    gone.send("/vi/gatherings/forum-2/propose/", title="Khác")
    gone.south.post(at("desk_submission_move", number), {"form": str(call.pk + 1)})
    assert Submission.objects.get(pk=number).call_id != call.pk
    assert gone.east.post(at("desk_submission_move", number), {"form": call.pk}).status_code == 404
    assert gone.south.post(at("desk_submission_move", number), {"form": call.pk}).status_code == 302
    moved = Submission.objects.get(pk=number)
    assert (moved.call_id, moved.number, moved.stage) == (call.pk, 2, "received")
    letter = mailed()[-1]
    assert "forum-1/1" in letter.text
    assert "forum-2/2" in letter.text
    assert SENT["title"] not in letter.subject + letter.text
    answer = gone.south.post(at("desk_submission_take_up", number), TAKE_UP)
    assert answer.status_code == 302
    assert Proposal.objects.get().gathering == Gathering.objects.get(key="forum-2")


def test_the_table_is_for_those_who_read_it_and_a_formula_is_text(gone):
    gone.submission.__class__.objects.update(title="=HYPERLINK(1)")
    address = at("desk_submissions_table")
    answer = gone.south.get(address)
    (row,) = csv.DictReader(io.StringIO(answer.getvalue().decode().lstrip("\ufeff")))
    assert "lan@example.org" in row.values()
    assert "'=HYPERLINK(1)" in row.values()
    assert answer["Content-Disposition"] == 'attachment; filename="submissions.csv"'
    observer = signed_in("south-office", Mandate.OBSERVER)
    for client in (gone.east, observer):
        assert "lan@example.org" not in client.get(address).getvalue().decode()
    other = gone.south.get(f"{address}?form={gone.submission.call_id + 1}")
    assert "lan@example.org" not in other.getvalue().decode()


def test_what_was_led_together_is_answered_to_whoever_sent_that_very_one(there, page):
    """Two that ask the same become one proposal; each letter goes to the sender of its own."""
    act(there, "take_up", TAKE_UP)
    there.send(title="Cũng vậy", mail="minh@example.org", name="Minh", organization="")
    second = there.submission
    act(there, "join", {"proposal": Proposal.everything.get().key})
    remove(there.world.south, Proposal.everything.get(), "Recorded twice.")
    told = {letter.pk for letter in mailed()}
    shown = there.north.get(at("desk_submission", second.pk)).text
    assert "minh@example.org" in shown  # whom it goes to is seen before
    assert SENT["mail"] not in shown
    act(there, "again")
    act(there, "decline", {"reason": "Đã có rồi.", "language": "vi"})
    new = [letter for letter in mailed() if letter.pk not in told]
    assert {letter.to for letter in new} == {"minh@example.org"}
    assert any(str(letter.once).split(":")[2] == "declined" for letter in new)
    assert Submission.objects.order_by("pk")[0].stage == "published"  # the other stands as it did
