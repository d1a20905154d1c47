"""What is invented carries its mark wherever it stands, can be hidden, and is had apart."""

import csv
import json
from io import StringIO

import feedparser
import icalendar
import pytest
from lxml import html

from amity.sources.models import Source

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstrations")]

INVENTED, REAL = "lindholm-porto-claro", "vietnam-russia"
LISTS = {
    "agreements": "agreements",
    "areas": "areas",
    "commitments": "commitments",
    "coverage": "articles",
    "gatherings": "gatherings",
    "network": "partnerships",
    "organizations": "organizations",
    "persons": "persons",
    "proposals": "proposals",
}
"""Address of a list → what the interface calls the same."""
ROWS = "//main//li[.//h2] | //main//section[contains(@class, 'under-letter')]//li"


def keys_on(client, address: str) -> set[str]:
    """The records in the rows of all pages of a list."""
    tree = html.fromstring(client.get(address).content.decode())
    rows = [row.xpath(".//a/@href")[0] for row in tree.xpath(ROWS)]
    following = tree.xpath("//nav//a[@rel='next']/@href")
    more = keys_on(client, following[0]) if following else set()
    return {row.rstrip("/").rsplit("/", 1)[-1] for row in rows} | more


def keys_in_table(client, address: str) -> set[str]:
    text = b"".join(client.get(address).streaming_content).decode("utf-8-sig")
    _head, *rows = csv.reader(StringIO(text), csv.Sniffer().sniff(text.splitlines()[0]))
    return {row[0] for row in rows}


def in_interface(client, address: str) -> dict[str, str]:
    """Identifier → dossier of what the interface lists; what editors found is no coverage."""
    found_here = set(Source.objects.filter(kind="editors").values_list("key", flat=True))
    answer = json.loads(client.get(address).content)
    more = in_interface(client, answer["next"]) if answer["next"] else {}
    listed = [one for one in answer["items"] if one.get("source") not in found_here]
    return {one["id"]: one["dossier"] for one in listed} | more


@pytest.mark.parametrize(("page", "plural"), LISTS.items())
def test_every_list_is_had_of_one_dossier_or_without_what_is_invented(client, page, plural):
    every = in_interface(client, f"/api/v1/{plural}?limit=200")
    of = {
        dossier: {key for key, one in every.items() if one == dossier} for dossier in every.values()
    }
    assert set(of) == {INVENTED, REAL}
    for query, wanted in {
        "": of[INVENTED] | of[REAL],
        f"?dossier={INVENTED}": of[INVENTED],
        f"?dossier={REAL}": of[REAL],
        "?real=1": of[REAL],
    }.items():
        assert keys_on(client, f"/en/{page}/{query}") == wanted
        assert keys_in_table(client, f"/en/{page}.csv{query}") == wanted
        asked = f"/api/v1/{plural}{query}{'&' if query else '?'}limit=200"
        assert set(in_interface(client, asked)) == wanted


@pytest.mark.parametrize(("page", "plural"), LISTS.items())
def test_whatever_is_invented_is_marked_in_its_row_and_nothing_else(client, page, plural):
    every = in_interface(client, f"/api/v1/{plural}?limit=200")
    marked, seen, address = set(), set(), f"/en/{page}/"
    while address:
        tree = html.fromstring(client.get(address).content.decode())
        for row in tree.xpath(ROWS):
            key = row.xpath(".//a/@href")[0].rstrip("/").rsplit("/", 1)[-1]
            seen.add(key)
            if row.xpath(".//*[@class='invented']"):
                marked.add(key)
        address = next(iter(tree.xpath("//nav//a[@rel='next']/@href")), None)
    assert seen == set(every)
    assert marked == {key for key, dossier in every.items() if dossier == INVENTED}


def test_the_dossier_and_the_hiding_of_what_is_invented_are_offered(client):
    for page in [*LISTS, "differences"]:
        tree = html.fromstring(client.get(f"/en/{page}/").content.decode())
        offered = tree.xpath("//form//select[@name='dossier']/option/@value")
        assert sorted(offered) == ["", INVENTED, REAL], page
        assert tree.xpath("//form//input[@name='real']/@type") == ["checkbox"], page


def test_where_sources_differ_is_had_of_one_dossier(client):
    def told(query: str) -> tuple[int, int]:
        tree = html.fromstring(client.get(f"/en/differences/{query}").content.decode())
        marks = tree.xpath("//main//h2//*[@class='invented']")
        return len(tree.xpath("//main//section//h2")), len(marks)

    (every, invented), (real, none) = told(""), told("?real=1")
    assert (none, every - real) == (0, invented)
    assert told(f"?dossier={INVENTED}") == (invented, invented)


def test_the_map_marks_what_is_invented(client):
    tree = html.fromstring(client.get("/en/network/").content.decode())
    titles = tree.xpath("//svg[@class='map']//*[contains(@class, 'invented')]/title/text()")
    assert {"Lindholm (fictional)", "Porto Claro (fictional)"} <= set(titles)
    others = tree.xpath("//svg[@class='map']//*[title and not(contains(@class, 'invented'))]")
    assert others
    assert not [one for one in others if "fictional" in one.text_content()]
    assert "is fictional" in tree.xpath("string(//figcaption)")
    without = html.fromstring(client.get("/en/network/?real=1").content.decode())
    assert not without.xpath("//svg[@class='map']//*[contains(@class, 'invented')]")
    assert "fictional" not in without.xpath("string(//figcaption)")


@pytest.mark.parametrize(
    ("language", "mark", "first"),
    [
        ("en", "(fictional)", "Fictional example."),
        ("vi", "(hư cấu)", "Ví dụ hư cấu."),
        ("ru", "(вымышлено)", "Вымышленный пример."),
    ],
)
def test_a_link_preview_says_that_a_page_is_invented(client, language, mark, first):
    for key, invented in [("lpc-forum-1", True), ("vr-forum-1", False)]:
        tree = html.fromstring(client.get(f"/{language}/gatherings/{key}/").content.decode())
        title, about = (
            tree.xpath(f"//meta[@property='og:{name}']/@content")[0]
            for name in ("title", "description")
        )
        assert (mark in title, about.startswith(first)) == (invented, invented)
        assert (mark in tree.findtext(".//title")) is invented
        (data,) = tree.xpath("//script[@type='application/ld+json']/text()")
        assert (json.loads(data).get("disambiguatingDescription") == first) is invented


def test_calendars_mark_what_is_invented_and_can_hide_it(client):
    def titles(address: str) -> list[str]:
        read = icalendar.Calendar.from_ical(client.get(address).content)
        return [str(event["SUMMARY"]) for event in read.walk("VEVENT")]

    every = titles("/en/gatherings/calendar.ics")
    invented = titles(f"/en/gatherings/calendar.ics?dossier={INVENTED}")
    real = titles("/en/gatherings/calendar.ics?real=1")
    assert sorted(every) == sorted(invented + real)
    assert all(title.endswith("(fictional)") for title in invented)
    assert not any("fictional" in title for title in real)
    programme = titles("/en/gatherings/lpc-forum-1/calendar.ics")
    assert programme
    assert all(title.endswith("(fictional)") for title in programme)


def test_the_feed_of_commitments_marks_what_is_invented_and_can_hide_it(client):
    def titles(query: str) -> list[str]:
        read = feedparser.parse(client.get(f"/en/commitments/feed.atom{query}").content)
        return [one.title for one in read.entries]

    assert all(one.endswith("(fictional)") for one in titles(f"?dossier={INVENTED}"))
    assert titles("?real=1")
    assert not any("fictional" in one for one in titles("?real=1"))
