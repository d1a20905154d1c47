"""How many steps of each sort a change has, such as a load of a hundred thousand records."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from threading import Lock

from cachetools import LRUCache
from django.db.models import Count, Q

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

_written: LRUCache[Whole, Counted] = LRUCache(1_000)
_hidden_then: LRUCache[tuple[int, ...], tuple[int, Counted]] = LRUCache(100)
_lock = Lock()


@per_version()
def counted_once(page: Page, wholes: tuple[Whole, ...]) -> Counted:
    """The steps of each sort that the public is told of. Two statements at most."""
    written = _as_written(wholes)
    reporting = tuple(sorted({sort[0] for sort, _total in written if sort[2] == "report"}))
    hidden_now = dict(_hidden_now(page.version, reporting))
    left = ((sort, total - hidden_now.get(sort, 0)) for sort, total in written)
    return tuple((sort, total) for sort, total in left if total)


def _hidden_now(version: int, wholes: tuple[int, ...]) -> Counted:
    """The steps that are hidden, counted again only after a change of any report.

    Every write of a report leaves one, and changes are numbered in the order of their commits.
    """
    if not wholes:
        return ()
    with _lock:
        kept = _hidden_then.get(wholes)
    if kept is not None and kept[0] <= version and not _reported_since(kept[0]):
        return kept[1]
    found = _count(wholes, _hidden())
    with _lock:
        _hidden_then[wholes] = (version, found)
    return found


def _reported_since(version: int) -> bool:
    return Change.objects.filter(pk__gt=version, kind="report").exists()


def counted(wholes: Sequence[Whole], only: Q) -> Counted:
    """The same of some of the steps. One statement, none without a change."""
    return _count([number for number, _at in wholes], only, ~_hidden())


def _as_written(wholes: Sequence[Whole]) -> Counted:
    """The steps that changes were written with, hidden ones too; each change is counted once.

    Steps are written in the transaction of their whole and counted never otherwise afterwards;
    only which reports among them are hidden changes with the record.
    """
    with _lock:
        known = {one: _written[one] for one in wholes if one in _written}
    missing = [one for one in wholes if one not in known]
    found: dict[int, list[tuple[Sort, int]]] = defaultdict(list)
    for sort, total in _count([number for number, _at in missing]):
        found[sort[0]].append((sort, total))
    fresh = {one: tuple(found[one[0]]) for one in missing}
    with _lock:
        _written.update(fresh)
    known |= fresh
    return tuple(sort for one in wholes for sort in known[one])


def _hidden() -> Q:
    """Which reports are hidden now: looked up once, and not for each of thousands."""
    return hidden(Q(key__in=accepted().values("key")))


def _count(wholes: Sequence[int], *only: Q) -> Counted:
    """One statement, none without a change. The effects are named, for an index begins so."""
    if not wholes:
        return ()
    steps = Change.objects.filter(
        *only, part_of__in=wholes, public=True, effect__in=Effect.values, kind__in=names_told()
    )
    rows = steps.values(*ALIKE).order_by().annotate(total=Count("pk"))
    return tuple(
        ((whole, effect, kind), total)
        for whole, effect, kind, total in rows.values_list(*ALIKE, "total")
    )
