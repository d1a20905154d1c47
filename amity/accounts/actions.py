"""What changes people who sign in, and their mandates."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from amity.accounts import messages, queries
from amity.accounts.models import Invitation, MandateHeld, User
from amity.foundation.actions import By, record_change, take_turn
from amity.foundation.differences import JSON
from amity.foundation.letters.posting import can_post
from amity.foundation.letters.writing import write_letter
from amity.foundation.models import Letter
from amity.foundation.pages.formatting import day
from amity.network.models import Office
from amity.record.acting import office_named
from amity.record.actions.disavow import Disavowed, disavow
from amity.record.choices import Mandate
from amity.record.derived import register_key

INVITED_FOR = timedelta(days=14)
INVITED_A_DAY = 50
"""By one person; each is a letter to whatever address they type."""


class AlreadyUsed(ValidationError):
    """An invitation that was used, withdrawn or has run out."""


class TooMany(ValidationError):
    """Somebody has invited as many within a day as one person may."""


class LastOne(ValidationError):
    """Somebody would leave an office to which nobody else can invite."""


@dataclass(frozen=True, slots=True)
class Sent:
    """An invitation and the link that goes with it; the link is kept nowhere."""

    invitation: Invitation
    address: str


def add_user(by: By, email: str, name: str, language: str, *, administrator: bool = False) -> User:
    """Make somebody known who may sign in once a way is given. Raises ValidationError."""
    user = User(email=email, name=name, language=language, administrator=administrator)
    user.set_unusable_password()
    user.full_clean()
    with transaction.atomic():
        user.save()
        _confirm_address(user)
        record_change(by, "add", "user", str(user.pk), public=False)
    return user


def _confirm_address(user: User) -> None:
    address = user.email.lower()  # as django-allauth looks for it
    EmailAddress.objects.create(user=user, email=address, verified=True, primary=True)


def invite(
    by: By,
    email: str,
    language: str,
    office: Office | None,
    mandate: Mandate | None,
    inviter: User | None = None,
) -> Sent:
    """Invite somebody to act for an office, or (`office` None) to administer; a letter goes out.

    An open invitation of the same address for the same thing is withdrawn: one link works.
    Raises ValidationError, and TooMany where the inviter has invited enough for a day.
    """
    secret = secrets.token_urlsafe(24)
    now = timezone.now()
    invitation = Invitation(
        digest=queries.digest_of(secret),
        email=email,
        language=language,
        office=office,
        mandate=mandate or "",
        invited_by=inviter,
        made_at=now,
        expires_at=now + INVITED_FOR,
    )
    invitation.full_clean()
    with translation.override(language):
        address = settings.BASE_URL + reverse("invitation", args=[secret])
    key = office.organization.key if office else ""
    title = office.organization.name.best((language,)).words if office else ""
    with transaction.atomic():
        take_turn()  # of two sent at once the second withdraws the first, and both are counted
        if inviter is not None:
            _refuse_too_many(inviter, now)
        former = Invitation.objects.filter(email__iexact=email, office=office, used_at=None)
        former.filter(withdrawn_at=None).update(withdrawn_at=now)
        invitation.save()
        write_letter(
            email,
            language,
            lambda: messages.invitation(
                address,
                inviter.name if inviter else "",
                title,
                mandate or "",
                invitation.expires_at,
            ),
            office=office_named(key) if office else "",
        )
        details: dict[str, JSON] = {"mandate": str(mandate or "administrator")}
        record_change(by, "invite", "office", key, details=details, public=False)
    return Sent(invitation, address)


def _refuse_too_many(inviter: User, now: datetime) -> None:
    within = Invitation.objects.filter(invited_by=inviter, made_at__gt=now - timedelta(days=1))
    times = within.order_by("-made_at").values_list("made_at", flat=True)
    if len(counted := times[:INVITED_A_DAY]) == INVITED_A_DAY:
        again = timezone.localtime(counted[INVITED_A_DAY - 1] + timedelta(days=1))
        words = _(
            "You have invited %(count)s people within a day. You can invite again from "
            "%(day)s, %(time)s."
        )
        said = {"count": INVITED_A_DAY, "day": day(again.date()), "time": f"{again:%H:%M}"}
        raise TooMany(words % said)


def how_it_reaches_them(sent: Sent) -> str:
    """What whoever has invited is told; without a mail server, the link to hand over."""
    if can_post():
        return _("The invitation is on its way.")
    words = _(
        "No mail server is configured, so the letter waits. Give them this link yourself; it works "
        "once, and is shown only now: %(address)s"
    )
    return words % {"address": sent.address}


def withdraw_invitation(by: By, invitation: Invitation) -> None:
    """Make an invitation's link work no longer."""
    with transaction.atomic():
        rows = Invitation.objects.filter(pk=invitation.pk, used_at=None, withdrawn_at=None)
        if rows.update(withdrawn_at=timezone.now()):
            key = invitation.office.organization.key if invitation.office else ""
            record_change(by, "withdraw_invitation", "office", key, public=False)


