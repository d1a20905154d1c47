"""What every side agrees to takes effect: written as one change, and tried before it is asked.

What was sent as *only together* takes effect as one.
"""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils import timezone

from amity.foundation.differences import FieldChange, Plain, at, difference, put
from amity.record import references
from amity.record.acting import Acting
from amity.record.choices import Audience, ProposalState, Verdict
from amity.record.kinds import Kind
from amity.record.models import ProposedChange, ProposedField, Recorded
from amity.record.plain.filling import fill
from amity.record.plain.renamed import as_named_now
from amity.record.plain.states import plain_of
from amity.record.refusals import ChangedSince
from amity.record.registration import guards

from . import enclosing
from .save import prepare
from .writing import Writing

AUDIENCE = ("audience",)
"""The path that stands for who reads the record, which is no field that people write."""


class Rehearsed(Exception):
    """Rolls back what was only tried."""


def take_effect(acting: Acting, kind: Kind, stored: Recorded, change: ProposedChange) -> None:
    """Write what all other sides have agreed to by now. Raises ChangedSince."""
    fields = list(change.fields.prefetch_related("replies"))
    asked = references.sides_of(stored.keeper) - {change.side}
    agreed = [
        one
        for one in fields
        if one.state == ProposalState.OPEN
        and {said.side for said in one.replies.all() if said.verdict == Verdict.AGREE} >= asked
    ]
    if change.together and len(agreed) < len(fields):
        return
    if not agreed:
        return
    changes = [FieldChange.from_json(one.difference) for one in agreed]
    state = plain_of(stored)
    moved = [one for one in changes if _stands_otherwise(kind, stored, state, one)]
    if moved:
        raise ChangedSince(moved)
    silent = any(said.by_silence for one in agreed for said in one.replies.all())
    written = [one for one in changes if not enclosing.is_of_file(one)]
    if written:
        _put(acting, kind, stored, written, "agreed_by_silence" if silent else "agreed").finish()
    for one in filter(enclosing.is_of_file, changes):
        enclosing.change_as_agreed(acting, stored, one)
    settle(agreed, ProposalState.AGREED)


def _stands_otherwise(kind: Kind, stored: Recorded, state: Plain, change: FieldChange) -> bool:
    """Whether something else stands at a place than when the change was proposed.

    What was named there may be called otherwise by now, renamed or merged, and is the same.
    """
    if change.path == AUDIENCE:
        return False
    if enclosing.is_of_file(change):
        return enclosing.stands_otherwise(stored, change)
    if not difference(change.before, at(state, change.path), change.path):
        return False
    then = put(state, change.path, change.before)
    named = as_named_now(kind.model, then) if isinstance(then, dict) else then
    return bool(difference(at(named, change.path), at(state, change.path), change.path))


def _put(
    acting: Acting, kind: Kind, stored: Recorded, changes: Sequence[FieldChange], verb: str
) -> Writing:
    """The changes, written, and what follows from them not yet."""
    state: object = plain_of(stored)
    audience = None
    for change in changes:
        if change.path == AUDIENCE:
            audience = Audience(str(change.after))
        else:
            state = put(state, change.path, change.after)  # type: ignore[arg-type] # plain stays so
    if not isinstance(state, dict):
        raise TypeError("the state of a record is a mapping")
    record = kind.model.everything.get(pk=stored.pk)
    rows = fill(record, state)
    writing = Writing(acting, verb, agreed=True)
    writing.put([prepare(kind, record, stored, rows, audience)])
    guards.ask(kind.kind, stored, record)
    return writing


def rehearse(acting: Acting, kind: Kind, stored: Recorded, changes: Sequence[FieldChange]) -> None:
    """Raise what writing the changes would raise, and write nothing.

    Search, standings and derived columns, which refuse nothing, are left alone: others wait.
    """
    try:
        with transaction.atomic():
            _put(acting, kind, stored, changes, "agreed").check()
            raise Rehearsed
    except Rehearsed:
        pass


def settle(fields: Iterable[ProposedField], state: ProposalState) -> None:
    """Say what has become of these proposed fields."""
    numbers = [one.pk for one in fields]
    rows = ProposedField.objects.filter(pk__in=numbers)
    rows.update(state=state, settled_at=timezone.now())
