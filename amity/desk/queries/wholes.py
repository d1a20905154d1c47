"""Reads of what hangs on a record: its parts, a whole gathering, what goes along."""

from dataclasses import dataclass

from django.db.models import (
    Case,
    ForeignKey,
    Q,
    QuerySet,
    When,
    Window,
)
from django.db.models.functions import RowNumber

from amity.record import kinds
from amity.record.acting import Acting
from amity.record.actions.remove import hanging
from amity.record.choices import KeptBy
from amity.record.kinds import Kind
from amity.record.models import (
    Entry,
    Recorded,
)
from amity.record.plain.layout import layout
from amity.record.queries import visible_entries, visible_to

MOST_OF_A_WHOLE = 200
"""Records that are read and confirmed on one page."""
NAMED_BY_A_WHOLE = {"gathering": ("agreements",)}
"""Lists of what is of a whole although the whole names it: what was signed at a gathering."""
MOST_PARTS = 200
"""Of each kind, on the page of what they hang on."""


@dataclass(frozen=True, slots=True)
class Part:
    """The records of a kind that are part of another: the kind, how many, and the first of them."""

    kind: Kind
    reference: str
    entries: tuple[Entry, ...]


def parts_of(acting: Acting, record: Recorded) -> list[Part]:
    """What hangs on a record, kind by kind: what can be added to it at the desk. One statement."""
    hanging, asked = [], Q(pk__in=())
    for kind in kinds.kinds():
        for reference in kind.keeping.part_of[:1]:
            if kind.model._meta.get_field(reference).related_model is type(record):
                hanging.append((kind, reference))
                rows = visible_to(acting, kind.model).filter(**{reference: record})
                asked |= Q(kind=kind.kind, key__in=rows.values("key"))
    if not hanging:
        return []
    place = Window(RowNumber(), partition_by="kind", order_by="id")
    entries = visible_entries(acting).filter(asked).annotate(place=place)
    found: dict[str, list[Entry]] = {kind.kind: [] for kind, _reference in hanging}
    for entry in entries.filter(place__lte=MOST_PARTS).order_by("id"):
        found[entry.kind].append(entry)
    return [Part(kind, reference, tuple(found[kind.kind])) for kind, reference in hanging]


def parts_within(acting: Acting, kind: Kind, record: Recorded) -> list[Part]:
    """What is part of a record and is confirmed with it, and what is part of that. One statement.

    Contributions belong to sessions, and sessions to a gathering.
    """
    found: dict[str, tuple[Kind, str, QuerySet[Recorded]]] = {}
    above: list[tuple[Kind, QuerySet[Recorded]]] = [
        (kind, kind.model.everything.filter(pk=record.pk))
    ]
    while above:
        owner, rows = above.pop(0)
        for part in kinds.kinds():
            for reference in part.keeping.part_of[:1]:
                names = part.model._meta.get_field(reference).related_model is owner.model
                if names and part.keeping.kept_by == KeptBy.OWNER and part.kind not in found:
                    inner = visible_to(acting, part.model).filter(**{f"{reference}__in": rows})
                    found[part.kind] = (part, reference, inner)
                    above.append((part, inner))
    asked = Q(pk__in=())
    for part, _reference, inner in found.values():
        asked |= Q(kind=part.kind, key__in=inner.values("key"))
    listed: dict[str, list[Entry]] = {}
    for entry in visible_entries(acting).filter(asked).order_by("id")[: 5 * MOST_PARTS]:
        listed.setdefault(entry.kind, []).append(entry)
    return [
        Part(part, reference, tuple(listed.get(part.kind, ())))
        for part, reference, _inner in found.values()
    ]


def whole_of(acting: Acting, kind: Kind, record: Recorded) -> QuerySet[Entry]:
    """A joint record and what its sides keep together that names it, itself first.

    With what was signed at it.
    """
    asked = Q(kind=kind.kind, key=record.key)
    for other in kinds.kinds():
        if other.keeping.kept_by == KeptBy.PARTNERSHIP:
            for column in layout(other.model).columns:
                if isinstance(column, ForeignKey) and column.related_model is kind.model:
                    rows = visible_to(acting, other.model).filter(
                        keeper=record.keeper, **{column.name: record}
                    )
                    asked |= Q(kind=other.kind, key__in=rows.values("key"))
    for many in layout(kind.model).lists:
        if many.name in NAMED_BY_A_WHOLE.get(kind.kind, ()):
            pairs = many.pairs._base_manager.filter(**{many.owner: record.pk})
            rows = visible_to(acting, kinds.of_model(many.names).model).filter(
                keeper=record.keeper, pk__in=pairs.values(many.other)
            )
            asked |= Q(kind=kinds.of_model(many.names).kind, key__in=rows.values("key"))
    first = Case(When(kind=kind.kind, key=record.key, then=0), default=1)
    entries = visible_entries(acting).filter(asked).select_related("dossier")
    return entries.order_by(first, "id")[:MOST_OF_A_WHOLE]


def going_along(acting: Acting, kind: Kind, record: Recorded) -> tuple[tuple[str, int], ...]:
    """What is removed with a record, as far as whoever acts reads it: kinds, and how many."""
    touched = hanging(kind, [record.pk])
    found = []
    for other in kinds.kinds():
        numbers = [one for one in touched.of(other.kind) if (other, one) != (kind, record.pk)]
        if numbers and (count := visible_to(acting, other.model).filter(pk__in=numbers).count()):
            found.append((str(other.plural_label), count))
    return tuple(found)
