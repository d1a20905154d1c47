from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from amity.foundation.database.constraints import CheckAt
from amity.foundation.dates.fields import DateAsSaidColumn
from amity.foundation.fields import AddressColumn, ChoiceColumn
from amity.languages.fields import TextColumn
from amity.network.choices import OrganizationKind
from amity.network.fields import OtherNamesColumn
from amity.record.models import Recorded

from .areas import Area


class Organization(Recorded):
    """An organization (W3C ORG)."""

    kind = ChoiceColumn(_("kind"), max_length=30, choices=OrganizationKind)
    name = TextColumn(verbose_name=_("name"))
    other_names = OtherNamesColumn(_("other names"), default=list, blank=True)
    area = models.ForeignKey(
        Area,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="organizations",
        verbose_name=_("area"),
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
    )
    url = AddressColumn(_("address"), blank=True)
    founded = DateAsSaidColumn(verbose_name=_("founded"), null=True, blank=True)
    summary = TextColumn(verbose_name=_("summary"), null=True, blank=True)

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        constraints = [
            CheckAt(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="network_organization_not_its_own_part",
                shown_at="parent",
                words=_("an organization cannot be part of itself"),
            ),
        ]


class Person(Recorded):
    """A person in public office or who spoke in public; nothing private is kept."""

    name = TextColumn(verbose_name=pgettext_lazy("of a person", "name"))
    family_name = TextColumn(verbose_name=_("family name"), null=True, blank=True)
    """As it stands within the name, in each language; lists have the person under it."""
    other_names = OtherNamesColumn(_("other names"), default=list, blank=True)
    summary = TextColumn(verbose_name=_("summary"), null=True, blank=True)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = pgettext_lazy("kind of record", "people")


class Membership(Recorded):
    """A person's dated post in an organization, with its title in each language."""

    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("person")
    )
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        related_name="memberships",
        verbose_name=_("organization"),
    )
    title = TextColumn(verbose_name=_("post"))
    when = DateAsSaidColumn(verbose_name=_("in office"), null=True, blank=True)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
