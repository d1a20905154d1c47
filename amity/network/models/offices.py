from django.db import models
from django.utils.translation import gettext_lazy as _

from amity.foundation.database.constraints import UniqueAt
from amity.foundation.dates.fields import TimeZoneColumn
from amity.record.acting import RegisterKey, office_named

from .actors import Organization
from .partnerships import Side


class Office(models.Model):
    """An organization with a desk here. Until somebody vouches for it, it reads what is public.

    `vouched_at`: since when the administrator of the installation vouches for it as a whole; that
    it speaks for a side is vouched for side by side (`SideOffice`).
    """

    organization = models.OneToOneField(
        Organization,
        on_delete=models.PROTECT,
        related_name="office",
        verbose_name=_("organization"),
    )
    timezone = TimeZoneColumn(_("time zone"), max_length=64, default="UTC")
    holidays = models.JSONField(_("holidays"), default=list, blank=True)
    vouched_at = models.DateTimeField(_("vouched for since"), null=True, blank=True)

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")

    def __str__(self) -> str:
        return f"office {self.organization_id}"

    @property
    def register_key(self) -> RegisterKey:
        """What the register and rights call it: that of its organization."""
        return office_named(self.organization.key)


class SideOffice(models.Model):
    """That an office speaks for a side. `voice`: it alone releases, confirms and agrees for it."""

    side = models.ForeignKey(
        Side, on_delete=models.CASCADE, related_name="offices", verbose_name=_("side")
    )
    office = models.ForeignKey(
        Office, on_delete=models.CASCADE, related_name="sides", verbose_name=_("office")
    )
    vouched_at = models.DateTimeField(_("vouched for since"), null=True, blank=True)
    voice = models.BooleanField(_("voice"), default=False)

    class Meta:
        verbose_name = _("office of a side")
        verbose_name_plural = _("offices of sides")
        constraints = [
            UniqueAt(
                fields=["side", "office"],
                name="network_office_of_side_once",
                shown_at="office",
                words=_("This office speaks for the side already."),
            ),
            UniqueAt(
                fields=["side"],
                condition=models.Q(voice=True),
                name="network_one_voice_per_side",
                shown_at="voice",
                words=_("A side has one voice at most."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office_id} for {self.side_id}"
