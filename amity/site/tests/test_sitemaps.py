"""The site map, read by a library of others and opened page by page."""

import pytest
from django.conf import settings
from lxml import etree

from amity.followup.tests.factory import Record, words
from amity.record.models import Entry
from amity.site import sitemap

pytestmark = pytest.mark.django_db

NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}
LANGUAGES = [code for code, _ in settings.LANGUAGES]


@pytest.fixture
def record():
    made = Record()
    Entry.objects.bulk_create(
        Entry(
            kind=kind,
            key=key,
            dossier=made.dossier,
            title=words(key),
            page_kind=on,
            page_key=at,
            readers="public",
        )
        for kind, key, on, at in [
            ("gathering", "forum-1", "gathering", "forum-1"),
            ("area", "north", "area", "north"),
            ("area", "south", "area", "south"),
            ("side", "north-south-north", "partnership", "north-south"),
            ("report", "hidden", "commitment", "C-2025-001"),
            ("theme", "transport", "", ""),
        ]
    )
    return made


def tree(client, address: str):
    answer = client.get(address.removeprefix(settings.BASE_URL))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/xml; charset=utf-8")
    return etree.fromstring(answer.content)


def found(node, path: str) -> list[str]:
    return [str(one) for one in node.xpath(path, namespaces=NAMES)]


def test_robots_may_read_everything_and_are_shown_the_map(client, db):
    assert client.get("/robots.txt").content.decode() == (
        f"User-agent: *\nAllow: /\nSitemap: {settings.BASE_URL}/sitemap.xml\n"
    )


def test_the_index_names_one_file_for_each_kind_with_pages(client, record):
    index = tree(client, "/sitemap.xml")
    assert found(index, "/s:sitemapindex/s:sitemap/s:loc/text()") == [
        f"{settings.BASE_URL}/sitemaps/{name}.xml" for name in ("pages", "area-1", "gathering-1")
    ]
    assert len(found(index, "/s:sitemapindex/s:sitemap/s:lastmod/text()")) == 3


def test_every_page_is_listed_in_every_language_with_its_alternates(client, record):
    listed = tree(client, "/sitemaps/area-1.xml")
    expected = {
        f"{settings.BASE_URL}/{language}/areas/{key}/"
        for key in ("north", "south")
        for language in LANGUAGES
    }
    assert set(found(listed, "/s:urlset/s:url/s:loc/text()")) == expected
    for page in listed.xpath("/s:urlset/s:url", namespaces=NAMES):
        tags = found(page, "x:link[@rel='alternate']/@hreflang")
        addresses = found(page, "x:link[@rel='alternate']/@href")
        key = found(page, "s:loc/text()")[0].split("/")[-2]
        assert dict(zip(tags, addresses, strict=True)) == {
            **{tag: f"{settings.BASE_URL}/{tag}/areas/{key}/" for tag in LANGUAGES},
            "x-default": f"{settings.BASE_URL}/areas/{key}/",
        }


def test_every_listed_page_of_the_record_opens(client, record):
    opened = 0
    for file in found(tree(client, "/sitemap.xml"), "//s:loc/text()"):
        for address in found(tree(client, file), "//s:loc/text()"):
            assert client.get(address.removeprefix(settings.BASE_URL)).status_code == 200
            opened += 1
    assert opened == (len(sitemap.GENERAL) + 2 + 3) * len(LANGUAGES)


def test_a_file_holds_a_thousand_records(client, record, monkeypatch):
    monkeypatch.setattr(sitemap, "IN_A_FILE", 1)
    files = found(tree(client, "/sitemap.xml"), "//s:loc/text()")
    assert [file.rsplit("/", 1)[1] for file in files] == [
        "pages.xml",
        "area-1.xml",
        "area-2.xml",
        "gathering-1.xml",
    ]
    listed = found(tree(client, "/sitemaps/area-2.xml"), "//s:loc/text()")
    assert {address.split("/")[-2] for address in listed} == {"south"}


@pytest.mark.parametrize("name", ["area-2", "area-0", "report-1", "theme-1", "nothing-1"])
def test_a_file_that_is_not_there_is_not_found(client, record, name):
    assert client.get(f"/sitemaps/{name}.xml").status_code == 404


@pytest.mark.parametrize("address", ["/sitemap.xml", "/sitemaps/area-1.xml"])
def test_the_map_takes_two_statements(client, record, address, django_assert_num_queries):
    with django_assert_num_queries(2):
        client.get(address)


@pytest.mark.parametrize("number", [0, 2, 10**6, 10**18, 2**63, 10**300])
def test_a_file_of_any_number_is_not_found(client, record, number):
    assert client.get(f"/sitemaps/area-{number}.xml").status_code == 404


@pytest.mark.parametrize(
    "address", ["/robots.txt", "/sitemap.xml", "/sitemaps/pages.xml", "/api/v1/"]
)
def test_what_speaks_no_language_is_the_same_whoever_asks(client, record, address):
    asked = [
        {},
        {"Accept-Language": "vi"},
        {"Accept-Language": "ru", "Cookie": "django_language=fr"},
    ]
    answers = [client.get(address, headers=headers) for headers in asked]
    assert {answer.status_code for answer in answers} == {200}
    assert len({(answer.content, answer.get("ETag")) for answer in answers}) == 1
    for answer in answers:
        assert "Accept-Language" not in answer.get("Vary", "")
        assert answer.get("Content-Language") in (None, "mul")
