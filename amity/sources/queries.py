"""What was published about a thing, whose voice it is, and where voices differ."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from amity.foundation.pages.memo import per_version
from amity.foundation.pages.paging import ListPage, page_of
from amity.foundation.pages.public import Page
from amity.languages.text import Text
from amity.record.acting import STRANGER, Acting
from amity.record.models import Entry, Recorded
from amity.record.queries import ALL_DOSSIERS, InDossiers, visible_to
from amity.record.removals import one_or_404

from .choices import SPELT, SourceKind
from .models import Article, Claim, Passage, Source


@dataclass(frozen=True, slots=True)
class Reading:
    """One value that is claimed for a property, with everybody who claims it."""

    value: str
    claims: tuple[Claim, ...]

    @property
    def voices(self) -> int:
        """Independent voices: an article and its translation count once."""
        return count_voices(claim.passage.article for claim in self.claims)


@dataclass(frozen=True, slots=True)
class Property:
    """A property of one thing with the values claimed for it, the most supported first."""

    name: str
    readings: tuple[Reading, ...]

    @property
    def differs(self) -> bool:
        """Whether independent voices give different values."""
        return differ(self.name, self.readings)


class Evidence:
    """The claims about a page's things, read in one statement."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        self._by_thing: dict[tuple[str, str], list[Claim]] = defaultdict(list)
        for claim in claims:
            self._by_thing[claim.about.kind, claim.about.key].append(claim)

    def about(self, kind: str, key: str) -> list[Claim]:
        """All claims about one thing, in the order of their sources."""
        return self._by_thing.get((kind, key), [])

    def passages(self, *things: tuple[str, str]) -> list[Passage]:
        """The passages that speak of any of the things, each once."""
        found: dict[int, Passage] = {}
        for thing in things:
            for claim in self.about(*thing):
                found.setdefault(claim.passage_id, claim.passage)
        return list(found.values())

    def of_kinds(self, *kinds: str) -> list[Passage]:
        """The passages that speak of things of these kinds, each once."""
        return self.passages(*(thing for thing in self._by_thing if thing[0] in kinds))

    def besides(self, thing: tuple[str, str], *kinds: str) -> list[Passage]:
        """The passages that speak of the thing, and of nothing of these kinds."""
        others = {one.pk for one in self.of_kinds(*kinds)}
        return [one for one in self.passages(thing) if one.pk not in others]

    def everything(self) -> list[Passage]:
        """Every passage that was read, each once."""
        return self.passages(*self._by_thing)

    def properties(self, kind: str, key: str) -> list[Property]:
        """The thing's properties with all values claimed, in order of name."""
        grouped: dict[str, list[Claim]] = defaultdict(list)
        for claim in self.about(kind, key):
            if claim.property:
                grouped[claim.property].append(claim)
        return [Property(name, readings(grouped[name])) for name in sorted(grouped)]

    def value(self, kind: str, key: str, name: str) -> Property | None:
        """One property of one thing, or None when nobody claims it."""
        return next((one for one in self.properties(kind, key) if one.name == name), None)


def evidence_about(things: Mapping[str, Iterable[str]]) -> Evidence:
    """Claims about things, given as kind → keys. One SQL statement, none when nothing is asked."""
    asked = [
        Q(about__kind=kind, about__key__in=listed)
        for kind, keys in things.items()
        if (listed := sorted(set(keys)))
    ]
    if not asked:
        return Evidence([])
    rows = public_claims().filter(reduce(or_, asked)).order_by("passage", "position")
    return Evidence(with_their_articles(rows))


def articles_on(
    things: Mapping[str, QuerySet[Recorded]], but_not: tuple[str, str]
) -> list[Article]:
    """The articles of which a passage speaks of any of `things`: kind → its records.

    Those that speak of `but_not` (kind and key) are left out.

    The newest first; what the editors found themselves is no article. One statement.
    """
    asked = [
        Q(about__kind=kind, about__key__in=rows.order_by().values("key"))
        for kind, rows in things.items()
    ]
    claims = public_claims().filter(reduce(or_, asked))
    rows = Article.objects.filter(pk__in=claims.values("passage__article"))
    others = public_claims().filter(about__kind=but_not[0], about__key=but_not[1])
    rows = rows.exclude(pk__in=others.values("passage__article"))
    rows = rows.exclude(source__kind=SourceKind.EDITORS).select_related("source", "dossier")
    return list(rows.order_by("-published__start", "key"))


def public_claims() -> QuerySet[Claim]:
    """What public passages claim of what everybody may read."""
    return Claim.objects.filter(about__in=Entry.objects.all())


def with_their_articles(rows: QuerySet[Claim]) -> QuerySet[Claim]:
    """Claims joined with all that is shown beside them: passage, article, source, voice."""
    return rows.select_related(
        "about__dossier",
        "passage__article__source",
        "passage__article__translation_of__source",
    )


