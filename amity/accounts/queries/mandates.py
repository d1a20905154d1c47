"""Reads of what somebody may do: for which offices, with which mandates and deputies."""

from collections.abc import Iterable
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from amity.accounts.models import Deputy, MandateHeld, User
from amity.network.models import Office, SideOffice
from amity.record.acting import Acting, Speaking, key_of
from amity.record.choices import Mandate
from amity.record.rules import WRITING

LENT = WRITING
"""The mandates that whoever stands in for somebody has; to sign is nobody else's."""


def offices_of(user: User) -> list[Office]:
    """The offices for which a person has a mandate now, by the identifier of the organization."""
    held = MandateHeld.objects.filter(user=user, office=OuterRef("pk"), ended=None)
    offices = Office.objects.filter(Exists(held)).select_related("organization")
    return list(offices.order_by("organization__key"))


def acting(user: User, office: Office | None = None) -> Acting:
    """Who acts when `user` does something for `office`. Two statements.

    Somebody without a mandate for the office, or who may sign in no more, acts as a stranger. Who
    stands in for a colleague has that one's mandates to write and release beside their own.
    """
    if not user.is_active:
        return Acting()
    if office is None:
        return Acting(user=user.pk, administrator=user.administrator)
    lent = Q(
        user__in=absent(office).filter(deputy=user).values("user"),
        user__is_active=True,
        mandate__in=LENT,
    )
    held = MandateHeld.objects.filter(Q(user=user) | lent, office=office, ended=None)
    rows = list(held.values_list("user", "mandate"))
    mandates = frozenset(Mandate(mandate) for _user, mandate in rows)
    if not any(holder == user.pk for holder, _mandate in rows):
        return Acting(user=user.pk, administrator=user.administrator)
    return Acting(
        user=user.pk,
        office=office.register_key,
        vouched=office.vouched_at is not None,
        sides=speaking(office),
        mandates=mandates,
        administrator=user.administrator,
    )


def today_at(office: Office) -> date:
    """Which day it is by the clocks of an office."""
    return timezone.now().astimezone(ZoneInfo(office.timezone)).date()


def absent(office: Office) -> QuerySet[Deputy]:
    """Who stands in for whom at an office today."""
    today = today_at(office)
    return Deputy.objects.filter(office=office, ended_at=None, first__lte=today, last__gte=today)


def with_deputies(held: Iterable[MandateHeld]) -> list[MandateHeld]:
    """These mandates of people with their offices, and those of who stands in for them today.

    Each person once; who stands in has no mandate of their own in this, and it is not saved. One
    statement.
    """
    found = {one.user_id: one for one in held}
    asked = Q(pk__in=())
    for one in found.values():
        asked |= Q(pk__in=absent(one.office).filter(user=one.user_id).values("pk"))
    own = MandateHeld.objects.filter(user=OuterRef("deputy"), office=OuterRef("office"), ended=None)
    rows = Deputy.objects.filter(asked, Exists(own), deputy__is_active=True)
    for row in rows.select_related("deputy"):
        away = found[row.user_id]
        stands_in = MandateHeld(
            user=row.deputy, office=away.office, mandate=away.mandate, since=row.made_at
        )
        found.setdefault(row.deputy_id, stands_in)
    return list(found.values())


def holds(user: User, office: Office, mandate: Mandate) -> bool:
    """Whether somebody holds a mandate for an office themselves, not for somebody absent."""
    return MandateHeld.objects.filter(
        user=user, office=office, mandate=mandate, ended=None
    ).exists()


def holds_any(user: User, office: str) -> bool:
    """Whether somebody holds a mandate for the office with this register key."""
    key = key_of(office)
    held = MandateHeld.objects.filter(user=user, office__organization__key=key, ended=None)
    return held.exists()


def acting_by_command(command: str, office: Office) -> Acting:
    """Who acts when a command does something for an office: it may what an officer of it may."""
    return Acting(
        command=command,
        office=office.register_key,
        vouched=office.vouched_at is not None,
        sides=speaking(office),
        mandates=frozenset({Mandate.OFFICER}),
    )


def speaking(office: Office) -> frozenset[Speaking]:
    """The sides that an office speaks for, with somebody vouching for it. One statement."""
    others = SideOffice.objects.filter(side=OuterRef("side"), voice=True).exclude(
        office=OuterRef("office")
    )
    rows = SideOffice.objects.filter(office=office, vouched_at__isnull=False)
    return frozenset(
        Speaking(f"side:{side}", f"partnership:{partnership}", not another_speaks)
        for side, partnership, another_speaks in rows.annotate(another=Exists(others)).values_list(
            "side__key", "side__partnership__key", "another"
        )
    )


def needs_second_factor(user: User) -> bool:
    """Whether somebody may act only after a second factor: signatories and administrators."""
    if user.administrator:
        return True
    held = MandateHeld.objects.filter(user=user, mandate=Mandate.SIGNATORY, ended=None)
    return held.exists()
