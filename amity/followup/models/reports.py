from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from amity.followup.choices import (
    Ambition,
    Completion,
    EarlyResults,
    MilestoneReached,
    ReportState,
)
from amity.foundation.database.constraints import CheckAt, UniqueAt
from amity.foundation.dates.fields import DateAsSaidColumn, DayColumn
from amity.foundation.fields import AddressColumn, AmountColumn, ChoiceColumn, SmallWholeColumn
from amity.languages.fields import TextColumn
from amity.network.models import Organization, Person, Side
from amity.record.managers import PublicRows
from amity.record.models import Recorded
from amity.sources.models import Article

from .commitments import Commitment


class Report(Recorded):
    """One side's account of a commitment in a period. Only accepted reports count or are shown."""

    commitment = models.ForeignKey(
        Commitment, on_delete=models.CASCADE, related_name="reports", verbose_name=_("commitment")
    )
    side = models.ForeignKey(
        Side, on_delete=models.PROTECT, related_name="reports", verbose_name=_("side")
    )
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organization"),
    )
    period = DateAsSaidColumn(verbose_name=_("period"), null=True, blank=True)
    completion = ChoiceColumn(_("completion"), max_length=20, choices=Completion)
    text = TextColumn(verbose_name=_("text"))
    obstacles = TextColumn(verbose_name=_("obstacles"), null=True, blank=True)
    state = ChoiceColumn(_("state"), max_length=20, choices=ReportState)
    submitted_on = DayColumn(_("submitted on"))
    accepted_on = DayColumn(_("accepted on"), null=True, blank=True)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        indexes = [
            models.Index(
                fields=["commitment", "side", "accepted_on"], name="followup_report_latest"
            ),
            models.Index(fields=["-accepted_on", "key"], name="followup_report_last"),
            models.Index(fields=["dossier", "-accepted_on", "key"], name="followup_report_last_of"),
            models.Index(fields=["state", "key"], name="followup_report_in_state"),
        ]
        constraints = [
            CheckAt(
                condition=Q(state=ReportState.ACCEPTED, accepted_on__isnull=False)
                | ~Q(state=ReportState.ACCEPTED) & Q(accepted_on__isnull=True),
                name="followup_report_accepted_on",
                shown_at="accepted_on",
                words=_("an accepted report has the day when it was, and no other has"),
            ),
        ]


class Evidence(models.Model):
    """Something that shows what a report says: an address or an article."""

    report = models.ForeignKey(
        Report, on_delete=models.CASCADE, related_name="evidence", verbose_name=_("report")
    )
    position = SmallWholeColumn(_("position"))
    label = TextColumn(verbose_name=_("label"))
    url = AddressColumn(_("address"), max_length=500, blank=True)
    article = models.ForeignKey(
        Article,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("article"),
    )

    objects = PublicRows("report")
    everything = models.Manager()

    class Meta:
        default_manager_name = "everything"
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["report", "position"]

    def __str__(self) -> str:
        return f"{self.report_id}/{self.position}"


class MilestoneState(models.Model):
    """Whether a milestone of the commitment was reached, as the side that reports says it."""

    report = models.ForeignKey(
        Report, on_delete=models.CASCADE, related_name="milestones", verbose_name=_("report")
    )
    position = SmallWholeColumn(_("position"))
    number = SmallWholeColumn(_("number of the milestone"))
    state = ChoiceColumn(_("state"), max_length=20, choices=MilestoneReached)

    objects = PublicRows("report")
    everything = models.Manager()

    class Meta:
        default_manager_name = "everything"
        verbose_name = _("milestone in a report")
        verbose_name_plural = _("milestones reported on")
        ordering = ["report", "position"]
        constraints = [
            UniqueAt(
                fields=["report", "number"],
                name="followup_milestone_state_once",
                shown_at="number",
                words=_("the milestone is in the list already; expected it once"),
            ),
            CheckAt(
                condition=Q(number__gte=1),
                name="followup_milestone_state_from_one",
                shown_at="number",
                words=_("milestones are numbered from 1"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}/{self.number}"


class IndicatorValue(models.Model):
    """What an indicator of the commitment stands at, as the side that reports says it."""

    report = models.ForeignKey(
        Report, on_delete=models.CASCADE, related_name="indicators", verbose_name=_("report")
    )
    position = SmallWholeColumn(_("position"))
    number = SmallWholeColumn(_("number of the indicator"))
    value = AmountColumn(_("value"), max_digits=20, decimal_places=3)

    objects = PublicRows("report")
    everything = models.Manager()

    class Meta:
        default_manager_name = "everything"
        verbose_name = _("value of an indicator")
        verbose_name_plural = _("values of indicators")
        ordering = ["report", "position"]
        constraints = [
            UniqueAt(
                fields=["report", "number"],
                name="followup_indicator_value_once",
                shown_at="number",
                words=_("the indicator is in the list already; expected it once"),
            ),
            CheckAt(
                condition=Q(number__gte=1),
                name="followup_indicator_value_from_one",
                shown_at="number",
                words=_("indicators are numbered from 1"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}/{self.number}"


class Review(Recorded):
    """An independent assessment (OGP Independent Reporting Mechanism)."""

    commitment = models.ForeignKey(
        Commitment, on_delete=models.CASCADE, related_name="reviews", verbose_name=_("commitment")
    )
    reviewer = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reviews",
        verbose_name=_("reviewer"),
    )
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reviews",
        verbose_name=_("organization"),
    )
    reviewed_on = DayColumn(_("reviewed on"))
    verifiable = models.BooleanField(_("verifiable"))
    ambition = ChoiceColumn(_("ambition"), max_length=20, choices=Ambition)
    completion = ChoiceColumn(_("completion"), max_length=20, choices=Completion)
    early_results = ChoiceColumn(_("early results"), max_length=20, choices=EarlyResults)
    text = TextColumn(verbose_name=_("text"))

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        indexes = [
            models.Index(fields=["-reviewed_on", "key"], name="followup_review_last"),
            models.Index(fields=["dossier", "-reviewed_on", "key"], name="followup_review_last_of"),
        ]
        constraints = [
            CheckAt(
                condition=Q(reviewer__isnull=False) | Q(organization__isnull=False),
                name="followup_review_by_someone",
                shown_at="reviewer",
                words=_("expected a reviewer or an organization"),
            ),
        ]
