"""The book of contacts of an office."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from amity.network.models import Person
from amity.record.models import LONGEST_REGISTER_KEY


class Contact(models.Model):
    """Somebody in an office's own book, which nobody outside the office ever reads.

    It is no record: no page, search, feed, export of a dossier, history or mail knows it. It says
    where it is from, and goes by itself after the day until which it is kept.
    """

    office = models.CharField(_("of the office"), max_length=LONGEST_REGISTER_KEY)
    name = models.CharField(pgettext_lazy("of somebody", "name"), max_length=200)
    address_as = models.CharField(_("how to address them"), max_length=200, blank=True)
    organization = models.CharField(_("organization"), max_length=200, blank=True)
    post = models.CharField(_("post"), max_length=200, blank=True)
    mail = models.EmailField(_("mail address"), blank=True)
    telephone = models.CharField(_("telephone"), max_length=100, blank=True)
    languages = models.CharField(_("languages they speak"), max_length=200, blank=True)
    person = models.ForeignKey(
        Person,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("the same person in the record"),
    )
    words = models.TextField(_("what else to know"), max_length=4_000, blank=True)
    origin = models.CharField(_("where this is from"), max_length=300)
    keep_until = models.DateField(_("kept until"))
    changed_at = models.DateTimeField(_("changed"))

    class Meta:
        verbose_name = pgettext_lazy("in an office’s book", "contact")
        verbose_name_plural = _("contacts")
        ordering = ["name", "pk"]
        indexes = [
            models.Index(fields=["office", "name"], name="desk_contact_of"),
            models.Index(fields=["keep_until"], name="desk_contact_until"),
        ]

    def __str__(self) -> str:
        return f"{self.office} {self.pk}"
