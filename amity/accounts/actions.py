"""What changes people who sign in, and their mandates."""

from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from amity.accounts.models import MandateHeld, User
from amity.foundation.actions import By, record_change, take_turn
from amity.foundation.differences import JSON
from amity.network.models import Office
from amity.record.actions.disavow import Disavowed, disavow
from amity.record.choices import Mandate
from amity.record.derived import register_key


def add_user(by: By, email: str, name: str, language: str, *, administrator: bool = False) -> User:
    """Make somebody known who may sign in once a way is given. Raises ValidationError."""
    user = User(email=email, name=name, language=language, administrator=administrator)
    user.set_unusable_password()
    user.full_clean()
    with transaction.atomic():
        user.save()
        record_change(by, "add", "user", str(user.pk), public=False)
    return user


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


def end_mandates(by: By, user: User, office: Office, since: datetime | None = None) -> Ended:
    """End all that a person may do for an office.

    `since`: they were given wrongly from that moment, so what the person confirmed and wrote by
    them for sides is taken back.
    """
    organization = register_key("organization", office.organization.key)
    with transaction.atomic():
        take_turn()
        done = disavow(by, organization, since, user=user.pk) if since else Disavowed()
        held = MandateHeld.objects.filter(user=user, office=office, ended=None)
        ended = held.update(ended=timezone.now())
        if not ended and since is None:
            return Ended(0, done)
        details: dict[str, JSON] = {"user": user.pk}
        record_change(by, "leave", "office", office.organization.key, details=details, public=False)
    return Ended(ended, done)
