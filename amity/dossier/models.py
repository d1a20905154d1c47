"""What folders last said of the records that they brought."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from amity.record.models import Dossier, Entry


class FolderMark(models.Model):
    """What the folder of a dossier last said of a record: digests, of all of it and of each part.

    A load takes the folder's new words where the folder differs from its mark, and knows by the
    same digests what was changed in the record since. `digests` has one for each field, and for
    each language of a text.
    """

    dossier = models.ForeignKey(
        Dossier, on_delete=models.CASCADE, related_name="+", verbose_name=_("dossier")
    )
    entry = models.ForeignKey(
        Entry, on_delete=models.CASCADE, related_name="+", verbose_name=_("record")
    )
    whole = models.CharField(_("digest"), max_length=12)
    digests = models.JSONField(_("digests"), default=dict)

    class Meta:
        verbose_name = _("mark of a folder")
        verbose_name_plural = _("marks of folders")
        constraints = [
            models.UniqueConstraint(fields=["dossier", "entry"], name="dossier_mark_once"),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.entry_id}"
