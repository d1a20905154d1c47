"""What stands beside a record: notes and comments, and files."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from amity.record.models import LONGEST_REGISTER_KEY


class Note(models.Model):
    """A note of an office on a record, for its own people alone; or a comment for all sides.

    `shared`: read at the desks of every side of the partnership that keeps the record, and nowhere
    else: no page, search, feed, export or history knows either.
    """

    office = models.CharField(_("of the office"), max_length=LONGEST_REGISTER_KEY)
    kind = models.CharField(_("kind"), max_length=40)
    key = models.CharField(_("identifier"), max_length=80)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("written by"),
    )
    words = models.TextField(_("words"), max_length=10_000)
    shared = models.BooleanField(_("for all sides at their desks"), default=False)
    at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["-at"]
        indexes = [models.Index(fields=["kind", "key", "office"], name="desk_note_on")]

    def __str__(self) -> str:
        return f"{self.office} {self.kind}:{self.key}"


class Attachment(models.Model):
    """A file on a record: for the office that put it there, or for whoever reads the record.

    Its bytes are kept under their hash. The type is what the content is, whatever it was called.
    `shared`: read by whoever reads the record at a desk; `public`: where everybody reads the
    record, by everybody. `enclosed`: part of what the sides of a joint record confirm; any other
    stands beside it. `language` is a tag, empty for none said.
    """

    office = models.CharField(_("of the office"), max_length=LONGEST_REGISTER_KEY)
    kind = models.CharField(_("kind"), max_length=40)
    key = models.CharField(_("identifier"), max_length=80)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("put there by"),
    )
    name = models.CharField(_("name of the file"), max_length=130)
    media_type = models.CharField(_("media type"), max_length=100)
    sha256 = models.CharField(_("hash"), max_length=64, db_index=True)
    size = models.PositiveIntegerField(_("size in bytes"))
    shared = models.BooleanField(_("for whoever reads the record at a desk"), default=False)
    public = models.BooleanField(_("for whoever reads the record"), default=False)
    enclosed = models.BooleanField(_("confirmed with the record"), default=False)
    description = models.CharField(_("what it is"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=20, blank=True)
    at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["-at"]
        indexes = [models.Index(fields=["kind", "key"], name="desk_attachment_on")]

    def __str__(self) -> str:
        return f"{self.office} {self.kind}:{self.key}"
