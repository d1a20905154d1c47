from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from amity.languages.fields import TextColumn
from amity.network.choices import AreaKind
from amity.record.models import Recorded


class Theme(Recorded):
    """A field of cooperation, used as a scope of agreements and a subject of promises."""

    name = TextColumn(verbose_name=_("name"))

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")


class Area(Recorded):
    """A country, province or city (Popolo *Area*).

    `other_names` is a list of `{"words", "lang", "kind"}` with kind from `NameKind`.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=AreaKind)
    name = TextColumn(verbose_name=_("name"))
    other_names = models.JSONField(_("other names"), default=list, blank=True)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
    )
    country_code = models.CharField(_("country (ISO 3166-1)"), max_length=2, blank=True)
    latitude = models.FloatField(
        _("latitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.FloatField(
        _("longitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    geonames_id = models.PositiveIntegerField("GeoNames", null=True, blank=True, unique=True)
    wikidata_id = models.CharField("Wikidata", max_length=20, blank=True)
    summary = TextColumn(verbose_name=_("summary"), null=True, blank=True)

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        indexes = [
            models.Index(
                fields=["country_code", "kind", "latitude", "longitude"],
                name="network_area_country_places",
            ),
            models.Index(fields=["kind", "country_code"], name="network_area_kind"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    latitude__gte=-90,
                    latitude__lte=90,
                    longitude__isnull=False,
                    longitude__gte=-180,
                    longitude__lte=180,
                ),
                name="network_area_position_whole",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="network_area_not_its_own_part",
            ),
            models.UniqueConstraint(
                fields=["wikidata_id"],
                condition=~Q(wikidata_id=""),
                name="network_area_wikidata_once",
            ),
        ]
