"""A relation that nothing published bears out is shown as such, wherever it is shown."""

import csv
import io

import pytest
from lxml import html

from amity.network.models import Partnership
from amity.network.tests.factory import Network, words
from amity.record.models import Entry
from amity.sources.choices import SourceKind
from amity.sources.models import Article, Claim, Passage, Source

pytestmark = pytest.mark.django_db


class Told:
    """Three twinnings, and accounts of them."""

    def __init__(self) -> None:
        self.network = Network()
        self.twins = [self.network.partnership(number) for number in (1, 2, 3)]

    def tells(self, partnership: Partnership, kind: str, stage: str = "") -> Article:
        """A new account of a partnership, by a source of its own."""
        own, number = self.network.own, Article.objects.count()
        source = Source.objects.create(
            **own, key=f"source-{number}", kind=kind, name=words(f"Source {number}")
        )
        article = Article.objects.create(
            **own,
            key=f"article-{number}",
            source=source,
            language="en",
            title=words(f"Article {number}"),
            note=words("Why it is here"),
        )
        passage = Passage.objects.create(
            **own, key=f"passage-{number}", article=article, language="en"
        )
        about, _ = Entry.everything.get_or_create(
            kind="partnership",
            key=partnership.key,
            defaults={**own, "title": partnership.name},
        )
        Claim.objects.create(
            passage=passage,
            position=1,
            about=about,
            property="stage" if stage else "",
            value=stage,
        )
        return article


@pytest.fixture
def told():
    return Told()


def shown(client) -> dict[str, dict[str, str]]:
    """What list, map, page, table and interface say of each twinning."""
    page = html.fromstring(client.get("/en/network/").content)
    found: dict[str, dict[str, str]] = {}
    for row in page.xpath("//ul[contains(@class, 'records')]/li"):
        key = row.xpath(".//h2//a/@href")[0].split("/")[-2]
        found[key] = {"list": " ".join(row.xpath(".//*[@class='chip open']/text()"))}
    for line in page.xpath("//a[path]"):
        (path,) = line.xpath("path")
        (title,) = path.xpath("title/text()")
        doubt = title.partition(" (")[2].rstrip(")")
        assert ("doubtful" in path.get("class").split()) == bool(doubt)
        found[line.get("href").split("/")[-2]]["map"] = doubt
    table = client.get("/en/network.csv").getvalue().decode("utf-8-sig")
    for row in csv.DictReader(io.StringIO(table)):
        found[row["Identifier"]]["table"] = row["What speaks against it"]
    for one in client.get("/api/v1/partnerships").json()["items"]:
        found[one["id"]]["interface"] = one.get("certainty", "")
    for key, said in found.items():
        own = html.fromstring(client.get(f"/en/partnerships/{key}/").content)
        said["page"] = " ".join(own.xpath("//main//header//*[@class='chip open']/text()"))
    return found


def everywhere(words: str, code: str) -> dict[str, str]:
    return {**dict.fromkeys(("list", "map", "table", "page"), words), "interface": code}


def test_what_only_an_account_without_a_publisher_names_is_not_proven(client, told):
    told.tells(told.twins[0], SourceKind.UNKNOWN)
    told.tells(told.twins[1], SourceKind.EDITORS)
    told.tells(told.twins[1], SourceKind.NEWSPAPER)
    assert shown(client) == {
        "twins-001": everywhere("not proven", "unproven"),
        "twins-002": everywhere("", ""),
        "twins-003": everywhere("", ""),  # of which nobody speaks at all
    }
    page = client.get("/en/partnerships/twins-001/").content.decode()
    assert (page.count("Not proven."), page.count("Why it is here")) == (1, 1)


def test_what_voices_differ_on_is_disputed(client, told):
    told.tells(told.twins[0], SourceKind.NEWSPAPER, "signed")
    told.tells(told.twins[0], SourceKind.AGENCY, "announced")
    original = told.tells(told.twins[1], SourceKind.AGENCY, "signed")
    translation = told.tells(told.twins[1], SourceKind.PORTAL, "announced")
    translation.translation_of = original
    translation.save()
    told.tells(told.twins[2], SourceKind.NEWSPAPER, "signed")
    told.tells(told.twins[2], SourceKind.UNKNOWN, "announced")
    assert shown(client) == {
        "twins-001": everywhere("sources differ", "disputed"),
        "twins-002": everywhere("", ""),  # one voice
        "twins-003": everywhere("", ""),  # one that counts
    }
