"""A small coverage for tests: three publishers, one of which translates another."""

from datetime import UTC, datetime

from amity.foundation.models import Change
from amity.languages.text import Text
from amity.languages.version import Version
from amity.record.models import Dossier, Entry
from amity.sources.choices import SourceKind
from amity.sources.models import Article, Claim, Passage, Source


def words(en: str, **others: str) -> Text:
    """A text in English and, where given, in other languages."""
    return Text("en", {"en": Version(en)} | {tag: Version(said) for tag, said in others.items()})


class Coverage:
    """Articles `agency` and `paper` speak for themselves; `portal` translates `paper`."""

    def __init__(self) -> None:
        self.dossier = Dossier.objects.create(
            key="coverage", title=words("Coverage"), fictional=False, languages=["en"]
        )
        self.about = self.entry("forum")
        self.agency = self.article("agency", "vi")
        self.paper = self.article("paper", "vi")
        self.portal = self.article("portal", "id", translation_of=self.paper)
        Change.objects.create(at=datetime.now(UTC), command="test", verb="load")

    def entry(self, key: str) -> Entry:
        """Something to speak of."""
        return Entry.objects.create(
            kind="gathering",
            key=key,
            dossier=self.dossier,
            readers="public",
            title=words(f"The {key}"),
        )

    def article(self, key: str, language: str, **fields: object) -> Article:
        """An article of a source of its own."""
        source = Source.objects.create(
            dossier=self.dossier,
            readers="public",
            key=f"source-{key}",
            kind=SourceKind.NEWSPAPER,
            name=words(f"The {key.capitalize()}"),
        )
        return Article.objects.create(
            dossier=self.dossier,
            readers="public",
            key=key,
            source=source,
            language=language,
            title=words(f"What the {key} wrote"),
            **fields,
        )

    def claim(
        self,
        article: Article,
        value: str = "",
        about: Entry | None = None,
        *,
        of: str = "presentations",
        quotation: str = "",
    ) -> Claim:
        """A passage of the article that gives a value for a property."""
        number = Passage.objects.count() + 1
        passage = Passage.objects.create(
            dossier=self.dossier,
            readers="public",
            key=f"passage-{number:03d}",
            article=article,
            language=article.language,
            quotation=quotation,
        )
        return Claim.objects.create(
            passage=passage,
            position=1,
            about=about or self.about,
            property=of if value else "",
            value=value,
        )
