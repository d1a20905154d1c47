"""What must hold within a folder as a whole: references, constraints, what may be there once, and
what the rooms check between records. All of it is asked of the staging database."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BooleanField,
    CheckConstraint,
    ExpressionWrapper,
    F,
    Min,
    Model,
    QuerySet,
    Window,
)
from django.utils.translation import gettext as _

from amity.dossier.problems import Path
from amity.dossier.progress import Progress
from amity.dossier.shapes.base import suggestion
from amity.dossier.staging.clocks import settle
from amity.dossier.staging.database import REGISTER
from amity.dossier.staging.folder import Staged
from amity.dossier.staging.placing import Unplaced, placed, way
from amity.foundation.database.batches import batched
from amity.foundation.database.constraints import CheckAt
from amity.record import kinds
from amity.record.kinds import Kind
from amity.record.models import Entry
from amity.record.plain.layout import child_columns, layout
from amity.record.uniqueness import uniques_of

SUGGEST_AMONG = 2_000
"""With more records of a kind than this, a dangling reference gets no suggestion."""
SUGGESTIONS = 50
"""And no more than so many get one: comparing spellings takes its time."""


@dataclass(frozen=True)
class Rows:
    """A table that holds records of a kind or what belongs to them.

    `owner`: the column with the number of the record. `position`: the column that says which item
    of the list called `name` a row is; both empty for the records themselves.
    """

    kind: Kind
    model: type[Model]
    owner: str = "pk"
    name: str = ""
    position: str = ""

    def way(self, position: int | None, field: str) -> Path:
        """The way from the record to a field of a row."""
        step: Path = (field,) if field else ()
        return step if position is None else (self.name, position - 1, *step)


def check_between(staged: Staged, progress: Progress) -> None:
    """Check everything that one value alone cannot show; mistakes go to `staged.problems`."""
    unplaced = Unplaced()
    progress.start("checking", staged.count())
    for of, (number, path, message) in settle(staged.database, staged.spool, staged.clocks):
        unplaced.add(staged.database.place(of, number), path, message)
    for kind in kinds.kinds():
        if not staged.count(kind.kind):
            continue
        for number, path, message in _wrong(staged, kind):
            unplaced.add(staged.database.place(kind.kind, number), path, message)
        progress.step(staged.count(kind.kind))
    problems = placed(staged, unplaced)
    staged.problems.extend(problems.kept)
    staged.problems.count += problems.count - len(problems.kept)


def _wrong(staged: Staged, kind: Kind) -> Iterator[tuple[int, Path, str]]:
    """Number of the record, way into it, and what is wrong there."""
    found = layout(kind.model)
    tables = [Rows(kind, kind.model)]
    tables += [
        Rows(kind, child.model, f"{child.owner}_id", child.name, "position")
        for child in found.children
    ]
    for rows in tables:
        if not staged.unread:
            yield from _dangling(staged, rows)
        yield from _against_conditions(staged, rows)
        yield from _there_before(staged, rows)
    if not staged.unread:
        for many in found.lists:
            of_pairs = Rows(kind, many.pairs, f"{many.owner}_id")
            target = kinds.of_model(many.names)
            for number, _, key in _missing(staged, of_pairs, f"{many.other}_id", target.kind):
                yield number, (many.name, key), _no_such(staged, target.kind, key)
    for check in kind.checks:
        for broken in check.ask(staged.rows(kind.kind)):
            yield broken.record_pk, way(broken.field_path), str(broken.message)


def _dangling(staged: Staged, rows: Rows) -> Iterator[tuple[int, Path, str]]:
    columns = layout(rows.model).columns
    if rows.name:
        (child,) = (one for one in layout(rows.kind.model).children if one.name == rows.name)
        columns = child_columns(child)
    for column in columns:
        target: Any = column.related_model
        if target is Entry:
            for number, position, name in _missing(staged, rows, f"{column.name}_id", REGISTER):
                kind, _slash, key = name.partition("/")
                yield number, rows.way(position, column.name), _no_such(staged, kind, key)
        elif target is not None:
            kind = kinds.of_model(target).kind
            for number, position, key in _missing(staged, rows, f"{column.name}_id", kind):
                yield number, rows.way(position, column.name), _no_such(staged, kind, key)


def _missing(
    staged: Staged, rows: Rows, column: str, kind: str
) -> Iterator[tuple[int, int | None, str]]:
    """Record, position and key of each row that names a record which is not there."""
    missing = staged.missing(kind)
    for some in batched(missing):
        naming = staged.database.rows(rows.model).filter(**{f"{column}__in": some})
        for owner, position, number in _located(rows, naming, column):
            yield owner, position, missing[number]


def _against_conditions(staged: Staged, rows: Rows) -> Iterator[tuple[int, Path, str]]:
    """Rows of which a condition is false; where it is unknown, SQL lets it be."""
    for constraint in rows.model._meta.constraints:
        if isinstance(constraint, CheckConstraint):
            condition: Any = constraint.condition
            holds = ExpressionWrapper(condition, output_field=BooleanField())
            broken = staged.database.rows(rows.model).annotate(holds=holds).filter(holds=False)
            at = constraint.shown_at if isinstance(constraint, CheckAt) else ""
            for owner, position in _located(rows, broken):
                message = constraint.get_violation_error_message()
                yield owner, rows.way(position, at), str(message)


def _there_before(staged: Staged, rows: Rows) -> Iterator[tuple[int, Path, str]]:
    """Rows that say again what may be said once, and which record said it before."""
    for unique in uniques_of(rows.model):
        if rows.position and rows.position in unique.fields:
            continue  # the place in a list follows from the list
        listed = staged.database.rows(rows.model).filter(unique.bound)
        first = Window(Min("pk"), partition_by=[F(name) for name in unique.fields])
        again = listed.annotate(first=first).filter(pk__gt=F("first"))
        for owner, position, before in _located(rows, again, "first"):
            message = str(unique.words)
            if not rows.name:
                key = staged.rows(rows.kind.kind).values_list("key", flat=True).get(pk=before)
                message = f"{message} ({key})"
            yield owner, rows.way(position, unique.shown_at), message


def _located(rows: Rows, found: "QuerySet[Any]", *more: str) -> Iterator[tuple[Any, ...]]:
    """Record and position (None for a record itself) of rows, and more of their columns."""
    if rows.position:
        names = (rows.owner, rows.position, *more)
        yield from found.order_by("pk").values_list(*names).iterator()
        return
    for owner, *others in found.order_by("pk").values_list(rows.owner, *more).iterator():
        yield owner, None, *others


def _no_such(staged: Staged, kind: str, key: str) -> str:
    near = ""
    if staged.suggested < SUGGESTIONS and staged.count(kind) <= SUGGEST_AMONG:
        staged.suggested += 1
        near = suggestion(key, staged.keys(kind))
    words = _("there is no %(kind)s %(key)s in this dossier%(near)s; expected one that is")
    return words % {"kind": kind, "key": key, "near": near}
