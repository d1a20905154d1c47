"""What is removed while others follow it, wait for it or have proposed a change of it: nobody is
written to afterwards, nothing breaks, and the history brings it back as it was."""

import logging
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from amity.collecting.forms import proposing as forms
from amity.desk.models import SilenceDays
from amity.following.tests import world as following
from amity.followup.models import Proposal
from amity.foundation.chores import Round
from amity.foundation.models import Change, Letter
from amity.gatherings.models import Gathering
from amity.journeys.tests.world import Editions, editions
from amity.network.models import Side
from amity.record.actions import propose, remove, undo
from amity.record.models import Entry, ProposedChange
from tests.shown.test_whole_thread import proposed, said
from tests.write.world import words

pytestmark = pytest.mark.django_db
WHY = "Recorded by mistake."


@pytest.fixture
def there(monkeypatch: pytest.MonkeyPatch) -> Editions:
    monkeypatch.setattr(forms, "SOONEST", timedelta(seconds=-1))  # nobody types here
    return editions()


def days_pass(caplog: pytest.LogCaptureFixture, days: int) -> list[Letter]:
    """All chores are done once a day; the letters that this writes. None of them fails."""
    before = set(Letter.objects.values_list("pk", flat=True))
    now = timezone.now()
    for day in range(1, days + 1):
        Round().go(now + timedelta(days=day))
    assert [one.message for one in caplog.records if one.levelno >= logging.ERROR] == []
    return list(Letter.objects.exclude(pk__in=before).order_by("pk"))


def test_a_proposal_that_came_of_something_sent_in(there, caplog):
    own = proposed(there)
    proposal = Proposal.everything.get()
    citizen, page = Client(), f"/en/proposals/{proposal.key}/"
    following.follow("gathering/forum-1")
    days_pass(caplog, 1)
    change = remove(there.world.north, Proposal.everything.get(), WHY)
    told = days_pass(caplog, 9)
    assert [one.to for one in told if proposal.key in one.text and one.kind == "submission"] == []
    assert (citizen.get(page).status_code, citizen.get(own).status_code) == (410, 200)
    assert page not in citizen.get(own).text
    assert there.north.get(reverse("desk_submissions")).status_code == 200
    undo(there.world.north, change)
    days_pass(caplog, 2)
    assert proposal.key in said(citizen.get(own))
    assert citizen.get(page).status_code == 200


def test_a_gathering_that_is_followed_and_of_which_a_change_is_proposed(there, caplog):
    for side in Side.everything.all():
        SilenceDays.objects.create(side=side, days=5, set_at=timezone.now() - timedelta(days=9))
    following.follow("gathering/forum-2")
    second = Gathering.everything.get(key="forum-2")
    second.title = words("The second forum of both towns")
    propose(there.world.south, second)
    days_pass(caplog, 1)
    entry = Entry.everything.get(kind="gathering", key="forum-2")
    change = remove(there.world.north, Gathering.everything.get(key="forum-2"), WHY)
    days_pass(caplog, 9)
    assert Client().get("/en/gatherings/forum-2/").status_code == 410
    for client in (there.north, there.south):
        for name in ("desk", "desk_to_confirm", "desk_silence", "desk_history"):
            assert client.get(reverse(name)).status_code == 200
    assert Client().post("/en/follow/gathering/forum-2/", {"mail": "a@b.cd"}).status_code == 410
    undo(there.world.north, change)
    days_pass(caplog, 9)
    back = Gathering.everything.get(key="forum-2")
    assert back.title.best(["en"]).words == "Second forum"
    assert Entry.everything.get(kind="gathering", key="forum-2").pk == entry.pk
    assert ProposedChange.objects.get().entry_id == entry.pk
    assert Client().get("/en/gatherings/forum-2/").status_code == 200
    assert Change.objects.filter(kind="gathering", key="forum-2", verb="undo").count() == 1
