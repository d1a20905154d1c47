"""What gives a second factor back to somebody who lost it.

Somebody who knows the password asks; two others of the office, or an administrator, vouch for
them; all of the office are told; and a day later another authenticator app takes the place of all
that was lost. Until then everything from before still holds, and anybody concerned can stop it.
"""

from collections.abc import Callable
from datetime import timedelta

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from amity.accounts import messages, queries
from amity.accounts.models import LostFactor, User, Vouching
from amity.foundation.actions import By, record_change, take_turn
from amity.foundation.letters.wording import Wording
from amity.foundation.letters.writing import write_letter

WAIT = timedelta(days=1)
"""From the last vouching until it takes effect, and from one request to the next."""
OPEN_FOR = timedelta(days=7)
_links = Signer(salt="amity.accounts.lost")


class Over(ValidationError):
    """It was used or stopped, or its time has run out."""

    def __init__(self) -> None:
        super().__init__(_("This has been used or stopped, or its time has run out."))


class TooSoon(ValidationError):
    """It was asked a short while ago, or has not taken effect yet."""


def ask(user: User) -> LostFactor:
    """Ask to set up another second factor, for somebody who has shown the password.

    What is open stays as it is. Raises TooSoon where it was asked within a day.
    """
    now = timezone.now()
    with transaction.atomic():
        take_turn()
        former = queries.lost_factor_of(user)
        if former is not None and former.is_open:
            return former
        if former is not None and now < former.asked_at + WAIT:
            raise TooSoon(_("You asked within the last day. Ask again tomorrow."))
        LostFactor.objects.filter(user=user, stopped_at=None, used_at=None).update(stopped_at=now)
        lost = LostFactor.objects.create(user=user, asked_at=now, expires_at=now + OPEN_FOR)
        record_change(By(user=user.pk), "lose_factor", "user", str(user.pk), public=False)
        _tell(lost, user, lambda: messages.factor_lost(_stopping(lost, user.language)))
        who = user.name or user.email
        _tell_others(lost, lambda address: messages.colleague_lost(who, address))
    return lost


def vouch(by: By, lost: LostFactor) -> None:
    """Say that it was really them who asked. Once enough have said so, a day later it takes effect.

    Raises PermissionDenied for whoever's word does not count, Over, and ValidationError where the
    same person has vouched already.
    """
    with transaction.atomic():
        take_turn()
        found = queries.lost_factors_open(timezone.now()).filter(pk=lost.pk).first()
        if found is None:
            raise Over
        voucher = User.objects.get(pk=by.user) if by.user is not None else None
        if voucher is None and not by.command:
            raise PermissionDenied
        if voucher is not None and not queries.may_vouch(voucher, found):
            raise PermissionDenied
        enough_before = queries.is_vouched_for(found)
        one = Vouching(lost=found, by=voucher, at=timezone.now())
        one.full_clean()
        one.save()
        record_change(by, "vouch_factor", "user", str(found.user_id), public=False)
        if not enough_before and queries.is_vouched_for(found):
            _take_effect(found)


def _take_effect(lost: LostFactor) -> None:
    at = timezone.now() + WAIT
    lost.effective_at = at
    lost.expires_at = max(lost.expires_at, at + WAIT)
    lost.save(update_fields=["effective_at", "expires_at"])
    user = lost.user
    _tell(lost, user, lambda: messages.factor_vouched(at, _stopping(lost, user.language)))
    vouchings = lost.vouchings.select_related("by")
    names = [one.by.name or one.by.email if one.by else "" for one in vouchings]

    def said(address: str) -> Wording:
        by = ", ".join(name or str(_("The administrator")) for name in names)
        return messages.colleague_vouched(user.name or user.email, by, at, address)

    _tell_others(lost, said)


def stop(by: By, lost: LostFactor) -> None:
    """Let nothing come of it; what holds is what held before. Raises Over."""
    now = timezone.now()
    with transaction.atomic():
        take_turn()
        rows = queries.lost_factors_open(now).filter(pk=lost.pk)
        if not rows.update(stopped_at=now, stopped_by=by.user):
            raise Over
        record_change(by, "stop_factor", "user", str(lost.user_id), public=False)
        who = lost.user.name or lost.user.email
        _tell(lost, lost.user, lambda: messages.factor_stopped(who))
        _tell_others(lost, lambda _address: messages.factor_stopped(who))


def is_effective(lost: LostFactor) -> bool:
    """Whether another second factor can be set up now."""
    at = lost.effective_at
    in_time = lost.is_open and at is not None and at <= timezone.now()
    return in_time and queries.is_vouched_for(lost)


def renew(lost: LostFactor, secret: str) -> Authenticator:
    """Let the app with `secret`, and new recovery codes, take the place of all that was lost.

    Once. Every session of the person ends. Raises Over, and TooSoon before its day.
    """
    with transaction.atomic():
        take_turn()
        found = LostFactor.objects.select_related("user").get(pk=lost.pk)
        if not found.is_open:
            raise Over
        if not is_effective(found):
            raise TooSoon(_("It has not taken effect yet."))
        found.used_at = timezone.now()
        found.save(update_fields=["used_at"])
        user = found.user
        Authenticator.objects.filter(user=user).delete()
        made = TOTP.activate(user, secret).instance
        RecoveryCodes.activate(user)
        for session in UserSession.objects.filter(user=user):
            session.end()
        record_change(By(user=user.pk), "renew_factor", "user", str(user.pk), public=False)
        _tell(found, user, messages.factor_renewed)
        who = user.name or user.email
        _tell_others(found, lambda _address: messages.colleague_renewed(who))
    return made


def by_link(signed: str) -> LostFactor | None:
    """What the link in the person's letter stops."""
    try:
        number = _links.unsign(signed)
    except BadSignature:
        return None
    return LostFactor.objects.select_related("user").filter(pk=number).first()


def _stopping(lost: LostFactor, language: str) -> str:
    with translation.override(language):
        return settings.BASE_URL + reverse("stop_lost_factor", args=[_links.sign(str(lost.pk))])


def _tell(lost: LostFactor, user: User, said: Callable[[], Wording], office: str = "") -> None:
    with timezone.override(user.timezone):
        write_letter(
            user.email, user.language, said, office=office, kind="user", key=str(lost.user_id)
        )


def _tell_others(lost: LostFactor, said: Callable[[str], Wording]) -> None:
    """All of the person's offices; the administrators too where these have to vouch."""
    colleagues = queries.colleagues_of(lost.user)
    told = [(one.user, one.office.register_key) for one in colleagues]
    if lost.user.administrator or len(told) < queries.VOUCHING_NEEDED:
        known = {lost.user_id, *(user.pk for user, _office in told)}
        told += [(one, "") for one in queries.administrators().exclude(pk__in=known)]
    for user, office in told:
        with translation.override(user.language):
            address = settings.BASE_URL + reverse("lost_factor", args=[lost.pk])
        _tell(lost, user, lambda address=address: said(address), office)  # type: ignore[misc] # bound now
