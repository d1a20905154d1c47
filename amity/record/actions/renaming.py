"""A new identifier for a record: what led to the old one leads on, what named it names the new."""

from amity.record import derived, kinds, references
from amity.record.derived import Touched
from amity.record.kinds import Kind
from amity.record.models import Entry, Recorded

from . import standings
from .write import KEPT


def rename(kind: Kind, old: str, record: Recorded) -> Touched:
    """Leave a way from the old address to the new one; gives the records that say it otherwise now.

    The entry stays the same, with all that is claimed and confirmed of it.
    """
    entry = Entry.everything.get(kind=kind.kind, key=old)
    Entry.everything.filter(kind=kind.kind, key=record.key, moved_to=entry).delete()
    Entry.everything.filter(pk=entry.pk).update(key=record.key)
    entry.pk, entry.moved_to_id = None, entry.pk
    Entry.everything.bulk_create([entry])
    before, after = (derived.register_key(kind.kind, key) for key in (old, record.key))
    affected = Touched()
    for other in kinds.kinds():
        read_by = other.model.everything.filter(readers=before)
        affected.add(other.kind, read_by.values_list("pk", flat=True))
        for name in KEPT:
            other.model.everything.filter(**{name: before}).update(**{name: after})
    for name in KEPT:
        if getattr(record, name) == before:
            setattr(record, name, after)
    for reference, number in references.naming(kind.kind, [record.pk]):
        affected.add(reference.kind, [number])
    for name in ("readers", "joint", "begun_by", "removed_by"):
        Entry.everything.filter(**{name: before}).update(**{name: after})
    standings.rename(before, after)
    return affected
