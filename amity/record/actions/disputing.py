"""A side disputes a joint record, or a place in it, and withdraws that.

A dispute changes nothing of the record: it stands beside it with its reasons, and whoever reads
the record reads it.
"""

from collections import defaultdict
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from amity.foundation.actions import By, record_change, take_turn
from amity.foundation.differences import Path, at, difference
from amity.foundation.models import Effect
from amity.languages.text import Text
from amity.record import kinds, rules
from amity.record.acting import Acting
from amity.record.kinds import Kind
from amity.record.managers import PUBLIC
from amity.record.models import Dispute, Entry, Recorded
from amity.record.plain.layout import layout
from amity.record.refusals import NotAllowed

from .write import Write


def dispute(acting: Acting, record: Recorded, reasons: Text, path: Path = ()) -> Dispute:
    """Dispute a record, or what stands at `path` of it, for one's side.

    Raises NotAllowed, and ValidationError without reasons, for a place that the record has not,
    and where the side disputes it already.
    """
    kind = kinds.of_model(type(record))
    if not all(words.strip() for words in reasons.all_words()):
        raise ValidationError(_("Say why: whoever reads the record reads the reasons."))
    if path and path[0] not in layout(kind.model).names:
        raise ValidationError(_("The record has no such place."))
    with transaction.atomic():
        take_turn()
        stored = kind.model.everything.filter(pk=record.pk).first()
        if stored is None or not rules.may_dispute(acting, stored):
            raise NotAllowed(f"{kind.kind} {record.key}")
        side = min(acting.voices(stored.keeper))
        entry = Entry.everything.get(kind=kind.kind, key=stored.key)
        own = Entry.everything.get(kind="side", key=side.removeprefix("side:"))
        standing = Dispute.objects.filter(entry=entry, side=own, ended_at=None)
        if list(path) in standing.values_list("path", flat=True):
            raise ValidationError(_("Your side disputes this already."))
        made = Dispute.objects.create(
            entry=entry,
            side=own,
            path=list(path),
            office=acting.office,
            user_id=acting.user,
            reasons=reasons,
            at=timezone.now(),
        )
        _note(acting, kind, stored, made, Effect.DISPUTED)
    return made


def withdraw_dispute(acting: Acting, made: Dispute) -> None:
    """Withdraw what one's side disputes. Raises NotAllowed."""
    with transaction.atomic():
        take_turn()
        kind = kinds.get(made.entry.kind)
        stored = kind.model.everything.filter(key=made.entry.key).first()
        own = f"side:{made.side.key}"
        if stored is None or not rules.may_dispute(acting, stored):
            raise NotAllowed(f"{kind.kind} {made.entry.key}")
        if own not in acting.voices(stored.keeper):
            raise NotAllowed(own)
        standing = Dispute.objects.filter(pk=made.pk, ended_at=None)
        if standing.update(ended_at=timezone.now()):
            _note(acting, kind, stored, made, Effect.CLEARED)


def mark_corrected(writes: Sequence[Write]) -> None:
    """Remember of disputes of records that were written that what stood there has changed.

    One statement for each kind, none for new records and for what no partnership keeps.
    """
    changed: dict[str, dict[str, Write]] = defaultdict(dict)
    for write in writes:
        if write.before is not None and rules.is_joint(write.record):
            changed[write.kind.kind][write.record.key] = write
    for kind, by_key in changed.items():
        standing = Dispute.objects.filter(ended_at=None, corrected_at=None, entry__kind=kind)
        rows = standing.filter(entry__key__in=by_key)
        for key, number, path in rows.values_list("entry__key", "pk", "path"):
            before, after = by_key[key].before or {}, by_key[key].after
            if difference(at(before, tuple(path)), at(after, tuple(path))):
                Dispute.objects.filter(pk=number).update(corrected_at=timezone.now())


def _note(acting: Acting, kind: Kind, stored: Recorded, made: Dispute, effect: Effect) -> None:
    record_change(
        By(acting.user, acting.command, acting.office),
        "dispute" if effect == Effect.DISPUTED else "withdraw_dispute",
        kind.kind,
        stored.key,
        effect,
        details={"dispute": made.pk},
        public=stored.readers == PUBLIC,
    )
