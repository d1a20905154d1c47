"""Proposing a change of what the sides keep together, for the others to answer.

What is weighty is asked of them, field by field; so is who reads the record, and which files are
confirmed with it.
"""

from collections.abc import Iterable, Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from amity.foundation.actions import take_turn
from amity.foundation.differences import (
    JSON,
    Absent,
    FieldChange,
    Path,
    Plain,
    at,
    difference,
)
from amity.record import kinds, rules
from amity.record.acting import Acting, RegisterKey
from amity.record.choices import Audience, ProposalState
from amity.record.kinds import Kind
from amity.record.models import Entry, ProposedChange, ProposedField, Recorded
from amity.record.plain.filling import fill
from amity.record.plain.states import plain_of
from amity.record.refusals import Conflict, NotAllowed

from . import enclosing
from .agreement import note_among_sides
from .save import prepare, save
from .taking_effect import AUDIENCE, rehearse
from .write import audience_of


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
    NotAllowed, Conflict where it was saved since it was read, ValidationError where one's own side
    waits for an answer to the same, and what saving it would raise.
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
        if asked_before(kind, stored, side, changes):
            raise ValidationError(_("Your side has proposed this already; the others answer it."))
        rehearse(acting, kind, stored, changes)
        asked = ProposedChange(side=side, answers=answers, together=together, note=note)
        made = _ask(acting, kind, stored, asked, changes)
        _save_the_rest(acting, kind, stored, before, wanted)
    return made


def propose_file(
    acting: Acting,
    record: Recorded,
    file: int,
    *,
    instead_of: int | None = None,
    note: str = "",
) -> ProposedChange:
    """Ask the other sides that a file is confirmed with the record from now on, or is no more.

    Which of them, the file as it stands says: one that is confirmed with it is to stand beside it.
    `instead_of`: a file that gives way to it, only together. Raises NotAllowed, and
    ValidationError where the record has no such file, or that is proposed already.
    """
    kind = kinds.of_model(type(record))
    with transaction.atomic():
        take_turn()
        stored = _as_read(acting, kind, record)
        asked = ProposedChange(side=_own_side(acting, stored.keeper), note=note)
        changes = [enclosing.wanted(stored, file)]
        if instead_of is not None:
            changes.append(enclosing.wanted(stored, instead_of))
            asked.together = True
            if isinstance(changes[0].after, Absent) or not isinstance(changes[1].after, Absent):
                raise ValidationError(
                    _("Only a file that is confirmed gives way to one that is not.")
                )
        return _ask(acting, kind, stored, asked, changes)


def asked_before(
    kind: Kind, stored: Recorded, side: RegisterKey, changes: Iterable[FieldChange]
) -> bool:
    """Whether a side has proposed all of this and waits for an answer. One statement."""
    waiting = ProposedField.objects.filter(
        state=ProposalState.OPEN,
        change__side=side,
        change__entry__kind=kind.kind,
        change__entry__key=stored.key,
    ).values_list("difference", flat=True)
    there = list(waiting)
    return all(change.to_json() in there for change in changes)


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
    note_among_sides(acting, kind, stored, "propose", {"proposal": asked.pk})
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


def _by_text(changes: Sequence[FieldChange]) -> list[FieldChange]:
    """The changes in their order; a text's versions one by one, so that each is agreed to."""
    return sorted(changes, key=lambda change: [str(step) for step in change.path])


def _as_read(acting: Acting, kind: Kind, record: Recorded) -> Recorded:
    stored = kind.model.everything.filter(pk=record.pk).first()
    if stored is None or not rules.may_change(acting, stored) or not rules.is_joint(stored):
        raise NotAllowed(f"{kind.kind} {record.key}")
    if stored.revision != record.revision:
        raise Conflict(kind.kind, record.key, {}, plain_of(stored))
    return stored


def _own_side(acting: Acting, partnership: RegisterKey) -> RegisterKey:
    """The side for which whoever acts proposes. Raises NotAllowed."""
    own = sorted(one.side for one in acting.sides if one.partnership == partnership)
    if not own:
        raise NotAllowed(partnership)
    return own[0]
