"""Reckoning anew all that follows from records, and saying where it was not as it should be."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from amity.foundation.actions import By, record_change, take_turn
from amity.record import derived, kinds
from amity.record.choices import StandingState
from amity.record.kinds import Kind
from amity.record.models import Entry, Standing

from . import standings


@dataclass(frozen=True, slots=True)
class Wrong:
    """Something that did not follow from the records: of which kind, what, and how many rows."""

    kind: str
    what: str
    rows: int


def rebuild(by: By, *, only_check: bool = False) -> list[Wrong]:
    """Bring register, readers, derived columns and confirmations into agreement with the records.

    Gives what was wrong; with `only_check` nothing is written. All of it in one transaction.
    """
    with transaction.atomic():
        take_turn()
        found = [wrong for wrong in _rebuild() if wrong.rows]
        if only_check:
            transaction.set_rollback(True)
        elif found:
            record_change(
                by,
                "rebuild",
                details={"wrong": [f"{one.kind} {one.what}: {one.rows}" for one in found]},
            )
    return found


def _rebuild() -> Iterator[Wrong]:
    numbers = {
        kind.kind: list(kind.model.everything.order_by("pk").values_list("pk", flat=True))
        for kind in kinds.kinds()
    }
    for kind in kinds.kinds():
        changed = derived.spread_readers(kind.kind, numbers[kind.kind])
        for name, rows in changed.by_kind.items():
            yield Wrong(name, "readers", len(rows))
    for kind in kinds.kinds():
        yield Wrong(kind.kind, "register entries", _entries(kind, numbers[kind.kind]))
        if kind.derive is not None:
            yield Wrong(kind.kind, "derived columns", _derived(kind, numbers[kind.kind]))
        yield Wrong(kind.kind, "confirmations", _confirmations(kind))


def _entries(kind: Kind, numbers: Sequence[int]) -> int:
    """Write entries that differ, and forget those of records that are not there."""
    written = derived.write_entries(kind.kind, numbers)
    there = kind.model.everything.values("key")
    entries = Entry.everything.filter(kind=kind.kind, removed_at=None, moved_to=None)
    stray, _ = entries.exclude(key__in=there).delete()
    return written + stray


def _derived(kind: Kind, numbers: list[int]) -> int:
    """Have the kind reckon its derived columns; it writes only where something differs."""
    written = 0

    def counted(
        execute: Callable[..., object],
        sql: str,
        params: object,
        many: bool,
        context: dict[str, CursorWrapper],
    ) -> object:
        nonlocal written
        answer = execute(sql, params, many, context)
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            written += max(context["cursor"].rowcount, 0)
        return answer

    if kind.derive is not None:
        with connection.execute_wrapper(counted):
            kind.derive(numbers)
    return written


def _confirmations(kind: Kind) -> int:
    """Void confirmations of something else than what stands now."""
    confirmed = Standing.objects.filter(entry__kind=kind.kind, state=StandingState.CONFIRMED)
    digests = dict(confirmed.values_list("entry__key", "digest"))
    now = standings.digests_of(kind, kind.model.everything.filter(key__in=digests))
    wrong = [key for key, digest in now.items() if digests[key] != digest]
    stale = confirmed.filter(entry__key__in=wrong)
    return stale.update(state=StandingState.VOID)
