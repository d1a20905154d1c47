"""How a dossier's folder differs from what the database holds of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from amity.dossier.problems import DossierError, Problem, Problems
from amity.dossier.progress import Progress
from amity.dossier.shapes.catalogue import head_shape, record_shape
from amity.dossier.staging import Staged
from amity.dossier.stored import owned_by_others, stored_head, stored_records
from amity.record import kinds
from amity.record.models import Dossier, Entry
from amity.record.uniqueness import uniques_of

STEPS = 500
DOSSIER = "dossier"

Record = dict[str, Any]
Told = Callable[[str, str, Record | None, Record | None], None]
"""Called with kind, key, the record as it is (None when new) and as it will be (None when gone)."""


@dataclass
class KindDifference:
    """What changes among the records of one kind. `pks`: of all that stay, by key."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: dict[str, int] = field(default_factory=dict)
    pks: dict[str, int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


@dataclass
class Difference:
    """What a load changes."""

    head: bool = False
    kinds: dict[str, KindDifference] = field(default_factory=dict)
    unchanged: int = 0

    @property
    def added(self) -> int:
        """How many records are new."""
        return sum(len(one.added) for one in self.kinds.values())

    @property
    def changed(self) -> int:
        """How many records differ."""
        return sum(len(one.changed) for one in self.kinds.values())

    @property
    def removed(self) -> int:
        """How many records are gone."""
        return sum(len(one.removed) for one in self.kinds.values())

    def __bool__(self) -> bool:
        return bool(self.head or self.added or self.changed or self.removed)


def compare(
    staged: Staged, dossier: Dossier | None, progress: Progress, told: Told | None = None
) -> Difference:
    """Hold every record in the folder against the database."""
    difference = Difference()
    head = stored_head(dossier) if dossier else None
    if head != staged.head:
        difference.head = True
        if told:
            told(DOSSIER, staged.head["id"], head, staged.head)
    progress.start("comparing", staged.spool.count())
    for kind in kinds.kinds():
        difference.kinds[kind.kind] = _compare_kind(
            kind.kind, staged, dossier, difference, progress, told
        )
    return difference


def _compare_kind(
    kind: str,
    staged: Staged,
    dossier: Dossier | None,
    difference: Difference,
    progress: Progress,
    told: Told | None,
) -> KindDifference:
    found = KindDifference()
    for count, stored in enumerate(stored_records(kind, dossier) if dossier else ()):
        if count % STEPS == 0:
            progress.step(STEPS)
        wanted = staged.spool.find(kind, stored.key)
        if wanted is None:
            found.removed[stored.key] = stored.pk
        else:
            found.pks[stored.key] = stored.pk
            if wanted == stored.record:
                difference.unchanged += 1
                continue
            found.changed.append(stored.key)
        if told:
            told(kind, stored.key, stored.record, dict(wanted) if wanted else None)
    for key in staged.spool.keys(kind):
        if key not in found.pks:
            found.added.append(key)
            if told:
                told(kind, key, None, dict(staged.spool.find(kind, key) or {}))
    return found


def refuse_what_others_have(staged: Staged, dossier: Dossier | None) -> None:
    """Raise DossierError where another dossier has the same key, or the same unique value."""
    problems = Problems()
    others = owned_by_others(Entry, dossier).values_list("kind", "key", "dossier__key")
    for kind, key, other in others.iterator():
        if staged.spool.has(kind, key):
            problems.add(
                Problem(
                    staged.files[staged.spool.place(kind, key).file][1],
                    0,
                    "id",
                    f"the {kind} {key} belongs to the dossier {other}; expected an id of its own",
                )
            )
    problems.extend(_same_values(staged, dossier))
    if problems:
        raise DossierError(problems)


def _same_values(staged: Staged, dossier: Dossier | None) -> Iterator[Problem]:
    for kind in kinds.kinds():
        for unique in uniques_of(kind.model):
            columns = [kind.model._meta.get_field(name) for name in unique.fields]
            if unique.fields == ("key",) or any(column.is_relation for column in columns):
                continue
            theirs = owned_by_others(kind.model, dossier).filter(unique.bound)
            rows = theirs.values_list(*unique.fields, "key", "dossier__key").iterator()
            taken = {tuple(row[:-2]): row[-2:] for row in rows}
            ours = staged.rows(kind.kind).filter(unique.bound).values_list(*unique.fields, "key")
            for *values, key in ours.iterator() if taken else ():
                if tuple(values) in taken:
                    other, whose = taken[tuple(values)]
                    yield Problem(
                        staged.files[staged.place(kind.kind, key).file][1],
                        0,
                        unique.shown_at,
                        f"{kind.kind} {key} has the same as {other} of the dossier {whose}",
                    )


def described(kind: str, key: str, before: Record | None, after: Record | None) -> Iterator[str]:
    """One difference in lines for people: added, removed, or field by field."""
    if before is None:
        yield f"+ {kind} {key}"
        return
    if after is None:
        yield f"- {kind} {key}"
        return
    yield f"~ {kind} {key}"
    shape = head_shape() if kind == DOSSIER else record_shape(kind)
    old, new = (dict(_flat(shape.write(record))) for record in (before, after))
    for name in [*old, *(name for name in new if name not in old)]:
        if old.get(name) != new.get(name):
            yield f"    {name}: {_said(old.get(name))} → {_said(new.get(name))}"


def _flat(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _flat(inner, f"{path}.{name}" if path else str(name))
    elif isinstance(value, list):
        for position, inner in enumerate(value, start=1):
            yield from _flat(inner, f"{path}[{position}]")
    else:
        yield path, value


def _said(value: Any) -> str:
    return "(nothing)" if value is None else f"“{value}”"
