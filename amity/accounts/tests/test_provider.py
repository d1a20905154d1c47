"""Signing in by a provider of identities, of which a small one of our own answers here."""

import base64
import hashlib
import html
import json
import time
from urllib.parse import parse_qs, parse_qsl, urlsplit

import jwt
import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from requests.adapters import BaseAdapter

from amity.accounts.adapter import Elsewhere
from amity.accounts.models import User
from amity.accounts.tests.test_sign_in import (
    code_of,
    first,
    office,  # noqa: F401 # a fixture
    officer,  # noqa: F401 # a fixture
    person,
    prove,
    sign_in,
    with_app,
)
from amity.foundation.models import Letter
from amity.record.choices import Mandate
from amity.settings.base import provider as described
from amity.settings.readers import IdentityProvider

pytestmark = pytest.mark.django_db
ISSUER = "https://login.city.example/realms/north"
BACK = "http://testserver/sign-in/provider/back/"
Claims = dict[str, object]


class City(BaseAdapter):
    """A provider as a city has one: it says of itself, gives codes, and changes them for claims.

    `signed` and `said`: what stands in the signed token and what it tells besides.
    """

    def __init__(self) -> None:
        super().__init__()
        self.signed: Claims = {"iss": ISSUER, "aud": "amity", "sub": "7"}
        self.said: Claims = {"sub": "7", "email": "ida@north.example", "email_verified": True}
        self.itself: dict[str, str] = {
            "issuer": ISSUER,
            "authorization_endpoint": f"{ISSUER}/authorize",
            "token_endpoint": f"{ISSUER}/token",
            "userinfo_endpoint": f"{ISSUER}/userinfo",
            "jwks_uri": f"{ISSUER}/keys",
        }
        self.asked: dict[str, str] = {}
        self.down = False

    def send(self, request, *_args, **_kwargs) -> requests.Response:
        """Answer as a server would."""
        if self.down:
            raise requests.ConnectionError("nobody answers")
        path = request.url.removeprefix(ISSUER)
        if path == "/.well-known/openid-configuration":
            return _answer(200, self.itself)
        if path == "/token":
            return self._token(dict(parse_qsl(request.body)))
        if path == "/userinfo" and request.headers["Authorization"] == "Bearer access":
            return _answer(200, self.said)
        return _answer(404, {})

    def close(self) -> None:
        """Nothing is open."""

    def _token(self, sent: dict[str, str]) -> requests.Response:
        digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        right = (
            sent.get("code") == "code"
            and sent.get("client_secret") == "s/cret"
            and sent.get("redirect_uri") == self.asked["redirect_uri"] == BACK
            and challenge == self.asked["code_challenge"]
        )
        if not right:
            return _answer(400, {"error": "invalid_grant"})
        claims = {"exp": time.time() + 60, "iat": time.time(), **self.signed}
        key = "k" * 32
        return _answer(200, {"access_token": "access", "id_token": jwt.encode(claims, key)})


def _answer(status: int, body: object) -> requests.Response:
    answer = requests.Response()
    answer.status_code = status
    answer._content = json.dumps(body).encode()
    answer.headers["content-type"] = "application/json"
    return answer


@pytest.fixture
def city(settings, monkeypatch) -> City:
    """The provider, set as an administrator would; it believes `mfa`."""
    found = City()
    values = {
        "AMITY_OIDC_URL": IdentityProvider(ISSUER, "amity", "s/cret"),
        "AMITY_OIDC_NAME": "City of the North",
        "AMITY_OIDC_SECOND_FACTOR": ["mfa"],
    }
    for name, value in described(values).items():
        setattr(settings, name, value)

    def session(_adapter) -> requests.Session:
        made = requests.Session()
        made.mount(ISSUER, found)
        return made

    monkeypatch.setattr(Elsewhere, "get_requests_session", session)
    cache.clear()
    return found


def led_on(client: Client, city: City, name: str = "provider_leave", **fields: str) -> None:
    """Press the button; the city keeps what it is asked."""
    page = client.post(reverse(name), fields)
    assert page.status_code == 200
    address = html.unescape(first(r'content="0; url=([^"]+)"', page.text))
    assert html.unescape(first(r'class="button" href="([^"]+)"', page.text)) == address
    assert "form-action 'self';" in page["Content-Security-Policy"]
    assert address.startswith(f"{ISSUER}/authorize?")
    city.asked = {name: one[0] for name, one in parse_qs(urlsplit(address).query).items()}


def come_back(client: Client, city: City, **changed: str):
    """Come back from the city with its code."""
    query = {"code": "code", "state": city.asked["state"]} | changed
    return client.get("/sign-in/provider/back/", query)


