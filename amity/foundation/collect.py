"""Small child lists gathered inside their parent's own query, as JSON, on both databases.

A page about one thing shows many short lists of what hangs on it. One statement each would pass
the limit on statements per page; a correlated subquery that collects the rows does not.
"""

from typing import Any

from django.db.models import Aggregate, Func, JSONField, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject


class Nested(Func):
    """A JSON column inside a collected row, kept as JSON and not as a quoted string."""

    arity = 1
    template = "%(expressions)s"
    output_field = JSONField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, template="JSON(%(expressions)s)", **extra)


class _Rows(Aggregate):
    """All values of an expression in the group, as one JSON array in no particular order."""

    function = "JSONB_AGG"
    output_field = JSONField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, function="JSON_GROUP_ARRAY", **extra)


def collected(rows: QuerySet[Any], by: str, of: str = "pk", **fields: Any) -> Subquery:
    """An annotation that holds the rows of a child list, as a list of dicts.

    `rows`: the children (filtered as needed). `by`: their path to the parent row, or to whatever
    `of` of the parent row names. `fields`: name → path or expression; wrap a JSON column in
    `Nested`. The value is None where there are no rows, and the order is not defined: sort in
    Python by a collected field.
    """
    return Subquery(
        rows.order_by()
        .filter(**{by: OuterRef(of)})
        .values(by)
        .annotate(collected_rows=_Rows(JSONObject(**fields)))
        .values("collected_rows"),
        output_field=JSONField(),
    )
