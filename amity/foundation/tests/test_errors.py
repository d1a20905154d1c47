"""Error pages: in the reader's language, without the database, and even without templates."""

import pytest
from django.test import Client, RequestFactory
from django.utils import translation

from amity.foundation.pages import errors
from amity.foundation.pages.filters import BadQuery

pytestmark = pytest.mark.urls("amity.foundation.tests.pages_urls")

NOT_FOUND = {
    "en": "There is no such page",
    "vi": "Không có trang này",
    "ru": "Такой страницы нет",
    "fr": "Cette page n’existe pas",
    "id": "Halaman ini tidak ada",
}
BROKEN = {
    "en": "Something broke on our side",
    "vi": "Đã xảy ra sự cố từ phía chúng tôi",
    "ru": "У\u00a0нас произошёл сбой",
    "fr": "Une erreur s’est produite de notre côté",
    "id": "Terjadi gangguan di pihak kami",
}


@pytest.mark.parametrize(("language", "title"), NOT_FOUND.items())
def test_a_missing_page_is_told_in_the_language_of_its_address(
    client: Client, language: str, title: str
) -> None:
    answer = client.get(f"/{language}/nowhere/")
    page = answer.content.decode()
    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-store"
    assert f'<html lang="{language}"' in page
    assert f"<h1>{title}</h1>" in page
    assert f'href="/{language}/"' in page
    assert 'rel="canonical"' not in page


def test_an_unknown_language_is_told_in_the_readers_own(client: Client) -> None:
    answer = client.get("/xx/gatherings/", headers={"Accept-Language": "ru-RU, en;q=0.5"})
    assert answer.status_code == 404
    assert f"<h1>{NOT_FOUND['ru']}</h1>" in answer.content.decode()


def test_the_address_asked_for_is_never_markup(client: Client) -> None:
    page = client.get('/en/"><script>alert(1)</script>/').content.decode()
    assert "<script>alert" not in page


def test_what_is_closed_is_said_to_be_closed(client: Client) -> None:
    answer = client.get("/fr/closed/")
    assert answer.status_code == 403
    assert "<h1>Cette page ne vous est pas ouverte</h1>" in answer.content.decode()


def test_a_malformed_part_is_named(rf: RequestFactory) -> None:
    request = rf.get("/id/commitments/?page=x")
    with translation.override("id"):
        page = errors.bad_request(request, BadQuery({"page": "no number"})).content.decode()
    assert "Bagian yang tidak terbaca: <code>page</code>." in page
    assert '<a href="/id/commitments/">' in page


@pytest.mark.parametrize(("language", "title"), BROKEN.items())
def test_our_own_fault_is_told_without_the_database(
    client: Client, language: str, title: str
) -> None:
    client.raise_request_exception = False
    answer = client.get(f"/{language}/failing/")
    assert answer.status_code == 500
    assert f"<h1>{title}</h1>" in answer.content.decode()


@pytest.mark.parametrize(("language", "title"), BROKEN.items())
def test_our_own_fault_is_told_without_templates(
    rf: RequestFactory, monkeypatch: pytest.MonkeyPatch, language: str, title: str
) -> None:
    monkeypatch.setattr(errors.ErrorPage, "template", "foundation/no-such-template.html")
    with translation.override(language):
        answer = errors.broken(rf.get("/"))
    page = answer.content.decode()
    assert answer.status_code == 500
    assert f'<html lang="{language}">' in page
    usual = title.replace("\u00a0", " ")  # what sets the others belongs to the templates
    assert f"<h1>{usual}</h1>" in page


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("ru", "По\u00a0этому адресу ничего не\u00a0показывается"),
        ("fr", "Rien ne s’affiche à cette adresse"),
    ],
)
def test_whoever_looks_at_an_address_for_forms_gets_a_page_with_a_way_on(
    client: Client, language: str, title: str
) -> None:
    answer = client.get(f"/{language}/only-forms/")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    page = answer.content.decode()
    assert f"<h1>{title}</h1>" in page
    assert f'<a class="button" href="/{language}/">' in page
    # Programs that send what is not taken get the bare answer.
    assert client.put(f"/{language}/only-forms/").content == b""