def through(client: Client, city: City, **fields: str):
    """Sign in by the city."""
    led_on(client, city, **fields)
    return come_back(client, city)


def opens(client: Client) -> bool:
    """Whether the desk opens."""
    return client.get("/en/desk/").status_code == 200


def test_somebody_invited_signs_in_by_the_address_that_the_city_verified(client, officer, city):  # noqa: F811
    page = client.get(reverse("account_login"))
    assert "Sign in with City of the North" in page.text
    assert through(client, city)["Location"] == "/en/desk/"
    assert opens(client)
    assert SocialAccount.objects.get(user=officer).uid == "7"
    assert set(Letter.objects.values_list("to", "subject")) == {
        (officer.email, "You can sign in with another service")
    }


def test_the_person_comes_back_to_the_page_and_the_language_they_left(client, officer, city):  # noqa: F811
    User.objects.update(language="vi")
    answer = through(client, city, next="/ru/desk/office/")
    assert answer["Location"] == "/ru/desk/office/"
    second = Client()
    with_app(officer)
    page = second.post("/fr/sign-in/provider/")
    address = html.unescape(first(r'content="0; url=([^"]+)"', page.text))
    city.asked = {name: one[0] for name, one in parse_qs(urlsplit(address).query).items()}
    assert come_back(second, city)["Location"] == "/fr/sign-in/second-factor/"


def test_without_a_provider_nothing_of_it_is_there(client, officer):  # noqa: F811
    assert "Sign in with City" not in client.get(reverse("account_login")).text
    assert client.post(reverse("provider_leave")).status_code == 404
    assert client.get("/sign-in/provider/back/").status_code == 404
    sign_in(client)
    assert client.post(reverse("provider_link")).status_code == 404


def test_nobody_comes_in_who_was_not_invited(client, officer, city):  # noqa: F811
    city.said["email"] = "stranger@north.example"
    answer = through(client, city)
    assert "by invitation of its office" in answer.text
    assert not opens(client)
    assert list(User.objects.all()) == [officer]
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("word", [False, None, "false", "true", 1, ["true"]])
def test_an_address_that_is_not_verified_names_nobody(client, officer, city, word):  # noqa: F811
    city.said["email_verified"] = word
    through(client, city)
    assert not opens(client)
    assert not SocialAccount.objects.exists()


def test_an_address_that_passed_to_somebody_else_there_opens_nothing(client, officer, city):  # noqa: F811
    through(client, city)
    city.signed["sub"] = city.said["sub"] = "8"
    other = Client()
    through(other, city)
    assert not opens(other)
    city.signed["sub"] = city.said["sub"] = "7"
    city.said["email"] = "married@north.example"
    again = Client()
    through(again, city)
    assert opens(again)


def test_who_may_sign_in_no_more_does_not_by_the_city(client, officer, city):  # noqa: F811
    through(client, city)
    User.objects.update(is_active=False)
    other = Client()
    through(other, city)
    assert not opens(other)


@pytest.mark.parametrize(
    ("part", "claims"),
    [
        ("signed", {"iss": "https://evil.example"}),
        ("signed", {"aud": "another"}),
        ("signed", {"exp": 1}),
        ("signed", {"sub": "8"}),
        ("said", {"sub": "8"}),
        ("itself", {"issuer": "https://evil.example"}),
        ("itself", {"token_endpoint": f"{ISSUER}/nowhere"}),
    ],
)
def test_what_the_city_may_not_say_lets_nobody_in(client, officer, city, part, claims):  # noqa: F811
    led_on(client, city)
    getattr(city, part).update(claims)
    answer = come_back(client, city)
    assert answer["Location"] == reverse("account_login")
    assert "did not work" in client.get(answer["Location"]).text
    assert not opens(client)


def test_a_city_that_does_not_answer_is_said(client, officer, city):  # noqa: F811
    led_on(client, city)
    city.down = True
    assert come_back(client, city)["Location"] == reverse("account_login")
    assert client.post(reverse("provider_leave"))["Location"] == reverse("account_login")
    assert "did not work" in client.get(reverse("account_login")).text


def test_an_answer_that_was_not_asked_for_signs_nobody_in(officer, city):  # noqa: F811
    asked, victim = Client(), Client()
    led_on(asked, city)
    come_back(victim, city)  # another browser
    assert not opens(victim)
    come_back(asked, city, state="guessed")
    assert not opens(asked)
    come_back(asked, city, code="stolen")
    assert not opens(asked)
    led_on(asked, city)
    come_back(asked, city)
    assert opens(asked)
    asked.post(reverse("account_logout"))
    come_back(asked, city)  # the same answer again
    assert not opens(asked)


