"""What the sources room offers to all templates."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from django.urls import reverse
from jinja2 import Environment

from amity.foundation.dates.as_said import DateAsSaid
from amity.foundation.pages.speaking import page_language
from amity.languages import codes
from amity.languages.jinja import language_name, plain
from amity.languages.text import Text
from amity.languages.version import MadeFrom, Version
from amity.record.kinds import shown_at

from .choices import Property, SourceKind
from .models import Article, Claim, Passage
from .queries import count_voices
from .said import Heard, as_said, holds


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words as they were said, in their language (a tag), and what they mean.

    `translation` is ours, for a reader of another language; empty where there is none.
    """

    language: str
    words: str
    translation: str = ""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """An article as `parts.sources` shows it, with the quotations that are taken from it.

    `address` is its page here, `original` where its publisher has it (empty where that is not
    known). `language_name` is what the article's language is called. `date` is None where none is
    known, `translation_of` empty where the article translates nothing. `reason` is not empty where
    no publisher stands behind it, and says why it stands here; `found` by the editors themselves.
    """

    publisher: str
    title: str
    language_name: str
    address: str
    original: str
    date: DateAsSaid | None
    translation_of: str
    reason: str
    found: bool
    quotations: list[Quotation] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class WordsUsed:
    """Words that were used, with who holds them: articles, or offices that noted them."""

    said: Quotation
    published: list[SourceLine]
    noted_by: list[str]


class Named(Protocol):
    """Something with a name."""

    @property
    def name(self) -> Text: ...


class Noted(Protocol):
    """Something said of which somebody noted words in the hall."""

    @property
    def words(self) -> Text | None: ...

    @property
    def noted_by(self) -> Named | None: ...


def install(environment: Environment) -> None:
    """Offer lines of sources, words used, quotations, voices and the names of properties."""
    environment.globals.update(
        by_subject=by_subject,
        source_lines=source_lines,
        words_used=words_used,
        date_words=date_words,
        noted_words=noted_words,
        quotation_of=quotation_of,
        voice_count=voice_count,
        property_label=property_label,
    )


def property_label(name: str) -> str:
    """The words for a property that claims are made about; its own name where it has none."""
    try:
        return str(Property(name).label)
    except ValueError:
        return name.replace("-", " ").replace("_", " ")


def by_subject(claims: Iterable[Claim]) -> list[list[Claim]]:
    """Claims put together by what they are about as readers meet it, in their order.

    A person and their post stand on one page under one name: they are one.
    """
    grouped: dict[tuple[str | int, str], list[Claim]] = {}
    for claim in claims:
        about = claim.about
        met = (shown_at(about) or about.pk, plain(about.title))
        grouped.setdefault(met, []).append(claim)
    return list(grouped.values())


def source_lines(passages: Iterable[Passage]) -> list[SourceLine]:
    """Passages (with article and source loaded) as `parts.sources` wants them.

    Each article once, in the order of the passages; what nobody published comes last.
    """
    lines: dict[int, SourceLine] = {}
    for passage in passages:
        article = passage.article
        line = lines.get(article.pk)
        if line is None:
            line = lines[article.pk] = _line(article)
        quotation = quotation_of(passage)
        if quotation is not None and quotation not in line.quotations:
            line.quotations.append(quotation)
    return sorted(lines.values(), key=lambda line: (line.found, bool(line.reason)))


def quotation_of(passage: Passage) -> Quotation | None:
    """What a passage quotes, with our translation for a reader of another language."""
    if not passage.quotation:
        return None
    return Quotation(
        passage.language, passage.quotation, _for_reader(passage.language, passage.translation)
    )


def words_used(
    text: Text | None, passages: Iterable[Passage], noted: Iterable[Noted] = ()
) -> list[WordsUsed]:
    """The words of a text that somebody heard: passages hold them, or notes made in the hall.

    `passages` come with article and source. What nobody holds, as in a fictional dossier, comes
    without a source.
    """
    if text is None:
        return []
    noted = list(noted)
    known = list(passages)
    said = as_said(text)
    read = any(codes.base(tag) == page_language() for tag in said)
    found = []
    for tag, words in said.items():
        holding = [
            one.article for one in known if holds(Heard(one.language, one.quotation), tag, words)
        ]
        offices = [
            plain(one.noted_by.name)
            for one in noted
            if one.noted_by is not None and one.words is not None and _noted(one.words, tag, words)
        ]
        translation = "" if read else _for_reader(tag, text)
        lines = {article.pk: _line(article) for article in holding}
        found.append(WordsUsed(Quotation(tag, words, translation), list(lines.values()), offices))
    return found


def date_words(
    date: DateAsSaid | None, passages: Iterable[Passage], noted: Iterable[Noted] = ()
) -> list[WordsUsed]:
    """The words in which a date was said; as `words_used` gives those of a text."""
    if date is None or date.said is None:
        return []
    said = date.said
    versions = {
        tag: Version(words, made_from=MadeFrom(said.lang, "")) for tag, words in date.translations
    }
    text = Text(said.lang, {said.lang: Version(said.words), **versions})
    return words_used(text, passages, noted)


def noted_words(noted: Noted) -> list[WordsUsed]:
    """The words of something said that were noted in the hall; none where nobody noted any."""
    return words_used(noted.words, (), [noted]) if noted.noted_by is not None else []


def voice_count(passages: Iterable[Passage]) -> int:
    """How many independent voices the passages come from."""
    return count_voices(passage.article for passage in passages)


def _noted(heard: Text, tag: str, words: str) -> bool:
    return any(holds(Heard(own, said), tag, words) for own, said in as_said(heard).items())


def _for_reader(language: str, text: Text | None) -> str:
    """A translation in the page's language of words in another one; empty where there is none."""
    if text is None or codes.base(language) == page_language():
        return ""
    version = text.versions.get(page_language())
    return version.words if version else ""


def _line(article: Article) -> SourceLine:
    original = article.translation_of
    return SourceLine(
        publisher=plain(article.source.name),
        title=plain(article.title),
        language_name=language_name(article.language),
        address=reverse("sources:article", kwargs={"key": article.key}),
        original=article.url,
        date=article.published,
        translation_of=plain(original.source.name) if original else "",
        reason="" if article.counts else plain(article.note),
        found=article.source.kind == SourceKind.EDITORS,
    )
