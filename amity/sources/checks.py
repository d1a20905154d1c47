"""Checks between records about what was published."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from amity.record.checks import Broken
from amity.sources.choices import NO_VOICE, SourceKind
from amity.sources.models import Article, Passage

LONGEST_QUOTATION = 8
"""Words: short enough to be evidence and not a copy."""


def translates_an_original(articles: QuerySet[Article]) -> Iterator[Broken]:
    """A translation names the original piece, never another translation, in another language."""
    rows = articles.filter(translation_of__isnull=False).values_list(
        "pk",
        "language",
        "translation_of__key",
        "translation_of__language",
        "translation_of__translation_of__key",
    )
    for pk, language, original, theirs, first in rows.iterator():
        if first is not None:
            words = _("{article} is itself a translation; expected the original, {original}")
            message = format_lazy(words, article=original, original=first)
            yield Broken(pk, "translation_of", message)
        if theirs == language:
            words = _("{article} is in the same language, {language}; expected a piece in another")
            message = format_lazy(words, article=original, language=language)
            yield Broken(pk, "translation_of", message)


def quotes_little(passages: QuerySet[Passage]) -> Iterator[Broken]:
    """A quotation is at most eight words."""
    for pk, quotation in passages.values_list("pk", "quotation").iterator():
        count = len(quotation.split())
        if count > LONGEST_QUOTATION:
            words = ngettext_lazy(
                "{count} word; expected at most {most}, as evidence",
                "{count} words; expected at most {most}, as evidence",
                count,
            )
            message = format_lazy(words, count=count, most=LONGEST_QUOTATION)
            yield Broken(pk, "quotation", message)


def says_why_it_counts_for_nothing(articles: QuerySet[Article]) -> Iterator[Broken]:
    """What no publisher stands behind says why it is in the record all the same."""
    silent = articles.filter(source__kind__in=NO_VOICE, note__isnull=True)
    for pk, source in silent.values_list("pk", "source__key").iterator():
        words = _("no publisher stands behind {source}; expected a note that gives the reason")
        yield Broken(pk, "note", format_lazy(words, source=source))


def editors_quote_nobody(passages: QuerySet[Passage]) -> Iterator[Broken]:
    """What the editors found themselves quotes nobody."""
    found = passages.filter(article__source__kind=SourceKind.EDITORS).exclude(quotation="")
    for pk in found.values_list("pk", flat=True).iterator():
        words = _("the editors’ own finding; expected no quotation, for nobody said it")
        yield Broken(pk, "quotation", words)
