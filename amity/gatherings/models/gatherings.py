from django.db import models
from django.db.models import F, Q
from django.db.models.fields.json import KT
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from amity.foundation.database.constraints import CheckAt, UniqueAt
from amity.foundation.dates.fields import DateAsSaidColumn, PeriodColumn, TimeZoneColumn
from amity.foundation.fields import AddressColumn, ChoiceColumn, SmallWholeColumn
from amity.gatherings.choices import GatheringKind, GatheringStatus, OrganizerRole
from amity.languages.fields import LanguagesColumn, TextColumn
from amity.network.models import Agreement, Area, Organization, Partnership, Person, Side, Theme
from amity.record.managers import PublicRows
from amity.record.models import Picture, Recorded


class Series(Recorded):
    """A recurring gathering. `every` is an ISO 8601 duration, such as P1Y."""

    name = TextColumn(verbose_name=_("name"))
    partnership = models.ForeignKey(
        Partnership,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="series",
        verbose_name=_("partnership"),
    )
    every = PeriodColumn(_("every"), max_length=20, blank=True)
    summary = TextColumn(verbose_name=_("summary"), null=True, blank=True)

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = pgettext_lazy("several", "series")


class Gathering(Recorded):
    """Something that happens at a place and a time: an edition, a meeting, a visit, …

    Times of its programme are kept in UTC and shown in `timezone` (IANA name), the venue's.
    """

    kind = ChoiceColumn(_("kind"), max_length=20, choices=GatheringKind)
    title = TextColumn(verbose_name=_("title"))
    series = models.ForeignKey(
        Series,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="editions",
        verbose_name=_("series"),
    )
    number = SmallWholeColumn(_("edition"), null=True, blank=True)
    partnership = models.ForeignKey(
        Partnership,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="gatherings",
        verbose_name=_("partnership"),
    )
    within = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("part of"),
    )
    status = ChoiceColumn(_("status"), max_length=20, choices=GatheringStatus)
    when = DateAsSaidColumn(verbose_name=_("when"), null=True, blank=True)
    starts_on = models.GeneratedField(
        expression=KT("when__start"), output_field=models.CharField(max_length=10), db_persist=True
    )
    ends_on = models.GeneratedField(
        expression=KT("when__end"), output_field=models.CharField(max_length=10), db_persist=True
    )
    timezone = TimeZoneColumn(_("time zone"), max_length=64)
    place = models.ForeignKey(
        Area,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="gatherings",
        verbose_name=_("place"),
    )
    venue = TextColumn(verbose_name=_("venue"), null=True, blank=True)
    url = AddressColumn(_("address of the online meeting"), max_length=500, blank=True)
    occasion = TextColumn(verbose_name=_("occasion"), null=True, blank=True)
    summary = TextColumn(verbose_name=_("summary"), null=True, blank=True)
    languages = LanguagesColumn(_("working languages"), default=list, blank=True)
    themes = models.ManyToManyField(Theme, blank=True, related_name="+", verbose_name=_("themes"))
    agreements = models.ManyToManyField(
        Agreement, blank=True, related_name="gatherings", verbose_name=_("agreements")
    )
    picture = models.ForeignKey(
        Picture,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture"),
    )

    class Meta:
        verbose_name = _("gathering")
        verbose_name_plural = _("gatherings")
        indexes = [models.Index(fields=["starts_on", "key"], name="gatherings_starts_on")]
        constraints = [
            UniqueAt(
                fields=["series", "number"],
                name="gatherings_edition_number_once",
                shown_at="number",
                words=_("another edition of the series has this number; expected each once"),
            ),
            CheckAt(
                condition=Q(number__isnull=True) | Q(series__isnull=False, number__gte=1),
                name="gatherings_number_within_series",
                shown_at="number",
                words=_("an edition has a series and a number from 1"),
            ),
            CheckAt(
                condition=Q(within__isnull=True) | ~Q(within=F("id")),
                name="gatherings_not_its_own_part",
                shown_at="within",
                words=_("a gathering cannot be part of itself"),
            ),
        ]


class Organizer(models.Model):
    """An organization that holds a gathering, and as what."""

    gathering = models.ForeignKey(
        Gathering,
        on_delete=models.CASCADE,
        related_name="organizers",
        verbose_name=_("gathering"),
    )
    position = SmallWholeColumn(_("position"))
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        related_name="organized",
        verbose_name=_("organization"),
    )
    role = ChoiceColumn(_("role"), max_length=20, choices=OrganizerRole)

    objects = PublicRows("gathering")
    everything = models.Manager()

    class Meta:
        default_manager_name = "everything"
        verbose_name = _("organizer")
        verbose_name_plural = _("organizers")
        ordering = ["gathering", "position"]
        constraints = [
            UniqueAt(
                fields=["gathering", "organization"],
                name="gatherings_organizer_once",
                shown_at="organization",
                words=_("the organization is in the list already; expected it once"),
            ),
        ]

    def __str__(self) -> str:
        return self.role


class Participant(models.Model):
    """A person known to have taken part, for a side or an organization."""

    gathering = models.ForeignKey(
        Gathering,
        on_delete=models.CASCADE,
        related_name="participants",
        verbose_name=_("gathering"),
    )
    position = SmallWholeColumn(_("position"))
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="took_part", verbose_name=_("person")
    )
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organization"),
    )
    side = models.ForeignKey(
        Side,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("side"),
    )
    role = TextColumn(verbose_name=_("as"), null=True, blank=True)

    objects = PublicRows("gathering")
    everything = models.Manager()

    class Meta:
        default_manager_name = "everything"
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        ordering = ["gathering", "position"]
        constraints = [
            UniqueAt(
                fields=["gathering", "person"],
                name="gatherings_participant_once",
                shown_at="person",
                words=_("the person is in the list already; expected it once"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gathering_id}/{self.position}"
