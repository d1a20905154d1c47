"""The audit trail: one row per state change, in the same transaction as the change.

And the outbox: one row per letter, in the same transaction as what it tells of.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Effect(models.TextChoices):
    """What a change made of a record, as its readers see it."""

    ADDED = "added", pgettext_lazy("became of a record", "added")
    CHANGED = "changed", pgettext_lazy("became of a record", "changed")
    RENAMED = "renamed", pgettext_lazy("became of a record", "renamed")
    RELEASED = "released", pgettext_lazy("became of a record", "made public")
    WITHDRAWN = "withdrawn", pgettext_lazy("became of a record", "no longer public")
    CONFIRMED = "confirmed", pgettext_lazy("became of a record", "confirmed")
    DISPUTED = "disputed", pgettext_lazy("became of a record", "disputed")
    CLEARED = "cleared", pgettext_lazy("became of a record", "dispute withdrawn")
    REMOVED = "removed", pgettext_lazy("became of a record", "removed")


class Change(models.Model):
    """One change of the record: who, for which office, what, of what, when, why.

    `effect` says what became of the record; it is empty for what names none, and for a whole.
    `paths` says what stood before and stands after, by path down to field and language; see
    `foundation.differences`. `part_of` is the change that this was one step of, such as a load.
    `public` says whether anything changed that the public reads: the highest id of those is the
    *record version*, and every public page's validator (ETag) is built on it, so a public write
    that leaves no row here would leave readers with stale pages.
    """

    at = models.DateTimeField(_("at"), db_index=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("person"),
    )
    command = models.CharField(_("command"), max_length=120, blank=True)
    office = models.CharField(_("for the office"), max_length=121, blank=True)
    verb = models.SlugField(_("verb"), max_length=60, db_index=False)
    kind = models.SlugField(_("kind"), max_length=40, blank=True, db_index=False)
    key = models.CharField(_("identifier"), max_length=120, blank=True)
    effect = models.CharField(_("effect"), max_length=10, choices=Effect, blank=True)
    paths = models.JSONField(_("before and after"), default=list, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    details = models.JSONField(_("details"), default=dict, blank=True)
    part_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="steps",
        verbose_name=_("part of"),
    )
    public = models.BooleanField(_("changed what the public reads"), default=True)

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["kind", "key", "-id"], name="foundation_change_of"),
            models.Index(fields=["-id"], condition=Q(public=True), name="foundation_change_public"),
            models.Index(
                fields=["-id"],
                condition=Q(public=True, part_of__isnull=True),
                name="foundation_change_whole",
            ),
            models.Index(
                fields=["part_of", "effect", "kind", "key"],
                condition=Q(public=True),
                name="foundation_change_steps",
            ),
        ]

    def __str__(self) -> str:
        who = self.command or self.user_id or ""
        return f"{self.at:%Y-%m-%d %H:%M} {who} {self.verb} {self.kind} {self.key}".rstrip()


class Letter(models.Model):
    """One letter by mail: waiting, sent, or given up.

    `message_id` is made with the row, so that a letter which goes out twice because the process
    died in between is one to whoever receives it (RFC 5322, 3.6.4). `once` names what must not be
    sent a second time. `office` is the one whose officers see it; `kind` and `key` what it is
    about. `stops_at` is where letters like it are ended by one press (RFC 8058). `due_at` moves
    ahead while somebody sends it (a lease), and after each failure.
    """

    message_id = models.CharField(_("identifier of the message"), max_length=200, unique=True)
    to = models.EmailField(_("to"))
    language = models.CharField(_("language"), max_length=35)
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("plain text"))
    html = models.TextField(_("as a page"))
    office = models.CharField(_("of the office"), max_length=121, blank=True)
    kind = models.SlugField(_("kind"), max_length=40, blank=True, db_index=False)
    key = models.CharField(_("identifier"), max_length=120, blank=True)
    stops_at = models.CharField(_("where it is ended"), max_length=300, blank=True)
    once = models.CharField(_("once"), max_length=200, null=True, blank=True, unique=True)
    written_at = models.DateTimeField(_("written"))
    due_at = models.DateTimeField(_("due"))
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    given_up_at = models.DateTimeField(_("given up"), null=True, blank=True)
    error = models.TextField(_("error"), blank=True)

    class Meta:
        verbose_name = _("letter by mail")
        verbose_name_plural = _("letters by mail")
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(sent_at__isnull=True, given_up_at__isnull=True),
                name="foundation_letter_due",
            ),
            models.Index(fields=["office", "-id"], name="foundation_letter_of"),
        ]

    def __str__(self) -> str:
        return f"{self.written_at:%Y-%m-%d %H:%M} {self.to} {self.subject}"
