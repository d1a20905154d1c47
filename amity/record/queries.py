"""Reads of the register: what a record is called, where it is read, which state it is in."""

from collections.abc import Iterable, Mapping

from django.db.models import Q

from amity.foundation.models import Change
from amity.record.models import Entry, Picture


def entries(things: Mapping[str, Iterable[str]]) -> dict[tuple[str, str], Entry]:
    """Register entries of the records asked for (kind → keys), with their dossiers.

    Keyed by (kind, key); what does not exist is left out. One SQL statement, none when nothing is
    asked for.
    """
    asked = Q()
    for kind, keys in things.items():
        if listed := sorted(set(keys)):
            asked |= Q(kind=kind, key__in=listed)
    if not asked:
        return {}
    found = Entry.objects.filter(asked).select_related("dossier")
    return {(entry.kind, entry.key): entry for entry in found}


def record_version() -> int:
    """Number of the last change of the record; 0 while nothing was ever written. One statement."""
    return Change.objects.order_by("-id").values_list("id", flat=True).first() or 0


def picture_exists(sha256: str, media_type: str) -> bool:
    """Whether a picture with these bytes is part of the record. One SQL statement."""
    return Picture.objects.filter(sha256=sha256, media_type=media_type).exists()
