"""How often what a calendar shows of an event has changed, and when it last did.

Read from the audit trail, and only from what changed for the public, so that numbers tell nothing
of what others do not read.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db.models import Case, F, Q, When

from amity.foundation.models import Change, Effect

Subject = tuple[str, str]
"""Kind and identifier of a record."""

OWN = {
    "gathering": frozenset({"title", "when", "status", "place", "venue", "url"}),
    "session": frozenset(
        {"title", "summary", "when", "starts_at", "ends_at", "status", "room", "url", "chairs"}
    ),
    "contribution": frozenset(
        {"title", "abstract", "starts_at", "ends_at", "status", "session", "speakers"}
    ),
}
"""Fields of each kind that its own event shows."""
PLACE = {
    "gathering": frozenset({"place", "venue", "url"}),
    "session": frozenset({"room", "url"}),
    "room": frozenset({"name"}),
}
"""Fields of what an event is part of that say where it takes place."""


class Edits(NamedTuple):
    """`sequence`: how often it has changed since the public first read it. `at`: when last."""

    sequence: int = 0
    at: datetime | None = None


UNCHANGED = Edits()


def edits_of(events: Mapping[Subject, Iterable[Subject]]) -> dict[Subject, Edits]:
    """By event, how it was edited; each is given with what says where it takes place.

    One statement, none without events.
    """
    if not events:
        return {}
    asked: dict[str, set[str]] = defaultdict(set)
    for event, beside in events.items():
        for kind, key in (event, *beside):
            asked[kind].add(key)
    changes = _changes(asked)
    moves = {
        subject: moved
        for subject, made in changes.items()
        if subject[0] in PLACE
        and (moved := [one for one in made if one.fields and one.fields & PLACE[subject[0]]])
    }
    return {
        event: _edits(
            changes.get(event, []),
            OWN[event[0]],
            [one for subject in beside for one in moves.get(subject, ())] if moves else (),
        )
        for event, beside in events.items()
    }


class _Change(NamedTuple):
    at: datetime
    fields: frozenset[str] | None
    """None: the whole record, when it was made, brought back or removed."""


def _changes(asked: Mapping[str, Iterable[str]]) -> Mapping[Subject, list[_Change]]:
    of_kinds = Q(pk__in=())
    for kind, keys in asked.items():
        of_kinds |= Q(kind=kind, key__in=keys)
    # A record that was made holds all its words, which nobody needs here.
    whole = Q(effect=Effect.ADDED) | Q(paths__0__path=[])
    parts = Case(When(~whole, then=F("paths")))
    found: dict[Subject, list[_Change]] = defaultdict(list)
    rows = Change.objects.filter(of_kinds, public=True).order_by("id")
    for kind, key, at, paths in rows.values_list("kind", "key", "at", parts):
        fields = None if paths is None else frozenset(str(one["path"][0]) for one in paths)
        found[kind, key].append(_Change(at, fields))
    return found


def _edits(own: Sequence[_Change], shown: frozenset[str], moves: Sequence[_Change]) -> Edits:
    """`own`: changes of the event's record; `shown`: its fields that the event shows; `moves`:
    changes of where it takes place."""
    if len(own) == 1 and not moves:  # as most are: made and never changed
        return Edits(at=own[0].at)
    edits = [one for one in own[1:] if one.fields is None or one.fields & shown]
    edits += moves
    return Edits(len(edits), max((one.at for one in [*own[:1], *edits]), default=None))
