"""Undoing a change: what stood before is put back, as a change of its own.

Only what people wrote comes back. Who keeps a record, who may read it, who confirmed it and what
follows from it stay as they are now, or follow anew; what was released together is withdrawn
together.
"""

from collections.abc import Iterable, Sequence

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from amity.foundation.actions import By, record_change, take_turn
from amity.foundation.differences import (
    ABSENT,
    JSON,
    Absent,
    FieldChange,
    Path,
    Plain,
    at,
    difference,
    put,
)
from amity.foundation.models import Change
from amity.record import derived, kinds, rules
from amity.record.acting import Acting
from amity.record.choices import StandingState
from amity.record.kinds import Kind
from amity.record.models import Entry, Recorded, Standing
from amity.record.plain.filling import fill
from amity.record.plain.renamed import as_named_now, key_now, name_now
from amity.record.plain.states import plain_of
from amity.record.queries import history
from amity.record.refusals import ChangedSince, NotAllowed
from amity.record.registration import fallen, partings

from . import enclosing, merging, permission, releasing
from .remove import remove
from .save import prepare, save
from .write import KEPT, Kept
from .writing import Writing

APART = "apart"
"""What the trail notes where two merged records came apart."""


def undo(acting: Acting, change: Change, reason: str = "") -> Change | None:
    """Put back what stood before `change`; gives the new entry of the audit trail.

    A change with steps is undone as one, its last step first. Two records that were merged come
    apart: what was led from one to the other is led back, whoever keeps it. Raises ChangedSince,
    naming the places that were changed again, and all that `save` and `remove` raise; then nothing
    is undone.
    """
    with transaction.atomic():
        take_turn()
        if change.verb == releasing.VERB:
            return releasing.take_back(acting, change, reason)
        steps = list(change.steps.order_by("-id"))
        if not steps:
            return _undo_one(acting, change, reason)
        merged = change.verb == merging.VERB
        if merged:
            _refuse_taking_apart(acting, change)
        if change.details.get(APART):
            # The address that is to lead on, and what others keep, are for merging to write.
            raise merging.CannotMerge(_("To have them as one again, merge them again."))
        by = By(acting.user, acting.command, acting.office)
        public = any(step.public for step in steps)
        details: dict[str, JSON] = {APART: True} if merged else {}
        whole = record_change(
            by,
            "undo",
            change.kind,
            change.key,
            reason=reason,
            details=details,
            public=public,
        )
        own = (change.kind, change.key)
        joint = merged and merging.AGREED in change.details
        made = [
            _undo_one(
                acting,
                step,
                reason,
                led=merged and (joint or (step.kind, step.key) != own),
                step=True,
            )
            for step in steps
        ]
        numbers = [one.pk for one in made if one is not None]
        done = Q(voided_by__in=numbers) | Q(voided_by__part_of__in=numbers)
        void = Standing.objects.filter(done, state=StandingState.VOID)
        fallen.tell(acting, list(void.values_list("pk", flat=True)))
        Change.objects.filter(pk__in=numbers).update(part_of=whole)
    return whole


def _refuse_taking_apart(acting: Acting, change: Change) -> None:
    """Raise NotAllowed where whoever acts may not merge the record that stayed.

    Where two offices agreed to it, either takes them apart.
    """
    if merging.AGREED in change.details:
        if not rules.writes(acting) or not merging.may_take_apart(acting, change):
            raise NotAllowed(_("Only who may change both records merges them."))
        return
    stays = kinds.get(change.kind).model.everything.filter(key=change.key).first()
    if stays is None or not merging.may_merge(acting, stays):
        raise NotAllowed(_("Only who may change both records merges them."))


def _undo_one(
    acting: Acting, change: Change, reason: str, *, led: bool = False, step: bool = False
) -> Change | None:
    """Undo one change; `led`: it led from one record that was merged to another.

    `step` as for `Writing`.
    """
    if not kinds.known(change.kind):
        return None
    kind = kinds.get(change.kind)
    if not rules.writes(acting):
        raise NotAllowed(f"{kind.kind} {change.key}")
    paths = [FieldChange.from_json(path) for path in change.paths]
    key = key_now(change.kind, change.key)
    record = kind.model.everything.filter(key=key).first()
    if record is not None and not led and not rules.may_change(acting, record):
        raise NotAllowed(f"{kind.kind} {change.key}")  # before anything is told of it
    whole = next((path for path in paths if not path.path), None)
    if whole is not None and isinstance(whole.after, Absent):
        return _bring_back(acting, kind, change, whole.before, reason, led=led, step=step)
    if record is None:
        _refuse_the_hidden(acting, kind, key)
        raise ChangedSince(paths)
    if change.verb in (enclosing.ENCLOSE, enclosing.SET_BESIDE):
        return enclosing.take_back(acting, change, record, reason)
    state = plain_of(record)
    if whole is not None:
        if changed := difference(_now(kind, whole.after), state):
            raise ChangedSince(changed)
        return remove(acting, record, reason, verb="undo", step=step)
    later = history(record).filter(pk__gt=change.pk)
    wanted = _put_back(kind, state, paths, later)
    rows = fill(record, wanted)
    if led:
        return _lead_back(acting, kind, record, rows, reason)
    return save(acting, record, rows, reason=reason, verb="undo", step=step)


