"""Merging two records that are one: what names or hangs on the one leads to the other from then on.

The other keeps its keeper and readers. All that is written are steps of one change, which `undo`
takes apart again; the address of the one that has gone leads to the other.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from amity.foundation.actions import record_change, take_turn
from amity.foundation.database.batches import batched
from amity.foundation.differences import JSON, Plain
from amity.foundation.models import Change
from amity.languages.jinja import plain
from amity.record import derived, kinds, references, rules
from amity.record.acting import Acting, RegisterKey
from amity.record.choices import KeptBy
from amity.record.derived import Touched
from amity.record.kinds import Kind
from amity.record.models import Entry, Recorded
from amity.record.plain.filling import fill
from amity.record.plain.layout import layout
from amity.record.plain.renamed import named_otherwise
from amity.record.plain.states import plain_of, plain_rows
from amity.record.refusals import Conflict, NotAllowed, Refused

from .save import prepare
from .write import KEPT, Write
from .writing import Writing

VERB = "merge"
AGREED = "agreed"
"""What the trail notes of a merging that needed another office: which had asked for it."""
MOST = 2_000
"""Records that are led over at once; the rarer of the two is the one that goes."""


class CannotMerge(Refused):
    """The two cannot be one as they are, or not this way round; it says what to do."""


def mergeable(kind: Kind) -> bool:
    """Whether records of a kind are merged: those of offices and common ones that others name."""
    alone = kind.keeping.kept_by in (KeptBy.NOBODY, KeptBy.OFFICE)
    return alone and bool(references.ways_to(kind.kind))


def may_take_apart(acting: Acting, change: Change) -> bool:
    """Whether whoever acts is of the office that merged two records, or of the one that asked."""
    offices = {change.office, change.details.get(AGREED)}
    return acting.office in offices and bool(rules.RELEASING & acting.mandates)


def may_merge(acting: Acting, record: Recorded) -> bool:
    """Whether whoever acts may merge this record with another that they may merge, too."""
    kind = kinds.of_model(type(record))
    may = mergeable(kind) and rules.may_change_all(acting, record)
    return may and bool(rules.RELEASING & acting.mandates)


def needs_another(acting: Acting, one: Recorded, other: Recorded) -> RegisterKey:
    """The office that must agree before two records are one; empty where whoever acts merges both.

    Raises NotAllowed where whoever acts keeps neither, or may not read both.
    """
    kept = [may_merge(acting, record) for record in (one, other)]
    if all(kept):
        return ""
    theirs = other if kept[0] else one
    readable = rules.may_read(acting, one) and rules.may_read(acting, other)
    if not any(kept) or not readable or not theirs.keeper.startswith("organization:"):
        raise NotAllowed(words=_("Only who may change both records merges them."))
    return theirs.keeper


def merge(
    acting: Acting,
    stays: Recorded,
    goes: Recorded,
    rows: Mapping[str, Iterable[models.Model]] | None = None,
    *,
    reason: str = "",
    agreed: RegisterKey = "",
) -> Change:
    """Let all that names or hangs on `goes` lead to `stays`, and remove `goes`.

    Both carry the revision with which they were read; `stays` and `rows` hold what shall stand in
    it, as for `save`. `agreed`: the office that keeps the one of which whoever acts keeps the
    other, and has asked for it. Gives the entry of the audit trail, with its steps. In one
    transaction.

    Raises NotAllowed where whoever acts may not change both, CannotMerge, Conflict,
    ValidationError naming the record that would be wrong, and what `save` raises of `stays`.
    """
    kind = kinds.of_model(type(stays))
    if type(goes) is not type(stays) or goes.pk == stays.pk:
        raise TypeError("two records of one kind are merged")
    with transaction.atomic():
        take_turn()
        stored, old = _as_they_stand(acting, kind, stays, goes, agreed)
        if stored.readers != old.readers:
            # What hangs on the one that goes would be read by others, and nobody released it.
            raise CannotMerge(
                _("Not the same people read both: release one first, or withdraw it.")
            )
        _refuse_its_own(kind, old)
        writing = Writing(acting, VERB, reason, agreed=True)
        whole = record_change(writing.by, VERB, kind.kind, stays.key, reason=reason, public=False)
        writing.part_of = whole
        leading = _Leading(writing, kind, stored, old)
        leading.lead_over()
        _take(writing, kind, stored, old)
        # Only now, since it may take over what there may be only once.
        wanted = prepare(kind, stays, stored, rows or {}, None)
        if wanted.paths:
            writing.put_allowed([wanted])  # both keepers were asked for above
        writing.finish()
        whole.details = {"merged": old.key, "led": leading.count}
        if agreed:
            whole.details[AGREED] = agreed
        whole.public = writing.public
        whole.save(update_fields=["details", "public"])
    return whole


def _as_they_stand(
    acting: Acting, kind: Kind, stays: Recorded, goes: Recorded, agreed: RegisterKey
) -> tuple[Recorded, Recorded]:
    """Both as the database holds them. Raises NotAllowed, Conflict."""
    there = kind.model.everything.in_bulk([stays.pk, goes.pk])
    for record in (stays, goes):
        stored = there.get(record.pk)
        theirs = stored is not None and bool(agreed) and stored.keeper == agreed
        if stored is not None and not theirs and not may_merge(acting, stored):
            raise NotAllowed(_("Only who may change both records merges them."))
        if stored is None or stored.revision != record.revision:
            raise Conflict(kind.kind, record.key, {}, None)
    return there[stays.pk], there[goes.pk]


def _refuse_its_own(kind: Kind, goes: Recorded) -> None:
    """Raise CannotMerge where records are kept in the name of the one that would go, or rows that
    are no records (a desk, a mandate) belong to it.
    """
    refused = CannotMerge(
        _("People write in its name here, so it stays: merge the other one into it instead.")
    )
    name = derived.register_key(kind.kind, goes.key)
    for other in kinds.kinds():
        for column in KEPT:
            if other.model.everything.filter(**{column: name}).exists():
                raise refused
    written = {way.rows for way in references.ways_to(kind.kind)}
    for relation in kind.model._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel) and relation.related_model not in written:
            rows = relation.related_model._base_manager
            if rows.filter(**{relation.field.name: goes.pk}).exists():
                raise refused


@dataclass
class _Leading:
    """Leads what names `goes` to `stays`; `count`: how many records it has led."""

    writing: Writing
    kind: Kind
    stays: Recorded
    goes: Recorded
    count: int = field(default=0, init=False)

    def lead_over(self) -> None:
        """Write all records that name or hang on the one that goes; twins of what is there go."""
        named = self._naming()
        self.count = sum(len(found) for found in named.by_kind.values())
        if self.count > MOST:
            raise CannotMerge(_("Too many records name it: merge the other one into it instead."))
        for kind in kinds.kinds():
            for few in batched(named.of(kind.kind)):
                self._lead(kind, few)

    def _naming(self) -> Touched:
        """The records that name the one that goes, but for itself and the one that stays."""
        found = Touched()
        for way in references.ways_to(self.kind.kind):
            rows = way.everything().filter(**{way.target: self.goes.pk})
            found.add(way.kind, rows.values_list(way.owner or "pk", flat=True))
        for way in references.ways_to_the_register():
            named = {f"{way.target}__kind": self.kind.kind, f"{way.target}__key": self.goes.key}
            found.add(way.kind, way.everything().filter(**named).values_list(way.owner, flat=True))
        found.by_kind.get(self.kind.kind, set()).difference_update([self.stays.pk, self.goes.pk])
        return found

    def _lead(self, kind: Kind, numbers: Sequence[int]) -> None:
        rows = kind.model.everything.filter(pk__in=numbers)
        stored, records = rows.in_bulk(), rows.in_bulk()
        twins = _Twins(kind, self.kind, self.stays)
        writes: list[Write] = []
        gone: list[tuple[Recorded, Plain]] = []
        for number, state in plain_rows(rows):
            names = {(self.kind.kind, self.goes.key): self.stays.key}
            wanted = _once(kind, named_otherwise(kind.model, state, names))
            if twins.has(number, wanted):
                gone.append((stored[number], state))
            else:
                writes.append(self._write(kind, records[number], stored[number], wanted))
        if gone:
            self.writing.take_allowed(kind, gone)
        self.writing.put_allowed(writes)

    def _write(self, kind: Kind, record: Recorded, stored: Recorded, wanted: Plain) -> Write:
        try:
            return prepare(kind, record, stored, fill(record, wanted), None)
        except ValidationError as error:
            entry = Entry.everything.filter(kind=kind.kind, key=record.key).first()
            read = entry is not None and rules.may_read(self.writing.acting, record)
            name = plain(entry.title) if entry is not None and read else "…"
            said = {"record": name, "words": " ".join(error.messages)}
            raise ValidationError(_("%(record)s would be wrong: %(words)s") % said) from error


class _Twins:
    """What hangs on the record that stays already, so that the like of it is not there twice."""

    def __init__(self, kind: Kind, owner: Kind, stays: Recorded) -> None:
        self.kind, self.states = kind, list[Plain]()
        for name in kind.keeping.part_of:
            if kind.keeping.kept_by == KeptBy.OWNER and derived.target(kind, name) == owner:
                rows = kind.model.everything.filter(**{name: stays.pk})
                self.states += [_nameless(state) for _number, state in plain_rows(rows)]

    def has(self, number: int, state: Plain) -> bool:
        """Whether the like of this stands there, and nothing names this one."""
        alike = _nameless(state) in self.states
        return alike and not any(True for _found in references.naming(self.kind.kind, [number]))


def _nameless(state: Plain) -> Plain:
    return {name: value for name, value in state.items() if name != "key"}


def _once(kind: Kind, state: Plain) -> Plain:
    """The state without child rows that have become the same as one before them."""
    for child in layout(kind.model).children:
        rows = state.get(child.name)
        if isinstance(rows, list):
            state[child.name] = list(_different(rows))
    return state


def _different(rows: Sequence[JSON]) -> Iterator[JSON]:
    for place, row in enumerate(rows):
        if row not in rows[:place]:
            yield row


def _take(writing: Writing, kind: Kind, stays: Recorded, goes: Recorded) -> None:
    """Remove the record; its address, and those that led to it, lead to the one that stays."""
    writing.take_allowed(kind, [(goes, plain_of(goes))])
    entries = Entry.everything.filter(kind=kind.kind)
    there, gone = entries.get(key=stays.key), entries.get(key=goes.key)
    former = entries.filter(moved_to=gone)
    keys = list(former.order_by("key").values_list("key", flat=True))
    former.update(moved_to=there)
    entries.filter(pk=gone.pk).update(moved_to=there)
    if writing.last is None:
        raise LookupError(goes.key)
    writing.last.details["former"] = keys
    writing.last.save(update_fields=["details"])
