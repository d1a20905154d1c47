"""A promise is made from an answer with one act, by the side that answered."""

import pytest
from django.test import Client

from amity.followup.models import Commitment
from amity.record.choices import Audience, Mandate

from .test_following import answered
from .test_sorting import TAKE_UP, act
from .world import at, collecting, signed_in

pytestmark = pytest.mark.django_db
PROMISE = {
    "kind": "commitment",
    "title": "Năm học sinh mỗi năm",
    "words": "Năm học sinh.",
    "language": "vi",
    "grade": "will",
    "deadline-words": "2027-12-31",
    "deadline-language": "en",
}


@pytest.fixture
def there():
    made = collecting()
    made.send()
    act(made, "take_up", TAKE_UP)
    answered(made)
    return made


def test_the_answer_fills_the_form_in_and_one_act_begins_the_commitment(there):
    desk = there.south.get(at("desk_record", "answers", "answer-south")).text
    address = at("desk_promise", "answer-south")
    assert address in desk
    form = there.south.get(address).text
    assert "Five pupils." in form
    answer = there.south.post(address, PROMISE)
    made = Commitment.everything.get()
    assert answer["Location"] == at("desk_record", "commitments", made.key)
    assert (made.key, made.readers, made.grade) == ("c-2026-001-test", "partnership:twins", "will")
    assert made.title.original == "vi"
    assert made.deadline is not None
    assert made.deadline.edtf == "2027-12-31"
    parties = [(one.side.key, one.role) for one in made.parties.all()]
    assert parties == [("twins-south", "holder"), ("twins-north", "counterpart")]
    assert [one.key for one in made.proposals.all()] == ["p-2026-001-test"]
    assert made.gathering == there.gathering
    assert Client().get(f"/en/commitments/{made.key}/").status_code == 404


def test_the_same_is_not_promised_twice(there):
    address = at("desk_promise", "answer-south")
    there.south.post(address, PROMISE)
    again = there.south.post(address, PROMISE)
    assert again.status_code == 422
    assert "The side has promised this already: C-2026-001." in again.text
    assert Commitment.everything.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"words": "a\x00b"},
        {"kind": "assurance", "grade": ""},
        {"deadline-words": "", "deadline-edtf": "2027-13"},
        {"language": "xx"},
    ],
)
def test_what_is_no_promise_is_refused_in_words(there, wrong):
    answer = there.south.post(at("desk_promise", "answer-south"), PROMISE | wrong)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert not Commitment.everything.exists()


def test_nobody_promises_for_another_side(there):
    address = at("desk_promise", "answer-south")
    observer = signed_in("south-office", Mandate.OBSERVER)
    for client in (there.north, there.east, observer):
        assert address not in client.get(at("desk_record", "answers", "answer-south")).text
        assert client.get(address).status_code == 403
        assert client.post(address, PROMISE).status_code == 403
    assert not Commitment.everything.exists()


def test_an_answer_that_others_do_not_read_is_not_there_for_them():
    made = collecting()
    made.send()
    act(made, "take_up", TAKE_UP)
    answered(made, Audience.KEEPER)
    assert made.north.get(at("desk_promise", "answer-south")).status_code == 404


def test_a_promise_that_others_keep_to_themselves_is_not_told(there):
    address = at("desk_promise", "answer-south")
    there.south.post(address, PROMISE)
    assert "C-2026-001" in there.south.get(address).text
    Commitment.everything.update(readers="organization:north-office")
    told = there.south.get(address).text
    assert "C-2026-001" not in told
    assert PROMISE["title"] not in told
    again = there.south.post(address, PROMISE)
    assert again.status_code == 302
