"""The index of the search."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .records import Entry


class SearchDocument(models.Model):
    """What search knows of a record beside its tokens; these are in the database's own index.

    Number and readers are those of the entry. `names`: where they are proper names, all but
    those of the title, folded, a line each, so that one that is the whole query comes first.
    `whole`: two signs for each whole name, so that what is called so and nothing else is found
    among any number that have the words. `partnership`: identifier of the one whose sides are
    concerned, `year`: when it was; both to narrow what was found.
    """

    entry = models.OneToOneField(
        Entry, on_delete=models.CASCADE, primary_key=True, verbose_name=_("record")
    )
    names = models.TextField(_("names"), blank=True)
    whole = models.CharField(_("whole names"), max_length=80, blank=True)
    partnership = models.CharField(_("partnership"), max_length=80, blank=True)
    year = models.SmallIntegerField(_("year"), null=True, blank=True)

    class Meta:
        verbose_name = _("found record")
        verbose_name_plural = _("found records")

    def __str__(self) -> str:
        return str(self.entry_id)


class SearchTerm(models.Model):
    """A token that stands in some record, with the letters by which it is found when mistyped.

    How often it stands somewhere is counted for the reader who asks, among what they may read:
    a number kept here would tell everybody of the rest.
    """

    term = models.CharField(_("term"), max_length=80, primary_key=True)
    head = models.CharField(_("first letters"), max_length=8)
    tail = models.CharField(_("last letters"), max_length=8)

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        indexes = [
            models.Index(fields=["head", "term"], name="record_term_head"),
            models.Index(fields=["tail", "term"], name="record_term_tail"),
        ]

    def __str__(self) -> str:
        return self.term
