"""Closing, opening, postponing and calling off at the same moment: each done and told once."""

from copy import deepcopy

import pytest
from django.db import connection
from django.test import Client

from amity.followup.models import Commitment
from amity.foundation.dates.as_said import DateAsSaid
from amity.foundation.models import Change, Letter
from amity.gatherings.models import Gathering
from amity.journeys.tests.world import Editions, at, editions
from amity.record.actions import confirm, save
from amity.record.models import ProposedField
from tests.write.race import race

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="a test's SQLite has one connection"),
]
AT_ONCE = 4


@pytest.fixture
def there() -> Editions:
    made = editions()
    made.second.refresh_from_db()
    made.second.status = "announced"
    made.second.when = DateAsSaid.parse("2030-05-05/2030-05-07")
    save(made.world.north, made.second)
    for number in range(4):
        made.promise(f"C-2025-00{number}")
    return made


def like(client: Client) -> Client:
    """Another browser of the same person."""
    made = Client()
    made.cookies = deepcopy(client.cookies)
    return made


def answers(asked: list[tuple[Client, str, dict[str, object]]]) -> list[int]:
    """What is answered to forms that are sent at once, in order."""
    found = race(
        [
            lambda one=one: like(one[0]).post(at(one[1], one[2]["of"]), one[2]).status_code
            for one in asked
        ]
    )
    assert all(isinstance(one, int) for one in found), found
    return sorted(int(str(one)) for one in found)


def plans(there: Editions, act: str, days: str = "") -> tuple[Client, str, dict[str, object]]:
    sent = {
        "of": "forum-2",
        "act": act,
        "reason": "The hall burnt down.",
        "when-words": days,
        "when-language": "en",
        "revision": second().revision,
    }
    return there.north, "desk_plans", sent


def closes(there: Editions, client: Client) -> tuple[Client, str, dict[str, object]]:
    return client, "desk_close", {"of": "forum-1", **there.read()}


def second() -> Gathering:
    return Gathering.everything.get(key="forum-2")


def test_what_is_called_off_by_many_at_once_is_called_off_and_told_once(there):
    assert answers([plans(there, "call_off")] * AT_ONCE)[0] == 302
    assert second().status == "cancelled"
    assert Change.objects.filter(verb="call_off").count() == 1
    assert [one.to for one in Letter.objects.all()] == ["south-office-@example.org"]


def test_of_two_plans_at_once_one_holds_and_is_told(there):
    found = answers([plans(there, "call_off"), plans(there, "postpone", "2030-09-01/2030-09-03")])
    assert found == [302, 422]
    (letter,) = Letter.objects.all()
    (change,) = Change.objects.filter(verb__in=["call_off", "postpone"])
    said = {"call_off": ("cancelled", "Called off"), "postpone": ("announced", "Postponed")}
    status, subject = said[change.verb]
    assert (second().status, letter.subject) == (status, f"{subject}: Second forum")


def test_what_is_proposed_by_many_at_once_is_proposed_once(there):
    confirm(there.world.south, second())
    answers([plans(there, "call_off")] * AT_ONCE)
    assert ProposedField.objects.filter(state="open").count() == 1
    assert Letter.objects.count() == 1


def test_an_edition_that_both_sides_close_at_once_is_closed_and_opened_as_one(there):
    for number in range(4):
        there.decide(Commitment.everything.get(key=f"C-2025-00{number}"), "completed")
    there.confirmed()
    answers([closes(there, there.north), closes(there, there.south)])
    assert there.status == "closed"
    opens = [
        (one, "desk_reopen", {"of": "forum-1", **there.read()})
        for one in (there.north, there.south)
    ]
    answers(opens)
    assert there.status == "held"


def test_nothing_is_decided_twice_at_once(there):
    sent = {
        "of": "forum-1",
        "language": "en",
        "into": "forum-2",
        "outcome": "",
        "reason": "",
        "item": [f"commitment:C-2025-00{number}" for number in range(4)],
        **{f"commitment:C-2025-00{number}-outcome": "completed" for number in range(4)},
    }
    answers([(there.north, "desk_closing", sent), (there.south, "desk_closing", sent)])
    assert Change.objects.filter(verb="dispose", part_of=None).count() == 1
