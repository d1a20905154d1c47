"""Whose mandate ends while their write waits for its turn writes nothing."""

from collections.abc import Callable
from threading import Event
from time import monotonic, sleep

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from amity.accounts.models import Invitation, MandateHeld, User
from amity.desk.models import Draft
from amity.desk.tests.test_desk import at, begun, somebody, typed, venue_of
from amity.foundation import actions
from amity.foundation.models import Change
from amity.network.models import Office, SideOffice
from amity.record.choices import Mandate
from amity.record.models import Standing
from tests.write.race import race
from tests.write.world import build

LONGEST_WAIT = 20


def end_mandates() -> None:
    MandateHeld.objects.filter(office__organization__key="north-office").update(
        ended=timezone.now()
    )


def close_account() -> None:
    User.objects.filter(email="north-office@example.org").update(is_active=False)


def vouch_no_more() -> None:
    Office.objects.filter(organization__key="north-office").update(vouched_at=None)


def speak_no_more() -> None:
    SideOffice.objects.filter(office__organization__key="north-office").update(vouched_at=None)


def edited(client: Client, key: str, venue: str) -> dict[str, object]:
    form = typed(client.get(at("desk_edit", key)))
    return form | {"venue-en": venue, "form": "opened", "act": "save"}


def standings() -> list[tuple[str, str]]:
    return list(Standing.objects.order_by("pk").values_list("side", "state"))


def meanwhile(monkeypatch: pytest.MonkeyPatch, end: Callable[[], None]) -> None:
    """Let something end while the next write waits."""
    waits = actions._wait

    def wait() -> None:
        monkeypatch.setattr(actions, "_wait", waits)
        waits()
        end()

    monkeypatch.setattr(actions, "_wait", wait)


@pytest.mark.django_db
@pytest.mark.parametrize("end", [end_mandates, close_account, vouch_no_more, speak_no_more])
def test_a_form_is_refused_and_stands_there_as_it_was_typed(monkeypatch, end):
    build()
    north = somebody("north-office")
    key = begun(north)
    sent, written = edited(north, key, "Harbour hall"), Change.objects.count()
    meanwhile(monkeypatch, end)
    answer = north.post(at("desk_edit", key), sent)
    assert answer.status_code == 403
    assert "What you may do here changed while this waited" in answer.text
    assert "Harbour hall" in answer.text
    assert (venue_of(key), Change.objects.count()) == ("", written)


@pytest.mark.django_db
def test_nothing_else_of_the_desk_is_written_either(monkeypatch):
    build()
    north, south = somebody("north-office"), somebody("south-office")
    key = begun(south)
    before, stood = Change.objects.count(), standings()
    person = User.objects.get(email="north-office@example.org")
    acts = {
        at("desk_confirm", key): {"revision": 1},
        reverse("office"): {"email": "b@example.org", "language": "en", "mandate": "editor"},
        reverse("end_mandates", args=[person.pk]): {},
        at("desk_dispute", key): {"reasons": "No", "language": "en"},
    }
    for address, sent in acts.items():
        meanwhile(monkeypatch, end_mandates)
        answer = north.post(address, sent, follow=True)
        assert "mandates have ended" not in answer.text
    assert Change.objects.count() == before
    assert not Invitation.objects.exists()
    assert standings() == stood


@pytest.mark.django_db
def test_who_loses_nothing_that_they_had_goes_on(monkeypatch):
    build()
    north = somebody("north-office")
    colleague = somebody("north-office", Mandate.EDITOR, name="colleague")
    key = begun(north)
    meanwhile(
        monkeypatch,
        lambda: MandateHeld.objects.filter(user__email="colleague@example.org").update(
            ended=timezone.now()
        ),
    )
    assert north.post(at("desk_edit", key), edited(north, key, "Hall")).status_code == 302
    assert venue_of(key) == "Hall"
    assert colleague.get(at("desk_edit", key)).status_code != 200


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="a test's SQLite has one connection")
def test_a_mandate_that_another_connection_ends_meanwhile_has_ended():
    build()
    north = somebody("north-office")
    key = begun(north)
    sent, has_turn = edited(north, key, "Harbour hall"), Event()

    def end_when_somebody_waits() -> str:
        with transaction.atomic():
            actions.take_turn()
            has_turn.set()
            waited = _somebody_waits()
            end_mandates()
        return waited

    def save() -> int:
        has_turn.wait(LONGEST_WAIT)
        return north.post(at("desk_edit", key), sent).status_code

    assert race([end_when_somebody_waits, save]) == ["waited", 403]
    assert venue_of(key) == ""
    assert not Draft.objects.filter(done="opened").exists()


def _somebody_waits() -> str:
    """Says so as soon as another connection waits for its turn."""
    until = monotonic() + LONGEST_WAIT
    while monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
            )
            if cursor.fetchone()[0]:
                return "waited"
        sleep(0.05)
    return "nobody waited"
