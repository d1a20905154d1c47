"""In which order a list stands where somebody chose one: page, table and interface alike."""

from dataclasses import dataclass
from typing import TypeVar

from django.db.models import F, Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Order:
    """By a column; rows that have nothing in it come last, and equal ones by identifier."""

    column: str
    descending: bool = False

    def of(self, rows: QuerySet[Row]) -> QuerySet[Row]:
        """`rows` in this order. No statement until they are read."""
        column = F(self.column)
        way = column.desc(nulls_last=True) if self.descending else column.asc(nulls_last=True)
        return rows.order_by(way, "key")

    def after(self, rows: QuerySet[Row], known: QuerySet[Row], key: str) -> QuerySet[Row] | None:
        """Those of `rows` that stand after the one of `known` with this identifier.

        None where there is none, so that nobody can say where it stands. One statement.
        """
        found = list(known.filter(key=key).values_list(self.column, flat=True)[:1])
        if not found:
            return None
        later = Q(key__gt=key)
        if found[0] is None:
            return rows.filter(later, **{f"{self.column}__isnull": True})
        way = "lt" if self.descending else "gt"
        return rows.filter(
            Q(**{f"{self.column}__{way}": found[0]})
            | (Q(**{self.column: found[0]}) & later)
            | Q(**{f"{self.column}__isnull": True})
        )


def ordered(rows: QuerySet[Row], order: Order | None) -> QuerySet[Row]:
    """`rows` in the order that was chosen, or as they are. No statement."""
    return order.of(rows) if order else rows
