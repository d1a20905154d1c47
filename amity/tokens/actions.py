"""Making and revoking tokens, and what a program leaves behind."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from amity.accounts.models import User
from amity.accounts.queries import digest_of
from amity.foundation.actions import By, record_change, take_turn
from amity.foundation.differences import JSON
from amity.network.models import Office
from amity.tokens.models import Answered, Token
from amity.tokens.queries import PREFIX

MOST = 20
"""So many tokens a person has for an office at most."""
LONGEST_LIFE = timedelta(days=366)
TO_THE = timedelta(hours=1)
"""How exactly it is noted when a token last served."""
REMEMBERED = timedelta(days=2)
"""How long a request that comes again gets the same answer."""


@dataclass(frozen=True, slots=True)
class Made:
    """A token and its secret, which is kept nowhere."""

    token: Token
    secret: str


def make(by: By, user: User, office: Office, name: str, purposes: list[str], days: int) -> Made:
    """Let a program act as a person for an office. Raises ValidationError."""
    secret = PREFIX + secrets.token_urlsafe(32)
    now = timezone.now()
    token = Token(
        user=user,
        office=office,
        name=name,
        purposes=purposes,
        digest=digest_of(secret),
        ending=secret[-4:],
        made_at=now,
        expires_at=now + min(timedelta(days=days), LONGEST_LIFE),
    )
    with transaction.atomic():
        take_turn()  # of two made at once the second counts the first
        if Token.objects.filter(user=user, office=office, revoked_at=None).count() >= MOST:
            raise ValidationError(_("You have as many tokens as you may have."))
        token.full_clean()
        token.save()
        _noted(by, token, "make_token")
    return Made(token, secret)


def revoke(by: By, token: Token) -> None:
    """Let a token serve nobody from now on."""
    with transaction.atomic():
        rows = Token.objects.filter(pk=token.pk, revoked_at=None)
        if rows.update(revoked_at=timezone.now()):
            _noted(by, token, "revoke_token")


def note_use(token: Token, now: datetime) -> None:
    """Note when a token last served, at most once an hour."""
    if token.used_at is None or now - token.used_at >= TO_THE:
        Token.objects.filter(pk=token.pk).update(used_at=now)


def forget_answers(now: datetime) -> str:
    """Forget what was answered to requests that come no more."""
    count, _of = Answered.objects.filter(at__lt=now - REMEMBERED).delete()
    return f"{count} answers to programs forgotten" if count else ""


def _noted(by: By, token: Token, verb: str) -> None:
    key = token.office.organization.key
    details: dict[str, JSON] = {"name": token.name, "purposes": list(token.purposes)}
    record_change(by, verb, "office", key, details=details, public=False)
