"""Saving many records at once, from their plain form: the way in for a load.

The same steps as for one, in the same `Writing`, for a thousand records at a time. Whoever calls
it has read how the records stand and says how they shall stand, in one transaction.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from django.db import models

from amity.foundation.actions import record_change
from amity.foundation.database.batches import batched
from amity.foundation.differences import Plain
from amity.foundation.models import Change
from amity.record import derived
from amity.record.acting import Acting
from amity.record.bulk.numbers import Numbers
from amity.record.kinds import Kind
from amity.record.models import Entry, Recorded
from amity.record.refusals import NotAllowed

from . import home, permission
from .wanted import Unnamed, Wanted, faults_of, filled, named, names_entries
from .write import Fault, Faulty, Write
from .writing import Writing


@dataclass(frozen=True, slots=True)
class Removed:
    """A record that goes, and how it stands."""

    kind: Kind
    record: Recorded
    state: Plain


@dataclass(frozen=True, slots=True)
class Left:
    """A record that was not written, and why: whoever acts may not, or it names another such."""

    kind: str
    key: str
    why: str


@dataclass
class Saved:
    """What was done: the entry of the audit trail (None where nothing was) and what was left."""

    change: Change | None = None
    added: int = 0
    changed: int = 0
    removed: int = 0
    left: list[Left] = field(default_factory=list)


def save_many(
    acting: Acting,
    wanted: Iterable[Wanted],
    numbers: Numbers,
    *,
    about: tuple[str, str],
    removed: Iterable[Removed] = (),
    restoring: bool = False,
    verb: str = "load",
    reason: str = "",
) -> Saved:
    """Write and remove many records as one change, whose steps they are.

    `removed` comes kind by kind, what hangs on others first. `wanted` comes kind by kind in the
    order of `record.bulk.order`, those that stand before new ones, and new ones that are part of
    others of their kind after these. `numbers` knows all of them.
    `about`: kind and key that the entry of the audit trail names. What whoever acts may not write
    or remove is left and listed, and so is what names such a record.

    Call it in a transaction. Raises Faulty, Hidden, LookupError; then nothing of it may stay.
    """
    writing = Writing(acting, verb, reason, restoring=restoring, in_bulk=True)
    bulk = _Bulk(writing, numbers, about)
    bulk.take(removed)
    for kind, of_kind in groupby(wanted, key=lambda one: one.kind):
        bulk.write(kind, of_kind)
    bulk.finish()
    return bulk.saved


@dataclass
class _Bulk:
    writing: Writing
    numbers: Numbers
    about: tuple[str, str]
    saved: Saved = field(default_factory=Saved)

    def take(self, removed: Iterable[Removed]) -> None:
        for kind, of_kind in groupby(removed, key=lambda one: one.kind):
            for few in batched(of_kind):
                allowed = [(one.record, one.state) for one in few if self._may_take(one)]
                if allowed:
                    self._begin()
                    self.writing.take_allowed(kind, allowed)
                    self.saved.removed += len(allowed)

    def write(self, kind: Kind, wanted: Iterable[Wanted]) -> None:
        """Write records of a kind: those that stand, those of them that change places, new ones."""
        if names_entries(kind):
            self.writing.enter()
        moving: list[Write] = []
        for stands, of_sort in groupby(wanted, key=lambda one: one.before is not None):
            for few in batched(of_sort):
                writes = self._prepared(kind, few)
                if stands:
                    self.saved.changed += len(writes)
                    moving += [write for write in writes if _moves(write)]
                    self._put([write for write in writes if not _moves(write)])
                else:
                    self._put(moving, exchanging=True)
                    moving = []
                    self.saved.added += len(writes)
                    self._put(writes)
        self._put(moving, exchanging=True)

    def finish(self) -> None:
        """Do what follows from all of it, and complete the entry of the audit trail."""
        whole = self.writing.part_of
        if whole is None:
            return
        self.writing.finish()
        whole.details = {
            "added": self.saved.added,
            "changed": self.saved.changed,
            "removed": self.saved.removed,
        }
        whole.public = self.writing.public
        whole.save(update_fields=["details", "public"])
        self.saved.change = whole

    def _begin(self) -> None:
        """Add the entry of the audit trail that all steps are part of, at the first of them."""
        writing = self.writing
        if writing.part_of is None:
            kind, key = self.about
            writing.part_of = record_change(
                writing.by, writing.verb, kind, key, reason=writing.reason, public=False
            )

    def _put(self, writes: Sequence[Write], *, exchanging: bool = False) -> None:
        if writes:
            self._begin()
            self.writing.put_allowed(writes, exchanging=exchanging)

    def _prepared(self, kind: Kind, wanted: Sequence[Wanted]) -> list[Write]:
        """What is to be written of these, without what whoever acts may not write."""
        for model, keys in named(kind, wanted):
            self.numbers.learn(model, keys)
        standing = [self._number(kind, one) for one in wanted if one.before is not None]
        stored = kind.model.everything.in_bulk(standing)
        prepared: list[Write] = []
        for one in wanted:
            number = self._number(kind, one)
            try:
                prepared.append(filled(one, number, stored.get(number), self.numbers))
            except Unnamed as missing:
                self._leave(kind, one.key, one.before is None, missing)
        return self._allowed(kind, prepared)

    def _allowed(self, kind: Kind, prepared: Sequence[Write]) -> list[Write]:
        fresh = [one.record for one in prepared if one.stored is None]
        _let_none_pass_for_the_removed(kind, fresh)
        taken = set[str]()
        if not self.writing.restoring:
            keys = [record.key for record in fresh]
            taken = home.addresses_of_others(self.writing.acting, kind, keys)
        names = [*kind.keeping.part_of, *filter(None, [kind.keeping.side])]
        derived.read_beside([write.record for write in prepared], names)
        writes: list[Write] = []
        faults: list[Fault] = []
        for write in prepared:
            write.owner_read = True
            try:
                if write.stored is None and write.record.key in taken:
                    raise home.taken()
                if not self.writing.restoring:
                    self.writing.allow(write)
            except NotAllowed as refused:
                self._leave(kind, write.record.key, write.stored is None, refused)
                continue
            faults += faults_of(write)
            writes.append(write)
        if faults:
            raise Faulty(faults)
        return writes

    def _leave(self, kind: Kind, key: str, fresh: bool, why: Exception) -> None:
        """Leave a record; what names it, if it is not there, will be left too."""
        self.saved.left.append(Left(kind.kind, key, _told(why)))
        if fresh:
            self.numbers.forget(kind.model, key)

    def _number(self, kind: Kind, one: Wanted) -> int:
        number = self.numbers.find(kind.model, one.key)
        if number is None:
            raise LookupError(f"{kind.kind} {one.key} has no number")
        return number

    def _may_take(self, one: Removed) -> bool:
        if self.writing.restoring:
            return True
        try:
            permission.allow_taking(self.writing.acting, one.kind, one.record)
        except NotAllowed as refused:
            self.saved.left.append(Left(one.kind.kind, one.record.key, _told(refused)))
            return False
        return True


def _told(why: Exception) -> str:
    """Why something is left; empty where it is the right that is missing."""
    return "" if isinstance(why, NotAllowed) and not why.told else str(why)


def _let_none_pass_for_the_removed(kind: Kind, fresh: Sequence[Recorded]) -> None:
    """Give records whose likes were removed a higher revision than those had.

    So an old form must not pass for one that was filled since.
    """
    keys = [record.key for record in fresh]
    entries = Entry.everything.filter(kind=kind.kind, key__in=keys).exclude(removed_at=None)
    removed = set(entries.values_list("key", flat=True))
    for record in fresh:
        if record.key in removed:
            changes = Change.objects.filter(kind=kind.kind, key=record.key).order_by("-id")
            last = changes.exclude(details__revision=None).first()
            record.revision = int(last.details["revision"]) + 1 if last else 1


def _moves(write: Write) -> bool:
    """Whether values change that may be there only once, and so may change places."""
    model = write.kind.model
    once = {column.name for column in model._meta.concrete_fields if column.unique}
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            once |= set(constraint.fields)
    return bool(write.changed_fields & once)
