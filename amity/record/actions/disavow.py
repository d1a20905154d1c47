"""Taking back what an office did by a right that was given wrongly."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from amity.foundation.actions import By, record_change
from amity.foundation.models import Change, Effect
from amity.record import derived, kinds
from amity.record.acting import Acting, RegisterKey
from amity.record.choices import KeptBy, ProposalState, StandingState
from amity.record.kinds import Kind
from amity.record.managers import PUBLIC
from amity.record.models import (
    Dispute,
    Entry,
    ProposedChange,
    ProposedField,
    Recorded,
    Reply,
    Standing,
)
from amity.record.refusals import Hidden
from amity.record.registration import disavowals

from .writing import Writing


@dataclass
class Disavowed:
    """Register keys of records: whose confirmation is void, which words the side has again for
    itself, and which of them others read still, for something that they read names them."""

    void: list[RegisterKey] = field(default_factory=list)
    withdrawn: list[RegisterKey] = field(default_factory=list)
    named: list[RegisterKey] = field(default_factory=list)


def disavow(
    by: By, office: RegisterKey, since: datetime, *, side: RegisterKey = "", user: int | None = None
) -> Disavowed:
    """Take from the record what an office did since a moment, for one side or all, one or any user.

    Its confirmations are void; answers, reports and delegations of the side that it wrote are for
    the side alone again, until the side releases them. What it proposed and is open still is
    withdrawn, or others would agree to it by silence, and what it agreed to there is not said any
    more. What it disputes still is disputed no more, and what rooms above hold open by it ends.
    Call it in a transaction.
    """
    done = Disavowed()
    _stop_what_is_open(office, since, side, user)
    _end_disputes(by, office, since, side, user)
    disavowals.end_what_was_asked(by, _made(office, since, user))
    trail = Change.objects.filter(office__in=_names(office), at__gte=since)
    if user is not None:
        trail = trail.filter(user=user)
    given = Standing.objects.filter(given__in=trail, state=StandingState.CONFIRMED)
    if side:
        given = given.filter(side=side)
    for standing in given.select_related("entry").order_by("pk"):
        entry = standing.entry
        standing.state = StandingState.DISAVOWED
        standing.save(update_fields=["state"])
        record_change(
            by,
            "disavow",
            entry.kind,
            entry.key,
            details={"side": standing.side, "given": standing.given_id},
            public=entry.readers == PUBLIC,
        )
        done.void.append(derived.register_key(entry.kind, entry.key))
    for kind, record in _words_of_sides(trail, side):
        key = derived.register_key(kind.kind, record.key)
        try:
            _withdraw(by, kind, record)
        except Hidden:
            done.named.append(key)
        else:
            done.withdrawn.append(key)
    return done


def _stop_what_is_open(
    office: RegisterKey, since: datetime, side: RegisterKey, user: int | None
) -> None:
    """Withdraw what was proposed by it and is open still, and take out its answers to such."""
    own = _made(office, since, user)
    if side:
        own &= Q(side=side)
    waiting = ProposedField.objects.filter(state=ProposalState.OPEN)
    Reply.objects.filter(own, field__in=waiting).delete()
    proposed = waiting.filter(change__in=ProposedChange.objects.filter(own))
    proposed.update(state=ProposalState.WITHDRAWN, settled_at=timezone.now())


def _made(office: RegisterKey, since: datetime, user: int | None) -> Q:
    """What finds the rows that an office made since a moment, of one user or of any."""
    made = Q(office__in=_names(office), at__gte=since)
    return made if user is None else made & Q(user=user)


def _end_disputes(
    by: By, office: RegisterKey, since: datetime, side: RegisterKey, user: int | None
) -> None:
    """End what it disputes still for a side: whoever reads the records reads that no more."""
    own = Dispute.objects.filter(_made(office, since, user), ended_at=None)
    if side:
        own = own.filter(side__key=side.removeprefix("side:"))
    for dispute in own.select_related("entry").order_by("pk"):
        dispute.ended_at = timezone.now()
        dispute.save(update_fields=["ended_at"])
        record_change(
            by,
            "disavow",
            dispute.entry.kind,
            dispute.entry.key,
            Effect.CLEARED,
            details={"dispute": dispute.pk},
            public=dispute.entry.readers == PUBLIC,
        )


def _names(office: RegisterKey) -> list[RegisterKey]:
    """How the audit trail may call an office: by its present or a former identifier."""
    kind, _colon, key = office.partition(":")
    former = Entry.everything.filter(kind=kind, moved_to__kind=kind, moved_to__key=key)
    keys = former.values_list("key", flat=True)
    return [office, *(derived.register_key(kind, one) for one in keys)]


def _words_of_sides(
    trail: "QuerySet[Change]", side: RegisterKey
) -> Iterator[tuple[Kind, Recorded]]:
    for kind in kinds.kinds():
        if kind.keeping.kept_by == KeptBy.SIDE:
            keys = set(trail.filter(kind=kind.kind).values_list("key", flat=True))
            released = kind.model.everything.filter(key__in=keys, keeper__startswith="side:")
            for record in released.exclude(readers=F("keeper")).order_by("pk"):
                if side in ("", record.keeper):
                    yield kind, record


def _withdraw(by: By, kind: Kind, record: Recorded) -> None:
    """Let a side alone read its words. Raises Hidden where what others read names them."""
    with transaction.atomic():
        acting = Acting(by.user, by.command, administrator=True)
        writing = Writing(acting, "disavow", restoring=True)
        rows = kind.model.everything.filter(pk=record.pk)
        rows.update(readers=F("keeper"), revision=F("revision") + 1)
        for touched in (writing.unentered, writing.columns, writing.reread):
            touched.add(kind.kind, [record.pk])
        writing.columns.update(derived.dependents_of_columns(kind.kind, [record.pk]))
        writing.finish()
        record_change(
            by,
            "disavow",
            kind.kind,
            record.key,
            details={"readers": [record.readers, record.keeper]},
            public=record.readers == PUBLIC,
        )
