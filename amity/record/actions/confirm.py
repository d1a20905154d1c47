"""A side confirms a joint record as it stands."""

from collections.abc import Sequence

from django.db import transaction

from amity.foundation.actions import By, record_change, take_turn
from amity.foundation.differences import JSON
from amity.foundation.models import Change, Effect
from amity.record import derived, kinds, rules
from amity.record.acting import Acting
from amity.record.choices import KeptBy
from amity.record.managers import PUBLIC
from amity.record.models import Entry, Recorded
from amity.record.plain.states import plain_of
from amity.record.refusals import Conflict, NotAllowed
from amity.record.registration import enclosures

from . import standings
from .writing import Writing


def confirm(acting: Acting, record: Recorded, languages: Sequence[str] = ()) -> Change:
    """Confirm a joint record for each side that the office is the voice of.

    `record` carries the revision that was read, `languages` the versions. The files that belong
    to it are confirmed with it, and named in the audit trail. What an office of no side kept
    becomes joint. Raises NotAllowed, Conflict where it was saved since, and Hidden where it names
    what the sides may not read.
    """
    kind = kinds.of_model(type(record))
    with transaction.atomic():
        take_turn()
        stored = kind.model.everything.filter(pk=record.pk).first()
        if stored is not None and not rules.may_read(acting, stored):
            raise NotAllowed(f"{kind.kind} {record.key}")
        if stored is None or stored.revision != record.revision:
            raise Conflict(kind.kind, record.key, {}, None)
        circle = stored.keeper
        if not rules.is_joint(stored):
            circle = derived.circle_of(kind, [record.pk]).get(record.pk, "")
        joint = kind.keeping.kept_by == KeptBy.PARTNERSHIP
        if not joint or not rules.may_confirm(acting, circle):
            raise NotAllowed(f"{kind.kind} {record.key}")
        sides = acting.voices(circle)
        if stored.keeper != circle:
            readers = circle if stored.readers == stored.keeper else stored.readers
            kind.model.everything.filter(pk=stored.pk).update(keeper=circle, readers=readers)
            stored.keeper, stored.readers = circle, readers
            writing = Writing(acting, "confirm")
            writing.unentered.add(kind.kind, [stored.pk])
            writing.columns.add(kind.kind, [stored.pk])
            writing.reread.add(kind.kind, [stored.pk])
            writing.finish()
        enclosed = enclosures.on(kind.kind, [stored.key]).get(stored.key, ())
        own = standings.digest_of(kind, plain_of(stored), stored.readers)
        digest = standings.with_files(own, enclosed)
        details: dict[str, JSON] = {
            "sides": sorted(sides),
            "digest": digest,
            "languages": list(languages),
        }
        if enclosed:
            details["files"] = [{"name": one.name, "sha256": one.sha256} for one in enclosed]
        entry = Entry.everything.get(kind=kind.kind, key=stored.key)
        change = record_change(
            By(acting.user, acting.command, acting.office),
            "confirm",
            kind.kind,
            stored.key,
            Effect.CONFIRMED,
            details=details,
            public=stored.readers == PUBLIC,
        )
        for side in sorted(sides):
            standings.confirm(entry, side, digest, languages, change)
    return change
