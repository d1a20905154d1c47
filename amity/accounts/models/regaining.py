"""Who has lost their second factor, and who vouches for them."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .people import User


class LostFactor(models.Model):
    """That somebody has lost their second factor and asks to set up another without it.

    It takes effect at `effective_at`, a day after enough others have vouched that it was really
    them; until it was used, anybody concerned can stop it. `stopped_by` is empty where that was
    done by the link in the letter, or where it ran out.
    """

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="lost_factors", verbose_name=_("person")
    )
    asked_at = models.DateTimeField(_("asked"))
    expires_at = models.DateTimeField(_("expires"))
    effective_at = models.DateTimeField(_("takes effect"), null=True, blank=True)
    stopped_at = models.DateTimeField(_("stopped"), null=True, blank=True)
    stopped_by = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("stopped by"),
    )
    used_at = models.DateTimeField(_("used"), null=True, blank=True)

    class Meta:
        verbose_name = _("lost second factor")
        verbose_name_plural = _("lost second factors")
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(stopped_at__isnull=True, used_at__isnull=True),
                name="accounts_lost_factor_once",
                violation_error_message=_("This has been asked already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.asked_at:%Y-%m-%d}"

    @property
    def is_open(self) -> bool:
        """Whether it was neither used nor stopped, and its time has not run out."""
        ended = self.used_at is not None or self.stopped_at is not None
        return not ended and self.expires_at > timezone.now()


class Vouching(models.Model):
    """That somebody vouches for whoever lost their second factor: they spoke with them.

    `by` is empty where the administrator did it by a command.
    """

    lost = models.ForeignKey(
        LostFactor,
        on_delete=models.CASCADE,
        related_name="vouchings",
        verbose_name=_("lost second factor"),
    )
    by = models.ForeignKey(
        User,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("vouched for by"),
    )
    at = models.DateTimeField(_("vouched"))

    class Meta:
        verbose_name = _("vouching for somebody")
        verbose_name_plural = _("vouchings for somebody")
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["lost", "by"],
                name="accounts_vouching_once",
                violation_error_message=_("You have vouched already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lost_id} {self.by_id}"
