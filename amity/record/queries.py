"""Reads of the register: what a record is called, where it is read, which state it is in."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet, Subquery

from amity.foundation.models import Change
from amity.foundation.pages.memo import per_version
from amity.foundation.pages.public import Page
from amity.record import kinds, rules
from amity.record.acting import STRANGER, Acting
from amity.record.kinds import Kind
from amity.record.models import KEY_PATTERN, Dossier, Entry, Picture, Recorded

Record = TypeVar("Record", bound=Recorded)
Row = TypeVar("Row", bound=Model)


def is_key(words: str) -> bool:
    """Whether a record could be called so; what could not, no database is asked for."""
    return len(words) <= 80 and re.match(KEY_PATTERN, words) is not None


def visible_to(acting: Acting, model: type[Record]) -> "QuerySet[Record]":
    """The records of a model that whoever acts may read: what is public, and what is theirs.

    The one place where that is decided for pages of the desk, the API, feeds and exports; what
    asks without an `Acting` gets `Model.objects`, which is what is public.
    """
    return model.everything.filter(rules.readable(acting))


def dossiers_for(acting: Acting) -> "QuerySet[Dossier]":
    """The dossiers in which whoever acts may read something, by identifier.

    One in which there is nothing for them is not there: its title says what it is about. The
    records are asked, not the register, which keeps the entries of what was removed.
    """
    something = [
        Exists(visible_to(acting, kind.model).filter(dossier=OuterRef("pk")))
        for kind in kinds.kinds()
    ]
    return Dossier.objects.filter(reduce(or_, something, Q(pk__in=()))).order_by("key")


@dataclass(frozen=True, slots=True)
class InDossiers:
    """Which dossiers a list is had of: the one called `key`, those of `real` peoples, or all."""

    key: str | None = None
    real: bool = False

    def choose(self, rows: "QuerySet[Row]", owner: str = "") -> "QuerySet[Row]":
        """Those of `rows` that are wanted; `owner` is the path to what has the dossier, if any."""
        path = f"{owner}__dossier" if owner else "dossier"
        if self.key:
            rows = rows.filter(**{f"{path}__key": self.key})
        if self.real:
            rows = rows.filter(**{f"{path}__fictional": False})
        return rows


ALL_DOSSIERS = InDossiers()


@per_version(largest=2)
def dossiers_at_hand(page: Page) -> tuple[Dossier, ...]:
    """The dossiers in which the public reads something. One statement."""
    return tuple(dossiers_for(STRANGER))


def counted_where(page: Page, chosen: InDossiers) -> InDossiers:
    """The dossiers to be counted: those chosen, or else those of real peoples where there are any.

    What is invented is never added to what is real.
    """
    real = any(not one.fictional for one in dossiers_at_hand(page))
    return chosen if chosen.key else InDossiers(real=real)


def visible_entries(acting: Acting) -> "QuerySet[Entry]":
    """The entries of the register of records that are there and that whoever acts may read."""
    there = Entry.everything.filter(removed_at=None, moved_to=None)
    return there.filter(rules.readable(acting))


def history(record: Recorded) -> "QuerySet[Change]":
    """Every change of a record, the newest first, under its present and its former identifiers.

    What was merged with it has a history of its own.
    Whether the record may be read is for the caller to know; what was changed while fewer could
    read it is marked so (`Change.public`).
    """
    kind = kinds.of_model(type(record)).kind
    former = Entry.everything.filter(kind=kind, moved_to__key=record.key, removed_at=None)
    named = Q(key=record.key) | Q(key__in=former.values("key"))
    return Change.objects.filter(named, kind=kind).order_by("-id")


def gone(acting: Acting, kind: str, key: str) -> Entry | None:
    """The entry of a record that was removed or renamed, for whoever could read it; or None.

    Who may not read the record by its new identifier is not told of it by the old one.
    """
    entries = Entry.everything.filter(kind=kind, key=key).select_related("moved_to", "dossier")
    entry = entries.exclude(removed_at=None, moved_to=None).first()
    if entry is None:
        return None
    return entry if (entry.moved_to or entry).readers in acting.readers else None


def entries(things: Mapping[str, Iterable[str]]) -> dict[tuple[str, str], Entry]:
    """Register entries of the records asked for (kind → keys), with their dossiers.

    Keyed by (kind, key); what does not exist is left out. One SQL statement, none when nothing is
    asked for.
    """
    asked = Q()
    for kind, keys in things.items():
        if listed := sorted(set(keys)):
            asked |= Q(kind=kind, key__in=listed)
    if not asked:
        return {}
    found = Entry.objects.filter(asked).select_related("dossier")
    return {(entry.kind, entry.key): entry for entry in found}


def picture_exists(sha256: str, media_type: str, acting: Acting = STRANGER) -> bool:
    """Whether there is a picture with these bytes that whoever acts may read. One statement."""
    return visible_to(acting, Picture).filter(sha256=sha256, media_type=media_type).exists()


def changed_at(kind: Kind) -> Subquery:
    """The moment of the last change that the public reads in a record of a kind, or NULL.

    What is derived in it, such as a joint state from reports, changes with what it follows from.
    """
    own = Q(kind=kind.kind, key=OuterRef("key"))
    follows = [
        Q(kind=other, key__in=_keys_of(kind, path)) for other, path in kind.derived_from.items()
    ]
    rows = Change.objects.filter(reduce(or_, follows, own), public=True)
    return Subquery(rows.order_by("-at").values("at")[:1])


def changed_since(kind: Kind, moment: datetime) -> Q:
    """The condition that a record of a kind has changed at `moment` or later."""
    rows = Change.objects.filter(public=True, at__gte=moment)
    return reduce(
        or_,
        [
            Q(**{f"{path}__key__in": rows.filter(kind=other).values("key")})
            for other, path in kind.derived_from.items()
        ],
        Q(key__in=rows.filter(kind=kind.kind).values("key")),
    )


def _keys_of(kind: Kind, path: str) -> object:
    own = kind.model.everything.filter(pk=OuterRef(OuterRef("pk")))
    return own.values(f"{path}__key")
