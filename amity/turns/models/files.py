"""Files that holders enclose. None of this is a record: once sent, a file hangs on its report."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from amity.desk.models import Attachment

from .asking import Holder, Turn


class DraftFile(models.Model):
    """A file in the draft of a holder for one turn, seen by whoever has their link alone.

    `place`: where its bytes are, of this row alone, so that they go when it goes.
    """

    turn = models.ForeignKey(
        Turn, on_delete=models.CASCADE, related_name="+", verbose_name=_("turn")
    )
    holder = models.ForeignKey(
        Holder, on_delete=models.CASCADE, related_name="+", verbose_name=_("holder")
    )
    place = models.CharField(_("place of its bytes"), max_length=32, unique=True)
    name = models.CharField(_("name of the file"), max_length=130)
    media_type = models.CharField(_("media type"), max_length=100)
    sha256 = models.CharField(_("hash"), max_length=64)
    size = models.PositiveIntegerField(_("size in bytes"))
    at = models.DateTimeField(_("sent"))

    class Meta:
        verbose_name = _("file in a draft")
        verbose_name_plural = _("files in drafts")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["turn", "holder", "sha256"], name="turns_draft_file_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.turn_id} {self.holder_id} {self.name}"


class SentFile(models.Model):
    """That a file on the report of a turn was sent by its holder.

    Everybody who reads the report gets it once that is accepted.
    """

    turn = models.ForeignKey(
        Turn, on_delete=models.CASCADE, related_name="+", verbose_name=_("turn")
    )
    attachment = models.OneToOneField(
        Attachment, on_delete=models.CASCADE, related_name="+", verbose_name=_("file")
    )

    class Meta:
        verbose_name = _("file of a report")
        verbose_name_plural = _("files of reports")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.turn_id} {self.attachment_id}"
