"""Confirmations of joint records: bound to a digest of what is weighty, void when that changes."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

import rfc8785
from django.db.models import F, QuerySet
from django.utils import timezone

from amity.foundation.database.batches import batched
from amity.foundation.differences import Plain
from amity.foundation.models import Change
from amity.record import references, rules
from amity.record.acting import Acting, RegisterKey
from amity.record.choices import StandingState
from amity.record.kinds import Kind
from amity.record.models import Entry, Recorded, Standing
from amity.record.plain.states import plain_rows
from amity.record.registration import enclosures
from amity.record.registration.enclosures import Enclosed


@dataclass(frozen=True, slots=True)
class Weighed:
    """A joint record whose weighty part was written, and the digest of that without its files."""

    kind: str
    key: str
    keeper: RegisterKey
    begun_by: RegisterKey
    digest: str
    change: Change


def digest_of(kind: Kind, state: Plain, readers: str) -> str:
    """SHA-256 of the weighty fields in all languages and of who reads it (RFC 8785).

    What is part of something is read as that is, which is confirmed there.
    """
    keeping = kind.keeping
    weighty = {
        name: state.get(name)
        for name in keeping.weighty
        if state.get(name) or name not in keeping.added
    }
    if not keeping.part_of:
        weighty["readers"] = readers
    return hashlib.sha256(rfc8785.dumps(weighty)).hexdigest()


def with_files(digest: str, enclosed: Sequence[Enclosed]) -> str:
    """The digest of what is confirmed: that of the record itself where no file belongs to it."""
    if not enclosed:
        return digest
    whole: Plain = {"record": digest, "files": [asdict(one) for one in enclosed]}
    return hashlib.sha256(rfc8785.dumps(whole)).hexdigest()


def digests_of(kind: Kind, rows: QuerySet[Recorded]) -> Mapping[str, str]:
    """What is confirmed of records as they stand now, files included: digests by identifier."""
    readers = dict(rows.values_list("pk", "readers"))
    own = {
        str(state["key"]): digest_of(kind, state, readers[number])
        for number, state in plain_rows(rows)
    }
    enclosed = enclosures.on(kind.kind, list(own))
    return {key: with_files(digest, enclosed.get(key, ())) for key, digest in own.items()}


def weighed(kind: Kind, record: Recorded, state: Plain, change: Change) -> Weighed:
    """A joint record as it was written, with the entry of the audit trail."""
    digest = digest_of(kind, state, record.readers)
    return Weighed(kind.kind, record.key, record.keeper, record.begun_by, digest, change)


def settled(kind: str, record: Recorded) -> bool:
    """Whether every side of the partnership that keeps the record has confirmed it."""
    confirmed = Standing.objects.filter(
        entry__kind=kind, entry__key=record.key, state=StandingState.CONFIRMED
    ).values_list("side", flat=True)
    sides = references.sides_of(record.keeper)
    return bool(sides) and sides <= set(confirmed)


def settle(acting: Acting, written: Sequence[Weighed]) -> list[int]:
    """Void what was confirmed before, and let the beginning side's confirmation stand with it.

    Gives the numbers of the standings that are void by it.
    """
    by_kind: dict[str, dict[str, Weighed]] = {}
    for one in written:
        by_kind.setdefault(one.kind, {})[one.key] = one
    fallen: list[int] = []
    for kind, by_key in by_kind.items():
        for keys in batched(sorted(by_key)):
            fallen += _settle_some(acting, kind, {key: by_key[key] for key in keys})
    return fallen


def _settle_some(acting: Acting, kind: str, by_key: Mapping[str, Weighed]) -> list[int]:
    entries = Entry.everything.filter(kind=kind, key__in=by_key).prefetch_related("standings")
    enclosed = enclosures.on(kind, list(by_key))
    now = timezone.now()
    fresh, changed, fallen = list[Standing](), list[Standing](), list[int]()
    for entry in entries:
        one = by_key[entry.key]
        digest = with_files(one.digest, enclosed.get(entry.key, ()))
        mine = _agreeing(acting, one.keeper, one.begun_by)
        stored = {standing.side: standing for standing in entry.standings.all()}
        for side, standing in stored.items():
            if side in mine:
                standing.state, standing.digest = StandingState.CONFIRMED, digest
                standing.languages, standing.at, standing.given = [], now, one.change
                standing.voided_by = None
                changed.append(standing)
            elif standing.state == StandingState.CONFIRMED and standing.digest != digest:
                standing.state, standing.voided_by = StandingState.VOID, one.change
                changed.append(standing)
                fallen.append(standing.pk)
        for side in sorted(mine - stored.keys()):
            fresh.append(_confirmed(entry, side, digest, one.change, now))
    Standing.objects.bulk_create(fresh)
    bound = ["state", "digest", "languages", "at", "given", "voided_by"]
    Standing.objects.bulk_update(changed, bound)
    return fallen


def _agreeing(acting: Acting, keeper: RegisterKey, begun_by: RegisterKey) -> frozenset[RegisterKey]:
    """The sides whose confirmation follows from writing what they began themselves."""
    if begun_by != acting.office or not rules.may_confirm(acting, keeper):
        return frozenset()
    return acting.voices(keeper)


def weigh(acting: Acting, kind: Kind, by: Mapping[int, Change]) -> list[int]:
    """Void what others confirmed of these records, since something that weighs in them changed.

    `by`: the entry of the audit trail that says what did, by the number of the record. Who read
    them before must read them again, so their revision rises. Gives the numbers of the standings
    that are void by it.
    """
    fallen: list[int] = []
    for record in kind.model.everything.filter(pk__in=by):
        confirmed = Standing.objects.filter(
            entry__kind=kind.kind, entry__key=record.key, state=StandingState.CONFIRMED
        )
        mine = _agreeing(acting, record.keeper, record.begun_by)
        lost = list(confirmed.exclude(side__in=mine).values_list("pk", flat=True))
        void = Standing.objects.filter(pk__in=lost)
        void.update(state=StandingState.VOID, voided_by=by[record.pk])
        fallen += lost
    kind.model.everything.filter(pk__in=by).update(revision=F("revision") + 1)
    return fallen


def renew(kind: Kind, numbers: Sequence[int]) -> None:
    """Bind what is confirmed of these records to the identifiers that they name now."""
    for few in batched(numbers):
        digests = digests_of(kind, kind.model.everything.filter(pk__in=few))
        confirmed = Standing.objects.filter(
            entry__kind=kind.kind, entry__key__in=digests, state=StandingState.CONFIRMED
        )
        for standing in confirmed.select_related("entry"):
            standing.digest = digests[standing.entry.key]
            standing.save(update_fields=["digest"])


def _confirmed(
    entry: Entry, side: RegisterKey, digest: str, change: Change, now: datetime
) -> Standing:
    return Standing(
        entry=entry,
        side=side,
        state=StandingState.CONFIRMED,
        digest=digest,
        languages=[],
        at=now,
        given=change,
    )


def confirm(
    entry: Entry, side: RegisterKey, digest: str, languages: Sequence[str], change: Change
) -> Standing:
    """Keep that a side confirms what has this digest. Whether it may is for the caller to know."""
    standing, _ = Standing.objects.update_or_create(
        entry=entry,
        side=side,
        defaults={
            "state": StandingState.CONFIRMED,
            "digest": digest,
            "languages": list(languages),
            "at": timezone.now(),
            "given": change,
            "voided_by": None,
        },
    )
    return standing


def rename(before: RegisterKey, after: RegisterKey) -> None:
    """Let what a side confirmed follow the side's new identifier."""
    Standing.objects.filter(side=before).update(side=after)


def bring_back(
    kind: Kind, confirmations: Mapping[str, Sequence[tuple[RegisterKey, datetime, Sequence[str]]]]
) -> None:
    """Let sides have confirmed records as they stand now: by key the side, when, what was read."""
    for keys in batched(sorted(confirmations)):
        digests = digests_of(kind, kind.model.everything.filter(key__in=keys))
        entries = Entry.everything.filter(kind=kind.kind, key__in=digests)
        Standing.objects.bulk_create(
            Standing(
                entry=entry,
                side=side,
                state=StandingState.CONFIRMED,
                digest=digests[entry.key],
                languages=list(languages),
                at=at,
            )
            for entry in entries
            for side, at, languages in confirmations[entry.key]
        )
