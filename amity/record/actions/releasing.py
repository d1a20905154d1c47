"""Letting everybody read several records as one act: all of them or none, taken back as one.

What every side has confirmed is read by everybody when the others agree. Where that is so of one
of them, the others are asked about all that is joint: one names the other.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from amity.foundation.actions import record_change, take_turn
from amity.foundation.models import Change
from amity.foundation.words.typography import labelled
from amity.languages.jinja import plain
from amity.record import kinds, rules
from amity.record.acting import Acting
from amity.record.choices import Audience, ProposalState, Verdict
from amity.record.kinds import Kind
from amity.record.managers import PUBLIC
from amity.record.models import Entry, ProposedChange, ProposedField, Recorded
from amity.record.refusals import Conflict, Hidden, NotAllowed, Refused

from . import agreement, standings
from .proposing import ask_to_release
from .save import prepare
from .taking_effect import Rehearsed
from .write import Faulty
from .writing import Writing

VERB = "release_together"


class Stopped(Refused):
    """One of several records cannot be released or withdrawn, so none is.

    `messages` say which and why, a line for each thing that is wrong with it.
    """

    def __init__(self, kind: Kind, key: str, *why: str) -> None:
        entry = Entry.everything.filter(kind=kind.kind, key=key).first()
        name = plain(entry.title) if entry is not None else key
        self.messages = tuple(labelled(name, one) for one in why)
        super().__init__("\n".join(self.messages))
        self.kind, self.key = kind.kind, key


@dataclass(frozen=True, slots=True)
class Released:
    """What became of it: the entry of the audit trail, how many are `read` by everybody now, and
    what the other sides are `asked`."""

    change: Change
    read: int
    asked: tuple[ProposedChange, ...]


def release_together(
    acting: Acting, records: Sequence[Recorded], *, about: tuple[str, str], reason: str = ""
) -> Released:
    """Let everybody read these records, each of which carries the revision that was read.

    `about`: kind and key that the entry of the audit trail names. All of it in one transaction.
    Raises Stopped, NotAllowed, ValidationError and Hidden; then nothing of it stays.
    """
    if not records:
        raise ValidationError(_("Nothing was ticked."))
    if not rules.writes(acting) or not rules.RELEASING & acting.mandates:
        raise NotAllowed(VERB)
    with transaction.atomic():
        take_turn()
        listed = sorted((_as_read(one) for one in records), key=_place)
        if not any(standings.settled(_kind(one).kind, one) for one in listed):
            alone, asked = listed, []
        else:
            alone = [one for one in listed if not rules.is_joint(one)]
            asked = [one for one in listed if rules.is_joint(one)]
            _rehearse(acting, alone, asked)
        writing = Writing(acting, VERB, reason)
        whole = record_change(writing.by, VERB, *about, reason=reason, public=False)
        writing.part_of = whole
        _write(writing, [(one, Audience.PUBLIC) for one in alone])
        made = tuple(ask_to_release(acting, one, reason) for one in asked)
        whole.details = {"added": len(listed), "asked": [one.pk for one in made]}
        whole.public = writing.public
        whole.save(update_fields=["details", "public"])
    return Released(whole, len(alone), made)


def take_back(acting: Acting, change: Change, reason: str = "") -> Change:
    """Withdraw what was released together and is read by everybody still, and what is still asked.

    Each is read again by those who read it before. Raises Stopped, NotAllowed and Hidden; then
    nothing is withdrawn.
    """
    if not rules.writes(acting):
        raise NotAllowed(VERB)
    with transaction.atomic():
        writing = Writing(acting, "undo", reason)
        told = (change.kind, change.key)
        whole = record_change(
            writing.by,
            "undo",
            *told,
            reason=reason,
            details={"undone": change.pk},
            public=False,
        )
        writing.part_of = whole
        keys = {(step.kind, step.key) for step in change.steps.all() if "readers" in step.details}
        found = [
            one
            for kind, key in keys
            for one in kinds.get(kind).model.everything.filter(key=key, readers=PUBLIC)
        ]
        _write(writing, [(one, _before(one)) for one in sorted(found, key=_place)])
        open_still = ProposedField.objects.filter(
            change__in=change.details["asked"], state=ProposalState.OPEN
        )
        waiting = list(ProposedChange.objects.filter(fields__in=open_still).distinct())
        if not found and not waiting:
            raise Refused(_("Nothing of it is released or asked any more."))
        for asked in waiting:
            agreement.withdraw(acting, asked)
        whole.public = writing.public
        whole.save(update_fields=["public"])
    return whole


def agree_together(
    acting: Acting, fields: Sequence[ProposedField], languages: Sequence[str] = ()
) -> None:
    """Agree for one's side to several proposed fields, what others name before these.

    Raises Stopped; then none is agreed to.
    """
    with transaction.atomic():
        take_turn()
        waiting = list(fields)
        while waiting:
            too_early: list[tuple[ProposedField, Hidden]] = []
            for field in waiting:
                entry = field.change.entry
                try:
                    with naming(kinds.get(entry.kind), entry.key, but=Hidden):
                        agreement.reply(acting, field, Verdict.AGREE, languages=languages)
                except Hidden as error:
                    too_early.append((field, error))
            if len(too_early) == len(waiting):
                first, why = too_early[0]
                entry = first.change.entry
                raise Stopped(kinds.get(entry.kind), entry.key, str(why)) from why
            waiting = [field for field, _error in too_early]


def _kind(record: Recorded) -> Kind:
    return kinds.of_model(type(record))


def _place(record: Recorded) -> tuple[str, int]:
    """So that they come kind by kind."""
    return _kind(record).kind, record.pk


def _before(record: Recorded) -> Audience:
    return Audience.CIRCLE if rules.is_joint(record) else Audience.KEEPER


def _as_read(record: Recorded) -> Recorded:
    """The record as it stands, if that is how it was read. Raises Stopped."""
    kind = _kind(record)
    stored = kind.model.everything.filter(pk=record.pk).first()
    if stored is None or stored.revision != record.revision:
        raise Stopped(kind, record.key, str(Conflict(kind.kind, record.key, {}, None)))
    return stored


def _rehearse(acting: Acting, alone: Sequence[Recorded], asked: Sequence[Recorded]) -> None:
    """Raise what releasing all of them would raise, once the others agree; write nothing."""
    try:
        with transaction.atomic():
            own, joint = Writing(acting, VERB), Writing(acting, VERB, agreed=True)
            _put(own, [(one, Audience.PUBLIC) for one in alone])
            _put(joint, [(one, Audience.PUBLIC) for one in asked])
            own.enter()
            _finish(joint)
            _finish(own)
            raise Rehearsed
    except Rehearsed:
        pass


def _write(writing: Writing, told: Sequence[tuple[Recorded, Audience]]) -> None:
    _put(writing, told)
    _finish(writing)


def _put(writing: Writing, told: Sequence[tuple[Recorded, Audience]]) -> None:
    """Say who reads these records, which come kind by kind. Raises Stopped."""
    for kind, few in groupby(told, key=lambda one: _kind(one[0])):
        writes = []
        for record, audience in few:
            stored = kind.model.everything.get(pk=record.pk)
            mine = kind.model.everything.get(pk=record.pk)
            with naming(kind, record.key):
                write = prepare(kind, mine, stored, {}, audience)
                writing.allow(write)
            writes.append(write)
        writing.put_allowed(writes)


def _finish(writing: Writing) -> None:
    """Do what follows from all of it. Raises Stopped, which names the record that is in the way."""
    try:
        writing.finish()
    except Faulty as error:
        first = error.faults[0]
        raise Stopped(kinds.get(first.kind), first.key, first.message) from error
    except Hidden as error:
        named = next((one for one in error.references if one.key), None)
        if named is None:
            raise
        raise Stopped(kinds.get(named.kind), named.key, str(error)) from error


@contextmanager
def naming(kind: Kind, key: str, but: type[Refused] | tuple[()] = ()) -> Iterator[None]:
    """Let what is refused of a record name it, `but` for what the caller looks at itself."""
    try:
        yield
    except but:
        raise
    except (Refused, NotAllowed) as error:
        raise Stopped(kind, key, str(error)) from error
    except ValidationError as error:
        raise Stopped(kind, key, *error.messages) from error
