from django.db import models
from django.db.models import F, Q
from django.db.models.fields.json import KT
from django.utils.translation import gettext_lazy as _

from amity.followup.choices import Outcome, ProposalKind, ProposalStanding, Verdict
from amity.followup.fields import GoalsColumn
from amity.foundation.database.constraints import CheckAt, UniqueAt
from amity.foundation.dates.fields import DateAsSaidColumn
from amity.foundation.fields import ChoiceColumn, SmallWholeColumn
from amity.gatherings.models import Gathering, Session, Statement
from amity.languages.fields import TextColumn
from amity.network.models import Organization, Person, Side, Theme
from amity.record.managers import PublicRows
from amity.record.models import Recorded


class Proposal(Recorded):
    """Something asked of one side or more; `standing`, `decided` and `waits_at` are derived from
    answers and dispositions.
    """

    kind = ChoiceColumn(_("kind"), max_length=20, choices=ProposalKind)
    title = TextColumn(verbose_name=_("title"))
    text = TextColumn(verbose_name=_("text"), null=True, blank=True)
    gathering = models.ForeignKey(
        Gathering,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="proposals",
        verbose_name=_("gathering"),
    )
    session = models.ForeignKey(
        Session,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="proposals",
        verbose_name=_("session"),
    )
    statements = models.ManyToManyField(
        Statement, blank=True, related_name="proposals", verbose_name=_("said in")
    )
    proposer = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="proposals",
        verbose_name=_("proposed by"),
    )
    proposer_organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="proposals",
        verbose_name=_("proposing organization"),
    )
    proposer_side = models.ForeignKey(
        Side,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="proposed",
        verbose_name=_("proposing side"),
    )
    proposer_words = TextColumn(verbose_name=_("proposed by, as said"), null=True, blank=True)
    addressees = models.ManyToManyField(
        Side, blank=True, related_name="asked", verbose_name=_("addressed to")
    )
    addressee_words = TextColumn(verbose_name=_("addressed to, as said"), null=True, blank=True)
    made = DateAsSaidColumn(verbose_name=_("made"), null=True, blank=True)
    made_on = models.GeneratedField(
        expression=KT("made__end"), output_field=models.CharField(max_length=10), db_persist=True
    )
    themes = models.ManyToManyField(
        Theme, blank=True, related_name="proposals", verbose_name=_("themes")
    )
    goals = GoalsColumn(_("Sustainable Development Goals"), default=list, blank=True)
    standing = ChoiceColumn(
        _("standing"),
        max_length=20,
        choices=ProposalStanding,
        default=ProposalStanding.UNANSWERED,
        editable=False,
    )
    decided = ChoiceColumn(
        _("decided"), max_length=20, choices=Outcome, blank=True, default="", editable=False
    )
    waits_at = models.ForeignKey(
        Gathering,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        db_index=False,
        related_name="+",
        verbose_name=_("to be decided at"),
    )

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        indexes = [
            models.Index(fields=["standing", "key"], name="followup_proposal_standing"),
            models.Index(
                fields=["waits_at", "key", "readers"],
                condition=Q(waits_at__isnull=False),
                name="followup_proposal_waits",
            ),
        ]


class Alternative(models.Model):
    """One of the ways in which a proposal may be met: in Hà Nội *or* Ho Chi Minh City."""

    proposal = models.ForeignKey(
        Proposal,
        on_delete=models.CASCADE,
        related_name="alternatives",
        verbose_name=_("proposal"),
    )
    position = SmallWholeColumn(_("position"))
    text = TextColumn(verbose_name=_("text"))

    objects = PublicRows("proposal")
    everything = models.Manager()

    class Meta:
        default_manager_name = "everything"
        verbose_name = _("alternative")
        verbose_name_plural = _("alternatives")
        ordering = ["proposal", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "position"], name="followup_alternative_position_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id}/{self.position}"


class Answer(Recorded):
    """A side's reasoned reply. `alternative` is the number of the alternative it chose."""

    proposal = models.ForeignKey(
        Proposal, on_delete=models.CASCADE, related_name="answers", verbose_name=_("proposal")
    )
    side = models.ForeignKey(
        Side, on_delete=models.PROTECT, related_name="answers", verbose_name=_("side")
    )
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organization"),
    )
    verdict = ChoiceColumn(_("answer"), max_length=20, choices=Verdict)
    reasons = TextColumn(verbose_name=_("reasons"))
    given = DateAsSaidColumn(verbose_name=_("given"), null=True, blank=True)
    given_on = models.GeneratedField(
        expression=KT("given__end"), output_field=models.CharField(max_length=10), db_persist=True
    )
    alternative = SmallWholeColumn(_("alternative"), null=True, blank=True)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        indexes = [
            models.Index(F("given_on").desc(), "key", name="followup_answer_last"),
            models.Index("dossier", F("given_on").desc(), "key", name="followup_answer_last_of"),
        ]
        constraints = [
            UniqueAt(
                fields=["proposal", "side"],
                name="followup_answer_per_side",
                shown_at="side",
                words=_("the side has answered this proposal; expected one answer"),
            ),
            CheckAt(
                condition=Q(alternative__isnull=True) | Q(alternative__gte=1),
                name="followup_answer_alternative_from_one",
                shown_at="alternative",
                words=_("alternatives are numbered from 1"),
            ),
        ]