def take_up(invitation: Invitation, user: User, password: str = "") -> User:
    """Take up an invitation, once: a new person with a password, or one who signs in already.

    Raises AlreadyUsed, and PermissionDenied where the invitation is for another address.
    """
    if invitation.email.lower() != user.email.lower():
        raise PermissionDenied
    now = timezone.now()
    with transaction.atomic():
        open_now = Invitation.objects.filter(
            pk=invitation.pk, used_at=None, withdrawn_at=None, expires_at__gt=now
        )
        if not open_now.update(used_at=now):
            raise AlreadyUsed(_("This invitation has been used or withdrawn, or is too old."))
        if user.pk is None:
            user.set_password(password)
            user.administrator = invitation.office is None
            user.full_clean()
            user.save()
            _confirm_address(user)
        elif invitation.office is None and not user.administrator:
            user.administrator = True
            user.save(update_fields=["administrator"])
        office = invitation.office
        by = By(user=user.pk, office=office.register_key if office else "")
        record_change(by, "join_office", "user", str(user.pk), public=False)
        if office and not _holds(user, office, invitation.mandate):
            give_mandate(by, user, office, Mandate(invitation.mandate))
    return user


def _holds(user: User, office: Office, mandate: str) -> bool:
    held = MandateHeld.objects.filter(user=user, office=office, mandate=mandate, ended=None)
    return held.exists()


def give_mandate(by: By, user: User, office: Office, mandate: Mandate) -> MandateHeld:
    """Let a person do something for an office from now on. Raises ValidationError."""
    held = MandateHeld(user=user, office=office, mandate=mandate, since=timezone.now())
    held.full_clean()
    with transaction.atomic():
        held.save()
        details: dict[str, JSON] = {"user": user.pk, "mandate": str(mandate)}
        record_change(
            by, "mandate", "office", office.organization.key, details=details, public=False
        )
    return held


class Ended(NamedTuple):
    """How many mandates ended, and what was taken back."""

    mandates: int
    disavowed: Disavowed


def end_mandates(
    by: By,
    user: User,
    office: Office,
    since: datetime | None = None,
    *,
    hand_over: bool = False,
) -> Ended:
    """End all that a person may do for an office.

    `since`: they were given wrongly from that moment, so what the person confirmed and wrote by
    them for sides is taken back. Where somebody else ends them, open invitations of the person to
    the office end too: they may be their own way back. With `hand_over`, the last person who can
    invite others is asked to hand over first: raises LastOne.
    """
    organization = register_key("organization", office.organization.key)
    with transaction.atomic():
        take_turn()
        if hand_over and queries.is_last_who_invites(user, office):
            raise LastOne(
                _("Nobody else can invite people to this office. Invite an officer first.")
            )
        done = disavow(by, organization, since, user=user.pk) if since else Disavowed()
        if by.user != user.pk:
            theirs = Q(invited_by=user) | Q(email__iexact=user.email)
            for invitation in queries.invitations_of(office).filter(theirs):
                withdraw_invitation(by, invitation)
        held = MandateHeld.objects.filter(user=user, office=office, ended=None)
        ended = held.update(ended=timezone.now())
        _stop_letters(user, organization)
        if not ended and since is None:
            return Ended(0, done)
        details: dict[str, JSON] = {"user": user.pk}
        record_change(by, "leave", "office", office.organization.key, details=details, public=False)
    return Ended(ended, done)


def _stop_letters(user: User, organization: str) -> None:
    """Let letters that wait go no more to somebody who has left: they tell what the office reads.

    Of a weekly letter that was for other offices too, the rest comes with the next one.
    """
    waiting = Letter.objects.filter(to__iexact=user.email, sent_at=None, given_up_at=None)
    about = Q(office=organization) | Q(once__startswith=f"digest:{user.pk}:")
    waiting.filter(about).update(
        given_up_at=timezone.now(), error="withdrawn: they have left the office"
    )


def change_profile(by: By, user: User) -> None:
    """Keep what somebody changed of their own name, language and time zone."""
    with transaction.atomic():
        user.save(update_fields=["name", "language", "timezone", "digest_day"])
        record_change(by, "change", "user", str(user.pk), public=False)
