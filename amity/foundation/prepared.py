"""Queries whose SQL is written once, as every making of a page asks the same with other values.

Django writes the SQL of a query anew each time it is asked. For a page that joins a dozen tables
this takes longer than the database needs to answer, and than all else on a small page together.
"""

from collections.abc import Callable
from copy import copy
from functools import cache, update_wrapper
from typing import Any, Generic, NamedTuple, ParamSpec, TypeVar, cast, get_type_hints

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet
from django.db.models.query import ValuesListIterable
from django.db.models.sql.constants import CURSOR
from django.http import Http404

Given = ParamSpec("Given")
Row = TypeVar("Row")

STAND_INS: dict[type, Callable[[int], Any]] = {
    str: lambda position: f"\0{position}",
    int: lambda position: -(2**62) - position,
}
"""Type of a parameter → what stands in for the one at a position; no record has such a value."""


class PreparedError(TypeError):
    """A query cannot be prepared; the message says why and what is expected."""


class _Written(NamedTuple):
    """A query with its SQL.

    `places` holds, for those of `parameters` to be given, which it is; `columns`, for rows that
    are tuples, those that need turning into Python's values, with what does so.
    """

    rows: QuerySet[Any, Any]
    compiler: Any
    sql: str
    parameters: tuple[Any, ...]
    places: tuple[tuple[int, int], ...]
    columns: tuple[tuple[int, Any, Any], ...] | None


class Prepared(Generic[Given, Row]):
    """A query that is asked with values and answers with the list of its rows; see `prepared`."""

    def __init__(self, build: Callable[Given, QuerySet[Any, Row]]) -> None:
        self.build = build
        self._written = cache(self._write)
        update_wrapper(self, build)

    def __call__(self, *values: Given.args, **named: Given.kwargs) -> list[Row]:
        """The rows for these values, given in their order. One SQL statement."""
        if named:
            raise PreparedError(f"{self.build.__name__}: expected its values without names")
        written = self._written()
        parameters = list(written.parameters)
        for place, position in written.places:
            parameters[place] = values[position]
        compiler = copy(written.compiler)  # of this call alone: others run in other threads
        compiler.connection = connections[compiler.using]
        compiler.as_sql = lambda: (written.sql, parameters)
        if written.columns is not None:
            return self._plain(compiler, written.columns)
        rows = written.rows.all()
        rows.query.get_compiler = lambda *_, **__: compiler  # type: ignore[method-assign]
        return list(rows)

    def _plain(self, compiler: Any, columns: tuple[tuple[int, Any, Any], ...]) -> list[Any]:
        """Rows that are tuples; a column at a time, which Python does sooner than rows."""
        with compiler.execute_sql(CURSOR) as cursor:
            found: list[Any] = cursor.fetchall()
        if not columns or not found:
            return found
        connection = compiler.connection
        values: list[Any] = list(zip(*found, strict=True))
        for place, functions, expression in columns:
            for convert in functions:
                values[place] = [convert(one, expression, connection) for one in values[place]]
        return list(zip(*values, strict=True))

    def one_or_404(self, *values: Given.args, **named: Given.kwargs) -> Row:
        """The first row for these values. One SQL statement. Raises Http404 when there is none."""
        found = self(*values, **named)
        if not found:
            raise Http404(" ".join(map(str, values)))
        return found[0]

    def _write(self) -> _Written:
        """Have Django write the SQL, and find where the values go."""
        name = self.build.__name__
        hints = get_type_hints(self.build)
        hints.pop("return", None)
        if unknown := [each for each, kind in hints.items() if kind not in STAND_INS]:
            raise PreparedError(f"{name}: {unknown} must be str or int, and never None")
        stand_ins = [STAND_INS[kind](position) for position, kind in enumerate(hints.values())]
        rows = cast(Callable[..., QuerySet[Any, Row]], self.build)(*stand_ins)
        compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, parameters = compiler.as_sql()
        places = tuple(
            (place, stand_ins.index(value))
            for place, value in enumerate(parameters)
            if value in stand_ins
        )
        if {position for _, position in places} != set(range(len(stand_ins))):
            raise PreparedError(f"{name}: every value must reach the SQL as it is given")
        columns = None
        if rows._iterable_class is ValuesListIterable:
            converted = compiler.get_converters([one[0] for one in compiler.select])
            columns = tuple((place, *one) for place, one in converted.items())
        return _Written(rows, compiler, sql, tuple(parameters), places, columns)


def prepared(build: Callable[Given, QuerySet[Any, Row]]) -> Prepared[Given, Row]:
    """Make a query of a function that gives a queryset for values; the SQL is written only once.

    The function's parameters are `str` or `int`, never None, and may only be handed on to the
    database: what the function does with them otherwise it would do only once. No prefetching.
    Raises PreparedError, when first asked, where a value does not reach the SQL.
    """
    return Prepared(build)