def test_somebody_who_breaks_off_there_is_back_at_the_beginning(client, officer, city):  # noqa: F811
    led_on(client, city)
    query = {"error": "access_denied", "state": city.asked["state"]}
    answer = client.get("/sign-in/provider/back/", query)
    assert answer["Location"] == reverse("account_login")


def test_nothing_leads_away_after_the_city(client, officer, city):  # noqa: F811
    assert through(client, city, next="https://evil.example/")["Location"] == "/en/desk/"


# Linked by the person


def test_a_person_links_an_account_with_another_address_and_unlinks_it(client, officer, city):  # noqa: F811
    city.said |= {"email": "i.berg@city.example", "email_verified": False}
    sign_in(client)
    page = client.get(reverse("socialaccount_connections"))
    assert "Link my account" in page.text
    prove(client)
    led_on(client, city, "provider_link")
    assert come_back(client, city)["Location"] == reverse("socialaccount_connections")
    assert "You can sign in with City of the North" in client.get("/en/desk/account/provider/").text
    other = Client()
    through(other, city)
    assert opens(other)
    account = SocialAccount.objects.get().pk
    client.post(reverse("socialaccount_connections"), {"account": account})
    assert not SocialAccount.objects.exists()
    third = Client()
    through(third, city)
    assert not opens(third)
    assert list(Letter.objects.order_by("pk").values_list("subject", flat=True)) == [
        "You can sign in with another service",
        "You no longer sign in with the other service",
    ]


def test_linking_asks_for_the_password_first(client, officer, city):  # noqa: F811
    sign_in(client)
    led_on(client, city, "provider_link")
    answer = come_back(client, city)
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    assert not SocialAccount.objects.exists()


def test_an_account_of_somebody_else_is_not_taken_over(client, office, officer, city):  # noqa: F811
    through(client, city)
    other = Client()
    person(office, "per@north.example", Mandate.OFFICER)
    sign_in(other, "per@north.example")
    prove(other)
    led_on(other, city, "provider_link")
    answer = come_back(other, city)
    assert "Somebody else signs in with that account" in other.get(answer["Location"]).text
    assert SocialAccount.objects.get().user == officer


# Second factor


def test_a_second_factor_set_up_here_is_asked_for_after_the_city(client, officer, city):  # noqa: F811
    secret = with_app(officer)
    city.signed["amr"] = ["pwd", "mfa"]
    assert through(client, city)["Location"] == reverse("mfa_authenticate")
    assert not opens(client)
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert opens(client)


@pytest.mark.parametrize(
    ("claims", "believed"),
    [
        ({}, False),
        ({"amr": ["pwd"]}, False),
        ({"amr": ["pwd", "mfa"]}, True),
        ({"acr": "mfa"}, True),
        ({"amr": "mfa"}, False),
        ({"amr": {"mfa": True}}, False),
    ],
)
def test_a_signatory_needs_a_second_factor_here_or_the_word_of_the_city(
    client,
    office,  # noqa: F811
    city,
    claims,
    believed,
):
    person(office, "ida@north.example", Mandate.SIGNATORY)
    city.signed |= claims
    through(client, city)
    assert opens(client) == believed
    if not believed:
        assert client.get("/en/desk/")["Location"] == reverse("mfa_index")


def test_what_is_said_and_not_signed_is_no_second_factor(client, office, city):  # noqa: F811
    person(office, "ida@north.example", Mandate.SIGNATORY)
    city.said["amr"] = ["mfa"]
    through(client, city)
    assert not opens(client)


def test_the_word_of_the_city_is_not_believed_unless_it_was_set(client, office, city, settings):  # noqa: F811
    settings.PROVIDER_SECOND_FACTOR = []
    person(office, "ida@north.example", Mandate.SIGNATORY)
    city.signed |= {"amr": ["mfa"], "acr": ""}
    through(client, city)
    assert not opens(client)


def test_the_word_of_the_city_counts_for_whom_it_was_given_alone(client, office, city):  # noqa: F811
    """Refused as one, then in by password as another, in the same browser."""
    person(office, "ida@north.example", Mandate.SIGNATORY)
    city.signed |= {"amr": ["mfa"], "sub": "9"}
    city.said |= {"email": "stranger@north.example", "sub": "9"}
    through(client, city)
    sign_in(client)
    assert client.get("/en/desk/")["Location"] == reverse("mfa_index")


def test_a_later_word_without_a_second_factor_takes_it_back(client, office, city):  # noqa: F811
    person(office, "ida@north.example", Mandate.SIGNATORY)
    city.signed["amr"] = ["mfa"]
    through(client, city)
    assert opens(client)
    city.signed["amr"] = ["pwd"]
    through(client, city)
    assert not opens(client)
