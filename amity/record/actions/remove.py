"""Removing records: with what hangs on them, never what others refer to, and the address stays."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from amity.foundation.actions import By, record_change, take_turn
from amity.foundation.database.batches import batched
from amity.foundation.models import Change
from amity.record import derived, kinds, references, rules
from amity.record.acting import Acting
from amity.record.derived import Touched
from amity.record.kinds import Kind
from amity.record.managers import PUBLIC
from amity.record.models import Recorded
from amity.record.plain.states import plain_rows
from amity.record.refusals import Conflict, NotAllowed, Reference, StillReferred

from .writing import Writing


def remove(
    acting: Acting, record: Recorded, reason: str, *, verb: str = "remove", step: bool = False
) -> Change:
    """Remove a record and what hangs on it; gives the entry of the audit trail, with its steps.

    `step` as for `Writing`. Raises NotAllowed, NeedsAgreement, StillReferred where records that
    stay refer to it, and Conflict where it was saved since it was read. All in one transaction.
    """
    kind = kinds.of_model(type(record))
    with transaction.atomic():
        take_turn()
        stored = kind.model.everything.filter(pk=record.pk).first()
        if stored is not None and not rules.may_change_all(acting, stored):
            raise NotAllowed(f"{kind.kind} {record.key}")  # before anything is told of it
        if not rules.writes(acting):
            raise NotAllowed(f"{kind.kind} {record.key}")
        if stored is None or stored.revision != record.revision:
            raise Conflict(kind.kind, record.key, {}, None)
        touched = hanging(kind, [record.pk])
        refuse_what_is_referred_to(acting, {name: touched.of(name) for name in touched.by_kind})
        several = sum(len(found) for found in touched.by_kind.values()) > 1
        whole = None
        if several:
            by = By(acting.user, acting.command, acting.office)
            public = stored.readers == PUBLIC
            whole = record_change(by, verb, kind.kind, stored.key, reason=reason, public=public)
        writing = Writing(acting, verb, reason, part_of=whole, step=step)
        take_all(writing, touched)
        writing.finish()
    found = whole or writing.last
    if found is None:
        raise LookupError(stored.key)
    return found


def hanging(kind: Kind, numbers: list[int]) -> Touched:
    """These records, and all that hang on them, and on those."""
    touched = Touched()
    touched.add(kind.kind, numbers)
    for other in kinds.kinds():
        for name in other.keeping.part_of:
            if derived.target(other, name).kind == kind.kind:
                for few in batched(numbers):
                    rows = other.model.everything.filter(**{f"{name}__in": few})
                    if found := list(rows.values_list("pk", flat=True)):
                        touched.update(hanging(other, found))
    return touched


def take_all(writing: Writing, touched: Touched) -> None:
    """Remove records of several kinds, those that hang on others before these."""
    for kind in reversed(in_order_of_hanging()):
        for few in batched(touched.of(kind.kind)):
            rows = kind.model.everything.filter(pk__in=few)
            records = rows.in_bulk()
            removed = [(records[number], state) for number, state in plain_rows(rows)]
            writing.take(kind, removed)


def in_order_of_hanging() -> list[Kind]:
    """All kinds, each after those that it hangs on."""
    ordered: list[Kind] = []
    waiting = list(kinds.kinds())
    while waiting:
        for kind in waiting:
            owners = {derived.target(kind, name).kind for name in kind.keeping.part_of}
            if owners <= {one.kind for one in ordered} | {kind.kind}:
                ordered.append(kind)
                waiting.remove(kind)
                break
        else:
            raise ValueError(f"kinds hang on each other: {[kind.kind for kind in waiting]}")
    return ordered


def refuse_what_is_referred_to(acting: Acting, removed: Mapping[str, Sequence[int]]) -> None:
    """Raise StillReferred where records that stay name some that are to be removed."""
    found: list[Reference] = []
    for kind, numbers in removed.items():
        for reference, number in references.naming(kind, numbers):
            if number not in removed.get(reference.kind, ()):
                found.append(reference)
    if found:
        raise StillReferred(references.naming_shown_to(acting, found))
