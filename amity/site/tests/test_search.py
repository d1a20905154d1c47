"""Search as readers and programs meet it: what is found, how it is shown, and what to do else."""

import re
from urllib.parse import quote

import feedparser
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from lxml import etree

from amity.followup.models import Commitment
from amity.languages.text import Text
from amity.languages.version import Version
from amity.network.models import Area, Organization, Partnership, Person, Side
from amity.record import kinds
from amity.record.acting import Acting
from amity.record.actions import remove, save
from amity.record.choices import Audience, Mandate
from amity.record.models import Dossier
from amity.record.search import reading, writing
from amity.record.search.reading import search

pytestmark = pytest.mark.django_db

OFFICE = "organization:office"
ACTING = Acting(command="test", office=OFFICE, vouched=True, mandates=frozenset(Mandate))


def text(**versions: str) -> Text:
    return Text(next(iter(versions)), {tag: Version(words) for tag, words in versions.items()})


def saved(record, **rows):
    save(ACTING, record, rows, audience=Audience.PUBLIC)
    return record


@pytest.fixture
def dossier():
    return Dossier.objects.create(key="d", title=text(en="Of the tests"), languages=["en"])


@pytest.fixture
def record(dossier):
    """A small record, saved as an office saves it."""
    own = {"dossier": dossier}
    invented = Dossier.objects.create(
        key="e", title=text(en="Invented"), languages=["en"], fictional=True
    )
    saved(Organization(**own, key="office", kind="authority", name=text(vi="Sở Ngoại vụ Hà Nội")))
    hanoi = Area(**own, key="ha-noi", kind="city", name=text(vi="Hà Nội"), geonames_id=1581130)
    petersburg = Area(
        **own,
        key="petersburg",
        kind="city",
        name=text(ru="Санкт-Петербург", en="Saint Petersburg"),
        other_names=[{"words": "Ленинград", "lang": "ru", "kind": "former"}],
        geonames_id=498817,
        summary=text(ru="Город дружит с Ханоем.", fr="La ville est l’amie de Hanoï."),
    )
    for area in (hanoi, petersburg):
        saved(area)
    saved(Area(**own, key="da-nang", kind="city", name=text(vi="Đà Nẵng")))
    saved(Person(**own, key="phan", name=text(vi="Phan Anh Sơn")))
    saved(Person(dossier=invented, key="ana", name=text(en="Ana Sørensen")))
    between = saved(Partnership(**own, key="twins", kind="twinning", name=text(en="The twins")))
    for position, area in enumerate((hanoi, petersburg), 1):
        side = Side(**own, key=f"s{position}", partnership=between, area=area, position=position)
        saved(side)
    return own


def titles(body: str) -> list[str]:
    """The names of what was found, in the order of the page."""
    found = re.findall(r'<h2 class="h3"><a href="[^"]*">(.*?)</a></h2>', body)
    return [re.sub("<[^>]+>", "", one) for one in found]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("phan anh son", "Phan Anh Sơn"),
        ("Фан Ань Шон", "Phan Anh Sơn"),
        ("son phan anh", "Phan Anh Sơn"),
        ("leningrad", "Saint Petersburg"),
        ("Léningrad", "Saint Petersburg"),
        ("sankt peterburg", "Saint Petersburg"),
        ("ngoai vu", "Sở Ngoại vụ Hà Nội"),
        ("da nang", "Đà Nẵng"),
        ("danang", "Đà Nẵng"),
        ("Дананг", "Đà Nẵng"),
        ("Ханой", "Hà Nội"),
        ("hanoi", "Hà Nội"),
        ("thang long", "Hà Nội"),
        ("sorensen", "Ana Sørensen"),
        ("leningrod", "Saint Petersburg"),
        ("phann ahn", "Phan Anh Sơn"),
        ("petersburg", "Saint Petersburg"),
    ],
)
def test_what_should_be_found_comes_first(client, record, words, first):
    assert titles(client.get("/en/search/", {"q": words}).content.decode())[:1] == [first]


