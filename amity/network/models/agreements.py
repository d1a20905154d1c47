from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from amity.foundation.database.constraints import CheckAt
from amity.foundation.dates.fields import DateAsSaidColumn
from amity.foundation.fields import ChoiceColumn, SmallWholeColumn
from amity.languages.fields import LanguagesColumn, TextColumn
from amity.network.choices import AgreementKind, AgreementStatus
from amity.record.managers import PublicRows
from amity.record.models import Recorded

from .actors import Organization, Person
from .areas import Area, Theme
from .partnerships import Partnership


class Agreement(Recorded):
    """An instrument between sides. `languages` lists its equally authentic texts."""

    kind = ChoiceColumn(_("kind"), max_length=20, choices=AgreementKind)
    title = TextColumn(verbose_name=_("title"))
    partnerships = models.ManyToManyField(
        Partnership, blank=True, related_name="agreements", verbose_name=_("partnerships")
    )
    scopes = models.ManyToManyField(Theme, blank=True, related_name="+", verbose_name=_("scopes"))
    status = ChoiceColumn(_("status"), max_length=20, choices=AgreementStatus)
    signed = DateAsSaidColumn(verbose_name=_("signed"), null=True, blank=True)
    place = models.ForeignKey(
        Area,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("place"),
    )
    valid = DateAsSaidColumn(verbose_name=_("valid"), null=True, blank=True)
    languages = LanguagesColumn(_("equally authentic texts"), default=list, blank=True)
    summary = TextColumn(verbose_name=_("summary"), null=True, blank=True)

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")


class Signatory(models.Model):
    """Who is a party to an agreement, and, if known, who signed for it."""

    agreement = models.ForeignKey(
        Agreement,
        on_delete=models.CASCADE,
        related_name="signatories",
        verbose_name=_("agreement"),
    )
    position = SmallWholeColumn(_("position"))
    area = models.ForeignKey(
        Area,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("area"),
    )
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organization"),
    )
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="signatures",
        verbose_name=_("person"),
    )

    objects = PublicRows("agreement")
    everything = models.Manager()

    class Meta:
        default_manager_name = "everything"
        verbose_name = _("signatory")
        verbose_name_plural = _("signatories")
        ordering = ["agreement", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "position"], name="network_signatory_position_once"
            ),
            CheckAt(
                condition=Q(area__isnull=False)
                | Q(organization__isnull=False)
                | Q(person__isnull=False),
                name="network_signatory_names_someone",
                shown_at="area",
                words=_("expected an area, an organization or a person"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id}/{self.position}"
