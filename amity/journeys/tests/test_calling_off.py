"""Calling off, postponing, holding after all: said once to the other sides, and undone."""

import pytest
from django.utils import timezone

from amity.foundation.dates.as_said import DateAsSaid
from amity.foundation.models import Change, Letter
from amity.gatherings.models import Gathering
from amity.journeys.actions import calling_off
from amity.record.actions import confirm, save, withdraw
from amity.record.models import ProposedChange, ProposedField

from .world import at, editions

pytestmark = pytest.mark.django_db
PLANS = ("desk_plans", "forum-2")


@pytest.fixture
def there():
    made = editions()
    made.second.refresh_from_db()
    made.second.status = "announced"
    made.second.when = DateAsSaid.parse("2030-05-05/2030-05-07")
    save(made.world.north, made.second)
    return made


def now():
    return Gathering.everything.get(key="forum-2")


def sent(act, reason="The hall burnt down.", days=""):
    return {
        "act": act,
        "reason": reason,
        "when-words": days,
        "when-language": "en",
        "revision": now().revision,
    }


def told():
    return [(one.to, one.subject) for one in Letter.objects.order_by("pk")]


def test_it_is_called_off_and_the_other_side_is_told_once_with_the_reason(there):
    answer = there.north.post(at(*PLANS), sent("call_off"))
    assert (answer.status_code, now().status) == (302, "cancelled")
    assert told() == [("south-office-@example.org", "Called off: Second forum")]
    letter = Letter.objects.get()
    assert "The hall burnt down." in letter.text
    assert "/en/desk/records/gatherings/forum-2/#confirmed" in letter.text
    assert Change.objects.get(verb="call_off").reason == "The hall burnt down."
    page = there.north.get("/en/gatherings/calendar.ics").text
    assert "STATUS:CANCELLED" in page
    again = there.north.post(at(*PLANS), sent("call_off"))
    assert (again.status_code, len(told())) == (422, 1)


def gone_out():
    """All letters so far have gone out."""
    Letter.objects.filter(sent_at=None).update(sent_at=timezone.now())


def test_it_is_held_after_all_and_that_is_told_once_too(there):
    there.north.post(at(*PLANS), sent("call_off"))
    gone_out()
    there.north.post(at(*PLANS), sent("restore", "Another hall was found."))
    assert (now().status, now().when) == ("announced", there.second.when)
    assert [subject for _to, subject in told()] == [
        "Called off: Second forum",
        "To be held after all: Second forum",
    ]
    last = Letter.objects.latest("pk")
    assert "Another hall was found." in last.text
    assert "5–7 May 2030" in last.text


def test_what_is_taken_back_before_it_went_out_is_told_to_nobody(there):
    there.north.post(at(*PLANS), sent("call_off"))
    letter = Letter.objects.get()
    assert letter.due_at - letter.written_at == calling_off.WAITS
    there.north.post(at(*PLANS), sent("restore"))
    assert (now().status, told()) == ("announced", [])


@pytest.mark.parametrize("changed", [{"tries": 1}, {"due_at": timezone.now()}])
def test_what_may_have_gone_out_is_taken_back_by_a_letter_and_never_sent_after_it(there, changed):
    """Tried once already, or being sent at this moment."""
    there.north.post(at(*PLANS), sent("call_off"))
    Letter.objects.update(**changed)
    there.north.post(at(*PLANS), sent("restore"))
    assert told() == [("south-office-@example.org", "To be held after all: Second forum")]


def test_the_last_letter_says_what_holds_whatever_had_not_gone_out(there):
    there.north.post(at(*PLANS), sent("postpone", days="2030-09-01/2030-09-03"))
    there.north.post(at(*PLANS), sent("call_off"))
    assert told() == [("south-office-@example.org", "Called off: Second forum")]
    there.north.post(at(*PLANS), sent("restore"))
    assert told() == [("south-office-@example.org", "To be held after all: Second forum")]
    assert "1–3 September 2030" in Letter.objects.get().text


def test_who_was_told_that_it_is_postponed_is_told_that_it_is_not(there):
    there.north.post(at(*PLANS), sent("postpone"))
    gone_out()
    there.north.post(at(*PLANS), sent("call_off"))
    there.north.post(at(*PLANS), sent("restore"))
    assert [subject for _to, subject in told()] == [
        "Postponed: Second forum",
        "To be held after all: Second forum",
    ]


