"""The real dossier as readers meet it: what is quoted, who said it, and what each page rests on."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from lxml import html

import amity
from amity.sources.models import Passage

pytestmark = pytest.mark.django_db
FOLDER = Path(amity.__path__[0]) / "dossier" / "demonstrations" / "vietnam-russia"
LANGUAGES = ("en", "vi", "ru", "fr", "id")
QUOTED = re.compile("“([^“”]+)”|«[\\s\u202f\u00a0]*([^«»]+?)[\\s\u202f\u00a0]*»")


@pytest.fixture
def read(client):
    """Gives a page of the real dossier in a language, parsed."""
    call_command("dossier", "load", "--restore", str(FOLDER), stdout=StringIO())

    def page(language: str, address: str) -> html.HtmlElement:
        answer = client.get(f"/{language}/{address}")
        assert answer.status_code == 200
        return html.fromstring(answer.content)

    return page


def words(element: html.HtmlElement) -> str:
    """What an element says, with plain spaces."""
    return " ".join(element.text_content().split())


def bare(quotation: str) -> str:
    """A quotation without quotation marks, and with plain spaces: both are set by the language."""
    return " ".join(re.sub("[“”\"'‘’„«»]", "", quotation).split())


def quotations(element: html.HtmlElement) -> list[str]:
    return [
        (one.group(1) or one.group(2)).strip()
        for block in element.xpath(".//blockquote")
        for one in QUOTED.finditer(block.text_content())
    ]


def test_the_words_of_a_promise_stand_in_their_language_with_source_and_translation(read) -> None:
    for language, translation in [
        ("en", "our translation: will host"),
        ("vi", "bản dịch của chúng tôi: sẽ đăng cai"),
        ("ru", "наш перевод: примет у себя"),
        ("fr", "notre traduction : accueillera"),
    ]:
        page = read(language, "commitments/C-2025-001/")
        (block, *_) = page.xpath("//blockquote[contains(., 'akan menjadi tuan rumah')]")
        assert block.xpath(".//*[@lang='id']/text()") == ["akan menjadi tuan rumah"]
        assert translation in words(block)
        assert not QUOTED.search(words(block.xpath(".//*[contains(@class, 'gloss')]")[0]))
        (source, *_) = block.xpath("./following-sibling::p[contains(@class, 'source')]")
        assert "Vietnam.vn" in words(source)
    own = read("id", "commitments/C-2025-001/")
    assert own.xpath("//*[contains(@class, 'gloss')]") == []


def test_nothing_stands_twice_among_what_one_passage_is_cited_for(read) -> None:
    page = read("vi", "articles/courrier-forum/")
    (block,) = page.xpath("//blockquote[contains(., 'Phan Anh Son, président')]")
    cited = block.xpath("./following-sibling::ul/li")
    assert [words(one) for one in cited] == [
        "Phan Anh Sơn · chức vụ: Chủ tịch",
        "Liên hiệp các tổ chức hữu nghị Việt Nam",
    ]


def test_what_no_passage_holds_is_not_given_as_said(read) -> None:
    page = words(read("en", "commitments/C-2021-001/").xpath("//main")[0])
    assert "In the words used" not in page
    assert "Grade: will ask others to consider" in page
    assert "not a permission" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_quotation_is_one_of_a_passage(read, language) -> None:
    known = set(Passage.objects.exclude(quotation="").values_list("quotation", flat=True))
    pieces = {bare(one) for one in known}
    for address in (
        "gatherings/vr-forum-1/",
        "sessions/vr-forum-1-closing/",
        "gatherings/dien-bien-visit-2024/",
        "gatherings/ministers-2021/",
        "commitments/C-2025-002/",
        "proposals/P-2025-004/",
        "partnerships/spb-ha-noi/",
        "articles/vietnam-vn-forum/",
        "coverage/",
    ):
        for one in quotations(read(language, address)):
            assert any(bare(one) in piece for piece in pieces), (address, one)


def test_a_statement_without_a_quotation_names_article_publisher_and_date(read) -> None:
    page = read("en", "gatherings/ministers-2021/")
    (said,) = page.xpath("//li[@id='ministers-2021-thanks']")
    assert said.xpath(".//blockquote") == []
    assert "Bùi Thanh Sơn meets Dmitry Chernyshenko, Le Courrier du Vietnam, date not known" in (
        words(said)
    )
    assert said.xpath(".//a/@href")[-1] == "/en/articles/courrier-ministers/"


def test_a_session_shows_what_is_quoted_of_what_was_said(read) -> None:
    page = read("ru", "sessions/vr-forum-1-closing/")
    (said,) = page.xpath("//li[@id='vr-forum-1-son-special']")
    assert quotations(said) == ["hubungan istimewa"]
    assert "наш перевод: особые отношения" in words(said)
    assert "Vietnam.vn, около 2 октября 2025" in words(said)


@pytest.mark.parametrize(
    "address", ["gatherings/vr-forum-1/", "commitments/C-2025-003/", "areas/saint-petersburg/"]
)
def test_each_article_stands_once_with_its_passages_below(read, address) -> None:
    (listed,) = read("en", address).xpath("//ul[@class='sources']")
    named = [row.xpath("./p[1]//a/@href")[0] for row in listed.xpath("./li")]
    assert len(named) == len(set(named)) > 1


def test_what_ministers_said_stands_with_their_names(read) -> None:
    page = read("en", "persons/bui-thanh-son/")
    assert "asked that the transfer of vaccine production technology be accelerated" in words(page)
    assert "a friend and a reliable partner" in words(read("en", "persons/dmitry-chernyshenko/"))


def test_the_editors_finding_gives_its_reason_and_counts_for_nothing(read) -> None:
    page = read("en", "gatherings/ministers-2021/")
    (coverage,) = page.xpath("//section[contains(@class, 'coverage')]")
    assert "Editors’ finding: The year of the ministers’ meeting" in words(coverage)
    assert "is of public record" in words(coverage)
    assert words(coverage).endswith("1 independent source")
