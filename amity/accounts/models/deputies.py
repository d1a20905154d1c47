"""Who acts for somebody who is away."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from amity.network.models import Office

from .people import User


class Deputy(models.Model):
    """That a colleague stands in for somebody at an office, from one day to another.

    On these days, both of them too, by the clocks of the office, the colleague writes and releases
    there as the absent person does, and gets the letters that they get.
    """

    office = models.ForeignKey(
        Office, on_delete=models.CASCADE, related_name="deputies", verbose_name=_("office")
    )
    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="absences", verbose_name=_("absent")
    )
    deputy = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="stands_in", verbose_name=_("deputy")
    )
    first = models.DateField(_("first day"))
    last = models.DateField(_("last day"))
    made_at = models.DateTimeField(_("made"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("deputy")
        verbose_name_plural = _("deputies")
        ordering = ["first", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last__gte=F("first")),
                name="accounts_deputy_ends_later",
                violation_error_message=_("The last day comes before the first."),
            ),
            models.CheckConstraint(
                condition=~Q(user=F("deputy")),
                name="accounts_deputy_is_another",
                violation_error_message=_("Nobody stands in for themselves."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["deputy", "office"],
                condition=Q(ended_at__isnull=True),
                name="accounts_deputy_of",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy_id} for {self.user_id} {self.first}"
