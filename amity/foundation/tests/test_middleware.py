"""Every answer forbids what none of our pages needs."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client

from amity.foundation.pages.headers import HEADERS, security_headers

pytestmark = pytest.mark.urls("amity.foundation.tests.pages_urls")


@pytest.mark.parametrize("address", ["/en/nowhere/", "/en/closed/", "/en/failing/", "/en/"])
@pytest.mark.django_db
def test_every_answer_has_the_headers(client: Client, address: str) -> None:
    client.raise_request_exception = False
    answer = client.get(address)
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_the_policy_is_this_and_no_laxer() -> None:
    assert HEADERS["Content-Security-Policy"] == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
        "base-uri 'none'"
    )


def test_a_view_may_set_its_own_policy(client: Client) -> None:
    answer = client.get("/en/own-policy/")
    assert answer.headers["Content-Security-Policy"] == "default-src 'self'"


@pytest.mark.parametrize(
    ("media_type", "origin"),
    [
        ("text/calendar; charset=utf-8", "*"),
        ("text/csv; charset=utf-8", "*"),
        ("application/atom+xml; charset=utf-8", "*"),
        ("text/html; charset=utf-8", None),
    ],
)
def test_what_is_for_programs_may_be_fetched_by_other_origins(
    media_type: str, origin: str | None
) -> None:
    answer = security_headers(lambda _: HttpResponse(content_type=media_type))
    assert answer(HttpRequest()).headers.get("Access-Control-Allow-Origin") == origin