def test_a_partnership_is_found_by_its_sides_and_follows_their_names(record):
    assert "twins" in {one.key for one in search("hanoi").ranked}
    hanoi = Area.everything.get(key="ha-noi")
    hanoi.name = text(vi="Thành Rồng")
    save(ACTING, hanoi)
    assert {one.key for one in search("thanh rong").ranked} == {"ha-noi", "twins"}


def test_what_is_called_so_comes_before_hundreds_of_newer_names_with_the_word(record, monkeypatch):
    monkeypatch.setattr(reading, "MOST_RANKED", 4)
    for number in range(6):
        saved(Area(**record, key=f"new-{number}", kind="city", name=text(en=f"Hanoi {number}")))
    found = [one.key for one in search("hanoi").ranked]
    assert (found[0], len(found)) == ("ha-noi", 4)


@pytest.mark.parametrize("name", ["Pago Pago", "Bridge Harbour"])
def test_a_name_comes_before_hundreds_of_newer_ones_of_its_words_and_length(
    record, monkeypatch, name
):
    """One that says a word twice, and one whose words stand in the other order in all others."""
    monkeypatch.setattr(reading, "MOST_RANKED", 4)
    first, last = name.split()
    saved(Area(**record, key="old", kind="city", name=text(en=name)))
    for number in range(6):
        other = f"{first} {'ABCDEF'[number]}" if first == last else f"{last} {first}"
        saved(Area(**record, key=f"new-{number}", kind="city", name=text(en=other)))
    assert search(name.lower()).ranked[0].key == "old"


def test_a_number_finds_its_record(record):
    Commitment.everything.create(
        **record, key="C-2025-007", title=text(en="A tram"), readers="public", kind="commitment"
    )
    from amity.record import derived

    derived.write_entries("commitment", [Commitment.everything.get().pk])
    writing.rebuild()
    assert [one.key for one in search("c-2025-007").ranked] == ["C-2025-007"]


def test_the_words_that_were_found_are_marked_in_the_version_that_has_them(client, record):
    body = client.get("/en/search/?q=amie+hanoi").content.decode()
    assert '<span lang="fr">La ville est l’<mark>amie</mark> de <mark>Hanoï</mark>.</span>' in body
    assert "French" in body


def test_another_name_is_said(client, record):
    body = client.get("/en/search/?q=ленинград").content.decode()
    assert "<mark>Ленинград</mark>" in body


def test_what_is_invented_is_marked(client, record):
    body = client.get("/en/search/?q=ana").content.decode()
    assert "fictional" in body.split("<main")[1]
    assert "fictional" not in client.get("/en/search/?q=phan").content.decode().split("<main")[1]


def test_the_found_is_narrowed_by_what_it_is(client, record):
    body = client.get("/en/search/?q=hanoi").content.decode()
    assert "/en/search/?q=hanoi&amp;kind=partnership" in body
    narrowed = client.get("/en/search/?q=hanoi&kind=partnership").content.decode()
    assert titles(narrowed) == ["The twins"]
    assert 'aria-current="true"' in narrowed
    assert 'name="kind" value="partnership"' in narrowed
    assert titles(client.get("/en/search/?q=hanoi&dossier=e").content.decode()) == []
    assert titles(client.get("/en/search/?q=hanoi&partnership=twins").content.decode()) == [
        "The twins"
    ]
    assert client.get("/en/search/?q=hanoi&kind=nothing").status_code == 400


def test_nothing_found_says_what_to_try(client, record):
    body = client.get("/fr/search/?q=xyzzy").content.decode()
    assert re.search(r"Aucun résultat pour «\sxyzzy\s»\.", body)
    assert 'href="/fr/network/' in body or 'href="/fr/areas/"' in body
    some = client.get("/en/search/?q=petersburg+xyzzy").content.decode()
    assert titles(some)[0] == "Saint Petersburg"
    assert "No record has all of these words." in some
    signs = client.get("/en/search/", {"q": "…?"}).content.decode()
    assert "There are no letters or digits to look for." in signs


