"""Numbers of records in the database, by their keys, so that thousands can be written at once."""

from collections.abc import Iterable, Iterator

from django.db import connection, models

from amity.foundation.database.batches import batched
from amity.record.kinds import Kind
from amity.record.models import Entry, Recorded


class Numbers:
    """The numbers of records that stand, looked up as they are asked for, and of new ones."""

    def __init__(self) -> None:
        self._known: dict[type[models.Model], dict[str, int]] = {}

    def give(self, kind: Kind, keys: Iterable[str]) -> None:
        """Give each of these new records the number that it will have."""
        wanted = list(keys)
        fresh = _new_numbers(kind.model, len(wanted))
        self._known.setdefault(kind.model, {}).update(zip(wanted, fresh, strict=True))

    def put(self, model: type[models.Model], key: str, number: int) -> None:
        """Keep the number of a record."""
        self._known.setdefault(model, {})[key] = number

    def forget(self, model: type[models.Model], key: str) -> None:
        """Let there be no such record."""
        self._known.setdefault(model, {}).pop(key, None)

    def learn(self, model: type[models.Model], keys: Iterable[str]) -> None:
        """Look up those of these records that are not known; of the register by `kind/key`."""
        known = self._known.setdefault(model, {})
        for few in batched(sorted({key for key in keys if key not in known})):
            if model is Entry:
                known.update(_entries(few))
            elif issubclass(model, Recorded):
                rows = model.everything.filter(key__in=few)
                known.update(rows.values_list("key", "pk"))

    def find(self, model: type[models.Model], key: str) -> int | None:
        """The number of a record that was given one, or was looked up; None where there is none."""
        return self._known.get(model, {}).get(key)


def _entries(names: list[str]) -> Iterator[tuple[str, int]]:
    by_kind: dict[str, list[str]] = {}
    for name in names:
        kind, _slash, key = name.partition("/")
        by_kind.setdefault(kind, []).append(key)
    for kind, keys in by_kind.items():
        rows = Entry.everything.filter(kind=kind, key__in=keys, moved_to=None)
        for key, number in rows.values_list("key", "pk"):
            yield f"{kind}/{key}", number


def _new_numbers(model: type[models.Model], count: int) -> list[int]:
    """`count` numbers that no row of `model` has or will be given by the database."""
    table = model._meta.db_table
    if not count:
        return []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [table, count],
            )
            return [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = cursor.fetchone()
    first = (last[0] if last else 0) + 1
    return list(range(first, first + count))
