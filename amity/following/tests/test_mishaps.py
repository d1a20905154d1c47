"""What is followed and becomes something else: merged, renamed, removed, kept to fewer."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from amity.following.actions.telling import tell_followers
from amity.following.models import Follow, Follower
from amity.network.models import Area
from amity.record.actions import merge, save
from amity.record.choices import Audience
from amity.turns.tests.world import Thread, thread
from tests.write.world import FOUNDERS, words

from .test_following import NOW, PROMISE, change
from .world import ask, digests, end_of, follow, link

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()


@pytest.fixture
def there() -> Thread:
    made = thread()
    twin = Area(dossier=made.world.dossier, key="north-2", kind="city", name=words("Nord"))
    save(FOUNDERS, twin, audience=Audience.PUBLIC)
    return made


def merged() -> None:
    merge(FOUNDERS, Area.everything.get(key="north"), Area.everything.get(key="north-2"))


def test_of_two_things_that_are_one_now_is_told_once(there):
    follow("area/north")
    follow("area/north-2")
    merged()
    tell_followers(NOW)
    before = len(digests())
    change(there, "Thirteen boats")
    tell_followers(NOW + timedelta(days=1))
    last = digests()[before:]
    assert len(last) == 1
    assert last[0].text.count("Thirteen boats") == 1
    assert last[0].subject == "What changed: “North”"


def test_who_followed_what_was_merged_sees_it_and_can_end_it(there):
    follow("area/north-2")
    merged()
    change(there, "Thirteen boats")
    tell_followers(NOW)
    letter = digests()[-1]
    assert "Thirteen boats" in letter.text
    page = Client().get(end_of(letter)).text
    assert "North" in page
    assert "Nord" not in page


def test_asked_for_before_merged_confirmed_after(there):
    ask("area/north-2")
    address = link()
    merged()
    assert Client().post(address).status_code == 200
    change(there, "Thirteen boats")
    tell_followers(NOW)
    assert "Thirteen boats" in digests()[-1].text


def test_one_press_ends_both_of_two_that_are_one_now(there):
    follow("area/north")
    follow("area/north-2")
    merged()
    change(there, "Thirteen boats")
    tell_followers(NOW)
    end = end_of(digests()[-1])
    page = Client().get(end).text
    assert page.count("Follow it no more: North") == 1
    Client().post(end, {"follow": Follow.objects.latest("pk").pk})
    assert not Follower.objects.exists()


def test_letters_can_be_ended_though_nothing_of_it_is_public_any_more(there):
    follow(PROMISE)
    change(there, "Thirteen boats")
    tell_followers(NOW)
    end = end_of(digests()[0])
    there.commitment.refresh_from_db()
    save(there.world.north, there.commitment, audience=Audience.CIRCLE)
    page = Client().get(end).text
    assert "Thirteen boats" not in page
    assert "your address is forgotten" not in page
    assert "End all these letters" in page
    Client().post(end)
    assert not Follower.objects.exists()
    assert "your address is forgotten" in Client().get(end).text


@pytest.mark.parametrize("address", ["/en/follow/area/", "/en/embed/area/", "/en/badge/area/"])
def test_addresses_that_others_keep_lead_on(there, address):
    end = ".svg" if "badge" in address else "/"
    former = f"{address}north-2{end}"
    assert Client().get(former).status_code == 200
    merged()
    answer = Client().get(former)
    assert (answer.status_code, answer["Location"]) == (301, f"{address}north{end}")
    assert Client().get(answer["Location"]).status_code == 200
