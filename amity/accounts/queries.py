"""For whom a person acts, as `Acting`, which everything below the accounts understands."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from amity.accounts.models import Deputy, Invitation, LostFactor, MandateHeld, User
from amity.languages.zones import NOWHERE
from amity.network.models import Office, SideOffice
from amity.record.acting import Acting, RegisterKey, Speaking
from amity.record.choices import Mandate
from amity.record.rules import AGREEING, WRITING

LENT = WRITING
"""The mandates that whoever stands in for somebody has; to sign is nobody else's."""
VOUCHING_NEEDED = 2
"""So many others of an office vouch for somebody who lost their second factor."""


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
        office=f"organization:{office.organization.key}",
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


def deputies_of(office: Office) -> QuerySet[Deputy]:
    """Who stands in for whom at an office, today or on days to come."""
    rows = Deputy.objects.filter(office=office, ended_at=None, last__gte=today_at(office))
    return rows.select_related("user", "deputy")


def possible_deputies(user: User, office: Office) -> QuerySet[User]:
    """The others who write for an office, by name: who may stand in for somebody."""
    held = MandateHeld.objects.filter(
        user=OuterRef("pk"), office=office, ended=None, mandate__in=LENT
    )
    return User.objects.filter(Exists(held), is_active=True).exclude(pk=user.pk).order_by("name")


def holds(user: User, office: Office, mandate: Mandate) -> bool:
    """Whether somebody holds a mandate for an office themselves, not for somebody absent."""
    return MandateHeld.objects.filter(
        user=user, office=office, mandate=mandate, ended=None
    ).exists()


def holds_any(user: User, office: str) -> bool:
    """Whether somebody holds a mandate for the office with this register key."""
    key = office.partition(":")[2]
    held = MandateHeld.objects.filter(user=user, office__organization__key=key, ended=None)
    return held.exists()


def acting_by_command(command: str, office: Office) -> Acting:
    """Who acts when a command does something for an office: it may what an officer of it may."""
    return Acting(
        command=command,
        office=f"organization:{office.organization.key}",
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


def digest_of(secret: str) -> str:
    """What is kept of the secret of an invitation."""
    return sha256(secret.encode()).hexdigest()


def invitation(secret: str) -> Invitation | None:
    """The invitation whose link holds `secret`, open or not."""
    rows = Invitation.objects.select_related("office__organization", "invited_by")
    return rows.filter(digest=digest_of(secret)).first()


def zone_for(found: Invitation) -> str:
    """The zone in which whoever is invited is likely to be; empty where nothing tells.

    That of the office, else of whoever invites, else that of most people of the office: one who
    never chose a zone has UTC.
    """
    own = [found.office.timezone] if found.office else []
    if found.invited_by is not None:
        own.append(found.invited_by.timezone)
    if zone := next((one for one in own if one != NOWHERE), ""):
        return zone
    people = (
        {one.user_id: one.user.timezone for one in people_of(found.office)} if found.office else {}
    )
    counted = Counter(zone for zone in people.values() if zone != NOWHERE)
    return min(counted, key=lambda zone: (-counted[zone], zone), default="")


def people_of(office: Office) -> QuerySet[MandateHeld]:
    """The mandates that people hold for an office now, by person."""
    rows = MandateHeld.objects.filter(office=office, ended=None, user__is_active=True)
    return rows.select_related("user").order_by("user__name", "user_id", "mandate")


def officers_of_others(acting: Acting, partnership: RegisterKey) -> list[MandateHeld]:
    """Who may answer for the other sides of a partnership: one mandate of each person.

    People of offices that somebody vouches for there, and who stands in for them; nobody of the
    office acted for. Two statements.
    """
    own = {one.side.removeprefix("side:") for one in acting.sides}
    speaks = _speaking_in(partnership).exclude(side__key__in=own)
    return [
        one
        for one in with_deputies(_one_each(_answering(speaks).exclude(user=acting.user)))
        if one.user_id != acting.user
    ]


def speakers_of(partnership: RegisterKey) -> list[MandateHeld]:
    """Who may answer for any side of a partnership, as `officers_of_others`. Two statements."""
    return with_deputies(_one_each(_answering(_speaking_in(partnership))))


def answering_for(office: RegisterKey) -> list[MandateHeld]:
    """Who may answer for an office that somebody vouches for: one mandate of each person."""
    rows = MandateHeld.objects.filter(
        office__organization__key=office.removeprefix("organization:"),
        office__vouched_at__isnull=False,
        mandate=Mandate.OFFICER,
        ended=None,
        user__is_active=True,
    )
    return with_deputies(_one_each(rows))


def _speaking_in(partnership: RegisterKey) -> QuerySet[SideOffice]:
    return SideOffice.objects.filter(
        side__partnership__key=partnership.removeprefix("partnership:"),
        vouched_at__isnull=False,
        office__vouched_at__isnull=False,
    )


def _answering(speaks: QuerySet[SideOffice]) -> QuerySet[MandateHeld]:
    return MandateHeld.objects.filter(
        office__in=speaks.values("office"),
        mandate__in=AGREEING,
        ended=None,
        user__is_active=True,
    )


def _one_each(held: QuerySet[MandateHeld]) -> list[MandateHeld]:
    rows = held.select_related("user", "office__organization").order_by("user_id", "pk")
    return list({one.user_id: one for one in reversed(rows)}.values())


def invitations_of(office: Office) -> QuerySet[Invitation]:
    """The invitations of an office that were neither used nor withdrawn, newest first."""
    return Invitation.objects.filter(office=office, used_at=None, withdrawn_at=None)


def is_last_who_invites(user: User, office: Office) -> bool:
    """Whether nobody else of the office could invite if this person left."""
    held = MandateHeld.objects.filter(office=office, ended=None, mandate=Mandate.OFFICER)
    officers = held.filter(user__is_active=True)
    return officers.filter(user=user).exists() and not officers.exclude(user=user).exists()


def colleagues_of(user: User) -> list[MandateHeld]:
    """Everybody else of the offices a person acts for now: one mandate of each. One statement."""
    offices = MandateHeld.objects.filter(user=user, ended=None).values("office")
    held = MandateHeld.objects.filter(office__in=offices, ended=None, user__is_active=True)
    rows = held.exclude(user=user).select_related("user", "office__organization")
    return list({one.user_id: one for one in rows.order_by("-pk")}.values())


def administrators() -> QuerySet[User]:
    """Those who administer the installation."""
    return User.objects.filter(administrator=True, is_active=True).order_by("pk")


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
