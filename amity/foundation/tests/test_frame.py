"""The frame of every page: languages, navigation, banner; and what no template may hold."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.test import Client, RequestFactory
from django.utils import translation

import amity
from amity.foundation.pages import links

pytestmark = pytest.mark.urls("amity.foundation.tests.pages_urls")
LETTER = "foundation/letter.html"
"""Read in mail, where no stylesheet is loaded and no policy of ours holds."""
TEMPLATES = sorted(
    path for path in Path(amity.__path__[0]).glob("*/templates/**/*.html") if not path.match(LETTER)
)
SITE = "http://testserver"


class Reader(HTMLParser):
    """Collects the elements of a page with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def all(self, tag: str, **attributes: str) -> list[dict[str, str | None]]:
        return [
            found
            for name, found in self.elements
            if name == tag and attributes.items() <= found.items()
        ]


@pytest.fixture
def page(client: Client, db: None) -> Reader:
    return Reader(client.get("/ru/").content.decode())


def test_the_page_is_named_in_all_languages(page: Reader) -> None:
    alternates = {
        link["hreflang"]: link["href"]
        for link in page.all("link", rel="alternate")
        if "hreflang" in link
    }
    assert alternates == {
        **{code: f"{SITE}/{code}/" for code in ("vi", "ru", "fr", "id", "en")},
        "x-default": f"{SITE}/",
    }
    assert [link["href"] for link in page.all("link", rel="canonical")] == [f"{SITE}/ru/"]


def test_the_language_switch_names_each_language_in_itself(page: Reader) -> None:
    switch = [link for link in page.all("a") if "hreflang" in link]
    assert {(link["lang"], link["href"]) for link in switch} == {
        (code, f"/{code}/") for code in ("vi", "ru", "fr", "id", "en")
    }
    assert {link["lang"] for link in switch if link.get("aria-current")} == {"ru"}


def test_filters_stay_when_the_language_changes(client: Client, db: None) -> None:
    request = RequestFactory().get("/ru/commitments/?junk=1")
    request.page = type("Page", (), {"query": "state=open"})()  # type: ignore[attr-defined]
    with translation.override("ru"):
        paths = [other.path for other in links.alternates({"request": request})]  # type: ignore[arg-type]
    assert paths[0] == "/vi/commitments/?state=open"


def test_navigation_leads_only_where_something_is(page: Reader) -> None:
    hrefs = {link.get("href") for link in page.all("a")}
    assert "/ru/commitments/" in hrefs
    assert "/ru/proposals/" not in hrefs
    assert "/ru/gatherings/calendar.ics" in hrefs
    assert "/ru/feed.atom" not in hrefs


def test_what_is_fictional_says_so_in_the_readers_language(client: Client, db: None) -> None:
    words = {
        "en": "Fictional example.",
        "vi": "Ví dụ hư cấu.",
        "ru": "Вымышленный пример.",
        "fr": "Exemple fictif.",
        "id": "Contoh fiktif.",
    }
    for language, banner in words.items():
        assert f"<strong>{banner}</strong>" in client.get(f"/{language}/").content.decode()


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: "/".join(path.parts[-2:]))
def test_no_template_holds_style_or_script(template: Path) -> None:
    source = template.read_text()
    assert not re.search(r"""\sstyle\s*=|<style\b|\son\w+\s*=\s*["']|javascript:""", source)
    for attributes, content in re.findall(r"<script\b([^>]*)>(.*?)</script>", source, re.DOTALL):
        assert "src=" in attributes or re.search(r'type="application/(ld\+)?json"', attributes)
        assert "src=" not in attributes or not content.strip()


def test_the_address_without_a_language_finds_the_readers_own(client: Client) -> None:
    answer = client.get("/commitments/?state=open", headers={"Accept-Language": "fr-CA"})
    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        "/fr/commitments/?state=open",
    )
    assert "Accept-Language" in answer.headers["Vary"]
