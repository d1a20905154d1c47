"""Pictures that records show."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from amity.foundation.database.constraints import CheckAt
from amity.foundation.fields import WholeColumn, WordsColumn
from amity.languages.fields import TextColumn

from .records import Recorded


class Picture(Recorded):
    """An image file, stored under the hash of its bytes."""

    sha256 = WordsColumn(_("hash"), max_length=64, db_index=True)
    media_type = WordsColumn(_("media type"), max_length=40)
    width = WholeColumn(_("width in pixels"))
    height = WholeColumn(_("height in pixels"))
    alt = TextColumn(verbose_name=_("description for those who cannot see it"))
    credit = TextColumn(verbose_name=_("credit"), null=True, blank=True)
    licence = WordsColumn(_("licence"), max_length=120)

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        constraints = [
            CheckAt(
                condition=Q(width__gt=0) & Q(height__gt=0),
                name="record_picture_has_size",
                shown_at="width",
                words=_("a picture has width and height"),
            ),
        ]
