"""The register: one entry per record, with its title and the page it is read on."""

import json
from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.db.models import F, TextField
from django.db.models.functions import Cast

from amity.dossier.shapes.catalogue import record_shape
from amity.dossier.shapes.references import Reference
from amity.dossier.shapes.texts import to_json
from amity.dossier.spool import Spool
from amity.record import kinds
from amity.record.kinds import Kind
from amity.record.managers import PUBLIC
from amity.record.models import Dossier, Entry

from .tables import delete, insert, new_numbers

NOW = ("readers", "removed_by", "removed_why")
COLUMNS = ("id", "kind", "key", "dossier_id", "title", "page_kind", "page_key", *NOW)
NOWHERE = ("", "")


class Register:
    """Brings the entries of a dossier into agreement with its records; `number` finds them."""

    def __init__(self, dossier: Dossier, spool: Spool) -> None:
        self._dossier, self._spool = dossier, spool
        self._numbers: dict[str, dict[str, int]] = {}

    def number(self, kind: str, key: str) -> int:
        """Number of a record's entry. Raises KeyError."""
        return self._numbers[kind][key]

    def write(self) -> None:
        """Add, change and remove entries."""
        for kind in kinds.kinds():
            self._write(kind)

    def _write(self, kind: Kind) -> None:
        stored = {
            key: (number, json.loads(title), (page_kind, page_key))
            for key, number, title, page_kind, page_key in self._stored(kind)
        }
        numbers = self._numbers[kind.kind] = {}
        gone = [one[0] for key, one in stored.items() if not self._spool.has(kind.kind, key)]
        fresh = new_numbers(Entry, sum(key not in stored for key in self._spool.keys(kind.kind)))
        changed: list[tuple[Any, ...]] = []

        def added() -> Iterator[tuple[Any, ...]]:
            for key, record in self._spool.records(kind.kind):
                title, page = self._title(kind, record), self._page(kind, key, record)
                before = stored.get(key)
                if before is None:
                    numbers[key] = next(fresh)
                    yield (
                        numbers[key],
                        kind.kind,
                        key,
                        self._dossier.pk,
                        to_json(title),
                        *page,
                        PUBLIC,
                        "",
                        "",
                    )
                    continue
                numbers[key] = before[0]
                if (title, page) != before[1:]:
                    changed.append((to_json(title), *page, before[0]))

        insert(Entry, COLUMNS, added())
        delete(Entry, "id", gone)
        if changed:
            with connection.cursor() as cursor:
                cursor.executemany(
                    "UPDATE record_entry SET title = %s, page_kind = %s, page_key = %s "
                    "WHERE id = %s",
                    changed,
                )

    def _stored(self, kind: Kind) -> Any:
        rows = Entry.objects.filter(dossier=self._dossier, kind=kind.kind)
        return rows.annotate(raw_title=Cast(F("title"), TextField())).values_list(
            "key", "pk", "raw_title", "page_kind", "page_key"
        )

    def _title(self, kind: Kind, record: dict[str, Any]) -> dict[str, Any]:
        for path in kind.name:
            name, _, inner = path.partition(".")
            found = record.get(name)
            if found is not None and inner:
                found = (self._referred(kind.kind, name, found) or {}).get(inner)
            if found is not None:
                return dict(found)
        raise LookupError(f"{kind.kind} {record['id']} has nothing to be called by")

    def _page(self, kind: Kind, key: str, record: Any) -> tuple[str, str]:
        """Kind and key of the record on whose page this one is read; empty when on none."""
        while kind.page is None:
            name = next((name for name in kind.shown_on if record.get(name)), None)
            if name is None:
                return NOWHERE
            key = record[name]
            target = _target(kind.kind, name)
            record = self._spool.find(target, key)
            if record is None:
                return NOWHERE
            kind = kinds.get(target)
        return kind.kind, key

    def _referred(self, kind: str, name: str, key: str) -> Any:
        return self._spool.find(_target(kind, name), key)


def _target(kind: str, name: str) -> str:
    """The kind that the reference `name` of `kind` names."""
    shape = record_shape(kind).fields[name].shape
    if not isinstance(shape, Reference):
        raise TypeError(f"{kind}.{name} is no reference")
    return shape.kind
