"""Keepers and readers of what hangs on another record, or belongs to a partnership."""

from collections.abc import Iterator, Sequence

from django.db import models
from django.db.models import QuerySet, prefetch_related_objects

from amity.foundation.database.batches import batched
from amity.record import kinds
from amity.record.acting import RegisterKey
from amity.record.choices import KeptBy
from amity.record.kinds import Kind
from amity.record.models import Recorded

from .touched import Touched

ALONE = frozenset({KeptBy.SIDE, KeptBy.OFFICE})
"""What these keep of something that others read may be for themselves."""


def register_key(kind: str, key: str) -> RegisterKey:
    """How keeper and readers name a record."""
    return f"{kind}:{key}"


def target(kind: Kind, name: str) -> Kind:
    """The kind that a reference of `kind` names."""
    model = kind.model._meta.get_field(name).related_model
    if not isinstance(model, type):
        raise TypeError(f"{kind.kind} has no reference {name}")
    return kinds.of_model(model)


def spread_readers(kind: str, numbers: Sequence[int]) -> Touched:
    """Let what hangs on these records be read and kept as they are; gives those that changed.

    Goes on to what hangs on the changed ones. `revision` does not rise: nobody wrote them.
    """
    changed = Touched()
    for other in kinds.kinds():
        moved: list[Recorded] = []
        for name in other.keeping.part_of:
            if target(other, name).kind == kind:
                for few in batched(numbers):
                    rows = other.model.everything.filter(**{f"{name}__in": few})
                    moved += _moved(other, rows.select_related(*other.keeping.part_of))
        if moved:
            other.model.everything.bulk_update(moved, ["readers", "keeper", "begun_by"])
            found = [record.pk for record in moved]
            changed.add(other.kind, found)
            changed.update(spread_readers(other.kind, found))
    return changed


def _moved(kind: Kind, rows: "QuerySet[models.Model]") -> Iterator[Recorded]:
    """Those of `rows` whose readers or keeper are not as they should be, with the right ones."""
    for record in rows:
        if isinstance(record, Recorded) and follow_owner(kind, record, owner_of(kind, record)):
            yield record


def follow_owner(kind: Kind, record: Recorded, owner: Recorded | None) -> bool:
    """Let a record that hangs on `owner` be kept and read like it; says whether that changed it.

    A side or an office may keep to itself what it keeps of something that others read.
    """
    if owner is None:
        return False
    before = (record.readers, record.keeper, record.begun_by)
    if kind.keeping.kept_by == KeptBy.OWNER:
        record.keeper, record.begun_by = owner.keeper, owner.begun_by
    alone = record.readers == record.keeper and kind.keeping.kept_by in ALONE
    if not alone:
        record.readers = owner.readers
    return (record.readers, record.keeper, record.begun_by) != before


def read_beside(records: Sequence[Recorded], names: Sequence[str]) -> None:
    """Read what these references of many records name, as it stands in the database."""
    for few in batched(records):
        prefetch_related_objects(few, *names)


def owner_now(kind: Kind, record: Recorded) -> Recorded | None:
    """What a record hangs on, as it stands in the database; None for one that stands by itself.

    What the record itself holds was read some time ago, or put together by somebody else.
    """
    owner = owner_of(kind, record)
    return type(owner).everything.get(pk=owner.pk) if owner is not None else None


def owner_of(kind: Kind, record: Recorded) -> Recorded | None:
    """What a record hangs on, as it was read; None for one that stands by itself."""
    for name in kind.keeping.part_of:
        owner = getattr(record, name)
        if isinstance(owner, Recorded):
            return owner
    return None


def circle_of(kind: Kind, numbers: Sequence[int]) -> dict[int, RegisterKey]:
    """The partnership of each joint record that has one, by number."""
    found: dict[int, RegisterKey] = {}
    for path in kind.keeping.circle:
        missing = [number for number in numbers if number not in found]
        for few in batched(missing):
            rows: QuerySet[models.Model] = kind.model.everything.filter(pk__in=few)
            for number, key in rows.order_by(path).values_list("pk", path):
                if key is not None:
                    found.setdefault(number, register_key("partnership", key))
    return found


def in_circle(kind: Kind, number: int, circle: RegisterKey) -> bool:
    """Whether a record names this partnership, by any of the ways in which it may."""
    key = circle.removeprefix("partnership:")
    row = kind.model.everything.filter(pk=number)
    return any(row.filter(**{path: key}).exists() for path in kind.keeping.circle)
