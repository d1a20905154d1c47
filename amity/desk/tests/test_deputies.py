"""Who stands in for a colleague: what they may, which letters they get, and for how long."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from amity.accounts.models import Deputy, Invitation, MandateHeld, User
from amity.accounts.queries import acting, today_at
from amity.foundation.models import Change, Letter
from amity.gatherings.models import Gathering
from amity.network.models import Office
from amity.record.actions.standings import settled
from amity.record.choices import Mandate

from .test_desk import agreed, at, begun, desk, proposed, said, somebody, states, waiting

__all__ = ["desk"]
pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
PAGE = "deputies"


def person(name: str) -> User:
    return User.objects.get(email=f"{name}@example.org")


def south() -> Office:
    return Office.objects.get(organization__key="south-office")


def named(client: Client, deputy: str, first: date, last: date) -> int:
    """Name somebody by the page; gives the status of the answer."""
    sent = {"deputy": person(deputy).pk, "first": first.isoformat(), "last": last.isoformat()}
    return int(client.post(reverse(PAGE), sent).status_code)


def editor() -> Client:
    """A colleague in the south who writes and releases nothing."""
    return somebody("south-office", Mandate.EDITOR, name="editor")


def test_a_deputy_does_on_these_days_what_the_officer_does(desk):
    key = begun(desk.north)
    colleague, today = editor(), today_at(south())
    revision = {"revision": Gathering.everything.get(key=key).revision}
    colleague.post(at("desk_confirm", key), revision)
    assert not settled("gathering", Gathering.everything.get(key=key))
    assert named(desk.south, "editor", today, today + 13 * DAY) == 302
    letter = Letter.objects.get(to="editor@example.org")
    assert letter.subject == "You stand in for South-Office"
    assert "editor stands in for South-Office" in colleague.get(reverse(PAGE)).text
    colleague.post(at("desk_confirm", key), revision)
    assert settled("gathering", Gathering.everything.get(key=key))
    done = Change.objects.get(verb="confirm", key=key)
    assert (done.user, done.office) == (person("editor"), "organization:south-office")


def test_the_letters_of_the_officer_go_to_the_deputy_too(desk):
    key = agreed(desk)
    colleague, today = editor(), today_at(south())
    named(desk.south, "editor", today, today)
    User.objects.filter(email="editor@example.org").update(language="vi")
    Letter.objects.all().delete()
    change = proposed(desk.north, key, **{"title-en": "Third"})
    got = Letter.objects.order_by("to").values_list("to", "language", "office")
    assert list(got) == [
        ("editor@example.org", "vi", "organization:south-office"),
        ("south-office@example.org", "en", "organization:south-office"),
    ]
    assert "Second forum" in colleague.get(reverse("desk")).text
    said(colleague, key, change, en="agree")
    assert states(change) == {"title.versions.en.words": "agreed"}


@pytest.mark.parametrize(("first", "last"), [(1, 3), (-5, -1)])
def test_before_and_after_these_days_nothing_is_lent(desk, first, last):
    today = today_at(south())
    editor()
    Deputy.objects.create(
        office=south(),
        user=person("south-office"),
        deputy=person("editor"),
        first=today + first * DAY,
        last=today + last * DAY,
        made_at=timezone.now(),
    )
    assert acting(person("editor"), south()).mandates == {Mandate.EDITOR}
    key = agreed(desk)
    Letter.objects.all().delete()
    proposed(desk.north, key, **{"title-en": "Third"})
    assert list(Letter.objects.values_list("to", flat=True)) == ["south-office@example.org"]


def test_days_are_those_of_the_office(desk):
    editor()
    zones = ("Pacific/Kiritimati", "Pacific/Niue")  # never on the same day
    days = {}
    for zone in zones:
        Office.objects.filter(organization__key="south-office").update(timezone=zone)
        days[zone] = today_at(south())
    assert days[zones[0]] > days[zones[1]]
    assert named(desk.south, "editor", days[zones[1]], days[zones[1]]) == 302
    assert Mandate.OFFICER in acting(person("editor"), south()).mandates
    Office.objects.filter(organization__key="south-office").update(timezone=zones[0])
    assert acting(person("editor"), south()).mandates == {Mandate.EDITOR}


def test_nothing_is_lent_that_the_officer_has_no_more_and_nobody_signs_for_another(desk):
    colleague, today = editor(), today_at(south())
    somebody("south-office", Mandate.SIGNATORY, Mandate.OFFICER, name="signs")
    third = somebody("south-office", Mandate.EDITOR, name="third")
    for absent, deputy in (("signs", "editor"), ("editor", "third")):
        Deputy.objects.create(
            office=south(),
            user=person(absent),
            deputy=person(deputy),
            first=today,
            last=today,
            made_at=timezone.now(),
        )
    assert acting(person("editor"), south()).mandates == {Mandate.EDITOR, Mandate.OFFICER}
    assert acting(person("third"), south()).mandates == {Mandate.EDITOR}  # none is lent further
    MandateHeld.objects.filter(user=person("signs")).update(ended=timezone.now() + DAY)
    assert acting(person("editor"), south()).mandates == {Mandate.EDITOR}
    MandateHeld.objects.filter(user=person("signs")).update(ended=None)
    User.objects.filter(email="signs@example.org").update(is_active=False)
    assert acting(person("editor"), south()).mandates == {Mandate.EDITOR}
    User.objects.filter(email="signs@example.org").update(is_active=True)
    MandateHeld.objects.filter(user=person("editor")).update(ended=timezone.now() + DAY)
    assert acting(person("editor"), south()).mandates == set()  # who has left stands in for nobody
    assert waiting(colleague) == waiting(third) == []


def test_a_deputy_manages_no_people(desk):
    colleague, today = editor(), today_at(south())
    named(desk.south, "editor", today, today)
    assert Mandate.OFFICER in acting(person("editor"), south()).mandates
    sent = {"email": "friend@example.org", "language": "en", "mandate": "officer"}
    assert colleague.post(reverse("office"), sent).status_code == 403
    assert not Invitation.objects.exists()
    assert "Invite somebody" not in colleague.get(reverse("office")).text
    ends = reverse("end_mandates", args=[person("south-office").pk])
    assert colleague.post(ends).status_code == 403
    assert MandateHeld.objects.filter(user=person("south-office"), ended=None).exists()
    somebody("south-office", Mandate.EDITOR, name="third")
    assert named(colleague, "third", today, today) == 403
    assert Deputy.objects.count() == 1


@pytest.mark.parametrize(
    ("deputy", "first", "last", "told"),
    [
        ("south-office", 0, 3, "Select a valid choice"),
        ("north-office", 0, 3, "Select a valid choice"),
        ("watcher", 0, 3, "Select a valid choice"),
        ("editor", 3, 1, "The last day comes before the first."),
        ("editor", -4, -1, "Give days to come"),
        ("editor", 0, 400, "Give days to come"),
        ("editor", 12, 14, "on some of these days already"),
    ],
)
def test_what_cannot_be_is_refused_in_words(desk, deputy, first, last, told):
    editor()
    somebody("south-office", Mandate.OBSERVER, name="watcher")
    today = today_at(south())
    assert named(desk.south, "editor", today + 10 * DAY, today + 12 * DAY) == 302
    sent = {
        "deputy": person(deputy).pk,
        "first": (today + first * DAY).isoformat(),
        "last": (today + last * DAY).isoformat(),
    }
    answer = desk.south.post(reverse(PAGE), sent)
    assert answer.status_code == 422
    assert told in answer.text
    assert Deputy.objects.count() == 1
    assert Letter.objects.filter(to="editor@example.org").count() == 1


@pytest.mark.parametrize("first", ["", "soon", "2026-02-30", "<b>"])
def test_days_that_are_none_are_refused_beside_their_field(desk, first):
    editor()
    sent = {"deputy": person("editor").pk, "first": first, "last": "2127-01-01"}
    answer = desk.south.post(reverse(PAGE), sent)
    assert answer.status_code == 422
    assert 'href="#id_first"' in answer.text
    assert not Deputy.objects.exists()


def test_it_is_ended_by_the_absent_the_deputy_or_an_officer_of_the_office(desk):
    colleague, today = editor(), today_at(south())
    other = somebody("south-office", name="other")
    watcher = somebody("south-office", Mandate.OBSERVER, name="watcher")
    for client in (desk.south, colleague, other):
        assert named(desk.south, "editor", today, today) == 302
        standing = Deputy.objects.get(ended_at=None)
        ends = reverse("end_deputy", args=[standing.pk])
        assert desk.north.post(ends).status_code == 404
        assert watcher.post(ends).status_code == 403
        assert Deputy.objects.filter(ended_at=None).exists()
        assert client.post(ends).status_code == 302
        assert acting(person("editor"), south()).mandates == {Mandate.EDITOR}
        assert client.post(ends).status_code == 404  # once
    verbs = Change.objects.filter(verb__in=["deputize", "end_deputy"]).order_by("pk")
    assert [one.verb for one in verbs] == ["deputize", "end_deputy"] * 3
    assert {one.public for one in verbs} == {False}
