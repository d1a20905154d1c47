"""A missed deadline: the office is told, then its signatories, once each, as the side has set."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from amity.accounts.actions import add_user, give_mandate
from amity.foundation.dates.as_said import DateAsSaid
from amity.foundation.models import Letter
from amity.network.models import Office
from amity.record.choices import Audience, Mandate
from amity.turns.actions.deriving import follow
from amity.turns.actions.escalating import escalate
from amity.turns.choices import Step
from amity.turns.models import Escalated, Escalation, Turn
from amity.turns.schedule import FORGOTTEN_AFTER, is_told, told_on
from amity.turns.tests.world import BY, Thread, signed_in, thread

pytestmark = pytest.mark.django_db
DUE = date(2026, 12, 10)  # a Thursday
PAGE = "/en/desk/turns/escalation/"


def at(days: int, hour: int = 10) -> datetime:
    """A moment so many days after the turn's day."""
    return datetime(2026, 12, 10, hour, tzinfo=UTC) + timedelta(days=days)


@pytest.fixture
def there(monkeypatch) -> Thread:
    made = thread(DateAsSaid.parse(DUE.isoformat()))
    monkeypatch.setattr(timezone, "now", lambda: at(0))
    follow(at(0))
    return made


def signatory(office: str = "south-office", language: str = "vi") -> str:
    address = f"{office}-signatory@example.org"
    user = add_user(BY, address, "Minh", language)
    give_mandate(BY, user, Office.objects.get(organization__key=office), Mandate.SIGNATORY)
    return address


def told() -> list[tuple[str, str]]:
    """To whom letters about missing reports went, and their subjects, in order."""
    rows = Letter.objects.filter(once__startswith="escalated:").order_by("pk")
    return list(rows.values_list("to", "subject"))


def a_month() -> None:
    """Every hour of a month, as the loop process does it."""
    for day in range(35):
        for hour in (3, 9, 15, 21):
            escalate(at(day, hour))
            escalate(at(day, hour))


def test_the_office_is_told_and_then_its_signatories_once_each(there):
    boss = signatory()
    a_month()
    assert told() == [
        ("south-office-@example.org", "1 report is missing"),
        (boss, "Thiếu 1 báo cáo"),
    ]
    rows = Escalated.objects.order_by("pk").values_list("step", "at", "people", "office")
    assert list(rows) == [
        (Step.OFFICE, at(7, 9), 1, "organization:south-office"),
        (Step.SIGNATORIES, at(21, 9), 1, "organization:south-office"),
    ]
    first, second = Letter.objects.filter(once__startswith="escalated:").order_by("pk")
    assert "C-2026-001 Twelve boats (10 December 2026)" in first.text
    assert "Mười hai con thuyền" in second.text


def test_what_was_answered_is_told_to_nobody(there):
    Turn.objects.update(answered_at=at(-1))
    a_month()
    assert told() == []


def test_an_answer_ends_it_after_the_first_step(there):
    signatory()
    escalate(at(7))
    Turn.objects.update(answered_at=at(8))
    a_month()
    assert [to for to, _subject in told()] == ["south-office-@example.org"]


def test_a_side_says_when_it_is_told_and_whom(there):
    signatory()
    sent = {"twins-south-office_after": "2", "twins-south-signatories_after": ""}
    assert there.south.post(f"{PAGE}twins-south/", sent).status_code == 302
    a_month()
    rows = list(Escalated.objects.values_list("step", "at"))
    assert rows == [(Step.OFFICE, at(4, 9))]  # the second day after is a Saturday


def test_somebody_who_was_named_is_told_with_the_signatories(there):
    colleague = add_user(BY, "chief@example.org", "Chief", "fr")
    office = Office.objects.get(organization__key="south-office")
    give_mandate(BY, colleague, office, Mandate.OBSERVER)
    sent = {
        "twins-south-office_after": "",
        "twins-south-signatories_after": "5",
        "twins-south-named": str(colleague.pk),
    }
    assert there.south.post(f"{PAGE}twins-south/", sent).status_code == 302
    a_month()
    assert told() == [("chief@example.org", "Il manque 1 rapport")]


def test_signatories_are_told_three_days_after_the_office_even_where_both_are_late(there):
    signatory()
    escalate(at(40))
    escalate(at(41))
    assert [to for to, _subject in told()] == ["south-office-@example.org"]
    escalate(at(43))
    escalate(at(46))
    assert len(told()) == 2


def test_where_there_is_nobody_to_tell_the_desk_says_so(there):
    a_month()
    assert Escalated.objects.get(step=Step.SIGNATORIES).people == 0
    page = there.south.get(f"/en/desk/turns/{there.turn.pk}/").text
    assert "there was nobody to tell" in page
    assert "told: the people of the office" in page


def test_the_desk_says_who_is_told_next(there):
    page = there.south.get(f"/en/desk/turns/{there.turn.pk}/").text
    assert "17 December 2026" in page
    assert "told next: the people of the office" in page
    escalate(at(7))
    page = there.south.get(f"/en/desk/turns/{there.turn.pk}/").text
    assert "31 December 2026" in page
    assert "told next: its signatories" in page


def test_what_the_signatories_were_told_stands_on_the_first_page(there):
    signatory()
    words = "No report, though the signatories were told"
    assert words not in there.south.get("/en/desk/").text
    a_month()
    assert words in there.south.get("/en/desk/").text
    assert words not in there.north.get("/en/desk/").text


def test_a_turn_that_is_moved_is_told_of_anew(there):
    escalate(at(7))
    Turn.objects.update(due_on=DUE + timedelta(days=30))
    escalate(at(20))
    assert len(told()) == 1
    escalate(at(39))
    assert len(told()) == 2


def test_nobody_is_told_of_what_they_may_not_read():
    there = thread(DateAsSaid.parse(DUE.isoformat()), audience=Audience.CIRCLE)
    follow(at(0))
    there.commitment.__class__.everything.update(readers="side:twins-north")
    a_month()
    assert told() == []


def test_other_sides_neither_see_nor_set_it(there):
    escalate(at(7))
    assert there.north.get(f"/en/desk/turns/{there.turn.pk}/").status_code == 404
    assert there.north.post(f"{PAGE}twins-south/", {}).status_code == 404
    assert there.east.get(PAGE).status_code == 403
    editor = signed_in("south-office", Mandate.EDITOR)
    assert editor.get(PAGE).status_code == 403
    assert editor.post(f"{PAGE}twins-south/", {}).status_code == 403
    assert Escalation.objects.count() == 0


def test_what_cannot_be_set_is_said(there):
    stranger = add_user(BY, "stranger@example.org", "Stranger", "en")
    for sent in (
        {"twins-south-office_after": "0"},
        {"twins-south-office_after": "61"},
        {"twins-south-signatories_after": "x"},
        {"twins-south-named": str(stranger.pk)},
    ):
        assert there.south.post(f"{PAGE}twins-south/", sent).status_code == 422
    assert Escalation.objects.count() == 0
    assert "twins-south-office_after" in there.south.get(PAGE).text


def test_what_was_due_long_ago_is_told_no_more():
    assert told_on(DUE, None) is None
    assert not is_told(DUE, 7, DUE + timedelta(days=6))
    assert is_told(DUE, 7, DUE + timedelta(days=7))
    assert is_told(DUE, 7, DUE + FORGOTTEN_AFTER)
    assert not is_told(DUE, 7, DUE + FORGOTTEN_AFTER + timedelta(days=1))
