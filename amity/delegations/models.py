"""The people one side sends to a gathering."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from amity.foundation.database.constraints import CheckAt, UniqueAt
from amity.foundation.dates.fields import DateAsSaidColumn
from amity.foundation.fields import SmallWholeColumn, WholeColumn
from amity.gatherings.models import Gathering
from amity.languages.fields import TextColumn
from amity.network.models import Organization, Person, Side
from amity.record.models import Recorded


class Group(Recorded):
    """A kind of participant. Preliminary until its side says otherwise; the quota may be open."""

    gathering = models.ForeignKey(
        Gathering, on_delete=models.CASCADE, related_name="groups", verbose_name=_("gathering")
    )
    side = models.ForeignKey(
        Side,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("side"),
    )
    position = SmallWholeColumn(_("position"))
    name = TextColumn(verbose_name=_("name"))
    preliminary = models.BooleanField(_("preliminary"), default=True)
    quota = WholeColumn(_("places"), null=True, blank=True)
    announced = DateAsSaidColumn(verbose_name=_("announced"), null=True, blank=True)

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        ordering = ["gathering", "position"]
        constraints = [
            CheckAt(
                condition=Q(quota__isnull=True) | Q(quota__gte=1),
                name="delegations_group_quota",
                shown_at="quota",
                words=_("a quota is at least 1; leave it out when it is open"),
            ),
        ]


class Delegation(Recorded):
    """The people one side sends to one gathering."""

    gathering = models.ForeignKey(
        Gathering,
        on_delete=models.CASCADE,
        related_name="delegations",
        verbose_name=_("gathering"),
    )
    side = models.ForeignKey(
        Side, on_delete=models.PROTECT, related_name="+", verbose_name=_("side")
    )
    name = TextColumn(verbose_name=_("name"))
    head = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("head of delegation"),
    )

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        constraints = [
            UniqueAt(
                fields=["gathering", "side"],
                name="delegations_one_per_side",
                shown_at="side",
                words=_("the side has a delegation to this gathering; expected it once"),
            ),
        ]


class Delegate(Recorded):
    """One participant of a delegation."""

    delegation = models.ForeignKey(
        Delegation,
        on_delete=models.CASCADE,
        related_name="delegates",
        verbose_name=_("delegation"),
    )
    group = models.ForeignKey(
        Group,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="delegates",
        verbose_name=_("group"),
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="delegated", verbose_name=_("person")
    )
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organization"),
    )
    role = TextColumn(verbose_name=_("role"), null=True, blank=True)

    class Meta:
        verbose_name = _("delegate")
        verbose_name_plural = _("delegates")
        constraints = [
            UniqueAt(
                fields=["delegation", "person"],
                name="delegations_delegate_once",
                shown_at="person",
                words=_("the person is in this delegation already; expected it once"),
            ),
        ]
