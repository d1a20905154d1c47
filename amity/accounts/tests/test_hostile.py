"""Attacks on signing in and on accounts, by their names; see also test_sign_in.py."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal import auth as totp
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from amity.accounts.models import MandateHeld, User
from amity.accounts.recovering import KEPT
from amity.accounts.sessions import forget_sessions
from amity.accounts.tests.test_sign_in import (
    PASSWORD,
    code_of,
    office,  # noqa: F401 # a fixture
    officer,  # noqa: F401 # a fixture
    person,
    prove,
    sign_in,
    with_app,
)
from amity.accounts.urls import urlpatterns
from amity.foundation.models import Letter
from amity.record.choices import Mandate

MASKED = re.compile(r'(?<=name="csrfmiddlewaretoken" value=")[^"]*')
pytestmark = pytest.mark.django_db
NOW = timezone.now()
LOOKUPS = ("SELECT", "DECLARE")
"""How statements begin that read; PostgreSQL reads long answers through a cursor."""
ELSEWHERE = "https://evil.example/"
AWAY = (
    ELSEWHERE,
    "//evil.example/",
    "/\\evil.example/",
    "https:evil.example",
    "javascript:alert(1)",
)


@pytest.fixture(autouse=True)
def _no_tries_left_over(db):
    cache.clear()


# Enumeration


@pytest.mark.parametrize("name", ["account_login", "account_reset_password"])
def test_known_and_unknown_addresses_take_the_same_writes(officer, name):  # noqa: F811
    """And as many lookups; `tests/access/test_enumeration.py` compares each of them."""
    written, looked_up = [], []
    for address in (officer.email, "nobody@north.example"):
        cache.clear()
        fields = {"login": address, "email": address, "password": "wrong words here"}
        with CaptureQueriesContext(connection) as captured:
            Client().post(reverse(name), fields)
        said = [re.sub(r"'[^']*'|\d+", "?", one["sql"]) for one in captured]
        written.append([one for one in said if not one.startswith(LOOKUPS)])
        looked_up.append(sum(one.startswith(LOOKUPS) for one in said))
    assert written[0] == written[1]
    assert looked_up[0] == looked_up[1]


def test_inviting_tells_nobody_who_signs_in_here(client, office, officer):  # noqa: F811
    person(office, "known@north.example")
    sign_in(client)
    pages = []
    for address in ("known@north.example", "other@north.example"):
        fields = {"email": address, "language": "en", "mandate": "editor"}
        page = client.post(reverse("office"), fields, follow=True)
        shown = page.text.partition("<main")[2].partition("known@")[0].partition("other@")[0]
        pages.append((page.redirect_chain, MASKED.sub("", shown)))
    assert pages[0] == pages[1]
    known, other = (
        re.sub(r"/invitations/\S+", "", letter.text) for letter in Letter.objects.order_by("pk")
    )
    assert known == other


# Open redirect


@pytest.mark.parametrize("away", AWAY)
def test_nothing_leads_away(officer, away):  # noqa: F811
    secret = with_app(officer)
    places = []
    client = Client()
    client.post(
        reverse("account_login"), {"login": officer.email, "password": PASSWORD, "next": away}
    )
    answer = client.post(reverse("mfa_authenticate"), {"code": code_of(secret), "next": away})
    places.append(answer.headers.get("Location", ""))
    for name, fields in (
        ("account_reauthenticate", {"password": PASSWORD}),
        ("mfa_reauthenticate", {"code": "000000"}),
        ("choose_office", {"office": "1"}),
        ("profile", {"name": "Ida", "language": "en", "timezone": "UTC"}),
        ("account_logout", {}),
    ):
        answer = client.post(f"{reverse(name)}?next={away}", fields | {"next": away})
        places.append(answer.headers.get("Location", ""))
    stranger = Client()
    places.append(stranger.get(f"/en/desk/?next={away}").headers["Location"])
    assert any(places)
    for place in places:
        assert not place.startswith(AWAY), place
        assert not re.match(r"[a-z]+:|//|/\\", place), place


# Host header


def test_links_in_letters_name_our_own_host_whatever_was_asked(officer):  # noqa: F811
    forged = {"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
    fields = {"email": officer.email}
    Client().post(reverse("account_reset_password"), fields, headers=forged | {"host": "localhost"})
    letter = Letter.objects.get()
    assert set(re.findall(r"https?://([^/\s\"]*)", letter.text + letter.html)) == {"testserver"}
    other = Client().post(
        reverse("account_reset_password"), fields, headers={"host": "evil.example"}
    )
    assert other.status_code == 400
    assert Letter.objects.count() == 1


# Mail headers


@pytest.mark.parametrize(
    "address",
    ["a@b.example\nBcc: c@d.example", "a@b.example, c@d.example", "a@b.example\r\n\r\nHello"],
)
def test_no_address_brings_a_header_or_a_second_recipient(client, officer, address):  # noqa: F811
    sign_in(client)
    fields = {"email": address, "language": "en", "mandate": "editor"}
    assert client.post(reverse("office"), fields).status_code == 422
    Client().post(reverse("account_reset_password"), {"email": address})
    assert not Letter.objects.exists()


def test_names_stay_on_one_line_of_a_letters_head(client, officer):  # noqa: F811
    User.objects.filter(pk=officer.pk).update(name="Ida\r\nBcc: c@d.example")
    sign_in(client)
    fields = {"email": "guest@north.example", "language": "en", "mandate": "editor"}
    client.post(reverse("office"), fields)
    letter = Letter.objects.get()
    assert "\n" not in letter.subject
    assert "\r" not in letter.subject


# CSRF


def test_no_form_is_taken_without_its_token(client, officer):  # noqa: F811
    sign_in(client)
    prove(client)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    for pattern in urlpatterns:
        names = re.findall(r":(\w+)>|P<(\w+)>", str(pattern.pattern))
        values = {
            first or second: {"number": 1, "pk": 1}.get(first or second, "a")
            for first, second in names
        }
        answer = strict.post(reverse(pattern.name, kwargs=values), {"email": "x@north.example"})
        assert answer.status_code in (403, 405), pattern.name
    assert MandateHeld.objects.filter(ended=None).count() == 1
    assert client.get("/en/desk/").status_code == 200


# Replayed codes, and getting round the second factor


def test_a_code_of_an_app_lets_in_once(officer):  # noqa: F811
    secret = with_app(officer)
    code = code_of(secret)
    reached = []
    for _ in range(2):
        client = Client()
        sign_in(client)
        client.post(reverse("mfa_authenticate"), {"code": code})
        reached.append(client.get("/en/desk/").status_code)
    assert reached == [200, 302]


def test_the_password_alone_opens_nothing_where_a_second_factor_is_asked_for(officer):  # noqa: F811
    with_app(officer)
    client = Client()
    sign_in(client)
    for name in (
        "desk",
        "office",
        "profile",
        "mfa_index",
        "mfa_deactivate_totp",
        "mfa_generate_recovery_codes",
        "account_change_password",
        "usersessions_list",
        "account_reauthenticate",
    ):
        answer = client.get(reverse(name))
        assert answer.status_code == 302, name
        assert "/sign-in/" in answer["Location"], name
    client.post(reverse("mfa_deactivate_totp"))
    client.post(reverse("mfa_generate_recovery_codes"))
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert client.get("/en/desk/").status_code == 302
    assert totp.TOTP(officer.authenticator_set.get(type="totp")) is not None


def test_typing_the_password_again_is_no_second_factor(office):  # noqa: F811
    signatory = person(office, "sig@north.example", Mandate.SIGNATORY)
    with_app(signatory)
    client = Client()
    client.force_login(signatory)  # as a session from before the mandate was given
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert client.get("/en/desk/")["Location"].startswith(reverse("mfa_reauthenticate"))


# Floods of what is kept for people who are not signed in


def test_strangers_do_not_fill_the_database_with_forms_to_keep(db, settings):
    settings.ACCOUNT_RATE_LIMITS = {"typed": "3/h/ip"}
    form = reverse("desk_new", args=["gatherings"])
    for _each in range(5):
        Client().post(form, {"title": "a form of the flood"})
    Client().post(reverse("office"), {"email": "no form that is shown again"})
    kept = [one.get_decoded().get(KEPT) for one in Session.objects.all()]
    assert kept == [{"path": form, "values": "title=a+form+of+the+flood"}] * 3


def test_sessions_that_are_over_are_forgotten_and_no_others(officer):  # noqa: F811
    clients = [Client(), Client()]
    for one in clients:
        sign_in(one)
    Client().post(reverse("desk_new", args=["gatherings"]), {"title": "typed, and left"})
    stays = clients[0].session.session_key
    Session.objects.exclude(session_key=stays).update(expire_date=NOW - timedelta(seconds=1))
    assert Session.objects.count() == 3
    assert forget_sessions(NOW) == "2 sessions that ran out forgotten"
    assert forget_sessions(NOW) == ""
    assert [one.session_key for one in Session.objects.all()] == [stays]
    assert [one.session_key for one in UserSession.objects.all()] == [stays]
    assert clients[0].get("/en/desk/").status_code == 200
    assert clients[1].get("/en/desk/").status_code == 302
