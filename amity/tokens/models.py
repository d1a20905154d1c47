"""Tokens of people, and what was answered to a request that may come twice."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from amity.foundation.database.constraints import UniqueAt
from amity.network.models import Office


class Token(models.Model):
    """That a program may act as a person for an office, for some purposes (`Purpose`) alone.

    `digest` is all that is kept of the secret; `ending` are its last letters, by which people
    tell tokens apart. `used_at`: when it last served, to the hour.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("person"),
    )
    office = models.ForeignKey(
        Office, on_delete=models.CASCADE, related_name="+", verbose_name=_("office")
    )
    name = models.CharField(pgettext_lazy("of a thing", "name"), max_length=60)
    purposes = models.JSONField(_("purposes"), default=list, blank=True)
    digest = models.CharField(_("digest of the secret"), max_length=64, unique=True)
    ending = models.CharField(_("last letters"), max_length=4)
    made_at = models.DateTimeField(_("made"))
    expires_at = models.DateTimeField(_("expires"))
    used_at = models.DateTimeField(_("last used"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        verbose_name = _("token")
        verbose_name_plural = _("tokens")
        ordering = ["-pk"]
        constraints = [
            UniqueAt(
                fields=["user", "office", "name"],
                condition=models.Q(revoked_at__isnull=True),
                name="tokens_token_once",
                shown_at="name",
                words=_("You have a token of this name already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.name}"

    @property
    def serves(self) -> bool:
        """Whether it was neither revoked nor has run out."""
        return self.revoked_at is None and self.expires_at > timezone.now()


class Answered(models.Model):
    """What was answered to a request that a program may send twice under one `key`.

    Written in the transaction of what the request did. `digest`: of what was asked.
    """

    token = models.ForeignKey(
        Token, on_delete=models.CASCADE, related_name="answered", verbose_name=_("token")
    )
    key = models.CharField(_("key of the request"), max_length=200)
    digest = models.CharField(_("digest of the request"), max_length=64)
    status = models.PositiveSmallIntegerField(_("status"))
    location = models.CharField(_("location"), max_length=400, blank=True)
    revision = models.PositiveIntegerField(_("revision"), default=0)
    body = models.JSONField(_("answer"), default=dict)
    at = models.DateTimeField(_("at"), db_index=True)

    class Meta:
        verbose_name = _("answer to a program")
        verbose_name_plural = _("answers to programs")
        constraints = [
            models.UniqueConstraint(fields=["token", "key"], name="tokens_answered_once"),
        ]

    def __str__(self) -> str:
        return f"{self.token_id} {self.key}"
