"""Loading a dossier: all of it or nothing, and nothing when it is there already."""

import hashlib
from typing import Any

from django.db import connection, transaction

from amity.dossier.comparing import (
    Difference,
    KindDifference,
    Told,
    compare,
    refuse_what_others_have,
)
from amity.dossier.progress import Progress
from amity.dossier.shapes.catalogue import PICTURE, head_shape, record_shape
from amity.dossier.shapes.records import RecordShape
from amity.dossier.staging import Staged
from amity.dossier.writing.register import Register
from amity.dossier.writing.tables import AT_A_TIME, RowMaker, delete, insert, new_numbers
from amity.foundation.actions import By, record_change
from amity.languages.text import Text
from amity.record import kinds, media
from amity.record.kinds import Kind
from amity.record.models import Dossier, Picture

ACTOR = "dossier"
MANY = 1_000
"""After so many changed records the database looks anew at what its tables hold."""


def load(staged: Staged, progress: Progress) -> Difference:
    """Make the database hold what the folder holds, in one transaction.

    `staged` must have been checked. Raises DossierError when it clashes with another dossier.
    """
    with transaction.atomic():
        dossier = _dossier(staged)
        refuse_what_others_have(staged, dossier)
        difference = compare(staged, dossier, progress)
        _keep_pictures(staged)
        if not difference:
            return difference
        gone = _gone_pictures(difference)
        dossier = _write_head(staged, dossier)
        _Loader(staged, dossier, difference, progress).write()
        record_change(
            By(command=ACTOR),
            "load",
            "dossier",
            dossier.key,
            details={
                "added": difference.added,
                "changed": difference.changed,
                "removed": difference.removed,
            },
        )
    _forget_pictures(gone)
    return difference


def preview(staged: Staged, progress: Progress, told: Told) -> Difference:
    """What `load` would change; changes nothing."""
    with transaction.atomic():
        dossier = _dossier(staged)
        refuse_what_others_have(staged, dossier)
        return compare(staged, dossier, progress, told)


def _dossier(staged: Staged) -> Dossier | None:
    return Dossier.objects.filter(key=staged.head["id"]).first()


def _write_head(staged: Staged, dossier: Dossier | None) -> Dossier:
    values = {
        one.column.name: staged.head.get(name, one.default)
        for name, one in head_shape().fields.items()
    }
    for name in ("title", "summary"):
        values[name] = Text.from_json(values[name]) if values[name] else None
    if dossier is None:
        return Dossier.objects.create(**values)
    Dossier.objects.filter(pk=dossier.pk).update(**values)
    return dossier


class _Loader:
    """Writes what differs. References are checked by the database when all is written."""

    def __init__(
        self, staged: Staged, dossier: Dossier, difference: Difference, progress: Progress
    ) -> None:
        self._staged, self._dossier = staged, dossier
        self._difference, self._progress = difference, progress
        self._register = Register(dossier, staged.spool)

    def write(self) -> None:
        """Remove what goes or changes, then insert what is new or changed."""
        self._progress.start("writing", self._difference.added + self._difference.changed)
        for kind in kinds.kinds():
            found = self._difference.kinds[kind.kind]
            again = [found.pks[key] for key in found.changed]
            _remove(record_shape(kind.kind), [*found.removed.values(), *again])
            fresh = new_numbers(kind.model, len(found.added))
            found.pks.update(zip(found.added, fresh, strict=True))
        self._register.write()
        for kind in kinds.kinds():
            self._insert(kind, self._difference.kinds[kind.kind])
        for kind in kinds.kinds():
            self._derive(kind)
        self._look_anew()

    def _number(self, kind: str, key: str) -> int:
        return self._difference.kinds[kind].pks[key]

    def _insert(self, kind: Kind, found: KindDifference) -> None:
        """Insert records with their child rows and pairs, some at a time."""
        shape = record_shape(kind.kind)
        keys = [*found.added, *found.changed]
        maker = RowMaker(shape, self._number, self._register.number)
        children = {
            name: RowMaker(child.shape, self._number, self._register.number)
            for name, child in shape.children.items()
        }
        for start in range(0, len(keys), AT_A_TIME):
            picked = list(self._staged.spool.picked(kind.kind, keys[start : start + AT_A_TIME]))
            insert(
                kind.model,
                ["id", "dossier_id", *maker.columns],
                ([found.pks[key], self._dossier.pk, *maker.row(record)] for key, record in picked),
            )
            for name, child in shape.children.items():
                owner: Any = child.shape.model._meta.get_field(child.owner)
                rows = children[name]
                insert(
                    child.shape.model,
                    [owner.column, "position", *rows.columns],
                    (
                        [found.pks[key], position, *rows.row(item)]
                        for key, record in picked
                        for position, item in enumerate(record.get(name, ()), start=1)
                    ),
                )
            for name, reference in shape.lists.items():
                column: Any = kind.model._meta.get_field(name)
                insert(
                    column.remote_field.through,
                    [column.m2m_column_name(), column.m2m_reverse_name()],
                    (
                        (found.pks[key], self._number(reference.kind, other))
                        for key, record in picked
                        for other in record.get(name, ())
                    ),
                )
            self._progress.step(len(picked))

    def _derive(self, kind: Kind) -> None:
        if kind.derive is None:
            return
        kinds_of = self._difference.kinds
        if any(kinds_of[name] for name in (kind.kind, *kind.derived_from)):
            found = kinds_of[kind.kind]
            kind.derive(sorted([*found.pks.values(), *found.removed.values()]))

    def _look_anew(self) -> None:
        """Let the database's planner know the new sizes: its guesses are for what was there."""
        if self._difference.added + self._difference.changed + self._difference.removed >= MANY:
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")


def _remove(shape: RecordShape, numbers: list[int]) -> None:
    if not numbers:
        return
    for child in shape.children.values():
        owner: Any = child.shape.model._meta.get_field(child.owner)
        delete(child.shape.model, owner.column, numbers)
    for name in shape.lists:
        column: Any = shape.model._meta.get_field(name)
        delete(column.remote_field.through, column.m2m_column_name(), numbers)
    delete(shape.model, "id", numbers)


def _keep_pictures(staged: Staged) -> None:
    for _, record in staged.spool.records(PICTURE):
        content = staged.pictures[record["sha256"]].read_bytes()
        if hashlib.sha256(content).hexdigest() != record["sha256"]:
            raise RuntimeError(f"the picture {record['id']} changed while it was loaded")
        media.keep(content, media.name_of(record["sha256"], record["media_type"]))


def _gone_pictures(difference: Difference) -> list[tuple[str, str]]:
    found = difference.kinds[PICTURE]
    numbers = [*found.removed.values(), *(found.pks[key] for key in found.changed)]
    rows = Picture.objects.filter(pk__in=numbers)
    return list(rows.values_list("sha256", "media_type"))


def _forget_pictures(gone: list[tuple[str, str]]) -> None:
    for sha256, media_type in gone:
        if not Picture.objects.filter(sha256=sha256).exists():
            media.forget(media.name_of(sha256, media_type))
