"""For whom a person acts, as `Acting`, which everything below the accounts understands."""

from hashlib import sha256

from django.db.models import Exists, OuterRef, QuerySet

from amity.accounts.models import Invitation, MandateHeld, User
from amity.network.models import Office, SideOffice
from amity.record.acting import Acting, RegisterKey, Speaking
from amity.record.choices import Mandate
from amity.record.rules import AGREEING


def offices_of(user: User) -> list[Office]:
    """The offices for which a person has a mandate now, by the identifier of the organization."""
    held = MandateHeld.objects.filter(user=user, office=OuterRef("pk"), ended=None)
    offices = Office.objects.filter(Exists(held)).select_related("organization")
    return list(offices.order_by("organization__key"))


def acting(user: User, office: Office | None = None) -> Acting:
    """Who acts when `user` does something for `office`. Two statements.

    Somebody without a mandate for the office, or who may sign in no more, acts as a stranger.
    """
    if not user.is_active:
        return Acting()
    if office is None:
        return Acting(user=user.pk, administrator=user.administrator)
    held = MandateHeld.objects.filter(user=user, office=office, ended=None)
    mandates = frozenset(Mandate(one) for one in held.values_list("mandate", flat=True))
    if not mandates:
        return Acting(user=user.pk, administrator=user.administrator)
    return Acting(
        user=user.pk,
        office=f"organization:{office.organization.key}",
        vouched=office.vouched_at is not None,
        sides=speaking(office),
        mandates=mandates,
        administrator=user.administrator,
    )


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


def people_of(office: Office) -> QuerySet[MandateHeld]:
    """The mandates that people hold for an office now, by person."""
    rows = MandateHeld.objects.filter(office=office, ended=None, user__is_active=True)
    return rows.select_related("user").order_by("user__name", "user_id", "mandate")


def officers_of_others(acting: Acting, partnership: RegisterKey) -> list[MandateHeld]:
    """Who may answer for the other sides of a partnership: one mandate of each person.

    People of offices that somebody vouches for there; nobody of the office acted for. One
    statement.
    """
    own = {one.side.removeprefix("side:") for one in acting.sides}
    speaks = SideOffice.objects.filter(
        side__partnership__key=partnership.removeprefix("partnership:"),
        vouched_at__isnull=False,
        office__vouched_at__isnull=False,
    ).exclude(side__key__in=own)
    held = MandateHeld.objects.filter(
        office__in=speaks.values("office"),
        mandate__in=AGREEING,
        ended=None,
        user__is_active=True,
    ).exclude(user=acting.user)
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
