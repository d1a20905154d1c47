from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from amity.foundation.database.constraints import CheckAt, UniqueAt
from amity.foundation.dates.fields import DateAsSaidColumn
from amity.foundation.fields import (
    AmountColumn,
    ChoiceColumn,
    SlugColumn,
    SmallWholeColumn,
    WordsColumn,
)
from amity.languages.fields import TextColumn
from amity.network.choices import PartnershipKind, Stage
from amity.record.managers import PublicRows
from amity.record.models import Recorded

from .actors import Organization
from .areas import Area, Theme


class Partnership(Recorded):
    """A standing relation between sides.

    `stage` is derived from the last of its stages, `pair` from the countries of its first two
    sides, as "RU-VN" (see `network.actions.derive_partnerships`).
    """

    kind = ChoiceColumn(_("kind"), max_length=20, choices=PartnershipKind)
    name = TextColumn(verbose_name=_("name"))
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("within"),
    )
    themes = models.ManyToManyField(Theme, blank=True, related_name="+", verbose_name=_("themes"))
    summary = TextColumn(verbose_name=_("summary"), null=True, blank=True)
    stage = ChoiceColumn(_("stage"), max_length=20, choices=Stage, blank=True, editable=False)
    pair = models.CharField(_("pair of countries"), max_length=5, blank=True, editable=False)

    certainty = ""
    """What speaks against it, one of `Certainty`; read by `queries.certainty.with_certainty`."""

    class Meta:
        verbose_name = _("partnership")
        verbose_name_plural = _("partnerships")
        indexes = [
            models.Index(fields=["kind", "stage", "key"], name="network_partnership_kind"),
            models.Index(fields=["stage", "key"], name="network_partnership_stage"),
            models.Index(
                fields=["readers", "kind", "stage", "pair"], name="network_partnership_pair"
            ),
        ]
        constraints = [
            CheckAt(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="network_partnership_not_its_own_part",
                shown_at="parent",
                words=_("a partnership cannot be part of itself"),
            ),
        ]


class Side(Recorded):
    """One party of a partnership: an area with the organizations that speak for it."""

    partnership = models.ForeignKey(
        Partnership, on_delete=models.CASCADE, related_name="sides", verbose_name=_("partnership")
    )
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, related_name="sides", verbose_name=_("area")
    )
    position = SmallWholeColumn(_("position"))
    organizations = models.ManyToManyField(
        Organization, blank=True, related_name="sides", verbose_name=_("organizations")
    )

    class Meta:
        verbose_name = _("side")
        verbose_name_plural = _("sides")
        ordering = ["partnership", "position"]
        indexes = [models.Index(fields=["readers", "area"], name="network_side_of_area")]
        constraints = [
            UniqueAt(
                fields=["partnership", "area"],
                name="network_side_area_once",
                shown_at="area",
                words=_("another side of the partnership has this area; expected each once"),
            ),
            UniqueAt(
                fields=["partnership", "position"],
                name="network_side_position_once",
                shown_at="position",
                words=_("another side of the partnership has this position; expected each once"),
            ),
            CheckAt(
                condition=Q(position__gte=1),
                name="network_side_from_one",
                shown_at="position",
                words=_("sides are numbered from 1"),
            ),
        ]


class PartnershipStage(models.Model):
    """A step of a partnership's life."""

    partnership = models.ForeignKey(
        Partnership, on_delete=models.CASCADE, related_name="stages", verbose_name=_("partnership")
    )
    position = SmallWholeColumn(_("position"))
    stage = ChoiceColumn(_("stage"), max_length=20, choices=Stage)
    when = DateAsSaidColumn(verbose_name=_("when"), null=True, blank=True)
    agreement = models.ForeignKey(
        "network.Agreement",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="stages",
        verbose_name=_("agreement"),
    )
    note = TextColumn(verbose_name=_("note"), null=True, blank=True)

    objects = PublicRows("partnership")
    everything = models.Manager()

    class Meta:
        default_manager_name = "everything"
        verbose_name = _("stage of a partnership")
        verbose_name_plural = _("stages of partnerships")
        ordering = ["partnership", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "position"], name="network_stage_position_once"
            ),
        ]

    def __str__(self) -> str:
        return self.stage


class Indicator(Recorded):
    """A measured value of a partnership or an area, with its year and unit."""

    partnership = models.ForeignKey(
        Partnership,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="indicators",
        verbose_name=_("partnership"),
    )
    area = models.ForeignKey(
        Area,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="indicators",
        verbose_name=_("area"),
    )
    measure = SlugColumn(_("measure"), max_length=60, db_index=False)
    name = TextColumn(verbose_name=_("name"))
    value = AmountColumn(_("value"), max_digits=20, decimal_places=4)
    unit = WordsColumn(_("unit"), max_length=20)
    year = SmallWholeColumn(_("year"))
    approximate = models.BooleanField(_("approximate"), default=False)
    note = TextColumn(verbose_name=_("note"), null=True, blank=True)

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        constraints = [
            CheckAt(
                condition=Q(partnership__isnull=True, area__isnull=False)
                | Q(partnership__isnull=False, area__isnull=True),
                name="network_indicator_of_one_thing",
                shown_at="partnership",
                words=_("expected either a partnership or an area"),
            ),
            CheckAt(
                condition=Q(year__gte=1000, year__lte=2999),
                name="network_indicator_year",
                shown_at="year",
                words=_("expected a year from 1000 to 2999"),
            ),
            UniqueAt(
                fields=["partnership", "measure", "year"],
                name="network_indicator_partnership_year",
                shown_at="year",
                words=_("the partnership has a value of this measure and year; expected it once"),
            ),
            UniqueAt(
                fields=["area", "measure", "year"],
                name="network_indicator_area_year",
                shown_at="year",
                words=_("the area has a value of this measure and year; expected it once"),
            ),
        ]
