"""Confirmations of joint records: bound to a digest of what is weighty, void when that changes."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import rfc8785
from django.utils import timezone

from amity.foundation.differences import Plain
from amity.record import references
from amity.record.acting import Acting, RegisterKey
from amity.record.choices import StandingState
from amity.record.kinds import Kind
from amity.record.models import Entry, Recorded, Standing


@dataclass(frozen=True, slots=True)
class Weighed:
    """A joint record whose weighty part was written, and the digest of that."""

    kind: str
    key: str
    keeper: RegisterKey
    begun_by: RegisterKey
    digest: str


def digest_of(kind: Kind, state: Plain, readers: str) -> str:
    """SHA-256 of the weighty fields in all languages and of who reads it (RFC 8785)."""
    weighty = {name: state.get(name) for name in kind.keeping.weighty}
    return hashlib.sha256(rfc8785.dumps({**weighty, "readers": readers})).hexdigest()


def weighed(kind: Kind, record: Recorded, state: Plain) -> Weighed:
    """A joint record as it was written."""
    digest = digest_of(kind, state, record.readers)
    return Weighed(kind.kind, record.key, record.keeper, record.begun_by, digest)


def settled(kind: str, record: Recorded) -> bool:
    """Whether every side of the partnership that keeps the record has confirmed it."""
    confirmed = Standing.objects.filter(
        entry__kind=kind, entry__key=record.key, state=StandingState.CONFIRMED
    ).values_list("side", flat=True)
    sides = references.sides_of(record.keeper)
    return bool(sides) and sides <= set(confirmed)


def settle(acting: Acting, written: Sequence[Weighed]) -> None:
    """Void what was confirmed before, and let the beginning side's confirmation stand with it."""
    for one in written:
        entry = Entry.everything.get(kind=one.kind, key=one.key)
        others = entry.standings.exclude(digest=one.digest)
        others.filter(state=StandingState.CONFIRMED).update(state=StandingState.VOID)
        if one.begun_by == acting.office:
            for side in acting.voices(one.keeper):
                confirm(entry, side, one.digest, [])


def confirm(entry: Entry, side: RegisterKey, digest: str, languages: Sequence[str]) -> Standing:
    """Keep that a side confirms what has this digest. Whether it may is for the caller to know."""
    standing, _ = Standing.objects.update_or_create(
        entry=entry,
        side=side,
        defaults={
            "state": StandingState.CONFIRMED,
            "digest": digest,
            "languages": list(languages),
            "at": timezone.now(),
        },
    )
    return standing


def rename(before: RegisterKey, after: RegisterKey) -> None:
    """Let what a side confirmed follow the side's new identifier."""
    Standing.objects.filter(side=before).update(side=after)
