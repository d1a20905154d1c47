"""Publishers, what they published, and what a passage of it claims."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from amity.foundation.database.constraints import CheckAt, UniqueAt
from amity.foundation.dates.fields import DateAsSaidColumn
from amity.foundation.fields import (
    AddressColumn,
    ChoiceColumn,
    SlugColumn,
    SmallWholeColumn,
    WholeColumn,
    WordsColumn,
)
from amity.languages.fields import LanguageColumn, TextColumn
from amity.record.managers import PublicRows
from amity.record.models import Entry, Recorded

from .choices import NO_VOICE, SourceKind


class Source(Recorded):
    """A publisher."""

    kind = ChoiceColumn(_("kind"), max_length=20, choices=SourceKind)
    name = TextColumn(verbose_name=_("name"))
    url = AddressColumn(_("address"), blank=True)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")


class Article(Recorded):
    """One published piece in one language. Its full text is never stored.

    `translation_of` names the original piece (never another translation): the two then share one
    voice, and what they both say counts once.
    """

    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="articles", verbose_name=_("source")
    )
    language = LanguageColumn(_("language"), max_length=35)
    title = TextColumn(verbose_name=_("what it is about"))
    url = AddressColumn(_("address"), max_length=500, blank=True)
    published = DateAsSaidColumn(verbose_name=_("published"), null=True, blank=True)
    translation_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="translations",
        verbose_name=_("translation of"),
    )
    note = TextColumn(verbose_name=_("note"), null=True, blank=True)

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        constraints = [
            CheckAt(
                condition=Q(translation_of__isnull=True) | ~Q(translation_of=F("id")),
                name="sources_article_not_its_own_translation",
                shown_at="translation_of",
                words=_("an article cannot translate itself"),
            ),
        ]

    @property
    def voice_id(self) -> int:
        """Whose voice this is: the original's, for a translation."""
        return self.translation_of_id or self.pk

    @property
    def counts(self) -> bool:
        """Whether it is a voice at all: somebody published it. Wants its source."""
        return self.source.kind not in NO_VOICE


class Passage(Recorded):
    """A span of an article, with a short quotation as evidence (at most eight words).

    `translation` is ours, for those who cannot read the quotation.
    """

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="passages", verbose_name=_("article")
    )
    language = LanguageColumn(_("language"), max_length=35)
    quotation = WordsColumn(_("quotation"), max_length=160, blank=True)
    translation = TextColumn(verbose_name=_("our translation"), null=True, blank=True)
    span_start = WholeColumn(_("starts at character"), null=True, blank=True)
    span_end = WholeColumn(_("ends at character"), null=True, blank=True)

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        constraints = [
            CheckAt(
                condition=Q(span_start__isnull=True, span_end__isnull=True)
                | Q(
                    span_start__isnull=False,
                    span_end__isnull=False,
                    span_end__gt=F("span_start"),
                ),
                name="sources_passage_span_in_order",
                shown_at="span_end",
                words=_("expected the start before the end, or neither"),
            ),
        ]


class Claim(models.Model):
    """A passage's statement about something; with a property, of that property's value.

    `value` is the comparable form (an EDTF date, a number, an identifier, a slug); `reading` is
    how a reader sees it. Without a property the passage just speaks of the thing.
    """

    passage = models.ForeignKey(
        Passage, on_delete=models.CASCADE, related_name="claims", verbose_name=_("passage")
    )
    position = SmallWholeColumn(_("position"))
    about = models.ForeignKey(
        Entry, on_delete=models.PROTECT, related_name="claims", verbose_name=_("about")
    )
    property = SlugColumn(_("property"), max_length=60, blank=True, db_index=False)
    value = WordsColumn(_("value"), max_length=200, blank=True)
    reading = TextColumn(verbose_name=_("as readers see it"), null=True, blank=True)

    objects = PublicRows("passage")
    everything = models.Manager()

    class Meta:
        default_manager_name = "everything"
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["passage", "position"]
        indexes = [models.Index(fields=["property", "about"], name="sources_claim_property")]
        constraints = [
            UniqueAt(
                fields=["passage", "about", "property"],
                name="sources_claim_once_per_passage",
                shown_at="property",
                words=_("the passage claims this already; expected it once"),
            ),
            CheckAt(
                condition=Q(property="", value="") | (~Q(property="") & ~Q(value="")),
                name="sources_claim_value_with_property",
                shown_at="property",
                words=_("property and value are given together or not at all"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.property}={self.value}" if self.property else "mention"
