"""How people come to an office: by invitation."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from amity.languages.interface import interface_languages
from amity.network.models import Office
from amity.record.choices import Mandate

from .people import User


class Invitation(models.Model):
    """That somebody may come to act for an office, or administer the installation.

    The link that is mailed holds a secret; `digest` is all that is kept of it. It works once and
    until `expires_at`. Without an `office` it is for an administrator.
    """

    digest = models.CharField(_("digest of the secret"), max_length=64, unique=True)
    email = models.EmailField(_("mail address"))
    language = models.CharField(_("language"), max_length=35, choices=interface_languages)
    office = models.ForeignKey(
        Office,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="invitations",
        verbose_name=_("office"),
    )
    mandate = models.CharField(_("mandate"), max_length=20, choices=Mandate, blank=True)
    invited_by = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("invited by"),
    )
    made_at = models.DateTimeField(_("made"))
    expires_at = models.DateTimeField(_("expires"))
    used_at = models.DateTimeField(_("used"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(office__isnull=True, mandate="")
                | Q(office__isnull=False) & ~Q(mandate=""),
                name="accounts_invitation_is_for_something",
                violation_error_message=_("Say for which office, and with which mandate."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} {self.mandate or 'administrator'}"

    @property
    def is_open(self) -> bool:
        """Whether it can still be taken up."""
        ended = self.used_at is not None or self.withdrawn_at is not None
        return not ended and self.expires_at > timezone.now()
