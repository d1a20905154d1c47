"""Derived columns, and of which records they follow."""

from collections.abc import Sequence

from amity.foundation.database.batches import batched
from amity.record import kinds

from .touched import Touched


def derive(touched: Touched) -> None:
    """Reckon the derived columns of these records, so far as their kinds have any."""
    for kind in kinds.kinds():
        if kind.derive is not None and (numbers := touched.of(kind.kind)):
            kind.derive(numbers)


def dependents_of_columns(kind: str, numbers: Sequence[int]) -> Touched:
    """Records whose derived columns follow from these; ask before and after a change."""
    touched = Touched()
    for other in kinds.kinds():
        path = other.derived_from.get(kind)
        if path is not None:
            for few in batched(numbers):
                rows = other.model.everything.filter(**{f"{path}__in": few})
                touched.add(other.kind, rows.values_list("pk", flat=True))
    return touched
