"""Writes about people who sign in and their mandates."""

from django.db import transaction
from django.utils import timezone

from amity.accounts.models import MandateHeld, User
from amity.foundation.actions import By, record_change
from amity.foundation.differences import JSON
from amity.network.models import Office
from amity.record.choices import Mandate


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


def end_mandates(by: By, user: User, office: Office) -> int:
    """End all that a person may do for an office; says how many mandates that were."""
    with transaction.atomic():
        held = MandateHeld.objects.filter(user=user, office=office, ended=None)
        ended = held.update(ended=timezone.now())
        details: dict[str, JSON] = {"user": user.pk}
        record_change(by, "leave", "office", office.organization.key, details=details, public=False)
    return ended
