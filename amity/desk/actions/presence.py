"""Who has the form of a record open."""

from datetime import timedelta

from django.utils import timezone

from amity.desk.models import Editing
from amity.record.acting import Acting
from amity.record.kinds import Kind

from .who import person_of

LEFT_AFTER = timedelta(days=1)


def is_editing(acting: Acting, kind: Kind, key: str) -> None:
    """Note that somebody has the form of a record open; forget those of yesterday."""
    now = timezone.now()
    Editing.objects.bulk_create(
        [Editing(user_id=person_of(acting), kind=kind.kind, key=key, seen_at=now)],
        update_conflicts=True,
        unique_fields=["user", "kind", "key"],
        update_fields=["seen_at"],
    )
    Editing.objects.filter(kind=kind.kind, seen_at__lt=now - LEFT_AFTER).delete()


def stops_editing(acting: Acting, kind: Kind, key: str) -> None:
    """Note that somebody has closed the form."""
    Editing.objects.filter(user_id=person_of(acting), kind=kind.kind, key=key).delete()
