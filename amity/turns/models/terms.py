"""Until when sides answer what is proposed to them. None of this is a record."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from amity.record.models import Entry
from amity.turns.choices import LONGEST_TERM


class AnswerTerm(models.Model):
    """Until when the sides asked answer what is proposed at a gathering; no row, no term.

    `gathering`: its entry in the register, which outlives renaming. Either within so many `days`
    after a side was asked, or `until` a day.
    """

    gathering = models.OneToOneField(
        Entry, on_delete=models.PROTECT, related_name="+", verbose_name=_("gathering")
    )
    days = models.PositiveSmallIntegerField(_("days to answer"), null=True, blank=True)
    until = models.DateField(_("to be answered by"), null=True, blank=True)

    class Meta:
        verbose_name = _("term for answers")
        verbose_name_plural = _("terms for answers")
        constraints = [
            models.CheckConstraint(
                condition=Q(days__gte=1, days__lte=LONGEST_TERM, until__isnull=True)
                | Q(days__isnull=True, until__isnull=False),
                name="turns_term_days_or_until",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gathering_id} {self.days or self.until}"
