"""What of a whole gathering an office may let everybody read: what hangs on it, what that names."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from amity.desk import queries
from amity.desk.offers import Offer
from amity.desk.releasing.answers import in_the_way_of
from amity.record import kinds, references, rules
from amity.record.acting import Acting
from amity.record.choices import KeptBy, StandingState
from amity.record.kinds import Kind
from amity.record.managers import PUBLIC
from amity.record.models import Entry, Recorded, Standing
from amity.record.queries import visible_to

ROUNDS = 5
"""What is named names others: so far this is followed."""


@dataclass(frozen=True, slots=True)
class ToRelease:
    """A record that the office may release, with its entry in the register.

    `settled`: every side has confirmed it, so the others are asked. `named`: it does not hang on
    the whole; something of it names this.
    """

    entry: Entry
    record: Recorded
    settled: bool
    named: bool

    @property
    def name(self) -> tuple[str, str]:
        """Its kind and key."""
        return self.entry.kind, self.entry.key


@dataclass(frozen=True, slots=True)
class Whole:
    """What not everybody reads yet of a whole: what is `ours` to release, and the `others`."""

    ours: tuple[ToRelease, ...]
    others: tuple[Entry, ...]


def may_release(acting: Acting, kind: Kind, found: Recorded, *, settled: bool) -> bool:
    """Whether whoever acts releases a record, or proposes it where every side has confirmed it."""
    if kind.keeping.kept_by in (KeptBy.OWNER, KeptBy.NOBODY):
        return False
    proposes = settled and rules.may_change(acting, found) and rules.RELEASING & acting.mandates
    return rules.may_release(acting, found) or bool(proposes)


def may_release_of(acting: Acting, record: Recorded) -> bool:
    """Whether whoever acts keeps the record, so that of what hangs on it something may be theirs
    to release."""
    return (
        rules.writes(acting)
        and bool(rules.RELEASING & acting.mandates)
        and bool(record.keeper)
        and rules.keeps(acting, record.keeper)
    )


def offered(acting: Acting, record: Recorded) -> Offer | None:
    """The link to it on the gathering's page at the desk."""
    if not may_release_of(acting, record):
        return None
    address = reverse("desk_release_whole", args=[record.key])
    return Offer(_("Release the whole gathering"), address)


def whole_of(acting: Acting, kind: Kind, record: Recorded) -> Whole:
    """What of a record, and of all that hangs on it, not everybody reads yet.

    What is part of something goes along with it, and does not stand here. A few statements for
    each kind.
    """
    entries = [
        one
        for one in queries.whole_of(acting, kind, record)
        if one.readers != PUBLIC and not kinds.get(one.kind).keeping.part_of
    ]
    settled = _settled(entries, record.keeper)
    ours: list[ToRelease] = []
    others: list[Entry] = []
    for entry, found in _records(acting, entries):
        done = entry.pk in settled
        if may_release(acting, kinds.get(entry.kind), found, settled=done):
            ours.append(ToRelease(entry, found, done, named=False))
        else:
            others.append(entry)
    _add_what_is_named(acting, ours, others)
    return Whole(tuple(ours), tuple(others))


def _add_what_is_named(acting: Acting, ours: list[ToRelease], others: list[Entry]) -> None:
    """Add what is named and not read by everybody: the office's own, and what others release."""
    known = {one.name for one in ours} | {(one.kind, one.key) for one in others}
    for _round in range(ROUNDS):
        named = [one for one in in_the_way_of([each.record for each in ours]) if one not in known]
        if not named:
            return
        known |= {*named}
        for entry, found in _records(acting, queries.entries_by_key(acting, named)):
            kind = kinds.get(entry.kind)
            if not kind.keeping.part_of and may_release(acting, kind, found, settled=False):
                ours.append(ToRelease(entry, found, settled=False, named=True))
            else:
                others.append(entry)


def _settled(entries: Sequence[Entry], keeper: str) -> set[int]:
    """The numbers of the entries of what every side has confirmed. Two statements."""
    sides = references.sides_of(keeper)
    said = Standing.objects.filter(entry__in=entries, state=StandingState.CONFIRMED)
    confirmed: dict[int, set[str]] = {}
    for number, side in said.values_list("entry_id", "side"):
        confirmed.setdefault(number, set()).add(side)
    return {number for number, found in confirmed.items() if sides and sides <= found}


def _records(acting: Acting, entries: Iterable[Entry]) -> Iterator[tuple[Entry, Recorded]]:
    """Entries with their records, in their order. One statement for each kind."""
    listed = list(entries)
    found: dict[tuple[str, str], Recorded] = {}
    by_kind = sorted(listed, key=lambda one: one.kind)
    for name, few in groupby(by_kind, key=lambda one: one.kind):
        rows = visible_to(acting, kinds.get(name).model).filter(key__in=[one.key for one in few])
        found |= {(name, one.key): one for one in rows.select_related("dossier")}
    for entry in listed:
        if (entry.kind, entry.key) in found:
            yield entry, found[entry.kind, entry.key]
