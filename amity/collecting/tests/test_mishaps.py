"""What goes otherwise than meant: sent again with another wish, taken away, read from elsewhere."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from amity.collecting.actions import receiving
from amity.collecting.models import Submission
from amity.followup.models import Proposal
from amity.foundation.models import Change, Letter
from amity.record.actions import remove, save
from amity.record.choices import Audience
from tests.write.world import words

from .test_sorting import TAKE_UP, act
from .world import ADDRESS, FORM, SENT, collecting, mailed, post, token

pytestmark = pytest.mark.django_db


@pytest.fixture
def there():
    return collecting()


@pytest.mark.parametrize("wish", ["shown", "written_to"])
def test_sent_again_with_another_wish_it_is_not_taken_for_the_same(there, wish):
    opened = token()
    assert post(token=opened).status_code == 303
    again = post(token=opened, **{wish: ""})
    assert again.status_code == 422
    assert "Location" not in again
    assert getattr(Submission.objects.get(), wish) is True


def test_what_was_taken_up_and_removed_again_is_not_said_to_stand_in_the_record(there):
    page = there.send()
    act(there, "take_up", TAKE_UP)
    remove(there.world.south, Proposal.everything.get(), "Twice.")
    shown = Client().get(page.replace("/vi/", "/en/")).text
    assert "taken out of the record again" in shown
    assert "For now the sides alone read it." not in shown


def test_what_a_gathering_is_called_now_is_not_told_once_it_is_not_public(there):
    page = there.send()
    there.gathering.refresh_from_db()
    there.gathering.title = words("Kept among us")
    save(there.world.north, there.gathering, audience=Audience.CIRCLE)
    for address in (page, page.replace("/vi/", "/en/")):
        assert "Kept among us" not in Client().get(address).text


def test_all_addresses_of_one_connection_are_one_place(there, monkeypatch):
    monkeypatch.setattr(receiving, "FROM_ONE_PLACE", 2)
    answers = []
    for number in range(4):
        values = SENT | {"token": token(), "title": f"N{number}"}
        one = Client(REMOTE_ADDR=f"2001:db8:1:2::{number + 1:x}")
        answers.append(one.post(FORM, values).status_code)
    assert answers == [303, 303, 422, 422]
    elsewhere = SENT | {"token": token(), "mail": "minh@example.org"}
    assert Client(REMOTE_ADDR="2001:db8:1:3::1").post(FORM, elsewhere).status_code == 303


def test_an_address_on_paper_leads_on_when_the_gathering_is_renamed(there):
    there.gathering.refresh_from_db()
    there.gathering.key = "forum-of-boats"
    save(there.world.north, there.gathering)
    answer = Client().get(FORM)
    assert (answer.status_code, answer["Location"]) == (
        301,
        "/vi/gatherings/forum-of-boats/propose/",
    )
    page = there.send("/vi/gatherings/forum-of-boats/propose/")
    assert Client().get(page).status_code == 200
    assert there.submission.call == there.call


def test_the_form_of_a_gathering_that_was_removed_is_said_to_be_gone(there):
    page = there.send()
    there.gathering.refresh_from_db()
    remove(there.world.north, there.gathering, "Recorded twice.")
    assert Client().get(FORM).status_code == 410
    assert post(token="x").status_code == 410
    assert Client().get(page).status_code == 200
    assert Client().post(page, {"act": "withdraw"}).status_code == 200


def everything() -> list[object]:
    """All rows that a link could change."""
    models = (Submission, Letter, Change, Session)
    return [list(model.objects.order_by("pk").values()) for model in models]


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_scanner_that_opens_the_link_of_a_receipt_changes_nothing(there, method):
    there.send()
    (letter,) = mailed()
    before = everything()
    for found in ADDRESS.findall(letter.text):
        for tail in ("", "?sent=1", "?act=withdraw", "?act=stop", "?List-Unsubscribe=One-Click"):
            answer = getattr(Client(), method)(found + tail)
            assert (answer.status_code, dict(answer.cookies)) == (200, {})
    assert everything() == before


def test_a_form_of_another_site_or_in_a_frame_needs_no_cookie(there):
    there.send()
    strict = Client(enforce_csrf_checks=True, headers={"sec-fetch-site": "cross-site"})
    answer = strict.post(FORM, SENT | {"token": token(), "mail": "", "written_to": ""})
    assert (answer.status_code, dict(answer.cookies)) == (303, {})
    page = answer["Location"].partition("?")[0]
    assert strict.post(page, {"act": "withdraw"}).status_code == 200
    assert there.submission.stage == "withdrawn"
