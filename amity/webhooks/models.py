"""Where an office's programs are told what changes, and each thing they are told.

None of this is a record. An office sees its own alone; no page, search or export has it.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from amity.foundation.database.constraints import UniqueAt
from amity.foundation.models import Change
from amity.network.models import Office
from amity.record.models import Dossier, Entry
from amity.webhooks.choices import DeliveryState, Pause, Trouble


class Hook(models.Model):
    """An address that is told what changes in public.

    `topics`: of which kinds; empty for all. `dossier`, `partnership`: of these alone, where they
    are set. `secret` signs; while `earlier_until` has not come, `earlier_secret` does too.
    `told`: number of the last change that was looked at. `failures`: requests that failed in a
    row, the first at `failing_since`; nothing is sent until `rests_until`. `paused`: why it is
    told nothing; empty where it is told.
    """

    office = models.ForeignKey(
        Office, on_delete=models.CASCADE, related_name="hooks", verbose_name=_("office")
    )
    address = models.CharField(_("address"), max_length=500)
    topics = models.JSONField(_("hears of"), default=list, blank=True)
    dossier = models.ForeignKey(
        Dossier,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("dossier"),
    )
    partnership = models.ForeignKey(
        Entry,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("partnership"),
    )
    secret = models.CharField(_("secret"), max_length=80)
    earlier_secret = models.CharField(_("earlier secret"), max_length=80, blank=True)
    earlier_until = models.DateTimeField(_("earlier secret holds until"), null=True, blank=True)
    told = models.BigIntegerField(_("told up to"), default=0)
    made_at = models.DateTimeField(_("registered"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("registered by"),
    )
    paused = models.CharField(_("paused"), max_length=10, choices=Pause, blank=True)
    failures = models.PositiveSmallIntegerField(_("failures in a row"), default=0)
    failing_since = models.DateTimeField(_("failing since"), null=True, blank=True)
    rests_until = models.DateTimeField(_("rests until"), null=True, blank=True)

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["pk"]
        constraints = [
            UniqueAt(
                fields=["office", "address"],
                name="webhooks_hook_once",
                shown_at="address",
                words=_("Your office has registered this address already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office_id} {self.address}"


class Delivery(models.Model):
    """Something that a webhook is told: waiting, arrived, or given up.

    `message` names it in every request about it, so that what arrives twice because a process
    died in between is one to whoever receives it. `change`: what it tells of; none for a test.
    `by_hand`: an officer asked for it now, so it is tried once, however the webhook fares.
    `withheld_at`: nothing of it was public any more when it was to be sent. `due_at` moves ahead
    while somebody sends it (a lease), and after each failure.
    """

    hook = models.ForeignKey(
        Hook, on_delete=models.CASCADE, related_name="deliveries", verbose_name=_("webhook")
    )
    message = models.CharField(_("identifier of the message"), max_length=60, unique=True)
    change = models.ForeignKey(
        Change,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("change"),
    )
    by_hand = models.BooleanField(_("asked for by an officer"), default=False)
    written_at = models.DateTimeField(_("written"))
    due_at = models.DateTimeField(_("due"))
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    sent_at = models.DateTimeField(_("arrived"), null=True, blank=True)
    given_up_at = models.DateTimeField(_("given up"), null=True, blank=True)
    withheld_at = models.DateTimeField(_("not sent"), null=True, blank=True)
    status = models.PositiveSmallIntegerField(_("status of the answer"), null=True, blank=True)
    trouble = models.CharField(_("trouble"), max_length=12, choices=Trouble, blank=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["hook", "change"],
                condition=Q(change__isnull=False),
                name="webhooks_delivery_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(sent_at=None, given_up_at=None, withheld_at=None),
                name="webhooks_delivery_due",
            ),
        ]

    def __str__(self) -> str:
        return self.message

    @property
    def state(self) -> DeliveryState:
        """What became of it so far."""
        if self.sent_at is not None:
            return DeliveryState.SENT
        if self.withheld_at is not None:
            return DeliveryState.WITHHELD
        if self.given_up_at is not None:
            return DeliveryState.GIVEN_UP
        return DeliveryState.FAILED if self.trouble else DeliveryState.WAITS
