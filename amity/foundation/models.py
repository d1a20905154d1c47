"""The audit trail: one row per state change, in the same transaction as the change."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Change(models.Model):
    """One change of the record: who, when, what.

    The highest id is the *record version*; every public page's validator (ETag) is built on it,
    so a write that leaves no row here would leave readers with stale pages.
    """

    at = models.DateTimeField(_("at"), db_index=True)
    actor = models.CharField(_("actor"), max_length=120)
    verb = models.SlugField(_("verb"), max_length=60, db_index=False)
    kind = models.SlugField(_("kind"), max_length=40, blank=True, db_index=False)
    key = models.CharField(_("identifier"), max_length=120, blank=True)
    details = models.JSONField(_("details"), default=dict, blank=True)

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor} {self.verb} {self.kind} {self.key}".rstrip()
