"""What changed in the record, from the audit trail: the newest first, a load as one entry.

Only what the public reads is told, by the names that it has now. What was written while fewer
could read it is not there, nor is a report that was not accepted.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import reduce
from operator import or_

from django.db.models import Case, Exists, F, JSONField, OuterRef, Q, QuerySet, When, Window
from django.db.models.functions import RowNumber
from django.http import Http404

from amity.following.events import EFFECTS, MOMENT, Event, Group, Known, Told
from amity.foundation.differences import JSON, FieldChange
from amity.foundation.models import Change, Effect
from amity.foundation.pages.public import Page
from amity.record.acting import key_of
from amity.record.managers import PUBLIC
from amity.record.models import Dossier, Entry
from amity.record.queries import ALL_DOSSIERS, InDossiers, dossiers_at_hand
from amity.record.removals import Removal, with_offices

from .counting import ALIKE, Sort, counted, counted_once
from .known import Name, entries_of, known_of
from .shown import shown

NAMED = 5
"""How many records of each kind an entry names; its own page names more."""
NAMED_ALONE = 100
COUNTED = 40
"""More records of a kind than these times as many as would be named are told by their number."""
IMPORTANT = (
    *("commitment", "report", "review", "disposition", "proposal", "answer", "gathering"),
    *("session", "contribution", "statement", "agreement", "partnership", "article", "series"),
    *("person", "membership", "organization", "area"),
)
"""Kinds in the order in which they are told; the others follow."""


def changes(page: Page, dossiers: InDossiers, since: datetime | None = None) -> QuerySet[Change]:
    """What changed in these dossiers, the newest first; a load as one. No statement but the memo's.

    `since`: nothing before this moment.
    """
    loads = [one.key for one in dossiers_at_hand(page) if _is_wanted(one, dossiers)]
    entries = dossiers.choose(Entry.everything.filter(readers=PUBLIC))
    rows = shown(Change.objects.filter(part_of=None)).filter(
        Q(kind="dossier", key__in=loads) | ~Q(kind="dossier") & _concerns(entries)
    )
    if since is not None:
        rows = rows.filter(at__gte=since)
    return rows.order_by("-at", "-id")


def change_or_404(page: Page, name: str) -> Change:
    """One change that is told. One statement. Raises Http404."""
    try:
        moment = datetime.strptime(name, MOMENT).replace(tzinfo=UTC)
    except ValueError:
        raise Http404(name) from None
    found = changes(page, ALL_DOSSIERS).filter(at=moment).first()
    if found is None:
        raise Http404(name)
    return found


def tell(
    page: Page, rows: Iterable[Change], only: Q | None = None, named: int = NAMED
) -> list[Event]:
    """The changes with what they changed. Four statements at most, two where none has steps.

    `only`: of their steps these alone. `named`: how many records of each kind are named.
    """
    wholes = list(rows)
    totals = _totals(page, wholes, only)
    steps = _steps(wholes, only or Q(), totals, named)
    names = {(step.kind, step.key) for step in steps}
    acted = {one.pk: key_of(one.office) for one in wholes if one.office}
    entries = entries_of(names | {("organization", key) for key in acted.values()})
    offices = {
        pk: entries["organization", key].title
        for pk, key in acted.items()
        if ("organization", key) in entries
    }
    known = known_of(names)
    loaded = {one.key: one for one in dossiers_at_hand(page)}
    told: dict[Sort, list[Told]] = defaultdict(list)
    for step in steps:
        name = (step.kind, step.key)
        if name in entries:
            entry, gone = entries[name], None
            if step.effect == Effect.REMOVED and entry.removed_at is not None:
                gone = Removal(entry, offices.get(step.whole))
            told[step.whole, step.effect, step.kind].append(
                Told(Effect(step.effect), entry, known.get(name, Known()), step.paths, gone)
            )
    sorts: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for whole, effect, kind in totals:
        sorts[whole].append((effect, kind))
    return [
        Event(
            whole,
            offices.get(whole.pk),
            loaded.get(whole.key) if whole.kind == "dossier" else None,
            tuple(
                Group(
                    Effect(effect),
                    kind,
                    tuple(told[whole.pk, effect, kind]),
                    totals[whole.pk, effect, kind],
                )
                for effect, kind in sorted(sorts[whole.pk], key=_order)
            ),
        )
        for whole in wholes
        if whole.pk in sorts
    ]


def steps_after(number: int, until: int) -> "QuerySet[Change, tuple[int, str, str]]":
    """Number, kind and identifier of what changed after one change up to another, in order.

    Each record of a load by itself.
    """
    rows = shown(Change.objects.filter(pk__gt=number, pk__lte=until)).exclude(effect="")
    return rows.exclude(kind="dossier").order_by("pk").values_list("pk", "kind", "key")


def told_together(numbers: Iterable[int]) -> list[Told]:
    """What became of the records that these changes changed, each record once. Three statements,
    one more where some were removed.

    One that was added and changed since is told as added.
    """
    rows = Change.objects.filter(pk__in=list(numbers)).order_by("pk")
    steps: dict[Name, _Step] = {}
    for pk, kind, key, effect, paths in rows.values_list("pk", "kind", "key", "effect", "paths"):
        step = _Step(pk, effect, kind, key, _paths(effect, paths))
        before = steps.pop((kind, key), None)
        if before is not None and effect == Effect.CHANGED:
            if before.effect in (Effect.ADDED, Effect.RELEASED):
                step = before
            elif before.effect == Effect.CHANGED:
                step = _Step(pk, effect, kind, key, (*before.paths, *step.paths))
        steps[kind, key] = step
    entries, known = entries_of(steps), known_of(steps)
    removed = [name for name, step in steps.items() if step.effect == Effect.REMOVED]
    gone = with_offices(
        entries[name] for name in removed if name in entries and entries[name].removed_at
    )
    removals = {(one.entry.kind, one.entry.key): one for one in gone}
    return [
        Told(
            Effect(step.effect),
            entries[name],
            known.get(name, Known()),
            step.paths,
            removals.get(name),
        )
        for name, step in steps.items()
        if name in entries
    ]


@dataclass(frozen=True, slots=True)
class _Step:
    whole: int
    effect: str
    kind: str
    key: str
    paths: tuple[FieldChange, ...]


def _totals(page: Page, wholes: Sequence[Change], only: Q | None) -> dict[Sort, int]:
    """How many records became what, by change, effect and kind."""
    parted = tuple((one.pk, one.at) for one in wholes if not one.effect)
    steps = counted_once(page, parted) if only is None else counted(parted, only)
    return {(one.pk, one.effect, one.kind): 1 for one in wholes if one.effect} | dict(steps)


def _steps(
    wholes: Sequence[Change], only: Q, totals: Mapping[Sort, int], named: int
) -> list[_Step]:
    """The first steps of each sort that is told by name. One statement, none without a whole."""
    found = [
        _Step(one.pk, one.effect, one.kind, one.key, _paths(one.effect, one.paths))
        for one in wholes
        if one.effect
    ]
    wanted: dict[tuple[int, str], list[str]] = defaultdict(list)
    for whole, effect, kind in totals:
        if _is_told_by_name(kind, totals[whole, effect, kind], named):
            wanted[whole, effect].append(kind)
    parts = [
        Q(part_of=one.pk, effect=effect, kind__in=wanted[one.pk, effect])
        for one in wholes
        for effect in EFFECTS
        if not one.effect and wanted[one.pk, effect]
    ]
    if parts:
        rows = (
            shown(Change.objects.filter(reduce(or_, parts)))
            .filter(only)
            .annotate(place=Window(RowNumber(), partition_by=list(ALIKE), order_by=["key"]))
            .filter(place__lte=named)
            .order_by("place")
        )
        # A record that is new holds all its words, which nobody needs here.
        changed = Case(When(effect=Effect.CHANGED, then=F("paths")), output_field=JSONField())
        for row_of, effect, kind, key, paths in rows.values_list(*ALIKE, "key", changed):
            found.append(_Step(row_of, effect, kind, key, _paths(effect, paths or [])))
    return found


def _is_told_by_name(kind: str, total: int, named: int) -> bool:
    return total <= NAMED or (total <= COUNTED * named and kind in IMPORTANT)


def _paths(effect: str, stored: Iterable[Mapping[str, JSON]]) -> tuple[FieldChange, ...]:
    return tuple(map(FieldChange.from_json, stored)) if effect == Effect.CHANGED else ()


def _concerns(entries: QuerySet[Entry]) -> Q:
    """The condition that a change, or a step of it, is of one of the `entries`."""
    own = entries.filter(kind=OuterRef("kind"), key=OuterRef("key"))
    steps = shown(Change.objects.filter(part_of=OuterRef("pk")))
    return Q(Exists(own), ~Q(effect="")) | Q(Exists(steps.filter(Exists(own))))


def _is_wanted(dossier: Dossier, wanted: InDossiers) -> bool:
    return wanted.key in (None, dossier.key) and not (wanted.real and dossier.fictional)


def _order(sort: tuple[str, str]) -> tuple[int, int, str]:
    effect, kind = sort
    place = IMPORTANT.index(kind) if kind in IMPORTANT else len(IMPORTANT)
    return EFFECTS.index(Effect(effect)), place, kind
