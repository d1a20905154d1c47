"""The weekly letter: on the chosen morning, each thing once, ended by one press."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from amity.accounts.models import MandateHeld, User
from amity.followup.models import Answer, Commitment, Report
from amity.foundation.database.batches import batched
from amity.foundation.dates.as_said import DateAsSaid
from amity.foundation.letters.posting import post_due
from amity.foundation.models import Change, Letter
from amity.network.models import Office, SideOffice
from amity.record.actions import save
from amity.record.choices import Audience, Mandate
from amity.turns.actions import reminding
from amity.turns.actions.reminding import address_to_stop, send_digests
from amity.turns.models import Digest, Reminder
from amity.turns.schedule import stage_of, week_of
from tests.write.world import words

from .test_asked import ask
from .world import REPORT, at, link, signed_in, thread

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 30, 7, 0, tzinfo=UTC)

STAGES = {-1: None, 0: 7, 7: 7, 8: 30, 30: 30, 31: 90, 90: 90, 91: None}


@pytest.mark.parametrize(("days", "stage"), STAGES.items())
def test_people_are_told_within_ninety_thirty_and_seven_days(days, stage):
    today = date(2026, 11, 30)
    assert stage_of(today + timedelta(days=days), today) == stage


WEEKS = {
    "the day itself": (0, "2026-11-30", [], "2026-11-30"),
    "the day before: last week's": (0, "2026-11-29", [], "2026-11-23"),
    "later in the week": (0, "2026-12-03", [], "2026-11-30"),
    "on a holiday not yet": (0, "2026-11-30", ["2026-11-30"], "2026-11-23"),
    "the day after the holiday": (0, "2026-12-01", ["2026-11-30"], "2026-11-30"),
    "fridays": (4, "2026-12-03", [], "2026-11-27"),
}


@pytest.mark.parametrize(("weekday", "today", "holidays", "week"), WEEKS.values(), ids=WEEKS)
def test_the_week_of_a_letter(weekday, today, holidays, week):
    assert week_of(weekday, date.fromisoformat(today), holidays).isoformat() == week


@pytest.fixture
def there():
    found = thread()
    MandateHeld.objects.update(since=datetime(2026, 11, 25, tzinfo=UTC))
    return found


def told() -> list[tuple[str, str, int]]:
    rows = Reminder.objects.order_by("pk").values_list("user__email", "kind", "stage")
    return list(rows)


SOUTH = "south-office-@example.org"
EAST = "east-office-@example.org"
COLLEAGUE = "south-office-officer@example.org"


def test_what_people_of_one_office_can_act_on_is_asked_once(there):
    """Each person more costs a few statements of their own, however much there is to act on."""
    office = MandateHeld.objects.get(user__email=SOUTH).office

    def statements(number: int) -> int:
        """How many the letters take with one officer more; the first of them is there already."""
        user = User.objects.create(email=f"{number}@example.org", name="Officer")
        since = datetime(2026, 11, 25, tzinfo=UTC)
        MandateHeld.objects.create(user=user, office=office, mandate="officer", since=since)
        for model in (Digest, Reminder, Letter):
            model.objects.all().delete()
        with CaptureQueriesContext(connection) as asked:
            assert send_digests(MONDAY) == f"{number} weekly letters"
        assert Reminder.objects.count() == number
        return len(asked)

    two, three = statements(2), statements(3)
    assert three - two == 4


def test_who_was_written_to_meanwhile_is_left_out_and_the_others_are_not(there, monkeypatch):
    """Another process is quicker with one of those whose letters share a transaction."""
    signed_in("south-office", Mandate.OFFICER)
    MandateHeld.objects.update(since=datetime(2026, 11, 25, tzinfo=UTC))

    def overtaken(waiting, size):
        found = list(batched(waiting, size))
        Digest.objects.create(user=User.objects.get(email=SOUTH), day=date(2026, 11, 30))
        assert SOUTH in [one.user.email for one in found[0]]
        return found

    monkeypatch.setattr(reminding, "batched", overtaken)
    assert send_digests(MONDAY) == "1 weekly letters"
    assert [(to, kind) for to, kind, _stage in told()] == [(COLLEAGUE, "due")]
    assert [one.to for one in Letter.objects.all()] == [COLLEAGUE]


def test_each_thing_is_told_once_and_only_to_whom_it_concerns(there):
    assert send_digests(MONDAY - timedelta(minutes=1)) == ""
    assert send_digests(MONDAY) == "1 weekly letters"
    assert send_digests(MONDAY) == ""
    assert told() == [(SOUTH, "due", 30)]
    letter = Letter.objects.get()
    assert (letter.to, letter.language) == (SOUTH, "en")
    assert "Twelve boats" in letter.text
    send_digests(MONDAY + timedelta(days=7))
    send_digests(MONDAY + timedelta(days=14))
    send_digests(MONDAY + timedelta(days=21))
    assert told() == [(SOUTH, "due", 30), (SOUTH, "due", 7), (SOUTH, "late", 0)]


def test_observers_and_offices_nobody_vouches_for_get_none(there):
    User.objects.filter(email=SOUTH).update(is_active=False)
    signed_in("south-office", Mandate.OBSERVER)
    MandateHeld.objects.update(since=datetime(2026, 11, 25, tzinfo=UTC))
    assert send_digests(MONDAY) == ""
    User.objects.filter(email=SOUTH).update(is_active=True)
    Office.objects.filter(organization__key="south-office").update(vouched_at=None)
    assert send_digests(MONDAY) == ""


def test_the_morning_is_that_of_the_person_and_the_language_too(there):
    User.objects.filter(email=SOUTH).update(timezone="Asia/Ho_Chi_Minh", language="vi")
    before = datetime(2026, 11, 29, 23, 59, tzinfo=UTC)
    assert send_digests(before) == ""
    assert send_digests(before + timedelta(minutes=1)) == "1 weekly letters"
    letter = Letter.objects.get()
    assert letter.language == "vi"
    assert "Mười hai con thuyền" in letter.text


def test_who_was_away_on_the_day_gets_the_letter_later_in_the_week(there):
    assert send_digests(MONDAY + timedelta(days=2)) == "1 weekly letters"
    assert list(Digest.objects.values_list("day", flat=True).distinct()) == [date(2026, 11, 30)]


def test_what_waits_is_told_to_officers_of_the_side(there):
    there.charge()
    there.south.post(at("desk_turn_ask", there.turn.pk))
    Client().post(link(), REPORT)
    Letter.objects.all().delete()
    send_digests(MONDAY)
    assert told() == [(SOUTH, "waiting", 1)]
    report = Report.everything.get()
    there.south.post(at("desk_report", report.key), {"revision": report.revision})
    send_digests(MONDAY + timedelta(days=7))
    assert told()[1:] == [("north-office-@example.org", "waiting", 2)]


def test_what_a_side_is_asked_is_told_once_and_not_once_it_is_answered_or_long_ago(there):
    """Whoever answers for the side is told, and nobody whose office is not asked."""
    asked, answered = ask(there, "P-2026-001", 0, 1), ask(there, "P-2026-002", 1)
    old = ask(there, "P-2026-003", 1)
    Change.objects.filter(kind="proposal", key=old.key).update(at=MONDAY - timedelta(days=121))
    answer_of = Answer(
        dossier=there.world.dossier,
        key="answer-south",
        proposal=answered,
        side=there.world.sides[1],
        verdict="noted",
        reasons=words("Noted."),
    )
    save(there.world.south, answer_of, audience=Audience.PUBLIC)
    send_digests(MONDAY)
    north = "north-office-@example.org"
    assert told() == [(north, "waiting", 3), (SOUTH, "waiting", 3), (SOUTH, "due", 30)]
    things = Reminder.objects.filter(stage=3).values_list("thing", flat=True)
    assert list(things) == 2 * [f"proposal:{asked.pk}"]
    letter = Letter.objects.get(to=SOUTH, once__startswith="digest")
    assert "Our side is asked, and has not answered:\nP-2026-001 A bus P-2026-001" in letter.text
    assert f"{settings.BASE_URL}{at('desk')}" in letter.text.split()
    send_digests(MONDAY + timedelta(days=7))
    assert told()[3:] == [(SOUTH, "due", 7)]


def test_a_kind_is_ended_by_one_press_and_looking_ends_nothing(there):
    user = User.objects.get(email=SOUTH)
    address = address_to_stop(user, "due").removeprefix(settings.BASE_URL)
    for _again in range(3):
        Client().get(address)
        Client().head(address)
    assert send_digests(MONDAY) == "1 weekly letters"
    assert address in Letter.objects.get().text
    answer = Client().post(address, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert dict(answer.cookies) == {}
    assert send_digests(MONDAY + timedelta(days=7)) == ""
    assert send_digests(MONDAY + timedelta(days=14)) == "1 weekly letters"
    assert told()[-1] == (SOUTH, "late", 0)
    Client().post(address, {"act": "resume"})


def test_the_header_ends_the_weekly_letter_as_a_whole(there):
    send_digests(MONDAY)
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        post_due()
    (sent,) = mail.outbox
    address = re.fullmatch(r"<http://testserver(.*)>", sent.extra_headers["List-Unsubscribe"])
    assert address is not None
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    Client().post(address[1], {"List-Unsubscribe": "One-Click"})
    assert User.objects.get(email=SOUTH).digest_day is None
    assert send_digests(MONDAY + timedelta(days=7)) == ""


@pytest.mark.parametrize("secret", ["1.all:x", "x", "1.due:", "999.all:abc"])
def test_a_guessed_address_ends_nothing(there, secret):
    assert Client().post(f"/en/reminders/{secret}/").status_code == 404
    assert not User.objects.filter(digest_day=None).exists()


def test_what_was_given_up_while_the_mail_server_was_gone_comes_again(there):
    send_digests(MONDAY)
    Letter.objects.update(given_up_at=MONDAY + timedelta(days=6), error="ConnectionRefusedError")
    there.commitment.refresh_from_db()
    send_digests(MONDAY + timedelta(days=7))
    assert told() == [(SOUTH, "due", 7)]
    Letter.objects.filter(given_up_at=None).update(
        given_up_at=MONDAY, error="SMTPRecipientsRefused: nobody"
    )
    send_digests(MONDAY + timedelta(days=14))
    assert (SOUTH, "due", 7) in told()


def test_a_promise_without_a_day_reminds_nobody():
    thread(DateAsSaid.parse("2026/.."))
    MandateHeld.objects.update(since=datetime(2026, 11, 25, tzinfo=UTC))
    assert send_digests(MONDAY) == ""


def test_the_letter_of_one_office_names_nothing_that_another_of_its_side_keeps_to_itself(there):
    """Letters of one run share what was read; two offices of one side do not read alike."""
    east = Office.objects.get(organization__key="east-office")
    side = there.turn.side
    SideOffice.objects.create(side=side, office=east, vouched_at=datetime(2026, 11, 1, tzinfo=UTC))
    Commitment.everything.update(
        keeper="organization:south-office", readers="organization:south-office"
    )
    send_digests(MONDAY)
    letters = Letter.objects.filter(once__startswith="digest:")
    assert [one.to for one in letters if "Twelve boats" in one.text] == [SOUTH]
    Commitment.everything.update(
        keeper="organization:east-office", readers="organization:east-office"
    )
    for model in (Digest, Reminder, Letter):
        model.objects.all().delete()
    send_digests(MONDAY)
    letters = Letter.objects.filter(once__startswith="digest:")
    assert [one.to for one in letters if "Twelve boats" in one.text] == [EAST]
