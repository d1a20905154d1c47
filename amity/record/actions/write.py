"""What is to be written, and what may be wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models

from amity.foundation.differences import ABSENT, FieldChange, Plain, difference
from amity.foundation.models import Effect
from amity.record import derived, kinds
from amity.record.choices import Audience
from amity.record.kinds import Kind
from amity.record.managers import PUBLIC
from amity.record.models import Entry, Recorded

KEPT = ("keeper", "begun_by", "readers")


@dataclass(frozen=True, slots=True)
class Kept:
    """Who keeps a record, who began it and who reads it; empty `readers` follow its owner."""

    keeper: str
    begun_by: str
    readers: str


@dataclass(slots=True)
class Write:
    """A record to be written.

    `record` carries the new values, `after` the same in plain form. `lists` holds the numbers of
    the records in the many-to-many lists that are written, `children` the rows of the child lists
    that are written. `before` and `stored` are the record as it stands, None for a new one.
    `audience`: who shall read it; None leaves it as it is, or as new ones of its kind are.
    `kept`: of what is brought back, how it was kept and read. `owner_read`: what it hangs on was
    read in this transaction.
    """

    kind: Kind
    record: Recorded
    after: Plain
    lists: Mapping[str, Sequence[int]]
    children: Mapping[str, Sequence[models.Model]]
    before: Plain | None = None
    stored: Recorded | None = None
    audience: Audience | None = None
    kept: Kept | None = None
    owner_read: bool = False

    @property
    def owner(self) -> Recorded | None:
        """What the record hangs on, as it stands in the database."""
        find = derived.owner_of if self.owner_read else derived.owner_now
        return find(self.kind, self.record)

    @property
    def paths(self) -> list[FieldChange]:
        """What changes."""
        return difference(ABSENT if self.before is None else self.before, self.after)

    @property
    def effect(self) -> Effect:
        """What writing it makes of the record, as readers see it."""
        if self.stored is None:
            return Effect.ADDED
        was, now = self.stored.readers, self.record.readers
        if was != now and PUBLIC in (was, now):
            return Effect.RELEASED if now == PUBLIC else Effect.WITHDRAWN
        return Effect.CHANGED if self.stored.key == self.record.key else Effect.RENAMED

    @property
    def changed_fields(self) -> frozenset[str]:
        """The names of the fields and lists that change."""
        before = self.before or {}
        return frozenset(
            name
            for name in {*before, *self.after}
            if difference(before.get(name, ABSENT), self.after.get(name, ABSENT))
        )


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a record: the path of the field, and what is expected.

    `elsewhere`: it is not the record that was written, but one that refers to it.
    """

    kind: str
    key: str
    field: str
    message: str
    elsewhere: bool = False


class Faulty(ValidationError):
    """Checks between records fail; nothing is written. `faults` lists all of them.

    What is wrong elsewhere stands at no field, after the name of the record where it is.
    """

    def __init__(self, faults: Sequence[Fault]) -> None:
        by_field: dict[str, list[str]] = {}
        for fault in faults:
            if fault.elsewhere:
                where = f"{kinds.get(fault.kind).label} {fault.key}"
                by_field.setdefault(NON_FIELD_ERRORS, []).append(f"{where}: {fault.message}")
            else:
                by_field.setdefault(fault.field, []).append(fault.message)
        super().__init__(by_field)
        self.faults = tuple(faults)


def audience_of(record: Recorded | Entry) -> Audience:
    """Who reads a record, in the words in which it is released."""
    if record.readers == PUBLIC:
        return Audience.PUBLIC
    return Audience.CIRCLE if record.readers.startswith("partnership:") else Audience.KEEPER
