from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from amity.foundation.database.constraints import CheckAt, UniqueAt
from amity.foundation.fields import (
    ChoiceColumn,
    DegreesColumn,
    PatternValidator,
    WholeColumn,
    WordsColumn,
)
from amity.languages.fields import TextColumn
from amity.network.choices import AreaKind
from amity.network.fields import OtherNamesColumn
from amity.record.models import Recorded

validate_country = PatternValidator(
    r"^[A-Z]{2}\Z", _("%(value)s is not two capitals of ISO 3166-1"), "country"
)
validate_wikidata = PatternValidator(
    r"^Q[1-9][0-9]*\Z", _("%(value)s is not a Wikidata item such as Q1858"), "wikidata"
)


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

    kind = ChoiceColumn(_("kind"), max_length=20, choices=AreaKind)
    name = TextColumn(verbose_name=_("name"))
    other_names = OtherNamesColumn(_("other names"), default=list, blank=True)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
    )
    country_code = WordsColumn(
        _("country (ISO 3166-1)"), max_length=2, blank=True, validators=[validate_country]
    )
    latitude = DegreesColumn(_("latitude"), null=True, blank=True, most=90)
    longitude = DegreesColumn(_("longitude"), null=True, blank=True, most=180)
    geonames_id = WholeColumn(
        "GeoNames",
        null=True,
        blank=True,
        unique=True,
        error_messages={"unique": _("another area has this number; expected each once")},
    )
    wikidata_id = WordsColumn("Wikidata", max_length=20, blank=True, validators=[validate_wikidata])
    summary = TextColumn(verbose_name=_("summary"), null=True, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("kind of record", "place")
        verbose_name_plural = pgettext_lazy("kind of record", "places")
        indexes = [
            models.Index(
                fields=["readers", "country_code", "kind", "latitude", "longitude"],
                name="network_area_country_places",
            ),
            models.Index(fields=["kind", "country_code"], name="network_area_kind"),
        ]
        constraints = [
            CheckAt(
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
                shown_at="latitude",
                words=_("latitude and longitude are given together or not at all"),
            ),
            CheckAt(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="network_area_not_its_own_part",
                shown_at="parent",
                words=_("an area cannot be part of itself"),
            ),
            UniqueAt(
                fields=["wikidata_id"],
                condition=~Q(wikidata_id=""),
                name="network_area_wikidata_once",
                shown_at="wikidata_id",
                words=_("another area has this Wikidata item; expected each once"),
            ),
        ]
