"""What is refused of a write: by `rules`, by what the record hangs on, and by its side."""

from collections.abc import Sequence

from amity.record import derived, references, rules
from amity.record.acting import Acting, RegisterKey
from amity.record.choices import KeptBy
from amity.record.kinds import Kind
from amity.record.models import Recorded
from amity.record.refusals import Conflict, NeedsAgreement, NotAllowed

from . import home, standings
from .write import Write, audience_of


def allow(acting: Acting, write: Write, dossiers: dict[int, str], *, agreed: bool) -> None:
    """Whether whoever acts may write this, and nobody has written it since it was read.

    `dossiers`: the keys of dossiers that are known already, by number. `agreed`: every side agrees,
    so that weighty fields change too. Raises NotAllowed, Conflict, NeedsAgreement.
    """
    stored, refused = write.stored, NotAllowed(f"{write.kind.kind} {write.record.key}")
    if not rules.writes(acting):
        raise refused
    if stored is None:
        home.refuse_strange_dossier(acting, write, dossiers)
    refuse_strange_owner(acting, write)
    refuse_words_of_another_side(acting, write)
    if stored is None:
        return
    if not rules.may_change(acting, stored):
        raise refused
    if stored.revision != write.record.revision:
        raise Conflict(write.kind.kind, stored.key, write.after, write.before)
    weighty = sorted(write.changed_fields & {*write.kind.keeping.weighty, "key"})
    if write.audience is not None and audience_of(stored) != write.audience:
        weighty.append("audience")
        if not agreed and not rules.may_release(acting, stored):
            raise refused
    if weighty and rules.is_joint(stored) and not agreed:
        if standings.settled(write.kind.kind, stored):
            raise NeedsAgreement(weighty)
        if not rules.may_change_all(acting, stored):
            raise refused


def allow_taking(acting: Acting, kind: Kind, record: Recorded) -> None:
    """Whether whoever acts may remove this. Raises NotAllowed, NeedsAgreement."""
    if not rules.may_change_all(acting, record):
        raise NotAllowed(f"{kind.kind} {record.key}")
    if rules.is_joint(record) and standings.settled(kind.kind, record):
        raise NeedsAgreement([kind.kind])
    refuse_weighing(acting, kind, record)


def refuse_strange_owner(acting: Acting, write: Write) -> None:
    """Raise NotAllowed where a record is hung on what whoever acts may not change, or read."""
    kind, moved = write.kind, write.stored is None
    moved |= bool(write.changed_fields & {*kind.keeping.part_of})
    if not kind.keeping.part_of or not (moved or kind.keeping.weighs):
        return
    owner = write.owner
    if owner is None:
        return
    owned = kind.keeping.kept_by == KeptBy.OWNER
    if not (rules.may_change(acting, owner) if owned else rules.may_read(acting, owner)):
        raise NotAllowed(f"{kind.kind} {write.record.key}")
    if kind.keeping.weighs:
        _refuse_weighing(acting, kind, write.record, owner)
        if write.stored is not None and moved:
            refuse_weighing(acting, kind, write.stored)


def refuse_weighing(acting: Acting, kind: Kind, record: Recorded) -> None:
    """Raise where a record weighs in what it is part of, and that may not be changed so."""
    if kind.keeping.weighs:
        _refuse_weighing(acting, kind, record, derived.owner_now(kind, record))


def _refuse_weighing(acting: Acting, kind: Kind, record: Recorded, owner: Recorded | None) -> None:
    if owner is None or not rules.is_joint(owner):
        return
    owner_kind = next(
        derived.target(kind, name).kind
        for name in kind.keeping.part_of
        if getattr(record, name) is not None
    )
    if standings.settled(owner_kind, owner):
        raise NeedsAgreement([kind.kind])
    if not rules.may_change_all(acting, owner):
        raise NotAllowed(f"{kind.kind} {record.key}")


def refuse_words_of_another_side(acting: Acting, write: Write) -> None:
    """Raise NotAllowed where an office of one side would speak for another of its partnership.

    An office of no side in it may record what a side said in public, and keeps that itself.
    """
    name = write.kind.keeping.side
    if not name or (write.stored is not None and name not in write.changed_fields):
        return
    side = _side(write)
    if not acting.speaks_for(side) and references.partnership_of(side) in acting.partnerships:
        raise NotAllowed(f"{write.kind.kind} {write.record.key}")


def side_that_keeps(acting: Acting, write: Write) -> RegisterKey:
    """The side that keeps a record of its own; empty where whoever acts does not speak for it."""
    side = _side(write)
    return side if acting.speaks_for(side) else ""


def _side(write: Write) -> RegisterKey:
    side: Recorded = getattr(write.record, write.kind.keeping.side)
    return derived.register_key("side", side.key)


def refuse_leaving(kind: Kind, known: Sequence[Write]) -> None:
    """Raise NotAllowed where a joint record would no more be of the partnership that keeps it.

    Another partnership would else come by what the sides of this one have confirmed.
    """
    joint = [
        write
        for write in known
        if rules.is_joint(write.record) and write.changed_fields & {*kind.keeping.weighty}
    ]
    if not kind.keeping.circle or not joint:
        return
    circles = derived.circle_of(kind, [write.record.pk for write in joint])
    for write in joint:
        number, keeper = write.record.pk, write.record.keeper
        if circles.get(number) != keeper and not derived.in_circle(kind, number, keeper):
            raise NotAllowed(f"{kind.kind} {write.record.key}")
