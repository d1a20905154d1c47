"""Tokens at the desk: made by who has shown who they are, shown once, revoked."""

import re
from datetime import timedelta
from time import time

import pytest
from django.test import Client
from django.utils import timezone

from amity.accounts.actions import add_user, end_mandates, give_mandate
from amity.accounts.models import User
from amity.desk.tests.test_desk import BY, somebody
from amity.foundation.models import Change
from amity.network.models import Office
from amity.record.acting import Acting
from amity.record.choices import Mandate
from amity.tokens.actions import TO_THE, forget_answers, make, note_use
from amity.tokens.choices import Purpose
from amity.tokens.models import Answered, Token
from amity.tokens.queries import program_of
from amity.tokens.rules import may_write, narrowed
from tests.write.world import World, build

pytestmark = pytest.mark.django_db
PAGE = "/en/desk/account/tokens/"
SECRET = re.compile(r"amity_[A-Za-z0-9_-]{43}")
PASSWORD = "several words are easier"


@pytest.fixture
def world() -> World:
    return build()


def office(key: str = "north-office") -> Office:
    return Office.objects.get(organization__key=key)


def person(*mandates: Mandate, name: str = "vera", of: str = "north-office") -> User:
    user = add_user(BY, f"{name}@example.org", name.title(), "en")
    user.set_password(PASSWORD)
    user.save()
    for mandate in mandates or (Mandate.OFFICER,):
        give_mandate(BY, user, office(of), mandate)
    return user


def signed_in(user: User) -> Client:
    """Somebody who signed in with their password just now."""
    client = Client()
    client.post("/en/sign-in/", {"login": user.email, "password": PASSWORD})
    return client


def test_a_token_is_made_after_showing_who_one_is_and_shown_once(world):
    user = person()
    client = signed_in(user)
    shown = client.post(PAGE, {"name": "Register", "purposes": ["records"], "days": "30"})
    assert shown.status_code == 200
    secret = SECRET.search(shown.text)
    assert secret is not None
    token = Token.objects.get()
    assert token.purposes == ["records"]
    assert secret[0] not in str(Token.objects.values().get())
    assert timedelta(days=29) < token.expires_at - timezone.now() <= timedelta(days=30)
    again = client.get(PAGE).text
    assert SECRET.search(again) is None
    assert f"…{secret[0][-4:]}" in again
    noted = Change.objects.get(verb="make_token")
    assert (noted.user, noted.office, noted.public) == (user, "organization:north-office", False)
    found = program_of(secret[0], timezone.now())
    assert found is not None
    assert found.acting.user == user.pk


def test_who_has_not_shown_lately_who_they_are_is_asked_first(world):
    client = signed_in(person())
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time() - 3_600}]
    session.save()
    answer = client.post(PAGE, {"name": "Register", "days": "30"})
    assert answer["Location"] == "/en/sign-in/again/?next=%2Fen%2Fdesk%2Faccount%2Ftokens%2F"
    assert client.get(answer["Location"]).status_code == 200
    assert Token.objects.count() == 0


def test_who_has_no_password_is_led_to_choose_one_and_back(world):
    client = somebody("north-office")  # as by a provider of identities, or in the demonstration
    answer = client.post(PAGE, {"name": "Register", "days": "30"})
    assert answer.status_code == 302
    shown = client.get(answer["Location"]).text
    assert "signed in without a password so far" in shown
    assert f'name="next" value="{PAGE}"' in shown
    chosen = {
        "password1": "words enough for a harbour",
        "password2": "words enough for a harbour",
        "next": PAGE,
    }
    answer = client.post(answer["Location"].partition("?")[0], chosen)
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    answer = client.post(PAGE, {"name": "Register", "days": "30"})
    assert answer["Location"].startswith("/en/sign-in/again/")
    client.post(answer["Location"], {"password": "words enough for a harbour", "next": PAGE})
    made = client.post(PAGE, {"name": "Register", "purposes": ["records"], "days": "30"})
    assert SECRET.search(made.text) is not None


def test_tokens_of_others_are_neither_seen_nor_revoked(world):
    made = make(BY, person(), office(), "Register", [], 30)
    for other in (somebody("north-office"), somebody("south-office")):
        assert "Register" not in other.get(PAGE).text
        assert other.post(f"{PAGE}{made.token.pk}/revoke/").status_code == 404
    assert program_of(made.secret, timezone.now()) is not None


