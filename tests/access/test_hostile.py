"""An officer asks the desk for what is not theirs: nothing comes back, and nothing changes.

A few hundred forms here; `bench/hostile.py` sends ten thousand.
"""

from itertools import islice
from random import Random

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from amity.accounts.models import Invitation, LostFactor, MandateHeld
from amity.collecting.models import Submission
from amity.desk.models import Attachment, Contact, ProposedMerge
from amity.foundation.models import Change, Letter
from amity.gatherings.models import Gathering
from amity.record.models import ProposedChange
from amity.tokens.models import Token
from amity.turns.models import Turn
from amity.webhooks.models import Hook
from tests.access.hostile import (
    FIELDS,
    MASKED,
    Asked,
    Asking,
    found,
    hidden,
    kept,
    names_in,
    of_records,
    patterns,
    private,
    reads,
    wanted,
    writes,
)
from tests.access.world import World

pytestmark = pytest.mark.django_db
FORMS = 400
NEVER: dict[str, object] = {
    "key": "never-was",
    "number": 10**9,
    "file": 1,
    "delivery": 1,
    "person": "somebody",
}
"""What names nothing that ever was."""


@pytest.fixture(scope="module")
def _made(django_db_setup, django_db_blocker):
    """The world with its desks, made once: nothing here changes it."""
    with django_db_blocker.unblock():
        sheet = transaction.atomic()
        sheet.__enter__()
        try:
            world = World()
            clients = private(world)
            yield world, clients
        finally:
            transaction.set_rollback(True)
            sheet.__exit__(None, None, None)


@pytest.fixture
def world(_made) -> World:
    return _made[0]


@pytest.fixture
def clients(_made) -> dict[str, Asking]:
    return _made[1]


def all_found(client: Asking, asked: list[Asked]) -> set[str]:
    tokens: set[str] = set()
    for one in asked:
        answer = one.answer(client)
        assert answer.status_code < 500, one
        tokens |= found(one, answer)
    return tokens


def test_an_office_finds_all_that_is_its_own(world, clients):
    tokens = all_found(clients["b"], reads())
    assert world.tokens.told(wanted(world, "b") - tokens) == []
    assert world.tokens.told(tokens & hidden(world, "b")) == []


def test_the_same_requests_of_the_other_side_give_nothing_of_it(world, clients):
    tokens = all_found(clients["a"], reads())
    assert world.tokens.told(tokens & hidden(world, "a")) == []


def test_letters_of_invitation_are_asked_for_by_whom_they_invite(world, clients):
    asked = [one for one in reads() if one.address.endswith(".docx")]
    for letter in "bc":
        assert all_found(clients[letter], asked) & wanted(world, letter) != set()
    assert not all_found(clients["a"], asked) & hidden(world, "a")


def test_a_program_finds_the_records_that_its_office_reads_and_no_others(world, clients):
    asked = [one for one in reads() if one.by_program]
    tokens = all_found(clients["b"], asked)
    assert world.tokens.told(of_records(world, "b") - tokens) == []
    assert world.tokens.told(tokens & hidden(world, "b")) == []
    assert not all_found(clients["a"], asked) & hidden(world, "a")
    nobody = Asking(raise_request_exception=False)
    assert {one.answer(nobody).status_code for one in asked} == {401}


def test_an_administrator_reads_what_everybody_reads(world, clients):
    tokens = all_found(clients["root"], reads()[::7])
    assert world.tokens.told(tokens & hidden(world, "root")) == []


def test_forms_of_the_other_side_change_nothing_and_give_nothing(world, clients):
    before = kept()
    for one in islice(writes(Random(20261126)), FORMS):  # noqa: S311 # the same each time
        answer = one.answer(clients["a"])
        assert answer.status_code < 500, one
        assert world.tokens.told(found(one, answer) & hidden(world, "a")) == [], one
        assert "elsewhere.example" not in answer.headers.get("Location", ""), one
    assert kept() == before


def test_what_is_theirs_answers_as_if_it_were_not_there(clients):
    """A record of another office, and each thing with a number, as one that never was."""
    theirs = names_of_theirs()
    never = dict.fromkeys(theirs, NEVER)
    surprising = [
        (name, method, one, other)
        for name in theirs
        for method in ("get", "post")
        for one, other in [
            [told(clients["a"], name, method, **given[name]) for given in (theirs, never)]
        ]
        if one != other
    ]
    assert surprising == []


def names_of_theirs() -> dict[str, dict[str, object]]:
    """For each address that names a thing: what names one that an officer of A may not read."""
    office = {"office": "organization:office-b"}
    people = {"office__organization__key": "office-b"}
    key = Gathering.everything.get(readers="organization:office-b").key
    change = Change.objects.get(key=key, verb="change").pk
    contact = Contact.objects.filter(**office).latest("pk").pk
    file = Attachment.objects.filter(**office).latest("pk").pk
    at_theirs = {"user__mandates__office__organization__key": "office-b"}
    lost = LostFactor.objects.filter(**at_theirs).latest("pk").pk
    sent_in = Submission.objects.filter(call__gathering__readers="partnership:two").latest("pk").pk
    turn = Turn.objects.filter(side__key="two-c").latest("pk").pk
    hook = Hook.objects.filter(office__organization__key="office-b").latest("pk").pk
    numbers = {
        "lost_factor": lost,
        "stop_lost": lost,
        "vouch_for": lost,
        "desk_contact": contact,
        "desk_contact_remove": contact,
        "desk_file": file,
        "desk_file_propose": file,
        "desk_file_remove": file,
        "desk_undo": change,
        "desk_undo_together": change,
        "desk_letter_again": Letter.objects.filter(**office).latest("pk").pk,
        "desk_answer": ProposedChange.objects.get(office="organization:office-c").pk,
        "end_mandates": MandateHeld.objects.filter(**people).latest("pk").user_id,
        **dict.fromkeys((one.name for one in patterns() if "submission" in one.name), sent_in),
        **dict.fromkeys((one.name for one in patterns() if "desk_turn" in one.name), turn),
        **dict.fromkeys((one.name for one in patterns() if "webhook" in one.name), hook),
        "revoke_token": Token.objects.filter(name__startswith="zq").latest("pk").pk,
        "desk_asked_merge": ProposedMerge.objects.latest("pk").pk,
        "withdraw_invitation": Invitation.objects.filter(**people).latest("pk").pk,
    }
    return {
        pattern.name: {
            "key": key,
            "number": numbers.get(pattern.name, 0),
            "file": 1,
            "delivery": 1,
            "person": "somebody",
        }
        for pattern in patterns()
        if {"key", "number"} & names_in(pattern)
    }


def told(client: Asking, name: str, method: str, **given: object) -> tuple[object, ...]:
    """What an address answers, by how many statements, without what it was asked for."""
    pattern = next(one for one in patterns() if one.name == name)
    given |= {"plural": "gatherings"}
    address = reverse(name, kwargs={one: given[one] for one in names_in(pattern)})
    asked = Asked(address, method, FIELDS if method == "post" else {})
    with CaptureQueriesContext(connection) as statements:
        answer = asked.answer(client)
    place = answer.headers.get("Location", "")
    said = [place, MASKED.sub("", answer.content.decode())]
    for one in given.values():
        said = [words.replace(f"/{one}/", "/N/") for words in said]
    return answer.status_code, len(statements), *said