def test_what_begins_so_is_suggested(client, record):
    body = client.get("/en/search/suggestions/?q=phan+an").content.decode()
    assert re.findall(r'href="([^"]+)"', body) == ["/en/persons/phan/"]
    assert "<html" not in body
    assert client.get("/en/search/suggestions/?q=").content.strip() == b""


def test_a_search_can_be_followed_as_a_feed(client, record):
    answer = client.get("/ru/search/feed.atom", {"q": "leningrad"})
    feed = feedparser.parse(answer.content)
    assert (feed.bozo, feed.version) == (False, "atom10")
    assert feed.entries[0].link.endswith("/ru/areas/petersburg/")
    again = client.get("/ru/search/feed.atom", {"q": "leningrad"})
    assert again.content == answer.content


def test_browsers_are_told_how_to_search(client, record):
    page = client.get("/vi/about/").content.decode()
    (address,) = re.findall(r'<link rel="search"[^>]*href="([^"]+)"', page)
    described = etree.fromstring(client.get(address).content)
    shapes = [one.get("template") for one in described.findall("{*}Url")]
    assert shapes[0].endswith("/vi/search/?q={searchTerms}")
    assert '<form class="search-box" method="get" action="/vi/search/"' in page


def test_programs_search_too(client, record):
    answer = client.get("/api/v1/search?q=leningrad&limit=1").json()
    (first,) = answer["items"]
    assert (answer["count"], answer["more"], answer["partly"], answer["instead"]) == (
        2,
        False,
        False,
        None,
    )
    assert (first["kind"], first["id"], first["called"]) == ("area", "petersburg", "Leningrad")
    assert client.get("/api/v1/search?q=leningrod").json()["instead"] == "leningrad"
    assert client.get("/api/v1/search?words=x").status_code == 400


def test_what_is_withdrawn_or_removed_is_found_no_longer(record):
    phan = Person.everything.get(key="phan")
    save(ACTING, phan, audience=Audience.KEEPER)
    assert search("phan anh son").ranked == ()
    assert [one.key for one in search("phan anh son", ACTING).ranked] == ["phan"]
    remove(ACTING, Person.everything.get(key="phan"), reason="twice")
    assert search("phan anh son", ACTING).ranked == ()


@pytest.mark.parametrize(
    ("address", "statements"),
    [
        ("/en/search/", 1),
        ("/en/search/?q=phan", 7),
        ("/en/search/?q=leningrad", 8),
        ("/en/search/suggestions/?q=phan", 6),
        ("/en/search/feed.atom?q=phan", 4),
    ],
)
def test_searching_takes_few_statements(client, record, address, statements):
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address + ("&" if "?" in address else "?") + "page=1")
    assert len(asked) <= statements


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", "\x00", "a" * 5_000, "%", "'\""])
def test_whatever_is_written_is_looked_for(client, record, words):
    for page in ("/en/search/", "/en/search/suggestions/", "/en/search/feed.atom"):
        answer = client.get(f"{page}?q={quote(words)}")
        assert answer.status_code == 200
        assert b"<script>alert" not in answer.content


def test_who_finds_no_page_is_offered_the_search(client, record):
    page = client.get("/ru/nowhere/").content.decode()
    (main,) = re.findall(r"<main.*</main>", page, re.DOTALL)
    assert '<a href="/ru/search/">Поиск по\u00a0реестру</a>' in main


def test_vietnamese_kinds_say_nothing_of_how_many_there_are():
    """“Các” before a noun says that there are several, and stands before counts of one as well."""
    with translation.override("vi"):
        labels = [str(kind.plural_label) for kind in kinds.kinds()]
    assert [label for label in labels if label.startswith("các ")] == []
    assert "cam kết" in labels
