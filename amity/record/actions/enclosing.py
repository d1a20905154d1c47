"""Files that the sides confirm with a joint record: put there, taken away, and agreed upon.

They change as weighty fields do: until every side has confirmed the record, by the office that
began it, and what others have confirmed is void by that; afterwards when every side agrees, as to
any proposed change. What somebody else puts there, or puts there later, stands beside the record
and is no part of what they confirm, until they agree that it is.
"""

from collections.abc import Mapping
from dataclasses import asdict

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import gettext as _

from amity.foundation.actions import By, record_change
from amity.foundation.differences import ABSENT, JSON, Absent, FieldChange, Path
from amity.foundation.models import Change
from amity.record import kinds, rules
from amity.record.acting import Acting
from amity.record.choices import KeptBy, ProposalState
from amity.record.managers import PUBLIC
from amity.record.models import ProposedField, Recorded
from amity.record.plain.states import plain_of
from amity.record.refusals import ChangedSince, ConfirmedWithIt, NeedsAgreement, NotAllowed
from amity.record.registration import enclosures, fallen

from . import standings

FILES = "files"
"""The first step of the path that stands for a file, which is no field that people write."""
ENCLOSE, SET_BESIDE = "enclose", "set_beside"
"""Verbs of the trail: a file is confirmed with its record from now on, or is no more."""


def may_be_confirmed(record: Recorded) -> bool:
    """Whether the sides of a partnership confirm this record, and files with it."""
    kept_by = kinds.of_model(type(record)).keeping.kept_by
    return kept_by == KeptBy.PARTNERSHIP and rules.is_joint(record)


def is_confirmed_with(acting: Acting, record: Recorded) -> bool:
    """Whether a file that whoever acts puts there now is part of what the sides confirm."""
    kind = kinds.of_model(type(record))
    joint = kind.keeping.kept_by == KeptBy.PARTNERSHIP
    may = joint and rules.may_change_all(acting, record)
    return may and not standings.settled(kind.kind, record)


def refuse_taking(record: Recorded, number: int, name: str) -> None:
    """Raise where a file of a record is not for its office alone to take away.

    ConfirmedWithIt where every side has confirmed the record, and it with that; ValidationError
    while the sides are asked about it.
    """
    kind = kinds.of_model(type(record)).kind
    held = enclosures.find(kind, record.key, number)
    if held is not None and held.confirmed and standings.settled(kind, record):
        raise ConfirmedWithIt(name)
    if is_proposed(number):
        raise ValidationError(
            _("The sides are asked about this file: withdraw or answer what is proposed first.")
        )


def is_proposed(number: int) -> bool:
    """Whether a proposed change that is open says something of a file."""
    waiting = ProposedField.objects.filter(state=ProposalState.OPEN)
    return waiting.filter(difference__path=list(_path(number))).exists()


def enclose(acting: Acting, record: Recorded, change: Change) -> None:
    """Bind what is confirmed to the files that are there now; call it where they were changed.

    What others have confirmed is void, and whoever read the record before must read it again.
    `change`: the entry of the audit trail that says what was put there or taken away.
    """
    kind = kinds.of_model(type(record))
    if rules.is_joint(record):
        weighed = standings.weighed(kind, record, plain_of(record), change)
        fallen.tell(acting, standings.settle(acting, [weighed]))
    _read_anew(record)


def is_of_file(change: FieldChange) -> bool:
    """Whether a proposed change says something of a file, and not of a field."""
    return change.path[:1] == (FILES,)


def wanted(record: Recorded, number: int) -> FieldChange:
    """The change by which a file of a record is confirmed with it, or is no more.

    Raises NotAllowed for a record that no sides confirm, and ValidationError where there is no
    such file, or the sides are asked about it already.
    """
    if not may_be_confirmed(record):
        raise NotAllowed(record.key)
    held = enclosures.find(kinds.of_model(type(record)).kind, record.key, number)
    if held is None:
        raise ValidationError(_("Choose a file that the other sides read, too."))
    if is_proposed(number):
        raise ValidationError(_("The sides are asked about this file already."))
    file: JSON = asdict(held.file)
    put_there = FieldChange(_path(number), ABSENT, file)
    return put_there.reverse if held.confirmed else put_there


def stands_otherwise(record: Recorded, change: FieldChange) -> bool:
    """Whether a file is not any more as it was when the change was proposed."""
    held = enclosures.find(kinds.of_model(type(record)).kind, record.key, number_in(change))
    was = change.after if isinstance(change.before, Absent) else change.before
    if held is None or asdict(held.file) != was:
        return True
    return held.confirmed is isinstance(change.before, Absent)


def change_as_agreed(acting: Acting, record: Recorded, change: FieldChange) -> None:
    """Let a file be confirmed with its record, or beside it, since every side agrees to that.

    What they have confirmed holds, and is bound to the files that it has now.
    """
    kind = kinds.of_model(type(record))
    _mark(acting, record, change, _verb(change))
    _read_anew(record)
    standings.renew(kind, [record.pk])


def take_back(acting: Acting, change: Change, record: Recorded, reason: str) -> Change:
    """Undo what was agreed of a file, as whoever changes the record alone may.

    Raises NeedsAgreement once every side has confirmed it, NotAllowed, and ChangedSince.
    """
    kind = kinds.of_model(type(record)).kind
    if standings.settled(kind, record):
        raise NeedsAgreement([_("files")])
    if not rules.may_change_all(acting, record):
        raise NotAllowed(f"{kind} {record.key}")
    (done,) = (FieldChange.from_json(one) for one in change.details[FILES])
    if stands_otherwise(record, done.reverse):
        raise ChangedSince([done])
    made = _mark(acting, record, done.reverse, "undo", reason)
    enclose(acting, record, made)
    return made


def number_in(change: FieldChange) -> int:
    """The number of the file of which a change says something."""
    return int(change.path[1])


def name_in(change: FieldChange) -> str:
    """What the file is called of which a change says something."""
    return str(_file(change)["name"])


def _mark(
    acting: Acting, record: Recorded, change: FieldChange, verb: str, reason: str = ""
) -> Change:
    """Say of a file where it stands, and note it; pages on which everybody reads it are renewed."""
    enclosures.mark(number_in(change), isinstance(change.before, Absent))
    return record_change(
        By(acting.user, acting.command, acting.office),
        verb,
        kinds.of_model(type(record)).kind,
        record.key,
        reason=reason or name_in(change),
        details={FILES: [change.to_json()]},
        public=record.readers == PUBLIC and bool(_file(change)["public"]),
    )


def _read_anew(record: Recorded) -> None:
    """Whoever read the record before must read it again before they confirm it."""
    rows = type(record).everything.filter(pk=record.pk)
    rows.update(revision=F("revision") + 1)


def _verb(change: FieldChange) -> str:
    return ENCLOSE if isinstance(change.before, Absent) else SET_BESIDE


def _file(change: FieldChange) -> Mapping[str, JSON]:
    value = change.after if isinstance(change.before, Absent) else change.before
    if not isinstance(value, Mapping):
        raise TypeError("a change of a file says which")
    return value


def _path(number: int) -> Path:
    return (FILES, str(number))
