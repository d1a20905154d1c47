"""Reads of the people of offices, of those who are invited, and of who can stand in."""

from collections import Counter
from hashlib import sha256

from django.db.models import Exists, OuterRef, QuerySet

from amity.accounts.models import Deputy, Invitation, MandateHeld, User
from amity.languages.zones import NOWHERE
from amity.network.models import Office, SideOffice
from amity.record.acting import Acting, RegisterKey, key_of
from amity.record.choices import Mandate
from amity.record.rules import AGREEING

from .mandates import LENT, today_at, with_deputies


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


def answering_for_side(side: RegisterKey) -> list[MandateHeld]:
    """Who may answer for a side: one mandate of each person, of offices that somebody vouches for.

    Without who stands in for them. One statement.
    """
    speaks = SideOffice.objects.filter(
        side__key=side.removeprefix("side:"),
        vouched_at__isnull=False,
        office__vouched_at__isnull=False,
    )
    return _one_each(_answering(speaks))


def answering_for(office: RegisterKey) -> list[MandateHeld]:
    """Who may answer for an office that somebody vouches for: one mandate of each person."""
    rows = MandateHeld.objects.filter(
        office__organization__key=key_of(office),
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
