from django.db import models
from django.db.models import F, Q
from django.db.models.fields.json import KT
from django.utils.translation import gettext_lazy as _

from amity.followup.choices import (
    CommitmentKind,
    Completion,
    Grade,
    JointState,
    Outcome,
    PartyRole,
)
from amity.followup.fields import GoalsColumn
from amity.foundation.database.constraints import CheckAt, UniqueAt
from amity.foundation.dates.fields import DateAsSaidColumn
from amity.foundation.fields import ChoiceColumn, SmallWholeColumn
from amity.gatherings.models import Gathering, Session, Statement
from amity.languages.fields import TextColumn
from amity.network.models import Organization, Side, Theme
from amity.record.managers import PublicRows
from amity.record.models import Recorded

from .proposals import Proposal


class Commitment(Recorded):
    """Something promised, with the words' grade and the deadline as said.

    `grade_words` are the words that carry the grade: the original version as they were said, which
    a passage or a note in the hall holds, the others our translations.

    `joint_state`, `joint_completion`, `due_on`, `open`, `decided` and `waits_at` are derived from
    the accepted reports and dispositions (see `followup.joint_state`); they are kept only so that
    lists can filter.
    """

    kind = ChoiceColumn(_("kind"), max_length=20, choices=CommitmentKind)
    title = TextColumn(verbose_name=_("title"))
    text = TextColumn(verbose_name=_("text"), null=True, blank=True)
    grade = ChoiceColumn(_("grade"), max_length=20, choices=Grade, blank=True)
    grade_words = TextColumn(verbose_name=_("grade, as said"), null=True, blank=True)
    gathering = models.ForeignKey(
        Gathering,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="commitments",
        verbose_name=_("gathering"),
    )
    session = models.ForeignKey(
        Session,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="commitments",
        verbose_name=_("session"),
    )
    statements = models.ManyToManyField(
        Statement, blank=True, related_name="commitments", verbose_name=_("said in")
    )
    proposals = models.ManyToManyField(
        Proposal, blank=True, related_name="commitments", verbose_name=_("answers the proposals")
    )
    made = DateAsSaidColumn(verbose_name=_("made"), null=True, blank=True)
    made_on = models.GeneratedField(
        expression=KT("made__end"), output_field=models.CharField(max_length=10), db_persist=True
    )
    deadline = DateAsSaidColumn(verbose_name=_("deadline"), null=True, blank=True)
    themes = models.ManyToManyField(
        Theme, blank=True, related_name="commitments", verbose_name=_("themes")
    )
    goals = GoalsColumn(_("Sustainable Development Goals"), default=list, blank=True)
    joint_state = ChoiceColumn(
        _("joint state"),
        max_length=20,
        choices=JointState,
        default=JointState.SILENT,
        editable=False,
    )
    joint_completion = ChoiceColumn(
        _("joint completion"), max_length=20, choices=Completion, blank=True, editable=False
    )
    due_on = models.DateField(_("next due"), null=True, blank=True, editable=False)
    open = models.BooleanField(_("open"), default=True, editable=False)
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
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        indexes = [
            models.Index(F("made_on").desc(), "key", name="followup_commitment_last"),
            models.Index(
                fields=["readers", "joint_state", "joint_completion", "dossier", "open", "due_on"],
                name="followup_commitment_tally",
            ),
            models.Index("dossier", F("made_on").desc(), "key", name="followup_commitment_last_of"),
            models.Index(
                fields=["joint_state", "joint_completion", "key"], name="followup_commitment_state"
            ),
            models.Index(
                fields=["due_on", "key"], condition=Q(open=True), name="followup_commitment_due"
            ),
            models.Index(
                fields=["waits_at", "key", "readers"],
                condition=Q(waits_at__isnull=False),
                name="followup_commitment_waits",
            ),
            models.Index(fields=["readers", "made_on"], name="followup_commitment_years"),
        ]
        constraints = [
            CheckAt(
                condition=~Q(kind=CommitmentKind.ASSURANCE) | ~Q(grade=""),
                name="followup_assurance_has_grade",
                shown_at="grade",
                words=_("an assurance has a grade; expected one"),
            ),
            CheckAt(
                condition=Q(joint_state=JointState.CONFIRMED) & ~Q(joint_completion="")
                | ~Q(joint_state=JointState.CONFIRMED) & Q(joint_completion=""),
                name="followup_completion_only_when_confirmed",
                words=_("a joint completion is kept when it is confirmed, and only then"),
            ),
        ]


class Party(models.Model):
    """A side's part in a commitment. A joint position is held by both sides.

    `words` say who it is as it was said ("the Russian people"), where that is no organization.
    """

    commitment = models.ForeignKey(
        Commitment,
        on_delete=models.CASCADE,
        related_name="parties",
        verbose_name=_("commitment"),
    )
    position = SmallWholeColumn(_("position"))
    side = models.ForeignKey(
        Side, on_delete=models.PROTECT, related_name="parties", verbose_name=_("side")
    )
    role = ChoiceColumn(_("role"), max_length=20, choices=PartyRole)
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parties",
        verbose_name=_("organization"),
    )
    words = TextColumn(verbose_name=_("named as"), null=True, blank=True)

    objects = PublicRows("commitment")
    everything = models.Manager()

    class Meta:
        default_manager_name = "everything"
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["commitment", "position"]
        indexes = [models.Index(fields=["side", "role", "commitment"], name="followup_party_side")]
        constraints = [
            UniqueAt(
                fields=["commitment", "side"],
                name="followup_party_once",
                shown_at="side",
                words=_("the side is in the list already; expected it once"),
            ),
        ]

    def __str__(self) -> str:
        return self.role
