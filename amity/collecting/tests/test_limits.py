"""Floods, forms sent twice, forms that are not ours, and machines."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from amity.collecting.actions import receiving
from amity.collecting.forms import proposing as forms
from amity.collecting.models import Call, Submission

from .world import FORM, SENT, at, collecting, mailed, post, token

pytestmark = pytest.mark.django_db


@pytest.fixture
def there():
    return collecting()


def test_a_form_that_is_sent_twice_is_kept_once(there):
    opened = token()
    first, second = post(token=opened), post(token=opened)
    assert first["Location"] == second["Location"]
    assert (Submission.objects.count(), len(mailed())) == (1, 1)
    other = post(token=opened, words="Khác hẳn")
    assert other.status_code == 422
    assert "Location" not in other
    assert "Khác hẳn" in other.text
    assert first["Location"].partition("?")[0] not in other.text
    assert Submission.objects.get().words == SENT["words"]


@pytest.mark.parametrize("forged", ["", "x", "a:b:c", "Abc:1tXyz0:" + "A" * 43])
def test_a_token_that_is_not_ours_is_not_taken(there, forged):
    answer = Client().post(FORM, SENT | {"token": forged})
    assert answer.status_code == 422
    assert SENT["words"] in answer.text
    assert not Submission.objects.exists()


def test_a_token_of_another_form_is_not_taken(there):
    other = Call(pk=there.call.pk + 1)
    assert post(token=forms.Opened(other).token()).status_code == 422


def test_who_is_too_quick_or_too_late_is_asked_to_look_it_over(there, monkeypatch):
    monkeypatch.setattr(forms, "SOONEST", timedelta(seconds=3))
    assert post().status_code == 422
    monkeypatch.setattr(forms, "SOONEST", timedelta(seconds=-1))
    monkeypatch.setattr(forms, "LATEST", timedelta(seconds=-1))
    answer = post()
    assert answer.status_code == 422
    assert SENT["words"] in answer.text
    assert not Submission.objects.exists()


def test_a_flood_from_one_place_is_held_back_and_another_place_is_not(there, monkeypatch):
    monkeypatch.setattr(receiving, "FROM_ONE_PLACE", 3)
    for number in range(3):
        assert post(title=f"N{number}", mail="", written_to="").status_code == 303
    held = post(title="N4", mail="", written_to="")
    assert held.status_code == 422
    assert SENT["words"] in held.text
    values = SENT | {"token": token(), "mail": "minh@example.org"}
    assert Client(REMOTE_ADDR="192.0.2.7").post(FORM, values).status_code == 303
    forged = Client(headers={"x-forwarded-for": "192.0.2.9"})
    assert forged.post(FORM, values | {"token": token()}).status_code == 422
    Submission.objects.update(at=timezone.now() - timedelta(hours=2))
    assert post(title="N5", mail="", written_to="").status_code == 303


def test_nobody_is_flooded_with_receipts_whatever_the_place(there):
    for number in range(receiving.TO_ONE_ADDRESS):
        values = SENT | {"token": token(), "title": f"N{number}"}
        assert Client(REMOTE_ADDR=f"192.0.2.{number}").post(FORM, values).status_code == 303
    assert post(title="More", mail="LAN@example.org").status_code == 422
    assert len(mailed()) == receiving.TO_ONE_ADDRESS


def test_what_comes_beyond_the_most_of_a_day_is_set_aside_and_not_refused(there, monkeypatch):
    Call.objects.update(most_a_day=2)
    for number in range(3):
        assert post(title=f"Số {number}", mail="", written_to="").status_code == 303
    assert list(Submission.objects.values_list("title", "aside")) == [
        *(("Số 0", False), ("Số 1", False), ("Số 2", True))
    ]
    monkeypatch.setattr(receiving, "MOST_ASIDE", 1)
    assert post(title="Số 3", mail="", written_to="").status_code == 422
    listed = there.north.get(at("desk_submissions")).text
    assert "Số 1" in listed
    assert "Số 2" not in listed
    assert "Set aside: 1" in listed
    assert "Số 2" not in there.north.get(at("desk")).text
    assert "Số 2" in there.north.get(at("desk_submissions") + "?aside=1").text
    one = there.submission
    east = there.east.post(at("desk_submission_in", one.pk))
    assert (east.status_code, Submission.objects.get(pk=one.pk).aside) == (404, True)
    there.north.post(at("desk_submission_in", one.pk))
    assert "Số 2" in there.north.get(at("desk")).text
    assert "Set aside: 1" not in there.north.get(at("desk_submissions")).text


def test_what_a_password_manager_fills_in_for_a_person_arrives(there):
    page = post(website="https://example.org")
    assert page.status_code == 303
    assert there.submission.aside
    assert SENT["words"] in Client().get(page["Location"].partition("?")[0]).text
    assert SENT["title"] in there.south.get(at("desk_submissions") + "?aside=1").text
    assert 'autocomplete="off" tabindex="-1"' in Client().get(FORM).text


def test_a_flood_that_is_refused_waits_for_no_writer(there, monkeypatch):
    monkeypatch.setattr(receiving, "FROM_ONE_PLACE", 0)
    with CaptureQueriesContext(connection) as captured:
        assert post().status_code == 422
    said = [one["sql"] for one in captured]
    assert [sql for sql in said if "SAVEPOINT" in sql or not sql.startswith("SELECT")] == []


def test_where_something_came_from_is_a_digest_and_is_forgotten_after_a_day(there):
    there.send()
    kept = there.submission.sender
    assert len(kept) == 64
    assert "127.0.0.1" not in kept
    now = timezone.now()
    assert receiving.forget_senders(now) == ""
    assert receiving.forget_senders(now + timedelta(hours=25)) != ""
    assert there.submission.sender == ""


def test_addresses_that_are_known_are_answered_as_those_that_are_not(there):
    there.send()
    known = post(title="Khác")
    unknown = post(title="Khác", mail="nobody@example.org")
    assert known.status_code == unknown.status_code == 303
    assert [len(one["Location"]) for one in (known, unknown)] == [64, 64]
    assert dict(known.headers).keys() == dict(unknown.headers).keys()
    assert known.content == unknown.content == b""
