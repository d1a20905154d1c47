"""Rows: how a plain record becomes the parameters of an INSERT, and how those are sent.

The ORM would take several times as long for 100,000 records. What is written is the same: every
value goes through its shape, and through its field where the databases differ.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.db import connection, models

from amity.dossier.shapes.base import Shape
from amity.dossier.shapes.records import Field, RecordShape
from amity.dossier.shapes.references import AnyReference, Reference
from amity.record.managers import PUBLIC

AT_A_TIME = 1_000
"""Rows sent at once."""
AT_ONCE = 500
"""Numbers in one condition."""

Ids = Callable[[str, str], int]
"""(kind, key) → number of the record in the database."""
Row = Sequence[Any]
ValueOf = Callable[[dict[str, Any]], Any]


def insert(model: type[models.Model], columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Insert rows into the table of `model`."""
    quote = connection.ops.quote_name
    into = f"{quote(model._meta.db_table)} ({', '.join(quote(name) for name in columns)})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {into} FROM STDIN") as copied:
                for row in rows:
                    copied.write_row(row)
            return
        pending = iter(rows)
        marks = ", ".join(["%s"] * len(columns))
        while batch := list(islice(pending, AT_A_TIME)):
            cursor.executemany(
                f"INSERT INTO {into} VALUES ({marks})",  # noqa: S608 - names of our own tables
                batch,
            )


def delete(model: type[models.Model], column: str, numbers: Sequence[int]) -> None:
    """Delete rows whose `column` is one of `numbers`; what refers to them is not looked at."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for start in range(0, len(numbers), AT_ONCE):
            some = numbers[start : start + AT_ONCE]
            marks = ", ".join(["%s"] * len(some))
            cursor.execute(
                f"DELETE FROM {quote(model._meta.db_table)} "  # noqa: S608 - names of our own tables
                f"WHERE {quote(column)} IN ({marks})",
                some,
            )


def new_numbers(model: type[models.Model], count: int) -> Iterator[int]:
    """`count` numbers that no row of `model` has or will be given by the database."""
    table = model._meta.db_table
    if not count:
        return iter(())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [table, count],
            )
            return iter([row[0] for row in cursor.fetchall()])
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = cursor.fetchone()
        first = (last[0] if last else 0) + 1
        return iter(range(first, first + count))


class RowMaker:
    """Makes rows of one shape. `columns` are those of `row`, without what stands before them."""

    def __init__(self, shape: RecordShape, ids: Ids, entries: Ids) -> None:
        fields = list(shape.fields.values())
        self.columns: list[str] = [str(one.column.column) for one in fields]
        self._makers = [_maker(one, ids, entries) for one in fields]
        derived = [
            column
            for column in shape.model._meta.local_concrete_fields
            if not column.editable and not column.generated and not column.primary_key
        ]
        self.columns += [str(column.column) for column in derived]
        self._derived = [
            PUBLIC
            if column.name == "readers"
            else column.get_db_prep_save(column.get_default(), connection)
            for column in derived
        ]

    def row(self, record: dict[str, Any]) -> list[Any]:
        """The parameters for `record`."""
        return [make(record) for make in self._makers] + self._derived


def _maker(one: Field, ids: Ids, entries: Ids) -> ValueOf:
    name, shape, default = one.name, one.shape, one.default
    if isinstance(shape, AnyReference):

        def entry(record: dict[str, Any]) -> int:
            kind, _, key = record[name].partition("/")
            return entries(kind, key)

        return entry
    if isinstance(shape, Reference):
        kind = shape.kind

        def reference(record: dict[str, Any]) -> int | None:
            key = record.get(name)
            return None if key is None else ids(kind, key)

        return reference
    if name == "id":
        return lambda record: record["id"]
    if isinstance(one.column, models.DecimalField | models.DateField):
        column = one.column
        return lambda record: column.get_db_prep_save(shape.to_column(record.get(name)), connection)
    if type(shape).to_column is Shape.to_column:
        return lambda record: record.get(name, default)
    to_column = shape.to_column
    return lambda record: to_column(record.get(name, default))
