"""Checks between records about what was published."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from amity.record.checks import Broken
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
