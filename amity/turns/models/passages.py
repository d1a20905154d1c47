"""Something published that a holder names. No record: it becomes one with the accepted report."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from amity.foundation.fields import AddressColumn
from amity.languages.interface import interface_languages

from .asking import Turn

LONGEST_NAME = 200


class GivenPassage(models.Model):
    """What was published about a turn's report that waits: by whom, when, where, and its words."""

    turn = models.OneToOneField(
        Turn, on_delete=models.CASCADE, related_name="+", verbose_name=_("turn")
    )
    publisher = models.CharField(_("publisher"), max_length=LONGEST_NAME)
    title = models.CharField(_("what it is about"), max_length=LONGEST_NAME)
    published = models.DateField(_("published"), null=True, blank=True)
    address = AddressColumn(_("address"), max_length=500, blank=True)
    quoted = models.CharField(_("words"), max_length=160, blank=True)
    language = models.CharField(_("language"), max_length=35, choices=interface_languages)

    class Meta:
        verbose_name = _("published piece of a report")
        verbose_name_plural = _("published pieces of reports")

    def __str__(self) -> str:
        return f"{self.turn_id} {self.publisher}"
