"""Removing a promise that is asked about: told, nothing left or mailed, and all brought back."""

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from amity.followup.models import Commitment, Party, Report
from amity.foundation.chores import Round
from amity.foundation.dates.as_said import DateAsSaid
from amity.foundation.models import Change, Letter
from amity.record.actions import remove, save, undo
from amity.record.choices import Audience
from amity.turns.actions.asking import send_link
from amity.turns.actions.deriving import follow
from amity.turns.models import Aside, Charge, Link, Turn
from tests.write.world import words

from .world import REPORT, link, thread

pytestmark = pytest.mark.django_db


@pytest.fixture
def there():
    return thread()


def address(name: str, *named: object) -> str:
    with translation.override("en"):
        return reverse(name, args=named)


def removed(there) -> Change:
    """The promise is removed by the office that recorded it."""
    return remove(there.world.north, Commitment.everything.get(), "Recorded twice.")


def sent(there) -> str:
    """Lan is asked, and the letter has gone out; the address of her link."""
    send_link(there.turn, there.charge())
    Letter.objects.update(sent_at=timezone.now())
    return link()


def held() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Turn, Charge, Link, Aside))


def test_whoever_removes_is_told_what_goes(there):
    sent(there)
    page = there.north.get(address("desk_remove", "commitments", there.commitment.key)).text
    assert "person in charge" not in page  # that is the business of the south alone
    page = there.south.get(address("desk_remove", "commitments", there.commitment.key)).text
    assert "1 person in charge, who is asked no more" in page
    assert "1 link that was sent and serves no more" in page


def test_nothing_is_left_dangling_and_nobody_is_asked_any_more(there):
    where = sent(there)
    letters = Letter.objects.count()
    removed(there)
    assert held() == (0, 0, 0, 1)
    Round().go(timezone.now())
    assert Letter.objects.count() == letters
    assert there.north.get(where).status_code == 404
    assert there.south.get(address("desk_turns")).status_code == 200


def test_a_letter_that_waits_to_go_out_goes_no_more(there):
    send_link(there.turn, there.charge())
    assert Letter.objects.filter(sent_at=None).count() == 1
    removed(there)
    assert Letter.objects.count() == 0
    undo(there.world.north, Change.objects.filter(verb="remove").latest("pk"))
    assert (there.turn.asked_at, Link.objects.count(), Charge.objects.count()) == (None, 0, 1)


def test_the_history_brings_back_who_is_asked_and_their_link_serves_again(there):
    where = sent(there)
    before = Turn.objects.values("pk", "due_on").get(asked_at__isnull=False)
    change = removed(there)
    undo(there.world.north, change)
    follow(timezone.now())
    assert Turn.objects.values("pk", "due_on").get(asked_at__isnull=False) == before
    assert held()[1:] == (1, 1, 0)
    assert "Lan" in there.east.get(where).text


def test_what_was_answered_is_answered_again(there):
    """The south removes what it recorded, with the report of its holder that nobody accepted."""
    removed(there)
    own = Commitment(
        dossier=there.world.dossier,
        key="C-2026-002",
        kind="commitment",
        grade="will",
        title=words("Thirteen boats"),
        deadline=DateAsSaid.parse("2026-12-10"),
    )
    parties = [Party(position=1, side=there.world.sides[1], role="holder")]
    save(there.world.south, own, {"parties": parties}, audience=Audience.PUBLIC)
    follow(timezone.now())
    where = sent(there)
    there.east.post(where, REPORT)
    report = Report.everything.get()
    turn = Turn.objects.get(report=report)
    change = remove(there.world.south, Commitment.everything.get(), "Recorded twice.")
    assert (Report.everything.count(), Turn.objects.count()) == (0, 0)
    undo(there.world.south, change)
    follow(timezone.now())
    back, again = Report.everything.get(), Turn.objects.get(pk=turn.pk)
    assert (back.key, again.report) == (report.key, back)
    assert again.answered_at is not None
    assert not Aside.objects.filter(key__in=[own.key, back.key]).exists()
    assert there.south.get(address("desk_report", back.key)).status_code == 200


def test_what_another_side_reported_is_removed_by_nobody_else(there):
    where = sent(there)
    there.east.post(where, REPORT)
    page = address("desk_remove", "commitments", there.commitment.key)
    revision = Commitment.everything.get().revision
    answer = there.north.post(page, {"revision": revision, "reason": "Recorded twice."})
    assert answer.status_code == 422
    assert REPORT["words"] not in answer.text
    assert (Report.everything.count(), Charge.objects.count()) == (1, 1)


def test_who_was_in_charge_and_has_been_forgotten_is_not_brought_back(there):
    sent(there)
    holder = Charge.objects.get().holder
    change = removed(there)
    holder.delete()
    undo(there.world.north, change)
    assert held() == (Turn.objects.count(), 0, 0, 0)
