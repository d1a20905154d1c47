"""Reads of lost second factors, and of who may vouch."""

from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from amity.accounts.models import LostFactor, MandateHeld, User
from amity.record.acting import Acting

VOUCHING_NEEDED = 2
"""So many others of an office vouch for somebody who lost their second factor."""


def lost_factor_of(user: User) -> LostFactor | None:
    """What a person asked last after losing their second factor, open or not."""
    return LostFactor.objects.filter(user=user).order_by("-asked_at", "-pk").first()


def lost_factors_open(now: datetime) -> QuerySet[LostFactor]:
    """What was asked and neither used nor stopped, and has not run out."""
    rows = LostFactor.objects.filter(stopped_at=None, used_at=None, expires_at__gt=now)
    return rows.select_related("user").order_by("asked_at", "pk")


def lost_factors_seen_by(acting: Acting, now: datetime) -> QuerySet[LostFactor]:
    """The open ones that concern whoever acts: of people of their offices, and their own.

    An administrator sees all. One statement.
    """
    rows = lost_factors_open(now)
    if acting.administrator:
        return rows
    own = MandateHeld.objects.filter(user=acting.user, ended=None).values("office")
    theirs = MandateHeld.objects.filter(user=OuterRef("user"), ended=None, office__in=own)
    return rows.filter(Q(user=acting.user) | Exists(theirs))


def is_vouched_for(lost: LostFactor) -> bool:
    """Whether enough others vouch, as they stand now: an administrator, or two of one office.

    Who came to the office after it was asked does not count, nor who has left it since.
    """
    vouchings = lost.vouchings.exclude(by=lost.user_id)
    by_administrator = Q(by=None) | Q(by__administrator=True, by__is_active=True)
    if vouchings.filter(by_administrator).exists():
        return True
    since = MandateHeld.objects.filter(ended=None, user__is_active=True, since__lte=lost.asked_at)
    offices = since.filter(user=lost.user_id).values("office")
    held = since.filter(office__in=offices, user__in=vouchings.values("by"))
    counted = held.order_by().values("office").annotate(people=Count("user", distinct=True))
    return counted.filter(people__gte=VOUCHING_NEEDED).exists()


def may_vouch(user: User, lost: LostFactor) -> bool:
    """Whether a person's word counts: an administrator, or of an office since before it was asked.

    Nobody vouches for themselves.
    """
    if not user.is_active or user.pk == lost.user_id:
        return False
    if user.administrator:
        return True
    since = MandateHeld.objects.filter(ended=None, since__lte=lost.asked_at)
    offices = since.filter(user=lost.user_id).values("office")
    return since.filter(user=user, office__in=offices).exists()
