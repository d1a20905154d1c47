"""How many steps of each sort a change has, such as a load of a hundred thousand records."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from cachetools import LRUCache
from django.db.models import Count, Exists, Q, QuerySet

from amity.foundation.models import Change, Effect
from amity.foundation.pages.memo import per_version
from amity.foundation.pages.public import Page

from .shown import accepted, hidden, names_told

ALIKE = ("part_of", "effect", "kind")
Sort = tuple[int, str, str]
"""Number of a change, what became of records, and their kind: what steps of one group share."""
Counted = tuple[tuple[Sort, int], ...]
Whole = tuple[int, datetime]
"""Number and moment of a change that has steps."""


@dataclass(frozen=True, slots=True)
class _Steps:
    """The steps of one sort: how many a change was `written` with, and how many are `hidden`."""

    sort: Sort
    written: int
    hidden: int


@dataclass(frozen=True, slots=True)
class _Seen:
    """The steps of a change as they stood at a version of the record."""

    version: int
    steps: tuple[_Steps, ...]

    @property
    def reports(self) -> bool:
        return any(one.sort[2] == "report" for one in self.steps)


_seen: LRUCache[Whole, _Seen] = LRUCache(1_000)
_lock = Lock()


@per_version()
def counted_once(page: Page, wholes: tuple[Whole, ...]) -> Counted:
    """The steps of each sort that the public is told of. One statement at most.

    Steps are written in the transaction of their whole and never altered, so that each change is
    counted once. Only which of its reports are hidden changes with the record: they are counted
    again after a change of any report. Every write of a report leaves one, and changes are numbered
    in the order of their commits.
    """
    with _lock:
        kept = {one: _seen[one] for one in wholes if one in _seen}
    kept = {one: seen for one, seen in kept.items() if seen.version <= page.version}
    fresh = [one for one in wholes if one not in kept]
    older = [one for one, seen in kept.items() if seen.reports and seen.version < page.version]
    if fresh or older:
        since = min((kept[one].version for one in older), default=page.version)
        found = _found(fresh, older, since)
        renewed = {one: _Seen(page.version, found[one[0]]) for one in fresh}
        for one in older:
            others = tuple(each for each in kept[one].steps if each.sort[2] != "report")
            reports = found[one[0]]
            renewed[one] = _Seen(page.version, others + reports if reports else kept[one].steps)
        with _lock:
            _seen.update(renewed)
        kept |= renewed
    steps = (each for one in wholes for each in kept[one].steps)
    return tuple((one.sort, one.written - one.hidden) for one in steps if one.written > one.hidden)


def _found(
    fresh: Sequence[Whole], older: Sequence[Whole], since: int
) -> Mapping[int, tuple[_Steps, ...]]:
    """All steps of changes, and the reports of older ones if any report changed. One statement."""
    changed = Exists(Change.objects.filter(pk__gt=since, kind="report"))
    again = Change.objects.filter(changed, pk__in=[one[0] for one in older]).values("pk")
    wanted = Q(kind="report", part_of__in=again)
    if fresh:
        wanted |= Q(part_of__in=[one[0] for one in fresh])
    rows = _steps(wanted)
    rows = rows.annotate(hidden=Count("pk", filter=_hidden()))
    found: dict[int, list[_Steps]] = defaultdict(list)
    for of, effect, kind, written, concealed in rows.values_list(*ALIKE, "total", "hidden"):
        found[of].append(_Steps((of, effect, kind), written, concealed))
    return defaultdict(tuple, {of: tuple(some) for of, some in found.items()})


def counted(wholes: Sequence[Whole], only: Q) -> Counted:
    """The same of some of the steps. One statement, none without a change."""
    if not wholes:
        return ()
    rows = _steps(Q(part_of__in=[number for number, _at in wholes])).filter(only, ~_hidden())
    return tuple(
        ((whole, effect, kind), total)
        for whole, effect, kind, total in rows.values_list(*ALIKE, "total")
    )


def _hidden() -> Q:
    """Which reports are hidden now: looked up once, and not for each of thousands."""
    return hidden(Q(key__in=accepted().values("key")))


def _steps(wanted: Q) -> QuerySet[Change, dict[str, object]]:
    """Public steps of changes, counted by sort. The effects are named, for an index begins so."""
    steps = Change.objects.filter(
        wanted, public=True, effect__in=Effect.values, kind__in=names_told()
    )
    return steps.values(*ALIKE).order_by().annotate(total=Count("pk"))
