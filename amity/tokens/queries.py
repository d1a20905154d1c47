"""Reads of tokens: whose a secret is, and what a person has made."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from amity.accounts.models import User
from amity.accounts.queries import acting, digest_of
from amity.network.models import Office
from amity.record.acting import Acting
from amity.tokens.models import Answered, Token
from amity.tokens.rules import narrowed

PREFIX = "amity_"
"""By which a secret that was published by mistake can be found."""


@dataclass(frozen=True, slots=True)
class Program:
    """A program at work: its `token`, and whom it acts as."""

    token: Token
    acting: Acting


def tokens_of(user: User, office: Office) -> QuerySet[Token]:
    """A person's tokens for an office, revoked ones left out, the newest first."""
    return Token.objects.filter(user=user, office=office, revoked_at=None)


def program_of(secret: str, now: datetime) -> Program | None:
    """Who acts by a secret; None where it serves nobody. Four statements.

    What the person may is asked each time: who has left the office acts for it no more.
    """
    if not secret.startswith(PREFIX):
        return None
    rows = Token.objects.select_related("user", "office__organization")
    rows = rows.filter(digest=digest_of(secret), revoked_at=None, expires_at__gt=now)
    token = rows.first()
    if token is None:
        return None
    person = acting(token.user, token.office)
    if not person.office:
        return None
    return Program(token, narrowed(person, token.purposes, token.name))


def answered(token: Token, key: str) -> Answered | None:
    """What was answered to this request before."""
    return Answered.objects.filter(token=token, key=key).first()
