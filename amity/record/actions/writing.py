"""The one write: permission, lost updates, validity, rows, register, derived columns, audit trail.

`Writing` does each step for many records at once, within one transaction; `save` is a `Writing`
of one record, a load one of thousands. Nothing else writes the table of a record.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from amity.foundation.actions import By, take_turn
from amity.foundation.database.batches import batched
from amity.foundation.database.planner import analyze
from amity.foundation.differences import ABSENT, JSON, FieldChange, Plain
from amity.foundation.models import Change, Effect
from amity.record import derived, kinds, references, rules
from amity.record.acting import Acting
from amity.record.choices import KeptBy
from amity.record.derived import Touched
from amity.record.kinds import Kind
from amity.record.managers import PUBLIC
from amity.record.models import Entry, Recorded
from amity.record.plain.layout import layout
from amity.record.refusals import Conflict, Hidden, NotAllowed, Reference
from amity.record.registration import fallen, partings
from amity.record.search import writing as search

from . import disputing, numbering, permission, standings
from .asking import faults_of
from .custody import Custody
from .renaming import rename
from .rows import erase, exchange, insert, write_children, write_lists
from .write import KEPT, Faulty, Write

MANY = 1_000
"""After so many written records the database looks anew at what its tables hold."""


@dataclass
class Writing:
    """One transaction of writes by `acting`: `put` and `take` records, then `finish`.

    `restoring`: the administrator brings back a whole dossier, keepers and readers as they were.
    `in_bulk`: what refers to a removed record may be written after it, so the database is asked
    when the transaction ends. `agreed`: every side agrees, so that weighty fields change too.
    `step`: it is one of several that are undone as one, and whoever does them tells of them.
    `borne`: what rests on what is written, before and after. `weighing`: the records in which
    something weighs that was written, by kind and number, and the change that says what.
    """

    acting: Acting
    verb: str
    reason: str = ""
    part_of: Change | None = None
    restoring: bool = False
    in_bulk: bool = False
    agreed: bool = False
    step: bool = False
    public: bool = False
    touched: Touched = field(default_factory=Touched)
    unentered: Touched = field(default_factory=Touched)
    columns: Touched = field(default_factory=Touched)
    found: Touched = field(default_factory=Touched)
    joint: list[standings.Weighed] = field(default_factory=list)
    weighing: dict[str, dict[int, Change]] = field(default_factory=dict)
    reread: Touched = field(default_factory=Touched)
    renamed: Touched = field(default_factory=Touched)
    dossiers: dict[int, str] = field(default_factory=dict)
    borne: Touched = field(default_factory=Touched)
    last: Change | None = None
    custody: Custody = field(init=False)

    def __post_init__(self) -> None:
        if not transaction.get_connection().in_atomic_block:
            raise transaction.TransactionManagementError("a Writing needs a transaction")
        take_turn()
        self.custody = Custody(self.acting, self.restoring)
        if self.restoring and not self.acting.administrator:
            raise NotAllowed(words="Only the administrator restores.")

    @property
    def by(self) -> By:
        """Who the audit trail names."""
        return By(self.acting.user, self.acting.command, self.acting.office)

    def put(self, writes: Sequence[Write]) -> None:
        """Write records of one kind. Raises what `save` does, but for what `finish` finds."""
        if not self.restoring:
            for write in writes:
                self.allow(write)
        self.put_allowed(writes)

    def put_allowed(self, writes: Sequence[Write], *, exchanging: bool = False) -> None:
        """Write records of one kind that whoever acts may write.

        `exchanging`: the rows that stand go before they come again, so that what may be there
        only once may change places among them.
        """
        if not writes:
            return
        kind = writes[0].kind
        fresh = [write for write in writes if write.stored is None]
        known = [write for write in writes if write.stored is not None]
        before = [write.record.pk for write in known]
        self.columns.update(derived.dependents_of_columns(kind.kind, before))
        self._bear(kind, before)
        self.custody.keep_all(kind, fresh)
        insert(kind, [write.record for write in fresh])
        if exchanging:
            exchange(kind, [self._risen(write) for write in known])
        else:
            for write in known:
                self._update(write)
        write_lists(writes)
        write_children(writes)
        self.custody.find_circles(kind, [write for write in fresh if write.kept is None])
        numbering.number_new(kind, [write for write in fresh if write.kept is None])
        if not self.restoring:
            permission.refuse_leaving(kind, known)
        numbers = [write.record.pk for write in writes]
        self.touched.add(kind.kind, numbers)
        self.unentered.add(kind.kind, numbers)
        self.columns.add(kind.kind, numbers)
        self.columns.update(derived.dependents_of_columns(kind.kind, numbers))
        self._bear(kind, numbers)
        self._note(writes)

    def _bear(self, kind: Kind, numbers: Sequence[int]) -> None:
        """What these bear out, as they stand now, is to be asked again."""
        if kind.bears is not None and numbers:
            for name, found in kind.bears(list(numbers)).items():
                self.borne.add(name, sorted(found))

    def take(self, kind: Kind, removed: Sequence[tuple[Recorded, Plain]]) -> None:
        """Remove records of one kind, which nothing refers to that stays. Raises NotAllowed."""
        for record, _ in removed:
            permission.allow_taking(self.acting, kind, record)
        self.take_allowed(kind, removed)

    def take_allowed(self, kind: Kind, removed: Sequence[tuple[Recorded, Plain]]) -> None:
        """Remove records of one kind that whoever acts may remove."""
        numbers = [record.pk for record, _ in removed]
        self.columns.update(derived.dependents_of_columns(kind.kind, numbers))
        self.columns.add(kind.kind, numbers)
        self._bear(kind, numbers)
        now = timezone.now()
        partings.leave(kind.kind, numbers)
        if self.in_bulk:
            erase(kind, numbers)
        else:
            for few in batched(numbers):
                kind.model.everything.filter(pk__in=few).delete()
        keys = [record.key for record, _ in removed]
        for some in batched(keys):
            Entry.everything.filter(kind=kind.kind, key__in=some).update(
                removed_at=now, removed_by=self.acting.office, removed_why=self.reason
            )
        search.forget(kind, keys)
        changes = []
        for record, state in removed:
            self.public |= record.readers == PUBLIC
            kept: dict[str, JSON] = {name: getattr(record, name) for name in KEPT}
            changes.append(
                self._change(
                    kind.kind,
                    record.key,
                    Effect.REMOVED,
                    [FieldChange((), state, ABSENT)],
                    record.readers == PUBLIC,
                    {**kept, "dossier": record.dossier_id, "revision": record.revision},
                )
            )
            self._weigh(kind, changes[-1], record)
        Change.objects.bulk_create(changes)
        self.last = changes[-1] if changes else self.last

    def check(self) -> None:
        """Refuse what may not be there. Raises Hidden, Faulty, LookupError."""
        self.enter()
        hidden = references.shown_to(self.acting, self._hidden())
        astray = references.naming_shown_to(self.acting, self._astray())
        if hidden or astray:
            raise Hidden(hidden, astray)
        faults = list(faults_of(self.acting, self.touched, self.borne, tells_all=self.restoring))
        if faults:
            raise Faulty(faults)

    def finish(self) -> None:
        """Do what follows from all that was written. Raises what `check` does."""
        self.check()
        derived.derive(self.columns)
        search.write(self.found)
        for name in self.renamed.by_kind:
            if kinds.get(name).keeping.kept_by == KeptBy.PARTNERSHIP:
                standings.renew(kinds.get(name), self.renamed.of(name))
        if self.agreed:
            for name in self.touched.by_kind:
                standings.renew(kinds.get(name), self.touched.of(name))
        elif not self.restoring:
            void = standings.settle(self.acting, self.joint)
            for name, by in self.weighing.items():
                void += standings.weigh(self.acting, kinds.get(name), by)
            if not self.step:
                fallen.tell(self.acting, void)
        if sum(len(found) for found in self.touched.by_kind.values()) >= MANY:
            analyze()

    def enter(self) -> None:
        """Spread readers and bring the register up to what was written since the last time."""
        written, self.unentered = self.unentered, Touched()
        names = Touched()
        for kind in kinds.kinds():
            if numbers := written.of(kind.kind):
                spread = derived.spread_readers(kind.kind, numbers)
                names.update(spread)
                self.columns.update(spread)
                self.reread.update(spread)
        for kind in kinds.kinds():
            names.update(derived.dependents_of_names(kind.kind, written.of(kind.kind)))
        names.update(written)
        for kind in kinds.kinds():
            derived.write_entries(kind.kind, names.of(kind.kind))
        self.found.update(names)

    def allow(self, write: Write) -> None:
        """Raise where whoever acts may not write this, or somebody has written it since."""
        permission.allow(self.acting, write, self.dossiers, agreed=self.agreed)

    def _weigh(self, kind: Kind, change: Change, *records: Recorded | None) -> None:
        """Remember what these records weigh in, and the change of them."""
        if kind.keeping.weighs:
            for record in filter(None, records):
                owner = derived.owner_now(kind, record)
                if owner is not None:
                    name = kinds.of_model(type(owner)).kind
                    self.weighing.setdefault(name, {}).setdefault(owner.pk, change)

    def _risen(self, write: Write) -> Recorded:
        write.record.revision = self.custody.stay(write).revision + 1
        return write.record

    def _update(self, write: Write) -> None:
        stored, record = self.custody.stay(write), write.record
        if not self.in_bulk:
            numbering.number_where_due(write.kind, record)
        columns = [column.attname for column in layout(write.kind.model).columns]
        values = {name: getattr(record, name) for name in (*columns, *KEPT, "dossier_id")}
        rows = write.kind.model.everything.filter(pk=record.pk, revision=stored.revision)
        if not rows.update(**values, revision=F("revision") + 1):
            raise Conflict(write.kind.kind, stored.key, write.after, write.before)
        record.revision = stored.revision + 1
        if stored.key != record.key:
            self.renamed.update(rename(write.kind, stored.key, record))

    def _note(self, writes: Sequence[Write]) -> None:
        """Add to the audit trail, and remember what was joint."""
        changes = []
        for write in writes:
            record, stored = write.record, write.stored
            was = stored.readers if stored else record.readers
            public = PUBLIC in (was, record.readers)
            self.public |= public
            details: dict[str, JSON] = {}
            if was != record.readers:
                details["readers"] = [was, record.readers]
                self.reread.add(write.kind.kind, [record.pk])
            told = (write.kind.kind, record.key, write.effect, write.paths)
            changes.append(self._change(*told, public, details))
            if write.paths:
                self._weigh(write.kind, changes[-1], stored, record)
            weighty = write.changed_fields & {*write.kind.keeping.weighty}
            joint = write.kind.keeping.kept_by == KeptBy.PARTNERSHIP and rules.is_joint(record)
            if joint and (weighty or stored is None or details):
                change = changes[-1]
                self.joint.append(standings.weighed(write.kind, record, write.after, change))
        Change.objects.bulk_create(changes)
        self.last = changes[-1]
        disputing.mark_corrected(writes)

    def _change(
        self,
        kind: str,
        key: str,
        effect: Effect,
        paths: Sequence[FieldChange],
        public: bool,
        details: dict[str, JSON],
    ) -> Change:
        return Change(
            at=timezone.now(),
            user_id=self.acting.user,
            command=self.acting.command,
            office=self.acting.office,
            verb=self.verb,
            kind=kind,
            key=key,
            effect=effect,
            paths=[path.to_json() for path in paths],
            reason=self.reason,
            details=details,
            part_of=self.part_of,
            public=public,
        )

    def _hidden(self) -> Iterator[Reference]:
        """What leads readers to what they may not read: of what was written, and is read by others.

        What stands as it stood is not asked: an office may name for itself what it reads, which
        only it can tell.
        """
        for kind in kinds.kinds():
            written, reread = self.touched.of(kind.kind), self.reread.of(kind.kind)
            numbers = sorted({*written, *reread})
            yield from references.hidden_from_readers(self.acting, kind.kind, numbers)
            if not self.restoring:
                yield from references.hidden_from_writer(self.acting, kind.kind, written)

    def _astray(self) -> Iterator[Reference]:
        """What others read that names what they may read no more from now on."""
        for kind in kinds.kinds():
            yield from references.astray(self.acting, kind.kind, self.reread.of(kind.kind))
