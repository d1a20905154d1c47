from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from amity.foundation.database.constraints import CheckAt
from amity.foundation.dates.fields import DateAsSaidColumn
from amity.foundation.fields import ChoiceColumn
from amity.gatherings.choices import Occasion, StatementKind
from amity.languages.fields import TextColumn
from amity.network.models import Organization, Person, Side, Theme
from amity.record.models import Recorded

from .gatherings import Gathering
from .programme import Session


class Statement(Recorded):
    """What somebody said, restated in our own words; its passages hold the evidence.

    `words` are some of the words that were used: the original version as they were said, the others
    our translations. Where no passage holds them, `noted_by` is the organization whose clerk
    heard them in the hall.
    """

    kind = ChoiceColumn(_("kind"), max_length=20, choices=StatementKind)
    text = TextColumn(verbose_name=_("what was said"))
    words = TextColumn(verbose_name=_("words used"), null=True, blank=True)
    noted_by = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("noted in the hall by"),
    )
    occasion = ChoiceColumn(_("occasion"), max_length=20, choices=Occasion)
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="statements",
        verbose_name=_("person"),
    )
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="statements",
        verbose_name=_("organization"),
    )
    side = models.ForeignKey(
        Side,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="statements",
        verbose_name=_("side"),
    )
    gathering = models.ForeignKey(
        Gathering,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="statements",
        verbose_name=_("gathering"),
    )
    session = models.ForeignKey(
        Session,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="statements",
        verbose_name=_("session"),
    )
    when = DateAsSaidColumn(verbose_name=_("when"), null=True, blank=True)
    themes = models.ManyToManyField(Theme, blank=True, related_name="+", verbose_name=_("themes"))

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        constraints = [
            CheckAt(
                condition=Q(person__isnull=False)
                | Q(organization__isnull=False)
                | Q(side__isnull=False)
                | Q(gathering__isnull=False),
                name="gatherings_statement_by_someone",
                shown_at="person",
                words=_("expected a person, organization, side or gathering"),
            ),
            CheckAt(
                condition=Q(noted_by__isnull=True) | Q(words__isnull=False),
                name="gatherings_statement_notes_words",
                shown_at="words",
                words=_("somebody noted words in the hall; expected these words"),
            ),
        ]
