"""What somebody has open at the desk and has not saved yet."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from amity.record.models import LONGEST_REGISTER_KEY


class Draft(models.Model):
    """What somebody typed and has not saved: one of each person for each record, or new one.

    The only place for drafts. It touches no record and nobody else sees it. `values` are the
    fields of the form as they were sent, `opened` the number of the last change of the record
    when the form was opened. `place` tells new ones of a kind apart: what they are part of.
    `form` names the opened form that kept it, and `done` the one that was saved last: what that
    one sends later, because the network was slow, is kept no more. Without values there is none.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="drafts",
        verbose_name=_("person"),
    )
    office = models.CharField(_("for the office"), max_length=LONGEST_REGISTER_KEY)
    kind = models.CharField(_("kind"), max_length=40)
    key = models.CharField(_("identifier"), max_length=80, blank=True)
    place = models.CharField(_("part of"), max_length=LONGEST_REGISTER_KEY, blank=True)
    opened = models.BigIntegerField(_("last change when opened"), default=0)
    values = models.JSONField(_("values"), default=dict)
    form = models.CharField(_("form"), max_length=40, blank=True)
    done = models.CharField(_("form that was saved"), max_length=40, blank=True)
    number = models.PositiveIntegerField(_("number of the last keeping"), default=0)
    kept_at = models.DateTimeField(_("kept"))

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        ordering = ["-kept_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "office", "kind", "key", "place"], name="desk_draft_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind}:{self.key or 'new'}"


class Editing(models.Model):
    """That somebody has the form of a record open, as of `seen_at`."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("person"),
    )
    kind = models.CharField(_("kind"), max_length=40)
    key = models.CharField(_("identifier"), max_length=80)
    seen_at = models.DateTimeField(_("seen"))

    class Meta:
        verbose_name = _("open form")
        verbose_name_plural = _("open forms")
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "key"], name="desk_editing_once"),
        ]
        indexes = [models.Index(fields=["kind", "key", "seen_at"], name="desk_editing_of")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind}:{self.key}"
