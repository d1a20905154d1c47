"""Reads of what an office and its people have for themselves: drafts, contacts, open forms."""

from datetime import timedelta

from django.db.models import (
    QuerySet,
)
from django.utils import timezone

from amity.desk.models import Contact, Draft, Editing
from amity.record.acting import Acting
from amity.record.kinds import Kind

SEEN_FOR = timedelta(seconds=75)
"""How long after its last word a form counts as open; it speaks every 25 seconds."""


def drafts_of(user: int, office: str) -> QuerySet[Draft]:
    """The drafts of a person for an office, newest first."""
    return Draft.objects.filter(user=user, office=office).exclude(values={})


def draft_of(user: int, office: str, kind: Kind, key: str, place: str = "") -> Draft | None:
    """The draft of a person for a record, or for a new one in a place."""
    return drafts_of(user, office).filter(kind=kind.kind, key=key, place=place).first()


def contacts_of(acting: Acting) -> QuerySet[Contact]:
    """The contacts of the office acted for whose time has not passed; of no other office."""
    if not acting.office or not acting.mandates:
        return Contact.objects.none()
    return Contact.objects.filter(office=acting.office, keep_until__gte=timezone.localdate())


def others_editing(user: int, kind: Kind, key: str) -> QuerySet[Editing]:
    """Who else has the form of a record open now."""
    seen = Editing.objects.filter(kind=kind.kind, key=key, seen_at__gt=timezone.now() - SEEN_FOR)
    return seen.exclude(user=user).select_related("user").order_by("user__name")
