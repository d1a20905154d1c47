"""In which order kinds of records are written: each after those that its records name."""

from collections.abc import Iterator

from amity.record import kinds, references
from amity.record.kinds import Kind
from amity.record.models import Entry


def in_order_of_reference() -> tuple[Kind, ...]:
    """All kinds, each after those that it refers to.

    Where two refer to each other, as partnerships by their stages and agreements do, the one that
    does so by its child rows alone comes first. What refers to the register comes last.
    """
    ordered: list[Kind] = []
    waiting = [kind for kind in kinds.kinds() if not _names_entries(kind)]
    last = [kind for kind in kinds.kinds() if _names_entries(kind)]
    while waiting:
        there = {kind.kind for kind in ordered}
        ready = next((kind for kind in waiting if set(_named(kind)) <= there), None)
        ready = ready or next(
            (kind for kind in waiting if set(_named(kind, children=False)) <= there), None
        )
        if ready is None:
            raise ValueError(f"kinds refer to each other: {[kind.kind for kind in waiting]}")
        waiting.remove(ready)
        ordered.append(ready)
    return (*ordered, *last)


def _names_entries(kind: Kind) -> bool:
    return any(way.names is Entry for way in references.ways_of(kind.kind))


def _named(kind: Kind, *, children: bool = True) -> Iterator[str]:
    """The other kinds that a kind refers to, with or without its child rows."""
    for way in references.ways_of(kind.kind):
        if way.named_kind not in ("", kind.kind) and (children or "." not in way.field):
            yield way.named_kind
