"""Letting two records of two offices be one: one office asks, the other agrees or declines.

Either alone would write in what the other keeps. What was asked for is what is merged: where one
of the two was changed meanwhile, it is asked anew.
"""

from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from amity.accounts.queries import answering_for
from amity.accounts.signed_in import AtDesk
from amity.desk import messages, needs
from amity.desk.models import ProposedMerge
from amity.desk.needs import Need
from amity.desk.shown import Row
from amity.desk.telling import Say, write_at
from amity.foundation.actions import By, record_change, take_turn
from amity.foundation.differences import Plain
from amity.foundation.models import Change
from amity.languages.text import Text
from amity.record import actions as writing
from amity.record import kinds, rules
from amity.record.acting import Acting
from amity.record.models import Entry, Recorded
from amity.record.plain.filling import fill
from amity.record.refusals import NotAllowed
from amity.record.registration import disavowals

MOST_SHOWN = 8


def ask(
    at_desk: AtDesk, stays: Recorded, goes: Recorded, state: Plain, reason: str
) -> ProposedMerge:
    """Ask the office that keeps one of them to let both be one, with `state` in what stays.

    Raises NotAllowed, and ValidationError where nobody could answer or it was asked already.
    """
    acting, kind = at_desk.acting, kinds.of_model(type(stays))
    entries = Entry.everything.filter(kind=kind.kind)
    with transaction.atomic():
        take_turn()
        answering = writing.needs_another(acting, stays, goes)
        if not answering:
            raise TypeError("who keeps both merges them")
        if stays.readers != goes.readers:
            raise ValidationError(
                _("Not the same people read both: release one first, or withdraw it.")
            )
        if not answering_for(answering):
            raise ValidationError(_("Nobody acts here for the office that keeps the other one."))
        made = ProposedMerge(
            stays=entries.get(key=stays.key),
            stays_revision=stays.revision,
            goes=entries.get(key=goes.key),
            goes_revision=goes.revision,
            state=state,
            office=acting.office,
            user_id=acting.user,
            answering=answering,
            reason=reason,
            at=timezone.now(),
        )
        try:
            with transaction.atomic():
                made.save()
        except IntegrityError:
            raise ValidationError(_("This was asked already and is not answered yet.")) from None
        _note(acting, "ask_to_merge", made)
        _tell(at_desk, made, answering, lambda about: messages.merge_asked(about, reason))
    return made


def agree(at_desk: AtDesk, asked: ProposedMerge) -> Change:
    """Let both be one, as was asked. Raises NotAllowed, and what `record.actions.merge` raises."""
    with transaction.atomic():
        take_turn()
        found = _open(asked)
        stays, goes = records_of(at_desk.acting, found)
        if not may_answer(at_desk.acting, found):
            raise NotAllowed("merge")
        stays.revision, goes.revision = found.stays_revision, found.goes_revision
        rows = fill(stays, found.state)
        change = writing.merge(
            at_desk.acting, stays, goes, rows, reason=found.reason, agreed=found.office
        )
        _settle(found, ProposedMerge.Outcome.AGREED)
        _tell(at_desk, found, found.office, messages.merge_agreed)
    return change


def decline(at_desk: AtDesk, asked: ProposedMerge, why: str) -> None:
    """Leave them two, and say why. Raises NotAllowed, ValidationError."""
    if not why.strip():
        raise ValidationError(_("Say why: the other office reads the reasons."))
    with transaction.atomic():
        take_turn()
        found = _open(asked)
        if not may_answer(at_desk.acting, found):
            raise NotAllowed("merge")
        _settle(found, ProposedMerge.Outcome.DECLINED, why.strip())
        _note(at_desk.acting, "decline_to_merge", found, why.strip())
        _tell(at_desk, found, found.office, lambda about: messages.merge_declined(about, why))


def withdraw(at_desk: AtDesk, asked: ProposedMerge) -> None:
    """Take back what one's office has asked. Raises NotAllowed, ValidationError."""
    with transaction.atomic():
        take_turn()
        found = _open(asked)
        if not may_withdraw(at_desk.acting, found):
            raise NotAllowed("merge")
        _settle(found, ProposedMerge.Outcome.WITHDRAWN)
        _note(at_desk.acting, "withdraw_merge", found)


def tell_apart(at_desk: AtDesk, change: Change, reason: str) -> None:
    """Tell the other of two offices that their merge is undone; nothing for any other change.

    Call it in the transaction that undoes.
    """
    offices = (change.office, str(change.details.get("agreed", "")))
    if change.verb != "merge" or at_desk.office is None or at_desk.acting.office not in offices:
        return
    other = offices[1] if at_desk.acting.office == offices[0] else offices[0]
    plural = kinds.get(change.kind).plural
    keys = (str(change.details.get("merged", "")), change.key)
    rows = Entry.everything.filter(kind=change.kind, key__in=keys).order_by("pk")
    entry = _own_of(other, sorted(rows, key=lambda one: one.key == change.key))
    for held in answering_for(other) if other else ():
        write_at(
            held,
            at_desk.office.organization.name,
            entry,
            lambda: reverse("desk_record", args=[plural, entry.key]),
            lambda about: messages.merge_apart(about, reason),
        )


