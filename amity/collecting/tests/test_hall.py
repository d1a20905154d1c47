"""A clerk notes what is said in the hall, line by line."""

import pytest
from django.test import Client

from amity.gatherings.models import Statement
from amity.record.actions import save
from amity.record.choices import Audience, Mandate

from .world import at, collecting, signed_in

pytestmark = pytest.mark.django_db
HEARD = {
    "person-words": "Anna",
    "side": "twins-south",
    "kind": "request",
    "language": "vi",
    "words": "Xin thêm sách cho thư viện.",
}


@pytest.fixture
def there():
    made = collecting()
    save(made.world.north, made.world.person(), audience=Audience.PUBLIC)
    return made


def test_a_line_becomes_a_statement_that_the_office_noted(there):
    address = at("desk_hall", "forum-1")
    assert address in there.north.get(at("desk_record", "gatherings", "forum-1")).text
    answer = there.north.post(address, HEARD)
    assert answer["Location"] == f"{address}?kind=request&language=vi&side=twins-south"
    made = Statement.everything.get()
    assert (made.kind, made.readers) == ("request", "partnership:twins")
    assert made.person is not None
    assert made.side is not None
    assert made.noted_by is not None
    assert (made.person.key, made.side.key) == ("anna", "twins-south")
    assert made.noted_by.key == "north-office"
    assert made.words is not None
    assert made.words.versions["vi"].words == HEARD["words"]
    assert HEARD["words"] in there.south.get(answer["Location"]).text
    assert HEARD["words"] not in Client().get("/vi/gatherings/forum-1/").text
    there.north.post(address, HEARD | {"words": "Và một thư viện mới."})
    assert Statement.everything.count() == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"words": ""},
        {"words": "a\x00b"},
        {"person-words": "Nobody Known"},
        {"side": "twins-east"},
        {"kind": "song"},
    ],
)
def test_what_cannot_be_noted_is_refused_and_stays_typed(there, wrong):
    answer = there.north.post(at("desk_hall", "forum-1"), HEARD | wrong)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert not Statement.everything.exists()
    assert HEARD["words"] in answer.text or "words" in wrong


def test_others_note_nothing(there):
    address = at("desk_hall", "forum-1")
    for client in (there.east, signed_in("north-office", Mandate.OBSERVER)):
        assert client.get(address).status_code == 404
        assert client.post(address, HEARD).status_code == 404
    assert not Statement.everything.exists()
