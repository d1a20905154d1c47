"""Who is asked what became of a promise, when, and by which link. None of this is a record."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from amity.followup.models import Commitment, Report
from amity.foundation.dates.fields import TimeZoneColumn
from amity.foundation.models import Letter
from amity.languages.interface import interface_languages
from amity.network.models import Side
from amity.record.models import LONGEST_REGISTER_KEY


class Holder(models.Model):
    """Somebody whom an office asks on behalf of its side; known to that office alone."""

    office = models.CharField(_("of the office"), max_length=LONGEST_REGISTER_KEY)
    side = models.ForeignKey(
        Side, on_delete=models.CASCADE, related_name="+", verbose_name=_("side")
    )
    name = models.CharField(pgettext_lazy("of somebody", "name"), max_length=200)
    mail = models.EmailField(_("mail address"))
    language = models.CharField(_("language"), max_length=35, choices=interface_languages)
    timezone = TimeZoneColumn(_("time zone"), max_length=64, default="UTC")

    class Meta:
        verbose_name = _("person in charge")
        verbose_name_plural = _("people in charge")
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["office", "side", "name"], name="turns_holder_of")]

    def __str__(self) -> str:
        return f"{self.office} {self.pk}"


class Charge(models.Model):
    """That a holder is asked about a commitment that their side holds."""

    commitment = models.ForeignKey(
        Commitment, on_delete=models.CASCADE, related_name="+", verbose_name=_("commitment")
    )
    side = models.ForeignKey(
        Side, on_delete=models.CASCADE, related_name="+", verbose_name=_("side")
    )
    holder = models.ForeignKey(
        Holder, on_delete=models.CASCADE, related_name="charges", verbose_name=_("holder")
    )

    class Meta:
        verbose_name = _("charge of a holder")
        verbose_name_plural = _("charges of holders")
        constraints = [
            models.UniqueConstraint(fields=["commitment", "side"], name="turns_charge_once"),
        ]

    def __str__(self) -> str:
        return f"{self.holder_id} for {self.commitment_id}"


class Turn(models.Model):
    """One period of a commitment in which one side that holds it is asked; see `schedule.py`.

    `asked_at`: when the last letter was written. `opened_at`: when somebody first typed something
    into the form and it was kept, or sent it; that a page was looked at is not known. `report`:
    what was answered. `returned_words`: why the office gave it back. `dropped_at`: since when it is
    due no more, of one that had been asked.
    """

    commitment = models.ForeignKey(
        Commitment, on_delete=models.CASCADE, related_name="turns", verbose_name=_("commitment")
    )
    side = models.ForeignKey(
        Side, on_delete=models.CASCADE, related_name="turns", verbose_name=_("side")
    )
    starts = models.DateField(_("first day"), null=True, blank=True)
    due_on = models.DateField(_("due on"))
    asked_at = models.DateTimeField(_("asked"), null=True, blank=True)
    opened_at = models.DateTimeField(_("form begun"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    report = models.ForeignKey(
        Report,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="turns",
        verbose_name=_("report"),
    )
    returned_words = models.TextField(_("why it was given back"), max_length=4_000, blank=True)
    dropped_at = models.DateTimeField(_("due no more since"), null=True, blank=True)

    class Meta:
        verbose_name = _("turn to report")
        verbose_name_plural = _("turns to report")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "side", "due_on"],
                condition=Q(dropped_at__isnull=True),
                name="turns_turn_once",
            ),
        ]
        indexes = [
            models.Index(fields=["side", "due_on"], name="turns_turn_of"),
            models.Index(
                fields=["due_on"],
                condition=Q(dropped_at__isnull=True, answered_at__isnull=True),
                name="turns_turn_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id}/{self.side_id} {self.due_on}"


class Link(models.Model):
    """A link that was sent to one holder for one turn; `digest` is all that is kept of its secret.

    `ended_at`: withdrawn, or another one was sent. `draft`: what was typed and not sent, seen by
    nobody but whoever has the link; a new link for the same person carries it on.
    `looked_into`: how many files that came by it were looked into, taken or not.
    """

    turn = models.ForeignKey(
        Turn, on_delete=models.CASCADE, related_name="links", verbose_name=_("turn")
    )
    holder = models.ForeignKey(
        Holder,
        on_delete=models.CASCADE,
        related_name="links",
        verbose_name=_("holder"),
    )
    digest = models.CharField(_("digest of the secret"), max_length=64, unique=True)
    letter = models.ForeignKey(
        Letter,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("letter"),
    )
    made_at = models.DateTimeField(_("made"))
    expires_at = models.DateTimeField(_("expires"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    used_at = models.DateTimeField(_("used"), null=True, blank=True)
    draft = models.JSONField(_("draft"), default=dict, blank=True)
    looked_into = models.PositiveSmallIntegerField(_("files looked into"), default=0)

    class Meta:
        verbose_name = _("link of a turn")
        verbose_name_plural = _("links of turns")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["turn"], condition=Q(ended_at__isnull=True), name="turns_one_open_link"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.turn_id} {self.holder_id}"


class Aside(models.Model):
    """What was known here of a commitment or a report that was removed, until it comes back.

    `rows`: of a commitment its charges, turns, links, which files its holders sent and what
    they say was published, as JSON; of a report the number of the turn that it answered.
    """

    kind = models.SlugField(_("kind"), max_length=40, db_index=False)
    key = models.CharField(_("identifier"), max_length=120)
    rows = models.TextField(_("rows"))

    class Meta:
        verbose_name = _("what was put aside")
        verbose_name_plural = _("what was put aside")
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="turns_aside_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}/{self.key}"


class Followed(models.Model):
    """How far turns follow the record: the last change that was seen, and the last day reckoned."""

    change = models.BigIntegerField(_("last change seen"), default=0)
    day = models.DateField(_("last day reckoned"), null=True, blank=True)

    class Meta:
        verbose_name = _("how far turns follow the record")
        verbose_name_plural = _("how far turns follow the record")

    def __str__(self) -> str:
        return f"{self.change} {self.day}"
