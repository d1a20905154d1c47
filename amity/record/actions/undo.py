"""Undoing a change: what stood before is put back, as a change of its own.

Only what people wrote comes back. Who keeps a record, who may read it, who confirmed it and what
follows from it stay as they are now, or follow anew.
"""

from collections.abc import Sequence

from django.db import models, transaction

from amity.foundation.actions import By, record_change, take_turn
from amity.foundation.differences import ABSENT, JSON, Absent, FieldChange, Plain, at, put
from amity.foundation.models import Change
from amity.record import derived, kinds, rules
from amity.record.acting import Acting
from amity.record.filling import fill
from amity.record.kinds import Kind
from amity.record.models import Entry, Recorded
from amity.record.plain import plain_of
from amity.record.refusals import ChangedSince, NotAllowed

from .remove import remove
from .save import prepare, save
from .write import Kept
from .writing import KEPT, Writing


def undo(acting: Acting, change: Change, reason: str = "") -> Change | None:
    """Put back what stood before `change`; gives the new entry of the audit trail.

    A change with steps is undone as one, its last step first. Raises ChangedSince, naming the
    places that were changed again, and all that `save` and `remove` raise; then nothing is undone.
    """
    with transaction.atomic():
        take_turn()
        steps = list(change.steps.order_by("-id"))
        if not steps:
            return _undo_one(acting, change, reason)
        by = By(acting.user, acting.command, acting.office)
        public = any(step.public for step in steps)
        whole = record_change(by, "undo", change.kind, change.key, reason=reason, public=public)
        made = [_undo_one(acting, step, reason) for step in steps]
        numbers = [one.pk for one in made if one is not None]
        Change.objects.filter(pk__in=numbers).update(part_of=whole)
    return whole


def _undo_one(acting: Acting, change: Change, reason: str) -> Change | None:
    if not kinds.known(change.kind):
        return None
    kind = kinds.get(change.kind)
    paths = [FieldChange.from_json(path) for path in change.paths]
    key = _present_key(change.kind, change.key)
    record = kind.model.everything.filter(key=key).first()
    whole = next((path for path in paths if not path.path), None)
    if whole is not None and isinstance(whole.after, Absent):
        return _bring_back(acting, kind, change, whole.before, reason)
    if record is None:
        raise ChangedSince(paths)
    state = plain_of(record)
    if whole is not None:
        if state != whole.after:
            raise ChangedSince([FieldChange((), whole.after, state)])
        return remove(acting, record, reason, verb="undo")
    wanted = _put_back(state, paths)
    rows = fill(record, wanted)
    return save(acting, record, rows, reason=reason, verb="undo")


def _present_key(kind: str, key: str) -> str:
    """The identifier now of the record that had this one."""
    entry = Entry.everything.filter(kind=kind, key=key).select_related("moved_to").first()
    return entry.moved_to.key if entry is not None and entry.moved_to is not None else key


def _named_now(named: str) -> str:
    """Keeper or readers, by the identifier that they have now."""
    kind, colon, key = named.partition(":")
    return f"{kind}:{_present_key(kind, key)}" if colon else named


def _put_back(state: Plain, paths: Sequence[FieldChange]) -> Plain:
    """The state with what stood before. Raises ChangedSince where it was changed again."""
    changed = [
        FieldChange(path.path, path.after, at(state, path.path))
        for path in paths
        if at(state, path.path) != path.after
    ]
    if changed:
        raise ChangedSince(changed)
    wanted: JSON | Absent = state
    for path in reversed(paths):
        wanted = put(wanted, path.path, path.before)
    if not isinstance(wanted, dict):
        raise TypeError("the state of a record is a mapping")
    return wanted


def _bring_back(
    acting: Acting, kind: Kind, change: Change, state: JSON | Absent, reason: str
) -> Change | None:
    """A removed record again, under its identifier and with the keeper that it had.

    It is read by those who read it then; what hangs on another, by those who read that now.
    """
    if not isinstance(state, dict):
        raise TypeError("the state of a record is a mapping")
    if kind.model.everything.filter(key=change.key).exists():
        raise ChangedSince([FieldChange((), ABSENT, state)])
    record: Recorded = kind.model(dossier_id=change.details["dossier"])
    for name in KEPT:
        setattr(record, name, _named_now(str(change.details[name])))
    record.revision = change.details["revision"] + 1  # an old form must not pass for the new one
    rows: dict[str, list[models.Model]] = fill(record, state)
    derived.follow_owner(kind, record, derived.owner_now(kind, record))
    if not rules.may_change_all(acting, record):
        raise NotAllowed(f"{kind.kind} {change.key}")
    writing = Writing(acting, "undo", reason)
    write = prepare(kind, record, rows, None, restoring=True)
    write.kept = Kept(record.keeper, record.begun_by, record.readers)
    writing.put_back(write)
    writing.finish()
    return writing.last
