from django.db import models
from django.utils.translation import gettext_lazy as _

from amity.foundation.database.constraints import UniqueAt
from amity.foundation.dates.fields import DateAsSaidColumn
from amity.foundation.fields import ChoiceColumn, SmallWholeColumn
from amity.gatherings.choices import WorkKind
from amity.languages.fields import TextColumn
from amity.network.models import Person
from amity.record.models import Picture, Recorded

from .gatherings import Gathering


class Panel(Recorded):
    """A division of an exhibition."""

    exhibition = models.ForeignKey(
        Gathering, on_delete=models.CASCADE, related_name="panels", verbose_name=_("exhibition")
    )
    number = SmallWholeColumn(_("number"))
    title = TextColumn(verbose_name=_("title"))
    text = TextColumn(verbose_name=_("text"), null=True, blank=True)

    class Meta:
        verbose_name = _("panel")
        verbose_name_plural = _("panels")
        ordering = ["exhibition", "number"]
        constraints = [
            UniqueAt(
                fields=["exhibition", "number"],
                name="gatherings_panel_number_once",
                shown_at="number",
                words=_("another panel of the exhibition has this number; expected each once"),
            ),
        ]


class Work(Recorded):
    """A photo, sketch or object shown. Its picture carries the description for the blind."""

    exhibition = models.ForeignKey(
        Gathering, on_delete=models.CASCADE, related_name="works", verbose_name=_("exhibition")
    )
    panel = models.ForeignKey(
        Panel,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="works",
        verbose_name=_("panel"),
    )
    position = SmallWholeColumn(_("position"))
    kind = ChoiceColumn(_("kind"), max_length=20, choices=WorkKind)
    title = TextColumn(verbose_name=_("title"))
    caption = TextColumn(verbose_name=_("caption"), null=True, blank=True)
    creator = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="works",
        verbose_name=_("made by"),
    )
    made = DateAsSaidColumn(verbose_name=_("made"), null=True, blank=True)
    picture = models.ForeignKey(
        Picture,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture"),
    )

    class Meta:
        verbose_name = _("work")
        verbose_name_plural = _("works")
        ordering = ["exhibition", "position"]