def _lead_back(
    acting: Acting,
    kind: Kind,
    record: Recorded,
    rows: dict[str, list[models.Model]],
    reason: str,
) -> Change | None:
    writing = Writing(acting, "undo", reason, agreed=True)
    stored = kind.model.everything.get(pk=record.pk)
    writing.put_allowed([prepare(kind, record, stored, rows, None)])
    writing.finish()
    return writing.last


def _refuse_the_hidden(acting: Acting, kind: Kind, key: str) -> None:
    """Raise NotAllowed where a record that is no more was not for whoever acts to read."""
    if not Entry.everything.filter(rules.readable(acting), kind=kind.kind, key=key).exists():
        raise NotAllowed(f"{kind.kind} {key}")


def _now(kind: Kind, state: JSON | Absent) -> Plain:
    """A state of a record with all that it names under the identifiers of today."""
    if not isinstance(state, dict):
        raise TypeError("the state of a record is a mapping")
    return as_named_now(kind.model, state)


def _put_back(
    kind: Kind, state: Plain, paths: Sequence[FieldChange], later: Iterable[Change]
) -> Plain:
    """The state with what stood before. Raises ChangedSince where it was changed again.

    A row of a list must be the row that was changed, not another in its place.
    """
    stood, wanted = _with_all(state, paths), _with_all(state, [path.reverse for path in paths])
    changed = difference(_now(kind, stood), state)
    then: JSON | Absent = state
    for change in later:
        for path in reversed([FieldChange.from_json(path) for path in change.paths]):
            then = put(then, path.path, path.before)
    for row in dict.fromkeys(filter(None, map(_row_of, paths))):
        changed += difference(at(_now(kind, then), row), at(state, row), row)
    if changed:
        raise ChangedSince(list({one.path: one for one in changed}.values()))
    return _now(kind, wanted)


def _with_all(state: Plain, paths: Sequence[FieldChange]) -> JSON | Absent:
    """The state with what stands after each of `paths`."""
    found: JSON | Absent = state
    for path in paths:
        found = put(found, path.path, path.after)
    return found


def _row_of(change: FieldChange) -> Path:
    """The path of the row of a list that was changed; empty where none was."""
    steps = change.path
    return next((steps[: at + 1] for at, step in enumerate(steps) if isinstance(step, int)), ())


def _bring_back(
    acting: Acting,
    kind: Kind,
    change: Change,
    state: JSON | Absent,
    reason: str,
    *,
    led: bool,
    step: bool,
) -> Change | None:
    """A removed record again, under its identifier and with the keeper that it had.

    It is read by those who read it then; what hangs on another, by those who read that now.
    """
    _refuse_the_hidden(acting, kind, change.key)
    record: Recorded = kind.model(dossier_id=change.details["dossier"])
    for name in KEPT:
        setattr(record, name, name_now(str(change.details[name])))
    record.revision = change.details["revision"] + 1  # an old form must not pass for the new one
    rows: dict[str, list[models.Model]] = fill(record, _now(kind, state))
    derived.follow_owner(kind, record, derived.owner_now(kind, record))
    if not led and not rules.may_change_all(acting, record):
        raise NotAllowed(f"{kind.kind} {change.key}")
    if kind.model.everything.filter(key=change.key).exists():
        raise ChangedSince([FieldChange((), ABSENT, state)])
    writing = Writing(acting, "undo", reason, step=step)
    write = prepare(kind, record, None, rows, None, restoring=True)
    write.kept = Kept(record.keeper, record.begun_by, record.readers)
    permission.refuse_strange_owner(acting, write)
    writing.put_allowed([write])
    writing.finish()
    _lead_again(kind, change)
    partings.come_back(kind.kind, kind.model.everything.get(key=change.key))
    return writing.last


def _lead_again(kind: Kind, change: Change) -> None:
    """Let the addresses lead to a record that led to it before it was merged with another."""
    former = change.details.get("former")
    if isinstance(former, list) and former:
        entry = Entry.everything.get(kind=kind.kind, key=change.key)
        Entry.everything.filter(kind=kind.kind, key__in=former).update(moved_to=entry)
