"""What the loop process does again and again goes on, whatever one of its chores meets."""

from datetime import UTC, datetime, timedelta
from threading import Event

import pytest
from django.core.management import call_command
from django.db.utils import OperationalError

from amity.foundation import chores
from amity.foundation.chores import Chore, Round, register
from amity.foundation.letters.posting import Posted
from amity.foundation.management.commands import post

NOW = datetime(2027, 1, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def fails(_now: datetime) -> str:
    raise RuntimeError("nobody thought of this")


def answers_not(_now: datetime) -> str:
    raise OperationalError("gone")


@pytest.fixture(autouse=True)
def none_known(monkeypatch):
    monkeypatch.setattr(chores, "_chores", {})


def test_one_that_fails_stops_no_other_and_is_tried_again(caplog):
    register(Chore("weak", MINUTE, fails))
    register(Chore("strong", MINUTE, lambda now: f"done at {now:%H:%M}"))
    going = Round()
    assert going.go(NOW) == ["done at 00:00"]
    assert going.go(NOW + MINUTE / 2) == []
    assert going.go(NOW + MINUTE) == ["done at 00:01"]
    assert [one.getMessage() for one in caplog.records] == [
        "weak failed; it is tried again in 0:01:00"
    ] * 2


def test_where_the_database_does_not_answer_nothing_goes_on():
    register(Chore("first", MINUTE, answers_not))
    with pytest.raises(OperationalError):
        Round().go(NOW)


def test_each_is_done_by_one_of_both_rounds():
    register(Chore("letters", MINUTE, lambda _now: "written"))
    register(Chore("others", MINUTE, lambda _now: "told", outward=True))
    assert Round(outward=False).go(NOW) == ["written"]
    assert Round(outward=True).go(NOW) == ["told"]
    assert Round().go(NOW) == ["written", "told"]


class Over(Exception):
    """The loop has gone round often enough."""


def test_what_is_due_is_done_however_many_letters_wait(monkeypatch):
    done, rounds = [], iter([Posted(sent=20)] * 3)

    def never_empty() -> Posted:
        try:
            return next(rounds)
        except StopIteration as error:
            raise Over from error

    def chore(_now: datetime) -> str:
        done.append(next(rounds))  # a turn of letters is over, and others wait still
        return ""

    register(Chore("due", MINUTE, chore))
    monkeypatch.setattr(post, "post_due", never_empty)
    monkeypatch.setattr(post, "close_old_connections", lambda: None)
    with pytest.raises(Over):
        call_command("post")
    assert done == [Posted(sent=20)]


def test_letters_go_while_a_receiver_takes_its_time(monkeypatch):
    waits, may_go_on, rounds = Event(), Event(), []

    def slow(_now: datetime) -> str:
        waits.set()
        may_go_on.wait(20)
        return ""

    def posted() -> Posted:
        assert waits.wait(20)
        rounds.append(Posted(sent=20))
        if len(rounds) == 5:
            raise Over
        return rounds[-1]

    register(Chore("slow", MINUTE, slow, outward=True))
    monkeypatch.setattr(post, "post_due", posted)
    monkeypatch.setattr(post, "close_old_connections", lambda: None)
    with pytest.raises(Over):
        call_command("post")
    assert not may_go_on.is_set()
    assert len(rounds) == 5
    may_go_on.set()
