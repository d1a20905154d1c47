from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from amity.foundation.database.constraints import CheckAt, UniqueAt
from amity.foundation.dates.fields import DateAsSaidColumn, MomentColumn
from amity.foundation.fields import AddressColumn, ChoiceColumn, SmallWholeColumn, WholeColumn
from amity.gatherings.choices import ContributionKind, ProgrammeStatus, SessionKind, SpeakerRole
from amity.languages.fields import LanguageColumn, LanguagesColumn, TextColumn
from amity.network.models import Organization, Person, Theme
from amity.record.managers import PublicRows
from amity.record.models import Recorded

from .gatherings import Gathering


def times_in_order(name: str) -> CheckAt:
    """No end without a start, nor before it; without one it is open, and a moment ends at once."""
    return CheckAt(
        condition=Q(ends_at__isnull=True) | Q(starts_at__isnull=False, ends_at__gte=F("starts_at")),
        name=name,
        shown_at="ends_at",
        words=_("expected no end without a start, and none before it"),
    )


def moved_from_somewhen(name: str) -> CheckAt:
    """Only what was moved says from when."""
    return CheckAt(
        condition=Q(moved_from__isnull=True) | Q(status=ProgrammeStatus.MOVED),
        name=name,
        shown_at="moved_from",
        words=_("expected only of what has the status “moved”"),
    )


class Room(Recorded):
    """A room of a gathering. `capacity` counts seats."""

    gathering = models.ForeignKey(
        Gathering, on_delete=models.CASCADE, related_name="rooms", verbose_name=_("gathering")
    )
    position = SmallWholeColumn(_("position"))
    name = TextColumn(verbose_name=_("name"))
    capacity = WholeColumn(_("seats"), null=True, blank=True)

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        ordering = ["gathering", "position"]


class Session(Recorded):
    """A part of a programme. Where only the day is known, `when` says so; the times are empty.

    `moved_from`: when it was to start before it was moved. `url`: where it is met online.
    """

    gathering = models.ForeignKey(
        Gathering, on_delete=models.CASCADE, related_name="sessions", verbose_name=_("gathering")
    )
    kind = ChoiceColumn(_("kind"), max_length=20, choices=SessionKind)
    position = SmallWholeColumn(_("position"))
    title = TextColumn(verbose_name=_("title"))
    summary = TextColumn(verbose_name=_("summary"), null=True, blank=True)
    room = models.ForeignKey(
        Room,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sessions",
        verbose_name=_("room"),
    )
    when = DateAsSaidColumn(verbose_name=_("when"), null=True, blank=True)
    starts_at = MomentColumn(_("starts"), null=True, blank=True).by_the_clocks_of(
        "gathering__timezone"
    )
    ends_at = MomentColumn(_("ends"), null=True, blank=True).by_the_clocks_of("gathering__timezone")
    status = ChoiceColumn(
        _("status"), max_length=20, choices=ProgrammeStatus, default=ProgrammeStatus.SCHEDULED
    )
    moved_from = MomentColumn(_("was to start"), null=True, blank=True).by_the_clocks_of(
        "gathering__timezone"
    )
    url = AddressColumn(_("address of the online meeting"), max_length=500, blank=True)
    languages = LanguagesColumn(_("working languages"), default=list, blank=True)
    themes = models.ManyToManyField(Theme, blank=True, related_name="+", verbose_name=_("themes"))
    chairs = models.ManyToManyField(
        Person, blank=True, related_name="chaired", verbose_name=_("chairs")
    )

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        indexes = [
            models.Index(
                fields=["gathering", "starts_at", "position"], name="gatherings_session_order"
            ),
        ]
        constraints = [
            times_in_order("gatherings_session_times"),
            moved_from_somewhen("gatherings_session_moved"),
        ]


class Contribution(Recorded):
    """One presentation within a session."""

    session = models.ForeignKey(
        Session, on_delete=models.CASCADE, related_name="contributions", verbose_name=_("session")
    )
    kind = ChoiceColumn(_("kind"), max_length=20, choices=ContributionKind)
    position = SmallWholeColumn(_("position"))
    title = TextColumn(verbose_name=_("title"))
    abstract = TextColumn(verbose_name=_("abstract"), null=True, blank=True)
    language = LanguageColumn(_("given in"), max_length=35, blank=True)
    starts_at = MomentColumn(_("starts"), null=True, blank=True).by_the_clocks_of(
        "session__gathering__timezone"
    )
    ends_at = MomentColumn(_("ends"), null=True, blank=True).by_the_clocks_of(
        "session__gathering__timezone"
    )
    status = ChoiceColumn(
        _("status"), max_length=20, choices=ProgrammeStatus, default=ProgrammeStatus.SCHEDULED
    )
    moved_from = MomentColumn(_("was to start"), null=True, blank=True).by_the_clocks_of(
        "session__gathering__timezone"
    )

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        indexes = [
            models.Index(fields=["session", "position"], name="gatherings_contribution_order"),
        ]
        constraints = [
            times_in_order("gatherings_contribution_times"),
            moved_from_somewhen("gatherings_contribution_moved"),
        ]


class Speaker(models.Model):
    """A person's part in a contribution, and for whom they speak."""

    contribution = models.ForeignKey(
        Contribution,
        on_delete=models.CASCADE,
        related_name="speakers",
        verbose_name=_("contribution"),
    )
    position = SmallWholeColumn(_("position"))
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="speaks", verbose_name=_("person")
    )
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organization"),
    )
    role = ChoiceColumn(_("role"), max_length=20, choices=SpeakerRole, default=SpeakerRole.SPEAKER)

    objects = PublicRows("contribution")
    everything = models.Manager()

    class Meta:
        default_manager_name = "everything"
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["contribution", "position"]
        constraints = [
            UniqueAt(
                fields=["contribution", "person"],
                name="gatherings_speaker_once",
                shown_at="person",
                words=_("the person is in the list already; expected it once"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id}/{self.position}"
