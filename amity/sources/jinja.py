"""What the sources room offers to all templates."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from jinja2 import Environment

from amity.foundation.dates.as_said import DateAsSaid
from amity.languages.jinja import language_name, plain

from .choices import Property
from .models import Passage
from .queries import count_voices


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A passage as `parts.sources` shows it.

    `language` is that of the quotation, a tag; `language_name` what the article's is called.
    `date` is None where none is known, `translation_of` where the article translates nothing.
    """

    publisher: str
    language: str
    language_name: str
    quotation: str
    address: str
    date: DateAsSaid | None
    translation_of: str


def install(environment: Environment) -> None:
    """Offer `source_lines`, `voice_count` and `property_label`."""
    environment.globals.update(
        source_lines=source_lines, voice_count=voice_count, property_label=property_label
    )


def property_label(name: str) -> str:
    """The words for a property that claims are made about; its own name where it has none."""
    try:
        return str(Property(name).label)
    except ValueError:
        return name.replace("-", " ").replace("_", " ")


def source_lines(passages: Iterable[Passage]) -> list[SourceLine]:
    """Passages (with article and source loaded) as `parts.sources` wants them.

    Passages without a quotation are listed once per article.
    """
    lines = []
    seen: set[tuple[int, str]] = set()
    for passage in passages:
        article = passage.article
        once = (article.pk, passage.quotation)
        if once in seen:
            continue
        seen.add(once)
        original = article.translation_of
        lines.append(
            SourceLine(
                publisher=plain(article.source.name),
                language=passage.language,
                language_name=language_name(article.language),
                quotation=passage.quotation,
                address=reverse("sources:article", kwargs={"key": article.key}),
                date=article.published,
                translation_of=plain(original.source.name) if original else "",
            )
        )
    quoted = {line.address for line in lines if line.quotation}
    return [line for line in lines if line.quotation or line.address not in quoted]


def voice_count(passages: Iterable[Passage]) -> int:
    """How many independent voices the passages come from."""
    return count_voices(passage.article for passage in passages)
