"""Giving numbers: when others than the office that wrote a record first read it.

What an office has for itself has none, so a number that a reader misses tells nothing of it.
"""

from collections.abc import Sequence

from django.db.models import Q
from django.utils import timezone

from amity.record.kinds import Kind
from amity.record.models import Dossier, Entry, Recorded
from amity.record.numbered import WITHOUT, place_in

from .write import Write

LONGEST = 80


def number_new(kind: Kind, fresh: Sequence[Write]) -> None:
    """Number new records, whose rows are written and whose readers are said, where they want it."""
    for write in fresh:
        if number_where_due(kind, write.record):
            rows = kind.model.everything.filter(pk=write.record.pk)
            rows.update(key=write.record.key)
            write.after["key"] = write.record.key


def number_where_due(kind: Kind, record: Recorded) -> bool:
    """Give a record a number that waits for one, where others read it now; says whether it did."""
    waits = bool(kind.numbered) and record.key.startswith(WITHOUT)
    if not waits or record.readers.startswith("organization:"):
        return False
    record.key = _next(kind, record.dossier_id)
    return True


def _next(kind: Kind, dossier: int) -> str:
    """The identifier with the next number of this year in a dossier, which nothing has or had."""
    series = f"{kind.numbered}-{timezone.now().year}"
    own = Q(key__startswith=f"{series}-") | Q(key__startswith=f"{series.lower()}-")
    keys = Entry.everything.filter(own, kind=kind.kind, dossier=dossier).values_list("key")
    rows = kind.model.everything.filter(own, dossier=dossier).values_list("key")
    last = max((place_in(series, key) for (key,) in keys.union(rows)), default=0)
    of_it = Dossier.objects.get(pk=dossier).key
    while True:
        last += 1
        key = f"{series.lower()}-{last:03}-{of_it.lower()}"[:LONGEST].rstrip("-")
        if not Entry.everything.filter(kind=kind.kind, key=key).exists():
            return key
