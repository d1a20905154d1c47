from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from amity.foundation.database.constraints import CheckAt
from amity.foundation.dates.fields import DateAsSaidColumn
from amity.foundation.fields import AmountColumn, SmallWholeColumn
from amity.languages.fields import TextColumn
from amity.record.managers import PublicRows

from .commitments import Commitment


class Milestone(models.Model):
    """What is to be reached on the way, and by when as said; its number is its place in the list.

    Whether it was reached each side says for itself, in its reports.
    """

    commitment = models.ForeignKey(
        Commitment,
        on_delete=models.CASCADE,
        related_name="milestones",
        verbose_name=_("commitment"),
    )
    position = SmallWholeColumn(_("position"))
    text = TextColumn(verbose_name=_("text"))
    deadline = DateAsSaidColumn(verbose_name=_("deadline"), null=True, blank=True)

    objects = PublicRows("commitment")
    everything = models.Manager()

    class Meta:
        default_manager_name = "everything"
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["commitment", "position"]

    def __str__(self) -> str:
        return f"{self.commitment_id}/{self.position}"


class SuccessIndicator(models.Model):
    """What would show that it was done; its number is its place in the list.

    Where it can be measured, `measure` says what is counted, `baseline` how much there was of it
    and `target` how much there is to be. What there is each side says for itself, in its reports.
    """

    commitment = models.ForeignKey(
        Commitment,
        on_delete=models.CASCADE,
        related_name="indicators",
        verbose_name=_("commitment"),
    )
    position = SmallWholeColumn(_("position"))
    text = TextColumn(verbose_name=_("text"))
    measure = TextColumn(verbose_name=_("measured in"), null=True, blank=True)
    baseline = AmountColumn(_("baseline"), max_digits=20, decimal_places=3, null=True, blank=True)
    target = AmountColumn(_("target"), max_digits=20, decimal_places=3, null=True, blank=True)

    objects = PublicRows("commitment")
    everything = models.Manager()

    class Meta:
        default_manager_name = "everything"
        verbose_name = _("indicator of success")
        verbose_name_plural = _("indicators of success")
        ordering = ["commitment", "position"]
        constraints = [
            CheckAt(
                condition=Q(measure__isnull=False) | Q(baseline__isnull=True, target__isnull=True),
                name="followup_indicator_measured",
                shown_at="measure",
                words=_("a baseline or target is given; expected what it is measured in"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id}/{self.position}"
