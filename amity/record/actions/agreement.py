"""What becomes of a proposed change: the others agree or object, or it is withdrawn.

Each of the other sides agrees or objects, field by field. What all agree to takes effect at once,
the rest stays open. One objection stops a field. A side never agrees to its own proposal: that is
refused here, where agreement is kept, whatever way it comes by. Where the sides have a silence
procedure, one that has said nothing in its time agrees by that; whether the time has passed is for
the caller to know.
"""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from amity.foundation.actions import By, record_change, take_turn
from amity.foundation.differences import JSON, FieldChange
from amity.record import kinds, references, rules
from amity.record.acting import Acting, RegisterKey
from amity.record.choices import ProposalState, Verdict
from amity.record.kinds import Kind
from amity.record.models import ProposedChange, ProposedField, Recorded, Reply
from amity.record.refusals import ChangedSince, NotAllowed, Refused, words_of

from . import standings
from .taking_effect import settle, take_effect


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
        note_among_sides(acting, kind, stored, verdict, details, reasons.strip())
        if verdict == Verdict.OBJECT:
            settle([found], ProposalState.OBJECTED)
        else:
            take_effect(acting, kind, stored, found.change)
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
                note_among_sides(
                    Acting(command=acting.command), kind, stored, "agree_by_silence", details
                )
                take_effect(acting, kind, stored, found)
        except (Refused, ValidationError) as error:
            why = words_of(error)
            settle(_overtaken(asked, error, found.together), ProposalState.OVERTAKEN)
            note_among_sides(Acting(command=acting.command), kind, stored, "overtake", details, why)
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
        settle(change.fields.filter(state=ProposalState.OPEN), ProposalState.WITHDRAWN)
        note_among_sides(acting, kind, stored, "withdraw_proposal", {"proposal": change.pk})


def _record_of(acting: Acting, change: ProposedChange) -> tuple[Kind, Recorded]:
    """The record that a proposed change is about, for a side of it. Raises NotAllowed."""
    kind = kinds.get(change.entry.kind)
    stored = kind.model.everything.filter(key=change.entry.key).first()
    if stored is None or not rules.may_change(acting, stored):
        raise NotAllowed(f"{change.entry.kind} {change.entry.key}")
    return kind, stored


def note_among_sides(
    acting: Acting,
    kind: Kind,
    stored: Recorded,
    verb: str,
    details: dict[str, JSON],
    reason: str = "",
) -> None:
    """Note in the trail what is said among the sides, and makes nothing of the record itself."""
    by = By(acting.user, acting.command, acting.office)
    record_change(by, verb, kind.kind, stored.key, reason=reason, details=details, public=False)