def test_what_was_postponed_and_then_called_off_returns_to_what_it_was_before_both(there):
    there.north.post(at(*PLANS), sent("postpone"))
    assert now().status == "postponed"
    there.north.post(at(*PLANS), sent("call_off"))
    there.north.post(at(*PLANS), sent("restore"))
    assert now().status == "announced"


def test_it_is_postponed_to_other_days_for_which_it_is_announced(there):
    there.north.post(at(*PLANS), sent("postpone", days="2030-09-01/2030-09-03"))
    found = now()
    assert (found.status, found.when) == ("announced", DateAsSaid.parse("2030-09-01/2030-09-03"))
    assert told() == [("south-office-@example.org", "Postponed: Second forum")]
    assert "1–3 September 2030" in Letter.objects.get().text


def test_what_every_side_has_confirmed_is_proposed_as_one_and_agreed_to(there):
    confirm(there.world.south, now())
    there.north.post(at(*PLANS), sent("call_off"))
    assert now().status == "announced"
    assert [to for to, _subject in told()] == ["south-office-@example.org"]
    assert "The hall burnt down." in Letter.objects.get().text
    change = now()
    page = there.south.get(at("desk_record", "gatherings", "forum-2")).text
    assert "The hall burnt down." in page
    from amity.record.models import ProposedChange

    proposed = ProposedChange.objects.get()
    there.south.post(at("desk_answer", "gatherings", change.key, proposed.pk), {"verdict": "agree"})
    assert now().status == "cancelled"
    assert [to for to, _subject in told()] == [
        "south-office-@example.org",
        "north-office-@example.org",
    ]


@pytest.mark.parametrize(
    ("act", "reason", "days", "words"),
    [
        ("call_off", "", "", "Reason"),
        ("call_off", "W\u202ehy", "", "notice late"),
        ("call_off", "Why" * 400, "", "a thousand characters are enough"),
        ("restore", "Why", "", "Select a valid choice"),
        ("postpone", "Why", "2030-05-05/2030-05-07", "These are the days that it has"),
        ("eat", "Why", "", "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_and_changes_nothing(there, act, reason, days, words):
    answer = there.north.post(at(*PLANS), sent(act, reason, days))
    assert answer.status_code == 422
    assert words in answer.text
    assert (now().status, told()) == ("announced", [])


def test_what_was_held_or_is_not_ours_is_not_called_off(there):
    form = sent("call_off")
    first = there.read() | {name: form[name] for name in ("act", "reason", "when-words")}
    assert there.north.post(at("desk_plans", "forum-1"), first).status_code == 403
    assert there.east.post(at(*PLANS), form).status_code == 403
    assert (now().status, there.status, told()) == ("announced", "held", [])


def test_what_was_read_before_somebody_saved_calls_nothing_off(there):
    form = sent("call_off")
    found = now()
    found.url = "https://example.org/forum"
    save(there.world.north, found)
    assert there.north.post(at(*PLANS), form).status_code == 422
    assert (now().status, told()) == ("announced", [])


def test_a_letter_that_fails_leaves_the_gathering_as_it_was(there, monkeypatch):
    def fails(*_given, **_named):
        raise RuntimeError("no letter")

    monkeypatch.setattr(calling_off, "write_to", fails)
    with pytest.raises(RuntimeError):
        there.north.post(at(*PLANS), sent("call_off"))
    assert (now().status, told()) == ("announced", [])
    assert not Change.objects.filter(verb="call_off").exists()


def test_what_one_side_has_proposed_it_does_not_propose_again_and_the_other_may(there):
    confirm(there.world.south, now())
    for _twice in range(2):
        answer = there.north.post(at(*PLANS), sent("call_off"))
    assert answer.status_code == 422
    assert "Your side has proposed this already" in answer.text
    assert [to for to, _subject in told()] == ["south-office-@example.org"]
    assert ProposedField.objects.count() == 1
    assert there.north.post(at(*PLANS), sent("postpone")).status_code == 302
    assert there.south.post(at(*PLANS), sent("call_off")).status_code == 302
    asked = ProposedField.objects.filter(state="open").values_list("change__side", flat=True)
    assert sorted(asked) == ["side:twins-north", "side:twins-north", "side:twins-south"]
    withdraw(there.world.north, ProposedChange.objects.order_by("pk")[0])
    assert there.north.post(at(*PLANS), sent("call_off")).status_code == 302
