"""A temporary database with what a folder holds, so that it can be asked as the real one is.

SQLite in a file of its own. It has the tables of all records without any constraint, so that a
folder with mistakes fits too and they can all be told at once. Keys become numbers at first
mention, whether or not the record is there: one that never comes is a dangling reference.
"""

import itertools
import tempfile
import weakref
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connections, models, transaction
from django.db.backends.sqlite3.base import DatabaseWrapper

from amity.dossier.shapes.records import Plain, RecordShape
from amity.dossier.shapes.references import AnyReference, Reference
from amity.record import kinds
from amity.record.managers import PUBLIC
from amity.record.models import Dossier, Entry
from amity.record.plain.layout import layout
from amity.record.plain.states import column_value

AT_A_TIME = 1_000
"""Rows of a table that are written at once."""
PRAGMAS = "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA cache_size = -64000"
REGISTER = "register"
"""Stands for a kind where the register is meant; its keys are `kind/key`."""

_names = (f"staging-{number}" for number in itertools.count(1))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record was read: the number of its file, and its number in that file."""

    file: int
    number: int


@dataclass
class _Numbers:
    """The records of one kind by number, from 1: those that were mentioned and those that came."""

    by_key: dict[str, int] = field(default_factory=dict)
    files: "array[int]" = field(default_factory=lambda: array("i", [-1]))
    places: "array[int]" = field(default_factory=lambda: array("I", [0]))

    def of(self, key: str) -> int:
        number = self.by_key.get(key)
        if number is None:
            number = self.by_key[key] = len(self.files)
            self.files.append(-1)
            self.places.append(0)
        return number

    def came(self, number: int) -> bool:
        return self.files[number] >= 0


class StagingDatabase:
    """Takes plain records one by one; `rows` gives them back as what Django knows."""

    def __init__(self) -> None:
        self.alias = next(_names)
        folder = tempfile.TemporaryDirectory(prefix="amity-staging-", ignore_cleanup_errors=True)
        wanted = {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(Path(folder.name) / "staging.sqlite3"),
            "OPTIONS": {"init_command": PRAGMAS},
        }
        settings = connections.configure_settings({"default": wanted})["default"]
        connections[self.alias] = DatabaseWrapper(settings, self.alias)
        self._let_go = weakref.finalize(self, _close, self.alias, folder)
        self._numbers: dict[str, _Numbers] = defaultdict(_Numbers)
        self._pending: dict[type[models.Model], list[models.Model]] = defaultdict(list)
        self._last: dict[type[models.Model], int] = defaultdict(int)
        with transaction.atomic(using=self.alias):
            for model in _models():
                self._create(model)

    def close(self) -> None:
        """Throw all of it away; done by itself when nobody holds the database any more."""
        self._let_go()

    def rows(self, model: type[models.Model]) -> "models.QuerySet[models.Model]":
        """The rows of a model of records or of child rows."""
        return model._base_manager.using(self.alias)

    def has(self, kind: str, key: str) -> bool:
        """Whether the record came."""
        found = self._numbers[kind]
        number = found.by_key.get(key)
        return number is not None and found.came(number)

    def place(self, kind: str, number: int) -> Place:
        """Where the record with this number was read."""
        found = self._numbers[kind]
        return Place(found.files[number], found.places[number])

    def number(self, kind: str, key: str) -> int:
        """The number of a record that came or was mentioned. Raises KeyError."""
        return self._numbers[kind].by_key[key]

    def mentioned_only(self, kind: str) -> dict[int, str]:
        """Numbers and keys of the records that were mentioned and never came."""
        found = self._numbers[kind]
        return {number: key for key, number in found.by_key.items() if not found.came(number)}

    def add(self, kind: str, shape: RecordShape, record: Plain, place: Place) -> None:
        """Keep a record in plain form. Its key must be new in its kind."""
        found = self._numbers[kind]
        number = found.of(record["id"])
        found.files[number], found.places[number] = place.file, place.number
        values = self._values(shape, record)
        self._put(shape.model(id=number, dossier_id=1, readers=PUBLIC, **values))
        names = {many.name: many for many in layout(shape.model).lists}
        for name, reference in shape.lists.items():
            many = names[name]
            for key in record.get(name, ()):
                other = self._numbers[reference.kind].of(key)
                pair = {f"{many.owner}_id": number, f"{many.other}_id": other}
                self._put(self._numbered(many.pairs, pair))
        for name, child in shape.children.items():
            for position, row in enumerate(record.get(name, ()), start=1):
                inner = self._values(child.shape, row)
                inner |= {f"{child.owner}_id": number, "position": position}
                self._put(self._numbered(child.shape.model, inner))

    def head(self, fictional: bool) -> None:
        """Keep what is asked of the dossier that all of it belongs to."""
        self._put(Dossier(id=1, fictional=fictional))

    def finish(self) -> None:
        """Write what is left, and make what is asked for quick to find."""
        mentioned = self._numbers[REGISTER].by_key.items()
        for name, number in mentioned:
            kind, _slash, key = name.partition("/")
            self._put(Entry(id=number, dossier_id=1, kind=kind, key=key, readers=PUBLIC))
        with transaction.atomic(using=self.alias):
            for model in list(self._pending):
                self._write(model)
            with connections[self.alias].cursor() as cursor:
                for statement in _indexes():
                    cursor.execute(statement)
                cursor.execute("ANALYZE")

    def _values(self, shape: RecordShape, record: Plain) -> Plain:
        """Attributes of the model for what is written."""
        values: Plain = {}
        for name, one in shape.fields.items():
            plain = record.get(name)
            if isinstance(one.shape, AnyReference):
                values[one.column.attname] = self._numbers[REGISTER].of(str(plain))
            elif isinstance(one.shape, Reference):
                if plain is not None:
                    values[one.column.attname] = self._numbers[one.shape.kind].of(plain)
            elif plain is not None:
                values[one.column.name] = column_value(one.column, plain)
        return values

    def _numbered(self, model: type[models.Model], values: Plain) -> models.Model:
        self._last[model] += 1
        return model(id=self._last[model], **values)

    def _put(self, row: models.Model) -> None:
        pending = self._pending[type(row)]
        pending.append(row)
        if len(pending) >= AT_A_TIME:
            with transaction.atomic(using=self.alias):
                self._write(type(row))

    def _write(self, model: type[models.Model]) -> None:
        self.rows(model).bulk_create(self._pending.pop(model, ()))

    def _create(self, model: type[models.Model]) -> None:
        connection = connections[self.alias]
        quote = connection.ops.quote_name
        columns = []
        for column in model._meta.local_concrete_fields:
            words = f"{quote(str(column.column))} {column.db_type(connection)}"
            if column.primary_key:
                words += " PRIMARY KEY"
            if isinstance(column, models.GeneratedField):
                expression, paths = column.generated_sql(connection)
                quoted = tuple(connection.schema_editor().quote_value(path) for path in paths)
                words += f" GENERATED ALWAYS AS ({expression % quoted}) VIRTUAL"
            columns.append(words)
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TABLE {quote(model._meta.db_table)} ({', '.join(columns)})")


def _close(alias: str, folder: "tempfile.TemporaryDirectory[str]") -> None:
    connections[alias].close()
    del connections[alias]
    folder.cleanup()


def _models() -> Iterator[type[models.Model]]:
    """Everything that a folder can fill."""
    yield from (Dossier, Entry)
    for kind in kinds.kinds():
        yield kind.model
        found = layout(kind.model)
        yield from (many.pairs for many in found.lists)
        yield from (child.model for child in found.children)


def _indexes() -> Iterable[str]:
    """Statements that index every reference."""
    for model in _models():
        table = model._meta.db_table
        for column in model._meta.local_concrete_fields:
            if column.is_relation:
                name = f"{table}__{column.column}"
                yield f'CREATE INDEX "{name}" ON "{table}" ("{column.column}")'
