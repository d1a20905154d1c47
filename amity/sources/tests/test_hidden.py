"""Strangers read the coverage as if what is not public were not there."""

from datetime import UTC, datetime

import pytest

from amity.foundation.dates.as_said import DateAsSaid
from amity.foundation.tests.strangers import HIDDEN, read_anew
from amity.record.models import Entry
from amity.sources.choices import SourceKind
from amity.sources.models import Article, Claim, Passage, Source
from amity.sources.tests.factory import Coverage, words

pytestmark = pytest.mark.django_db

IN_A_LIST = 50
ADDRESSES = [
    "/en/coverage/",
    "/en/coverage/?language=id",
    "/en/coverage/?source=source-paper",
    "/en/coverage/?source=source-quiet",
    "/en/coverage.csv",
    "/en/articles/agency/",
    "/en/articles/paper/",
    "/en/differences/",
]


class Public(Coverage):
    """As many articles as just fit on the first page, and voices that differ."""

    def __init__(self) -> None:
        super().__init__()
        Source.objects.create(
            dossier=self.dossier,
            readers="public",
            key="source-quiet",
            kind=SourceKind.AGENCY,
            name=words("The Quiet One"),
        )
        self.passages = [
            self.claim(self.paper, "24").passage,
            self.claim(self.agency, "25").passage,
        ]
        for number in range(Article.objects.count(), IN_A_LIST):
            self.article(f"more-{number}", "fr")


class Secrets:
    """Articles, passages and claims of which no stranger knows, beside public ones."""

    def __init__(self, coverage: Public) -> None:
        self.coverage = coverage
        self.number = 0
        own = self.article(coverage.agency.source, published=DateAsSaid.parse("2026-01-01"))
        self.article(Source.objects.get(key="source-quiet"))
        self.article(own.source, translation_of=coverage.paper)
        for article in (own, coverage.paper):
            self.claim(self.passage(article), coverage.about, "99")
        # Public passages that speak of what is not public, of what was removed and renamed.
        for fields in (
            {"readers": HIDDEN},
            {"readers": "public", "removed_at": datetime(2026, 1, 1, tzinfo=UTC)},
            {"readers": "public", "moved_to": coverage.about},
        ):
            about = self.entry(**fields)
            for passage, value in zip(coverage.passages, ("97", "98"), strict=True):
                self.claim(passage, about, value)

    def own(self) -> dict[str, object]:
        self.number += 1
        return {
            "dossier": self.coverage.dossier,
            "readers": HIDDEN,
            "key": f"secret-{self.number}",
        }

    def article(self, source: Source, **fields: object) -> Article:
        return Article.everything.create(
            **self.own(),
            source=source,
            language="lo",
            title=words("Secret piece"),
            note=words("Secret note"),
            **fields,
        )

    def passage(self, article: Article) -> Passage:
        return Passage.everything.create(
            **self.own(), article=article, language="vi", quotation="Secret words"
        )

    def entry(self, **fields: object) -> Entry:
        return Entry.everything.create(
            **self.own() | fields, kind="gathering", title=words("Secret meeting")
        )

    def claim(self, passage: Passage, about: Entry, value: str) -> None:
        Claim.everything.create(
            passage=passage,
            position=passage.claims.count() + 1,
            about=about,
            property="presentations",
            value=value,
            reading=words(f"Secret {value}"),
        )


def test_what_is_hidden_changes_nothing_that_strangers_read(client):
    coverage = Public()
    before = read_anew(client, ADDRESSES)
    secrets = Secrets(coverage)
    after = read_anew(client, ADDRESSES)
    assert after == before
    assert [address for address, body in after.items() if b"ecret" in body] == []
    assert client.get(f"/en/articles/secret-{secrets.number}/").status_code == 404
    assert client.get("/en/articles/secret-1/").status_code == 404
