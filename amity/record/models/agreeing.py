"""What sides say of a joint record: confirmed, to be changed, disputed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from amity.foundation.models import Change
from amity.languages.fields import TextColumn
from amity.record.choices import ProposalState, StandingState, Verdict

from .records import LONGEST_REGISTER_KEY, Entry


class Standing(models.Model):
    """That a side has confirmed a joint record, bound to a digest of its weighty fields.

    `languages`: the versions that were read when it was confirmed. `given`: the entry of the audit
    trail that says who confirmed; none for what was brought back. `voided_by`: the one that says
    what changed, where it is void since.
    """

    entry = models.ForeignKey(
        Entry, on_delete=models.CASCADE, related_name="standings", verbose_name=_("record")
    )
    side = models.CharField(_("side"), max_length=LONGEST_REGISTER_KEY)
    state = models.CharField(_("state"), max_length=20, choices=StandingState)
    digest = models.CharField(_("digest"), max_length=64)
    languages = models.JSONField(_("languages read"), default=list, blank=True)
    at = models.DateTimeField(_("confirmed"))
    given = models.ForeignKey(
        Change,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("given by"),
    )
    voided_by = models.ForeignKey(
        Change,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("void by"),
    )

    class Meta:
        verbose_name = _("standing")
        verbose_name_plural = _("standings")
        constraints = [
            models.UniqueConstraint(fields=["entry", "side"], name="record_standing_once"),
        ]
        indexes = [models.Index(fields=["side", "state"], name="record_standing_of_side")]

    def __str__(self) -> str:
        return f"{self.side} {self.state}"


class ProposedChange(models.Model):
    """What a side asks the others to agree to in a record that all of them have confirmed.

    What was sent is never altered. `together`: its fields take effect together or not at all.
    `answers`: the proposed change that this is the side's own version of.
    """

    entry = models.ForeignKey(
        Entry, on_delete=models.CASCADE, related_name="proposals", verbose_name=_("record")
    )
    side = models.CharField(_("side"), max_length=LONGEST_REGISTER_KEY)
    office = models.CharField(_("office"), max_length=LONGEST_REGISTER_KEY)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("person"),
    )
    answers = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="answered_by",
        verbose_name=_("answers"),
    )
    together = models.BooleanField(_("only together"), default=False)
    note = models.TextField(_("note"), max_length=10_000, blank=True)
    at = models.DateTimeField(_("proposed"))

    class Meta:
        verbose_name = _("proposed change")
        verbose_name_plural = _("proposed changes")
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.side} {self.entry_id}"


class ProposedField(models.Model):
    """One place of a record in a proposed change: what stands there, and what is to stand.

    `difference` is a `FieldChange` in its JSON form.
    """

    change = models.ForeignKey(
        ProposedChange,
        on_delete=models.CASCADE,
        related_name="fields",
        verbose_name=_("proposed change"),
    )
    position = models.PositiveSmallIntegerField(_("position"))
    difference = models.JSONField(_("before and after"))
    state = models.CharField(
        _("state"), max_length=20, choices=ProposalState, default=ProposalState.OPEN
    )
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)

    class Meta:
        verbose_name = _("proposed field")
        verbose_name_plural = _("proposed fields")
        ordering = ["change", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["change", "position"], name="record_proposed_field_once"
            ),
        ]
        indexes = [models.Index(fields=["state", "change"], name="record_proposed_field_in")]

    def __str__(self) -> str:
        return f"{self.change_id} {self.position}"


class Reply(models.Model):
    """What a side says to one field of a proposed change; `languages`: the versions it read.

    `by_silence`: it said nothing in the days that all sides have set, which counts as agreeing.
    """

    field = models.ForeignKey(
        ProposedField, on_delete=models.CASCADE, related_name="replies", verbose_name=_("field")
    )
    side = models.CharField(_("side"), max_length=LONGEST_REGISTER_KEY)
    office = models.CharField(_("office"), max_length=LONGEST_REGISTER_KEY, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("person"),
    )
    verdict = models.CharField(_("verdict"), max_length=20, choices=Verdict)
    reasons = models.TextField(_("reasons"), max_length=10_000, blank=True)
    languages = models.JSONField(_("languages read"), default=list, blank=True)
    by_silence = models.BooleanField(_("by silence"), default=False)
    at = models.DateTimeField(_("said"))

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        constraints = [
            models.UniqueConstraint(fields=["field", "side"], name="record_reply_once"),
        ]

    def __str__(self) -> str:
        return f"{self.side} {self.verdict}"


class Dispute(models.Model):
    """That a side disputes a joint record, or one place in it, and why.

    Whoever reads the record reads it, until the side withdraws it. `path` is that of the place,
    empty for the whole record; `corrected_at` says when what stands there first changed since.
    """

    entry = models.ForeignKey(
        Entry, on_delete=models.CASCADE, related_name="disputes", verbose_name=_("record")
    )
    side = models.ForeignKey(
        Entry, on_delete=models.CASCADE, related_name="disputing", verbose_name=_("side")
    )
    office = models.CharField(_("office"), max_length=LONGEST_REGISTER_KEY)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("person"),
    )
    path = models.JSONField(_("place"), default=list, blank=True)
    reasons = TextColumn(verbose_name=_("reasons"))
    at = models.DateTimeField(_("disputed"))
    corrected_at = models.DateTimeField(_("corrected"), null=True, blank=True)
    ended_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("dispute")
        verbose_name_plural = _("disputes")
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(
                fields=["entry"], condition=Q(ended_at=None), name="record_dispute_standing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.side_id}"