def readings(claims: Iterable[Claim]) -> tuple[Reading, ...]:
    """Group the claims of one property by value; the most voices first, then by value."""
    grouped: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        grouped[claim.value].append(claim)
    found = [Reading(value, tuple(group)) for value, group in grouped.items()]
    return tuple(sorted(found, key=lambda reading: (-reading.voices, reading.value)))


def differ(name: str, found: Iterable[Reading]) -> bool:
    """Whether two independent voices give values for the property that have nothing in common.

    Ways of writing a name are no values. A voice that gives two values, as a translation does that
    departs from its original, agrees with whoever gives one of them.
    """
    if name in SPELT:
        return False
    voices: dict[int, set[str]] = defaultdict(set)
    for reading in found:
        for claim in reading.claims:
            if claim.passage.article.counts:
                voices[claim.passage.article.voice_id].add(reading.value)
    said = list(voices.values())
    return any(one.isdisjoint(other) for i, one in enumerate(said) for other in said[i + 1 :])


def count_voices(articles: Iterable[Article]) -> int:
    """How many independent voices the articles are; what nobody published is none."""
    return len({article.voice_id for article in articles if article.counts})


@dataclass(frozen=True, slots=True)
class Difference:
    """A property of one thing for which independent voices give different values."""

    about: Entry
    name: str
    readings: tuple[Reading, ...]


@per_version(largest=2)
def sources(page: Page) -> tuple[tuple[str, Text], ...]:
    """Key and name of every source with an article. One statement."""
    rows = Source.objects.filter(Exists(Article.objects.filter(source=OuterRef("pk"))))
    rows = rows.exclude(kind=SourceKind.EDITORS)
    return tuple(rows.order_by("key").values_list("key", "name"))


@per_version(largest=2)
def article_languages(page: Page) -> tuple[str, ...]:
    """The languages of all articles. One statement."""
    rows = Article.objects.order_by("language").values_list("language", flat=True)
    return tuple(rows.distinct())


def list_articles(
    number: int, source: str | None, language: str | None, dossiers: InDossiers
) -> ListPage:
    """Page `number` of the articles with what is quoted from them, the newest first.

    What the editors found themselves was published by nobody, and is not among them. Three
    statements.
    """
    return page_of(
        published(articles(source, language, dossiers))
        .select_related("source", "translation_of__source", "dossier")
        .prefetch_related(_passages()),
        number,
    )


def articles(
    source: str | None,
    language: str | None,
    dossiers: InDossiers,
    acting: Acting = STRANGER,
) -> QuerySet[Article]:
    """The articles of a source, in a language and of dossiers that whoever acts may read.

    The newest first.

    No statement until it is read.
    """
    rows = dossiers.choose(visible_to(acting, Article)).order_by("-published__start", "key")
    if source:
        rows = rows.filter(source__key=source)
    if language:
        rows = rows.filter(language=language)
    return rows


def published(rows: QuerySet[Article]) -> QuerySet[Article]:
    """Those of the articles that somebody published, and the editors did not find themselves."""
    return rows.exclude(source__kind=SourceKind.EDITORS)


def _passages() -> Prefetch:
    return Prefetch("passages", Passage.objects.order_by("span_start", "key"))


def article_or_404(key: str) -> Article:
    """An article with its passages, what each claims, and its translations. Four statements.

    Raises Http404.
    """
    rows = Article.objects.select_related("source", "translation_of__source", "dossier")
    rows = rows.prefetch_related(
        _passages(),
        Prefetch("passages__claims", public_claims().select_related("about").order_by("position")),
        Prefetch("translations", Article.objects.select_related("source").order_by("key")),
    )
    return one_or_404(rows, key)


def list_differences(number: int, dossiers: InDossiers = ALL_DOSSIERS) -> ListPage:
    """Page `number` of where independent voices differ, by the thing they differ on.

    Two statements: which properties have several values, and the claims of those shown.
    """
    several = list(
        dossiers.choose(public_claims(), "about")
        .exclude(property="")
        .values_list("about__kind", "about__key", "about_id", "property")
        .annotate(values_given=Count("value", distinct=True))
        .filter(values_given__gt=1)
        .order_by("about__kind", "about__key", "property")
    )
    wanted = {(about, name) for _, _, about, name, _ in several}
    grouped: dict[tuple[int, str], list[Claim]] = defaultdict(list)
    rows = public_claims().filter(about__in={about for about, _ in wanted}).exclude(property="")
    for claim in with_their_articles(rows).order_by("passage"):
        if (claim.about_id, claim.property) in wanted:
            grouped[claim.about_id, claim.property].append(claim)
    found = []
    for _kind, _key, about, name, _values in several:
        given = readings(grouped[about, name])
        if differ(name, given):
            found.append(Difference(given[0].claims[0].about, name, given))
    return page_of(found, number)
