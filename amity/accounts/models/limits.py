"""The table in which tries to sign in are counted."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Limit(models.Model):
    """The table of Django's cache in the database, in which tries to sign in are counted.

    Only `django.core.cache.backends.db` reads and writes it; it is a model so that a migration
    makes the table.
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("limit of tries")
        verbose_name_plural = _("limits of tries")

    def __str__(self) -> str:
        return self.cache_key