def may_answer(acting: Acting, asked: ProposedMerge) -> bool:
    """Whether whoever acts agrees or declines for the office that is asked."""
    officer = rules.writes(acting) and bool(rules.RELEASING & acting.mandates)
    return officer and acting.office == asked.answering and not asked.outcome


def may_withdraw(acting: Acting, asked: ProposedMerge) -> bool:
    """Whether whoever acts is of the office that asked, and nobody has answered."""
    return rules.writes(acting) and acting.office == asked.office and not asked.outcome


def asked_or_404(acting: Acting, number: int) -> ProposedMerge:
    """What was asked, for the two offices alone. Raises Http404."""
    rows = ProposedMerge.objects.select_related("stays", "goes")
    found = rows.filter(pk=number).first()
    if found is None or not acting.mandates or acting.office not in (found.office, found.answering):
        raise Http404(number)
    return found


def records_of(acting: Acting, asked: ProposedMerge) -> tuple[Recorded, Recorded]:
    """The record that stays and the one that goes, as they stand. Raises Http404."""
    rows = kinds.get(asked.stays.kind).model.everything.filter(rules.readable(acting))
    found = {one.key: one for one in rows.filter(key__in=(asked.stays.key, asked.goes.key))}
    if len(found) < 2:
        raise Http404(asked.pk)
    return found[asked.stays.key], found[asked.goes.key]


def titles_of(acting: Acting, asked: Iterable[ProposedMerge]) -> dict[int, Text]:
    """What the records are called, by number of their entry, of those that whoever acts may read.

    What was asked about may have been withdrawn since, and renamed. One statement.
    """
    numbers = {number for one in asked for number in (one.stays_id, one.goes_id)}
    rows = Entry.everything.filter(rules.readable(acting), pk__in=numbers)
    return {one.pk: one.title for one in rows}


def to_answer(acting: Acting) -> Need | None:
    """What other offices ask of the one acted for, and what it has asked itself."""
    if not acting.office or not rules.writes(acting):
        return None
    related = _asked_of(acting).select_related("goes__dossier", "stays__dossier")
    found = list(related[: MOST_SHOWN + 1])
    if not found:
        return None
    names = titles_of(acting, found)
    rows = tuple(
        Row(
            names.get(one.goes_id) or names.get(one.stays_id),
            str(kinds.get(one.goes.kind).label),
            reverse("desk_asked_merge", args=[one.pk]),
            "",
            one.goes.dossier.fictional,
        )
        for one in found[:MOST_SHOWN]
    )
    return Need(
        _("Asked to merge two records"),
        rows,
        len(found) > MOST_SHOWN,
        rows[0].address,
        _("The first of them"),
    )


def _asked_of(acting: Acting) -> QuerySet[ProposedMerge]:
    return ProposedMerge.objects.filter(outcome="", answering=acting.office)


def register() -> None:
    """Called once, from `AppConfig.ready`."""
    needs.register("merges", 12, to_answer, _asked_of)
    disavowals.register(_disavow)


def _disavow(by: By, made: Q) -> None:
    """End what was asked by a right that was given wrongly, and is not answered."""
    rows = ProposedMerge.objects.filter(made, outcome="").select_related("stays", "goes")
    for asked in rows.order_by("pk"):
        _settle(asked, ProposedMerge.Outcome.WITHDRAWN)
        record_change(
            by,
            "disavow",
            asked.stays.kind,
            asked.stays.key,
            details={"with": asked.goes.key},
            public=False,
        )


def _open(asked: ProposedMerge) -> ProposedMerge:
    """What was asked as it stands now. Raises ValidationError where it is settled."""
    rows = ProposedMerge.objects.select_related("stays", "goes")
    found = rows.get(pk=asked.pk)
    if found.outcome:
        raise ValidationError(_("This has been settled already."))
    return found


def _settle(found: ProposedMerge, outcome: ProposedMerge.Outcome, reply: str = "") -> None:
    found.outcome, found.reply, found.settled_at = outcome, reply, timezone.now()
    found.save(update_fields=["outcome", "reply", "settled_at"])


def _note(acting: Acting, verb: str, asked: ProposedMerge, reason: str = "") -> None:
    by = By(acting.user, acting.command, acting.office)
    record_change(
        by,
        verb,
        asked.stays.kind,
        asked.stays.key,
        reason=reason or asked.reason,
        details={"with": asked.goes.key},
        public=False,
    )


def _tell(at_desk: AtDesk, asked: ProposedMerge, office: str, say: Say) -> None:
    """Write to who may answer for an office; nobody of one's own."""
    if at_desk.office is None:
        return
    sender = at_desk.office.organization.name
    entry = _own_of(office, (asked.goes, asked.stays))
    for held in answering_for(office):
        write_at(
            held,
            sender,
            entry,
            lambda: reverse("desk_asked_merge", args=[asked.pk]),
            say,
        )


def _own_of(office: str, entries: Sequence[Entry]) -> Entry:
    """Of these records the one that an office keeps, or else the last: a letter names what its
    reader knows, whatever has become of the other."""
    model = kinds.get(entries[0].kind).model
    keys = [one.key for one in entries]
    own = set(model.everything.filter(keeper=office, key__in=keys).values_list("key", flat=True))
    return next((one for one in entries if one.key in own), entries[-1])
