"""Reads of the trail: what was done to a record, and by others."""

from datetime import datetime

from django.db.models import (
    Exists,
    OuterRef,
    Q,
    QuerySet,
)
from django.http import Http404
from django.shortcuts import get_object_or_404

from amity.foundation.differences import FieldChange
from amity.foundation.models import Change
from amity.record import rules
from amity.record.acting import Acting
from amity.record.kinds import Kind
from amity.record.models import (
    Entry,
    Recorded,
)
from amity.record.queries import history, visible_entries

AMONG_SIDES = ("propose", "agree", "object", "agree_by_silence", "overtake", "withdraw_proposal")
"""Verbs that make nothing of a record and are said to the other sides."""


def last_change(record: Recorded) -> int:
    """The number of the last change of a record; 0 for none."""
    newest = history(record).values_list("pk", flat=True).first()
    return newest or 0


def changes_since(record: Recorded, opened: int) -> list[list[FieldChange]]:
    """What was changed of a record since the change `opened`, the newest change first."""
    rows = history(record).filter(pk__gt=opened).values_list("paths", flat=True)
    return [[FieldChange.from_json(path) for path in paths] for paths in rows]


def change_or_404(acting: Acting, kind: Kind, key: str, number: int) -> Change:
    """A change of a record, one that was removed too, if whoever acts may read it.

    Raises Http404, the same for a change of what others keep to themselves as for none.
    """
    entries = Entry.everything.filter(kind=kind.kind)
    if not entries.filter(rules.readable(acting), key=key).exists():
        raise Http404(key)
    former = entries.filter(moved_to__key=key, removed_at=None).values("key")
    changes = Change.objects.filter(Q(key=key) | Q(key__in=former), kind=kind.kind)
    return get_object_or_404(changes, pk=number)


def others_did(acting: Acting, since: datetime) -> QuerySet[Change]:
    """What other offices did since with joint records of one's partnerships, newest first.

    Only with records that whoever acts may read, and of what is done among the sides.
    """
    if not acting.partnerships:
        return Change.objects.none()
    joint = visible_entries(acting).filter(
        kind=OuterRef("kind"), key=OuterRef("key"), joint__in=acting.partnerships
    )
    among_sides = ~Q(effect="") | Q(verb__in=AMONG_SIDES)
    done = Change.objects.filter(Exists(joint), among_sides, at__gt=since, part_of=None)
    return done.exclude(office=acting.office).order_by("-id")


def happened(acting: Acting) -> QuerySet[Change]:
    """What the office did with records, newest first; a load of a folder is one of them."""
    done = Change.objects.filter(office=acting.office, part_of=None)
    return done.exclude(kind="").order_by("-id")