def test_a_revoked_one_serves_no_more_and_its_name_is_free_again(world):
    user = person()
    made = make(BY, user, office(), "Register", [], 30)
    client = signed_in(user)
    assert "already" in client.post(PAGE, {"name": "Register", "days": "30"}).text
    assert client.post(f"{PAGE}{made.token.pk}/revoke/").status_code == 302
    assert program_of(made.secret, timezone.now()) is None
    assert "Register" not in client.get(PAGE).text
    assert client.post(PAGE, {"name": "Register", "days": "30"}).status_code == 200


def test_what_cannot_be_made_is_said(world):
    client = signed_in(person())
    for said in ({}, {"name": "R", "days": "9999"}, {"name": "R", "days": "30", "purposes": "x"}):
        assert client.post(PAGE, said).status_code == 422
    assert Token.objects.count() == 0


def test_no_token_serves_longer_than_the_person_acts_for_the_office(world):
    user = person()
    made = make(BY, user, office(), "Register", [Purpose.RECORDS], 30)
    assert program_of(made.secret, timezone.now()) is not None
    person(name="boris")  # who stays
    end_mandates(BY, user, office())
    assert program_of(made.secret, timezone.now()) is None


def test_nor_longer_than_they_may_sign_in_nor_than_it_was_made_for(world):
    user = person()
    made = make(BY, user, office(), "Register", [], 30)
    assert program_of(made.secret, timezone.now() + timedelta(days=31)) is None
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert program_of(made.secret, timezone.now()) is None


@pytest.mark.parametrize("secret", ["", "amity_", "amity_" + "x" * 43, "x" * 49])
def test_a_guess_serves_nobody(world, secret):
    make(BY, person(), office(), "Register", [], 30)
    assert program_of(secret, timezone.now()) is None


@pytest.mark.parametrize(
    ("mandates", "purposes", "narrow"),
    [
        ({Mandate.OFFICER}, [], {Mandate.OBSERVER}),
        ({Mandate.OFFICER}, [Purpose.RECORDS], {Mandate.EDITOR}),
        ({Mandate.OFFICER}, [Purpose.REPORTS], {Mandate.EDITOR}),
        ({Mandate.OFFICER}, [Purpose.RECORDS, Purpose.RELEASE], {Mandate.OFFICER}),
        ({Mandate.EDITOR}, [Purpose.RECORDS, Purpose.RELEASE], {Mandate.EDITOR}),
        ({Mandate.OBSERVER}, [Purpose.RECORDS, Purpose.RELEASE], {Mandate.OBSERVER}),
        ({Mandate.SIGNATORY}, [Purpose.RECORDS, Purpose.RELEASE], {Mandate.OBSERVER}),
        ({Mandate.OFFICER, Mandate.SIGNATORY}, [Purpose.RELEASE], {Mandate.OFFICER}),
    ],
)
def test_a_token_is_never_more_than_the_person(mandates, purposes, narrow):
    whole = Acting(
        user=1,
        office="organization:north-office",
        vouched=True,
        mandates=frozenset(mandates),
        administrator=True,
    )
    found = narrowed(whole, purposes, "Register")
    assert found.mandates == narrow
    assert not found.administrator
    assert found.command == "token Register"


def test_a_token_for_reports_writes_nothing_else():
    assert may_write([Purpose.REPORTS], "report")
    assert not may_write([Purpose.REPORTS], "commitment")
    assert not may_write([], "report")


def test_use_is_noted_to_the_hour(world):
    token = make(BY, person(), office(), "Register", [], 30).token
    now = timezone.now()
    note_use(token, now)
    token.refresh_from_db()
    note_use(token, now + TO_THE / 2)
    token.refresh_from_db()
    assert token.used_at == now


def test_answers_are_forgotten(world):
    token = make(BY, person(), office(), "Register", [], 30).token
    now = timezone.now()
    Answered.objects.create(token=token, key="k" * 8, digest="0" * 64, status=201, at=now)
    assert forget_answers(now) == ""
    assert forget_answers(now + timedelta(days=3)) == "1 answers to programs forgotten"
