from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from amity.followup.choices import Outcome
from amity.foundation.database.constraints import CheckAt, UniqueAt
from amity.foundation.dates.fields import DayColumn
from amity.foundation.fields import ChoiceColumn
from amity.gatherings.models import Gathering
from amity.languages.fields import TextColumn
from amity.record.models import Recorded

from .commitments import Commitment
from .proposals import Proposal


class Disposition(Recorded):
    """What the closing of an edition decided of an open proposal or commitment."""

    gathering = models.ForeignKey(
        Gathering,
        on_delete=models.CASCADE,
        related_name="dispositions",
        verbose_name=_("edition that was closed"),
    )
    proposal = models.ForeignKey(
        Proposal,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="dispositions",
        verbose_name=_("proposal"),
    )
    commitment = models.ForeignKey(
        Commitment,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="dispositions",
        verbose_name=_("commitment"),
    )
    outcome = ChoiceColumn(_("outcome"), max_length=20, choices=Outcome)
    reason = TextColumn(verbose_name=_("reason"), null=True, blank=True)
    decided_on = DayColumn(_("decided on"))
    into = models.ForeignKey(
        Gathering,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="carried_in",
        verbose_name=_("carried into"),
    )
    successor_commitments = models.ManyToManyField(
        Commitment, blank=True, related_name="precursors", verbose_name=_("commitments after it")
    )
    successor_proposals = models.ManyToManyField(
        Proposal, blank=True, related_name="precursors", verbose_name=_("proposals after it")
    )

    class Meta:
        verbose_name = _("disposition")
        verbose_name_plural = _("dispositions")
        indexes = [
            models.Index(fields=["-decided_on", "key"], name="followup_disposition_last"),
            models.Index(
                fields=["dossier", "-decided_on", "key"], name="followup_disposition_last_of"
            ),
        ]
        constraints = [
            CheckAt(
                condition=Q(proposal__isnull=True, commitment__isnull=False)
                | Q(proposal__isnull=False, commitment__isnull=True),
                name="followup_disposition_of_one_item",
                shown_at="commitment",
                words=_("expected either a proposal or a commitment"),
            ),
            CheckAt(
                condition=~Q(outcome=Outcome.DROPPED) | Q(reason__isnull=False),
                name="followup_dropped_with_reason",
                shown_at="reason",
                words=_("what is dropped has a reason; expected one"),
            ),
            CheckAt(
                condition=Q(outcome=Outcome.CARRIED, into__isnull=False)
                | ~Q(outcome=Outcome.CARRIED) & Q(into__isnull=True),
                name="followup_carried_into_an_edition",
                shown_at="into",
                words=_("a later edition is given for what is carried, and only then"),
            ),
            UniqueAt(
                fields=["gathering", "proposal"],
                name="followup_disposition_proposal_once",
                shown_at="proposal",
                words=_("the edition has disposed of this proposal; expected it once"),
            ),
            UniqueAt(
                fields=["gathering", "commitment"],
                name="followup_disposition_commitment_once",
                shown_at="commitment",
                words=_("the edition has disposed of this commitment; expected it once"),
            ),
        ]
