"""Writes of an office's own book of contacts: keep, remove, and forget those whose time is over."""

from datetime import datetime, timedelta

from django.utils import timezone

from amity.desk.models import Contact
from amity.record.acting import Acting
from amity.record.refusals import NotAllowed
from amity.record.rules import WRITING

EVERYWHERE_OVER = timedelta(hours=12)
"""After so long a day is over in every time zone west of Greenwich."""


def may_write(acting: Acting) -> bool:
    """Whether whoever acts keeps the book of the office acted for."""
    return bool(acting.office) and bool(WRITING & acting.mandates)


def keep(acting: Acting, contact: Contact) -> None:
    """Write a contact, new or not, of the office acted for. Raises NotAllowed, ValidationError."""
    if not may_write(acting) or contact.office not in ("", acting.office):
        raise NotAllowed("contact")
    contact.office, contact.changed_at = acting.office, timezone.now()
    contact.full_clean()
    contact.save()


def remove(acting: Acting, contact: Contact) -> None:
    """Remove a contact for good. Raises NotAllowed."""
    if not may_write(acting) or contact.office != acting.office:
        raise NotAllowed("contact")
    contact.delete()


def forget_due(now: datetime) -> str:
    """Remove the contacts whose last day is over everywhere; says how many, for the log."""
    over = (now - EVERYWHERE_OVER).date()
    count, _of_what = Contact.objects.filter(keep_until__lt=over).delete()
    return f"{count} contacts forgotten" if count else ""
