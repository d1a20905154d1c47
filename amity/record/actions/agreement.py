"""What every side has confirmed changes when every side agrees: proposing, agreeing, objecting.

A side proposes; each of the others agrees or objects, field by field. What all agree to takes
effect at once, the rest stays open; what was sent as *only together* takes effect as one. One
objection stops a field. A side never agrees to its own proposal: that is refused here, where
agreement is kept, whatever way it comes by. Where the sides have a silence procedure, one that has
said nothing in its time agrees by that; whether the time has passed is for the caller to know.
"""

from collections.abc import Iterable, Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from amity.foundation.actions import By, record_change, take_turn
from amity.foundation.differences import (
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
from amity.record import kinds, references, rules
from amity.record.acting import Acting, RegisterKey
from amity.record.choices import Audience, ProposalState, Verdict
from amity.record.kinds import Kind
from amity.record.models import Entry, ProposedChange, ProposedField, Recorded, Reply
from amity.record.plain.filling import fill
from amity.record.plain.renamed import as_named_now
from amity.record.plain.states import plain_of
from amity.record.refusals import ChangedSince, Conflict, NotAllowed, Refused, words_of
from amity.record.registration import guards

from . import standings
from .save import prepare, save
from .write import audience_of
from .writing import Writing

AUDIENCE = ("audience",)
"""The path that stands for who reads the record, which is no field that people write."""


class Rehearsed(Exception):
    """Rolls back what was only tried."""


def propose(
    acting: Acting,
    record: Recorded,
    rows: Mapping[str, Iterable[models.Model]] | None = None,
    *,
    audience: Audience | None = None,
    note: str = "",
    together: bool = False,
    answers: ProposedChange | None = None,
) -> ProposedChange:
    """Ask the other sides to agree to what `save` would write of a joint record.

    Only what is weighty is proposed; what is not, is saved at once, as any side may. Raises
    NotAllowed, Conflict where it was saved since it was read, and what saving it would raise.
    """
    kind = kinds.of_model(type(record))
    with transaction.atomic():
        take_turn()
        stored = _as_read(acting, kind, record)
        side = _own_side(acting, stored.keeper)
        before = plain_of(stored)
        wanted = prepare(kind, record, stored, rows or {}, None).after
        changes = [
            change
            for change in _whole_dates(difference(before, wanted), before, wanted)
            if change.path[0] in kind.keeping.weighty and "made_from" not in change.path
        ]
        if audience is not None and audience != audience_of(stored):
            changes.append(FieldChange(AUDIENCE, str(audience_of(stored)), str(audience)))
        if not changes:
            raise ValidationError(_("Nothing that needs the others’ agreement differs."))
        _rehearse(acting, kind, stored, changes)
        asked = ProposedChange(side=side, answers=answers, together=together, note=note)
        made = _ask(acting, kind, stored, asked, changes)
        _save_the_rest(acting, kind, stored, before, wanted)
    return made


def ask_to_release(acting: Acting, record: Recorded, note: str = "") -> ProposedChange:
    """Ask the other sides to agree that everybody reads a joint record.

    Whether that can be is for the caller to have tried, with all that is to be read with it.
    Raises NotAllowed, and Conflict where it was saved since it was read.
    """
    kind = kinds.of_model(type(record))
    with transaction.atomic():
        take_turn()
        stored = _as_read(acting, kind, record)
        asked = ProposedChange(side=_own_side(acting, stored.keeper), note=note)
        released = FieldChange(AUDIENCE, str(audience_of(stored)), str(Audience.PUBLIC))
        return _ask(acting, kind, stored, asked, [released])


def _ask(
    acting: Acting,
    kind: Kind,
    stored: Recorded,
    asked: ProposedChange,
    changes: Sequence[FieldChange],
) -> ProposedChange:
    """Write what is asked of the other sides, and note that it was."""
    asked.entry = Entry.everything.get(kind=kind.kind, key=stored.key)
    asked.office, asked.user_id, asked.at = acting.office, acting.user, timezone.now()
    asked.save()
    ProposedField.objects.bulk_create(
        ProposedField(change=asked, position=place, difference=change.to_json())
        for place, change in enumerate(_by_text(changes))
    )
    _note(acting, kind, stored, "propose", {"proposal": asked.pk})
    return asked


def _whole_dates(changes: Iterable[FieldChange], before: Plain, wanted: Plain) -> list[FieldChange]:
    """The changes, with each date as one: its first day cannot be agreed to without its last."""
    found: dict[Path, FieldChange] = {}
    for change in changes:
        path = next(
            (
                path
                for path in (change.path[:place] for place in range(1, len(change.path)))
                if any(_is_date(at(state, path)) for state in (before, wanted))
            ),
            change.path,
        )
        whole = path != change.path
        found[path] = FieldChange(path, at(before, path), at(wanted, path)) if whole else change
    return list(found.values())


def _is_date(value: JSON | Absent) -> bool:
    return isinstance(value, Mapping) and "precision" in value


def _save_the_rest(
    acting: Acting, kind: Kind, stored: Recorded, before: Plain, wanted: Plain
) -> None:
    """Save what is not weighty."""
    state: Plain = {name: wanted[name] for name in wanted if name not in kind.keeping.weighty}
    state |= {name: before[name] for name in before if name in kind.keeping.weighty}
    if difference(before, state):
        record = kind.model.everything.get(pk=stored.pk)
        save(acting, record, fill(record, state))


def reply(
    acting: Acting,
    field: ProposedField,
    verdict: Verdict,
    reasons: str = "",
    languages: Sequence[str] = (),
) -> ProposedField:
    """Say whether one's side agrees to one field of a proposed change.

    What every other side agrees to takes effect now. Raises NotAllowed, ValidationError for an
    objection without reasons, and ChangedSince where something else stands there by now.
    """
    if verdict == Verdict.OBJECT and not reasons.strip():
        raise ValidationError(_("Say why: the other side reads the reasons."))
    with transaction.atomic():
        take_turn()
        found = ProposedField.objects.select_related("change__entry").get(pk=field.pk)
        kind, stored = _record_of(acting, found.change)
        voices = acting.voices(stored.keeper) - {found.change.side}
        if not voices or not rules.AGREEING & acting.mandates:
            raise NotAllowed(
                words=_("A side never agrees to its own proposal; another one answers it.")
            )
        if found.state != ProposalState.OPEN:
            raise ValidationError(_("This has been settled already."))
        now = timezone.now()
        for side in sorted(voices):
            Reply.objects.update_or_create(
                field=found,
                side=side,
                defaults={
                    "office": acting.office,
                    "user_id": acting.user,
                    "verdict": verdict,
                    "reasons": reasons.strip(),
                    "languages": list(languages),
                    "by_silence": False,
                    "at": now,
                },
            )
        details: dict[str, JSON] = {"proposal": found.change_id, "field": found.position}
        _note(acting, kind, stored, verdict, details, reasons.strip())
        if verdict == Verdict.OBJECT:
            _settle([found], ProposalState.OBJECTED)
        else:
            _take_effect(acting, kind, stored, found.change)
        found.refresh_from_db()
    return found


def agree_by_silence(
    acting: Acting, change: ProposedChange, side: RegisterKey
) -> list[ProposedField]:
    """Let a side that has said nothing in its time agree to what is still open of a change.

    `acting` is the office that proposed it, by a command. Gives the fields that were settled: as
    agreed or, where what was proposed does not fit any more, as overtaken. Nothing is done for a
    record that not every side has confirmed: silence confirms nothing. Raises NotAllowed.
    """
    with transaction.atomic():
        take_turn()
        found = ProposedChange.objects.select_related("entry").get(pk=change.pk)
        kind, stored = _record_of(acting, found)
        others = references.sides_of(stored.keeper) - {found.side}
        if side not in others or not acting.speaks_for(found.side):
            raise NotAllowed(
                words=_("A side never agrees to its own proposal; another one answers it.")
            )
        if not standings.settled(kind.kind, stored):
            return []
        waiting = found.fields.filter(state=ProposalState.OPEN).exclude(replies__side=side)
        asked = list(waiting)
        if not asked:
            return []
        details: dict[str, JSON] = {"proposal": found.pk, "side": side}
        try:
            with transaction.atomic():
                Reply.objects.bulk_create(_silent(field, side) for field in asked)
                _note(Acting(command=acting.command), kind, stored, "agree_by_silence", details)
                _take_effect(acting, kind, stored, found)
        except (Refused, ValidationError) as error:
            why = words_of(error)
            _settle(_overtaken(asked, error, found.together), ProposalState.OVERTAKEN)
            _note(Acting(command=acting.command), kind, stored, "overtake", details, why)
        numbers = [field.pk for field in asked]
        return list(found.fields.filter(pk__in=numbers).exclude(state=ProposalState.OPEN))


def _overtaken(
    asked: Sequence[ProposedField], error: Exception, together: bool
) -> Sequence[ProposedField]:
    """The fields that cannot take effect any more; the others are tried again without them."""
    if not isinstance(error, ChangedSince) or together:
        return asked
    moved = {one.path for one in error.changes}
    return [one for one in asked if FieldChange.from_json(one.difference).path in moved]


def _silent(field: ProposedField, side: RegisterKey) -> Reply:
    return Reply(field=field, side=side, verdict=Verdict.AGREE, by_silence=True, at=timezone.now())


def withdraw(acting: Acting, change: ProposedChange) -> None:
    """Take back what is still open of one's side's proposed change. Raises NotAllowed."""
    with transaction.atomic():
        take_turn()
        kind, stored = _record_of(acting, change)
        if not acting.speaks_for(change.side) or not rules.writes(acting):
            raise NotAllowed(f"{kind.kind} {stored.key}")
        _settle(change.fields.filter(state=ProposalState.OPEN), ProposalState.WITHDRAWN)
        _note(acting, kind, stored, "withdraw_proposal", {"proposal": change.pk})


def _take_effect(acting: Acting, kind: Kind, stored: Recorded, change: ProposedChange) -> None:
    """Write what all other sides have agreed to by now."""
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
    moved = [one for one in changes if one.path != AUDIENCE and _stands_otherwise(kind, state, one)]
    if moved:
        raise ChangedSince(moved)
    silent = any(said.by_silence for one in agreed for said in one.replies.all())
    _write(acting, kind, stored, changes, "agreed_by_silence" if silent else "agreed")
    _settle(agreed, ProposalState.AGREED)


def _stands_otherwise(kind: Kind, state: Plain, change: FieldChange) -> bool:
    """Whether something else stands at a place than when the change was proposed.

    What was named there may be called otherwise by now, renamed or merged, and is the same.
    """
    if not difference(change.before, at(state, change.path), change.path):
        return False
    then = put(state, change.path, change.before)
    named = as_named_now(kind.model, then) if isinstance(then, dict) else then
    return bool(difference(at(named, change.path), at(state, change.path), change.path))


def _write(
    acting: Acting,
    kind: Kind,
    stored: Recorded,
    changes: Sequence[FieldChange],
    verb: str = "agreed",
) -> Change | None:
    writing = _put(acting, kind, stored, changes, verb)
    writing.finish()
    return writing.last


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


def _rehearse(acting: Acting, kind: Kind, stored: Recorded, changes: Sequence[FieldChange]) -> None:
    """Raise what writing the changes would raise, and write nothing.

    Search, standings and derived columns, which refuse nothing, are left alone: others wait.
    """
    try:
        with transaction.atomic():
            _put(acting, kind, stored, changes, "agreed").check()
            raise Rehearsed
    except Rehearsed:
        pass


def _by_text(changes: Sequence[FieldChange]) -> list[FieldChange]:
    """The changes in their order; a text's versions one by one, so that each is agreed to."""
    return sorted(changes, key=lambda change: [str(step) for step in change.path])


def _settle(fields: Iterable[ProposedField], state: ProposalState) -> None:
    numbers = [one.pk for one in fields]
    rows = ProposedField.objects.filter(pk__in=numbers)
    rows.update(state=state, settled_at=timezone.now())


def _as_read(acting: Acting, kind: Kind, record: Recorded) -> Recorded:
    stored = kind.model.everything.filter(pk=record.pk).first()
    if stored is None or not rules.may_change(acting, stored) or not rules.is_joint(stored):
        raise NotAllowed(f"{kind.kind} {record.key}")
    if stored.revision != record.revision:
        raise Conflict(kind.kind, record.key, {}, plain_of(stored))
    return stored


def _record_of(acting: Acting, change: ProposedChange) -> tuple[Kind, Recorded]:
    """The record that a proposed change is about, for a side of it. Raises NotAllowed."""
    kind = kinds.get(change.entry.kind)
    stored = kind.model.everything.filter(key=change.entry.key).first()
    if stored is None or not rules.may_change(acting, stored):
        raise NotAllowed(f"{change.entry.kind} {change.entry.key}")
    return kind, stored


def _own_side(acting: Acting, partnership: RegisterKey) -> RegisterKey:
    """The side for which whoever acts proposes. Raises NotAllowed."""
    own = sorted(one.side for one in acting.sides if one.partnership == partnership)
    if not own:
        raise NotAllowed(partnership)
    return own[0]


def _note(
    acting: Acting,
    kind: Kind,
    stored: Recorded,
    verb: str,
    details: dict[str, JSON],
    reason: str = "",
) -> None:
    by = By(acting.user, acting.command, acting.office)
    record_change(by, verb, kind.kind, stored.key, reason=reason, details=details, public=False)
