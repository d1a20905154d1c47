"""Which records name which: for removing, and so that nobody is led to what they may not read."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from django.db import models
from django.db.models import F, Q, QuerySet

from amity.foundation.database.batches import batched
from amity.foundation.words.typography import labelled
from amity.languages.jinja import plain
from amity.record import kinds
from amity.record.acting import Acting, RegisterKey
from amity.record.derived import register_key
from amity.record.kinds import Kind
from amity.record.managers import PUBLIC
from amity.record.models import Entry
from amity.record.plain.layout import child_columns, field_label, layout
from amity.record.refusals import Reference


@dataclass(frozen=True, slots=True)
class Way:
    """A way by which records of a kind name others.

    `field` is what people call it; `rows` the model whose rows hold it; `owner` the path from
    those to the record, empty where they are the records; `target` their reference.
    """

    kind: str
    field: str
    rows: type[models.Model]
    owner: str
    target: str
    names: type[models.Model]

    @property
    def of_owner(self) -> str:
        """What stands before the name of a field of the record."""
        return f"{self.owner}__" if self.owner else ""

    @property
    def named_kind(self) -> str:
        """The kind of the records that are named; empty for the register, so for any kind."""
        return "" if self.names is Entry else kinds.of_model(self.names).kind

    def everything(self) -> "QuerySet[models.Model]":
        """All rows that hold such a reference."""
        return self.rows._base_manager.filter(**{f"{self.target}__isnull": False})


@cache
def ways_of(kind: str) -> tuple[Way, ...]:
    """All ways by which records of this kind name others."""
    return tuple(_ways(kinds.get(kind)))


def _ways(kind: Kind) -> Iterator[Way]:
    found = layout(kind.model)
    for column in found.columns:
        if isinstance(column, models.ForeignKey):
            yield Way(kind.kind, column.name, kind.model, "", column.name, _model(column))
    for many in found.lists:
        yield Way(kind.kind, many.name, many.pairs, many.owner, many.other, many.names)
    for child in found.children:
        for column in child_columns(child):
            if isinstance(column, models.ForeignKey):
                name = f"{child.name}.{column.name}"
                yield Way(kind.kind, name, child.model, child.owner, column.name, _model(column))


def _model(column: "models.ForeignKey[models.Model, models.Model]") -> type[models.Model]:
    """The model that a reference names; it is ready once all rooms are."""
    found = column.related_model
    if not isinstance(found, type):
        raise TypeError(f"{column} is not ready")
    return found


@cache
def ways_to(kind: str) -> tuple[Way, ...]:
    """All ways by which records name those of this kind, the register's aside."""
    model = kinds.get(kind).model
    return tuple(
        way for other in kinds.kinds() for way in ways_of(other.kind) if way.names is model
    )


@cache
def ways_to_the_register() -> tuple[Way, ...]:
    """All ways by which records name entries of the register."""
    return tuple(
        way for other in kinds.kinds() for way in ways_of(other.kind) if way.names is Entry
    )


def naming(kind: str, numbers: Sequence[int]) -> Iterator[tuple[Reference, int]]:
    """Records that name one of these, each with the number of the record that names it."""
    for way in ways_to(kind):
        for few in batched(numbers):
            rows = way.everything().filter(**{f"{way.target}__in": few})
            for number, key, readers, other in rows.values_list(
                way.owner or "pk",
                f"{way.of_owner}key",
                f"{way.of_owner}readers",
                f"{way.target}__key",
            ):
                yield Reference(way.kind, key, way.field, f"{kind} {other}", readers), number


def shown_to(acting: Acting, found: Iterable[Reference]) -> list[Reference]:
    """The references, without the names of records that whoever acts may not read; each once.

    In their words stands what they name: “Partnership: North – South”.
    """
    return [replace(one, words=_named_in_words(acting, one)) for one in _known(acting, found)]


def naming_shown_to(acting: Acting, found: Iterable[Reference]) -> list[Reference]:
    """The same, with the record in which each stands in its words: “proposal: A bus”."""
    return [replace(one, words=_owner_in_words(acting, one)) for one in _known(acting, found)]


