"""What sides agree on over time: merging, releasing on a set day, silence."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from amity.foundation.database.constraints import CheckAt
from amity.network.models import Side
from amity.record.models import LONGEST_REGISTER_KEY, Entry

FEWEST_DAYS = 3
"""Of a silence procedure: one to be told on, and two after it was said again."""
MOST_DAYS = 60


class ProposedMerge(models.Model):
    """That an office asks another to let two records be one, of which each keeps one.

    What was sent is never altered: `stays` and `goes` as they stood at these revisions, and the
    `state` that shall stand in the one that stays. `answering` is the office that is asked.
    """

    class Outcome(models.TextChoices):
        AGREED = "agreed", pgettext_lazy("a proposal to merge", "merged")
        DECLINED = "declined", pgettext_lazy("a proposal to merge", "declined")
        WITHDRAWN = "withdrawn", pgettext_lazy("a proposal to merge", "withdrawn")

    stays = models.ForeignKey(
        Entry, on_delete=models.CASCADE, related_name="+", verbose_name=_("record that stays")
    )
    stays_revision = models.PositiveIntegerField(_("revision"))
    goes = models.ForeignKey(
        Entry, on_delete=models.CASCADE, related_name="+", verbose_name=_("record that goes")
    )
    goes_revision = models.PositiveIntegerField(_("revision"))
    state = models.JSONField(_("what shall stand"))
    office = models.CharField(_("of the office"), max_length=LONGEST_REGISTER_KEY)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("proposed by"),
    )
    answering = models.CharField(
        _("office that is asked"), max_length=LONGEST_REGISTER_KEY, db_index=True
    )
    reason = models.CharField(_("reason"), max_length=1_000, blank=True)
    at = models.DateTimeField(_("proposed"))
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome, blank=True)
    reply = models.CharField(_("reply"), max_length=1_000, blank=True)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)

    class Meta:
        verbose_name = _("proposal to merge")
        verbose_name_plural = _("proposals to merge")
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["stays", "goes"],
                condition=models.Q(outcome=""),
                name="desk_merge_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office} {self.stays_id} {self.goes_id}"


class PlannedRelease(models.Model):
    """That a record is to be read by everybody from a moment on, as it stands then.

    It is done with the rights that whoever set it has by then. `outcome` is empty until it is
    settled; `failure` says in words why it was refused.
    """

    class Outcome(models.TextChoices):
        """What became of it."""

        RELEASED = "released", _("released")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")

    entry = models.ForeignKey(
        Entry, on_delete=models.CASCADE, related_name="planned_releases", verbose_name=_("record")
    )
    office = models.CharField(_("of the office"), max_length=LONGEST_REGISTER_KEY)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("person"),
    )
    due = models.DateTimeField(_("when"))
    made_at = models.DateTimeField(_("made"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    failure = models.TextField(_("why not"), blank=True)

    class Meta:
        verbose_name = _("planned release")
        verbose_name_plural = _("planned releases")
        ordering = ["due", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry"],
                condition=models.Q(outcome=""),
                name="desk_planned_release_once",
            ),
        ]
        indexes = [
            models.Index(fields=["outcome", "due"], name="desk_planned_release_due"),
            models.Index(fields=["office", "outcome"], name="desk_planned_release_of"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.due:%Y-%m-%d}"


class SilenceDays(models.Model):
    """In how many working days a side wants proposed changes objected to, or else agreed.

    A partnership has the silence procedure while all its sides have set the same number. It holds
    for what is proposed after the last of them did: so `set_at` moves with the number.
    """

    side = models.OneToOneField(
        Side, on_delete=models.CASCADE, related_name="silence", verbose_name=_("side")
    )
    days = models.PositiveSmallIntegerField(_("working days"))
    set_at = models.DateTimeField(_("set"))

    class Meta:
        verbose_name = _("silence procedure of a side")
        verbose_name_plural = _("silence procedures of sides")
        constraints = [
            CheckAt(
                condition=models.Q(days__gte=FEWEST_DAYS, days__lte=MOST_DAYS),
                name="desk_silence_days",
                shown_at="days",
                words=_("expected 3 to 60 working days"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.side_id} {self.days}"