def _known(acting: Acting, found: Iterable[Reference]) -> list[Reference]:
    return list(
        dict.fromkeys(
            one if one.readers in acting.readers else replace(one, key="") for one in found
        )
    )


def _named_in_words(acting: Acting, one: Reference) -> str:
    label = field_label(kinds.get(one.kind).model, one.field.partition(".")[0])
    return labelled(label, _called(acting, one.named, one.other))


def _owner_in_words(acting: Acting, one: Reference) -> str:
    return labelled(str(kinds.get(one.kind).label), _called(acting, one.kind, one.key))


def _called(acting: Acting, kind: str, key: str) -> str:
    """What a record is called, for whoever may read it; its identifier where that is all."""
    entries = Entry.everything.filter(kind=kind, key=key, readers__in=acting.readers)
    entry = entries.first() if kind and key else None
    return plain(entry.title) if entry is not None else key or "…"


def hidden_from_readers(acting: Acting, kind: str, numbers: Sequence[int]) -> Iterator[Reference]:
    """References of these records that lead a reader to what they may not read."""
    for way in ways_of(kind):
        for few in batched(numbers):
            rows = way.everything().filter(**{f"{way.owner or 'pk'}__in": few})
            yield from _hidden(acting, way, rows)


def astray(acting: Acting, kind: str, numbers: Sequence[int]) -> Iterator[Reference]:
    """References to these records by which readers are led to what they may not read."""
    model = kinds.get(kind).model
    for few in batched(numbers):
        private = model.everything.filter(pk__in=few).exclude(readers=PUBLIC)
        found = dict(private.values_list("pk", "key"))
        if not found:
            continue
        for way in ways_to(kind):
            yield from _hidden(
                acting, way, way.everything().filter(**{f"{way.target}__in": list(found)})
            )
        for way in ways_to_the_register():
            named = Q(
                **{f"{way.target}__kind": kind, f"{way.target}__key__in": list(found.values())}
            )
            yield from _hidden(acting, way, way.everything().filter(named))


def hidden_from_writer(acting: Acting, kind: str, numbers: Sequence[int]) -> Iterator[Reference]:
    """References of these records to what whoever wrote them may not read."""
    for way in ways_of(kind):
        for few in batched(numbers):
            rows = way.everything().filter(**{f"{way.owner or 'pk'}__in": few})
            unread = rows.exclude(**{f"{way.target}__readers__in": acting.readers})
            for key in unread.values_list(f"{way.of_owner}key", flat=True):
                yield Reference(way.kind, key, way.field, "")


def _hidden(acting: Acting, way: Way, rows: "QuerySet[models.Model]") -> Iterator[Reference]:
    mine, theirs = f"{way.of_owner}readers", f"{way.target}__readers"
    suspicious = rows.exclude(**{theirs: PUBLIC}).exclude(**{theirs: F(mine)})
    for key, readers, other, their_readers in suspicious.values_list(
        f"{way.of_owner}key", mine, f"{way.target}__key", theirs
    ):
        if not includes(acting, their_readers, readers):
            yield Reference(way.kind, key, way.field, other, readers, way.named_kind)


def includes(acting: Acting, wide: str, narrow: str) -> bool:
    """Whether all who are `narrow` are among `wide`; both as they stand in `readers`.

    A side is of its partnership's circle. What an office keeps for itself may name what the
    office reads, when it is the office that acts.
    """
    if wide in {PUBLIC, narrow}:
        return True
    if narrow.startswith("side:"):
        return wide == partnership_of(narrow)
    return narrow == acting.office and wide in acting.readers


def partnership_of(side: RegisterKey) -> RegisterKey:
    """The partnership of a side; empty where there is no such side."""
    entry = Entry.everything.filter(kind="side", key=side.removeprefix("side:")).first()
    return register_key("partnership", entry.page_key) if entry else ""


def sides_of(partnership: RegisterKey) -> frozenset[RegisterKey]:
    """The sides of a partnership."""
    key = partnership.removeprefix("partnership:")
    entries = Entry.everything.filter(kind="side", page_kind="partnership", page_key=key)
    there = entries.filter(removed_at=None, moved_to=None)
    return frozenset(register_key("side", side) for side in there.values_list("key", flat=True))
