"""Reads of the desk: records that whoever acts may read, what was written."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import (
    Case,
    CharField,
    Exists,
    ForeignKey,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models.functions import Concat, RowNumber
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from amity.desk.models import Contact, Draft, Editing, PlannedRelease, SilenceDays
from amity.foundation.differences import FieldChange
from amity.foundation.models import Change
from amity.languages.text import Text
from amity.network.models import Office, Side
from amity.record import kinds, rules
from amity.record.acting import Acting
from amity.record.actions.remove import hanging
from amity.record.choices import KeptBy, StandingState
from amity.record.kinds import Kind
from amity.record.models import (
    Entry,
    ProposedChange,
    Recorded,
    Standing,
)
from amity.record.plain.layout import layout
from amity.record.queries import history, is_key, visible_entries, visible_to
from amity.record.standing import silent_in

AMONG_SIDES = ("propose", "agree", "object", "agree_by_silence", "overtake", "withdraw_proposal")
"""Verbs that make nothing of a record and are said to the other sides."""
SEEN_FOR = timedelta(seconds=75)
"""How long after its last word a form counts as open; it speaks every 25 seconds."""
MOST_OF_A_WHOLE = 200
"""Records that are read and confirmed on one page."""
NAMED_BY_A_WHOLE = {"gathering": ("agreements",)}
"""Lists of what is of a whole although the whole names it: what was signed at a gathering."""
MOST_PARTS = 200
"""Of each kind, on the page of what they hang on."""


def kind_or_404(name: str) -> Kind:
    """A kind by its plural, as addresses write it. Raises Http404."""
    kind = kinds.by_plural().get(name)
    if kind is None:
        raise Http404(name)
    return kind


def record_or_404(acting: Acting, kind: Kind, key: str) -> Recorded:
    """A record with what its fields name, if whoever acts may read it. Raises Http404."""
    if not is_key(key):
        raise Http404(key)
    columns = layout(kind.model).columns
    named = [column.name for column in columns if isinstance(column, ForeignKey)]
    rows = visible_to(acting, kind.model).filter(key=key)
    found = rows.select_related("dossier", *named).first()
    if found is None:
        raise Http404(key)
    return found


def entries_of(acting: Acting, kind: Kind, mine: bool = False) -> QuerySet[Entry]:
    """The register's entries of a kind for a list of the desk, the newest first.

    With `mine`, only what whoever acts may change.
    """
    entries = visible_entries(acting).filter(kind=kind.kind)
    if mine:
        keys = kind.model.everything.filter(rules.changeable(acting)).values("key")
        entries = entries.filter(key__in=keys)
    return entries.select_related("dossier").order_by("-id")


@dataclass(frozen=True, slots=True)
class StandingShown:
    """Whether a side has confirmed a joint record: its name, and the state (None: not yet).

    `silent`: whether it agreed to a change by silence; `days` of its silence procedure, and when
    they were set.
    """

    side: str
    name: Text
    state: str | None
    own: bool
    silent: bool
    days: int | None
    days_set_at: datetime | None


def are_settled(standings: Sequence[StandingShown]) -> bool:
    """Whether these are of a joint record that every side has confirmed."""
    return bool(standings) and all(one.state == StandingState.CONFIRMED for one in standings)


def standings_of(acting: Acting, record: Recorded) -> list[StandingShown]:
    """Where the sides of the partnership that keeps a joint record stand to it; of others none.

    In the order of their keys. One statement.
    """
    if not rules.is_joint(record):
        return []
    kind = kinds.of_model(type(record)).kind
    said = Standing.objects.filter(
        entry__kind=kind,
        entry__key=record.key,
        side=Concat(Value("side:"), OuterRef("key"), output_field=CharField()),
    )
    key = record.keeper.removeprefix("partnership:")
    sides = visible_entries(acting).filter(kind="side", page_kind="partnership", page_key=key)
    silence = SilenceDays.objects.filter(side__key=OuterRef("key"))
    rows = sides.annotate(
        said=Subquery(said.values("state")),
        silent=silent_in(kind, record),
        days=Subquery(silence.values("days")),
        days_set_at=Subquery(silence.values("set_at")),
    )
    asked = ("key", "title", "said", "silent", "days", "days_set_at")
    return [
        StandingShown(
            side=f"side:{one}",
            name=name,
            state=state,
            own=acting.speaks_for(f"side:{one}"),
            silent=silent,
            days=days,
            days_set_at=days_set_at,
        )
        for one, name, state, silent, days, days_set_at in rows.order_by("key").values_list(*asked)
    ]


def names_of(acting: Acting, register_keys: Iterable[str]) -> dict[str, Text]:
    """What register keys are called, by key; what is not there for whoever acts is left out."""
    asked = Q()
    for one in register_keys:
        kind, _colon, key = one.partition(":")
        asked |= Q(kind=kind, key=key)
    if not asked:
        return {}
    return {f"{one.kind}:{one.key}": one.title for one in visible_entries(acting).filter(asked)}


def entries_by_key(acting: Acting, named: Iterable[tuple[str, str]]) -> list[Entry]:
    """The entries of records by kind and key, as far as they are there for whoever acts."""
    asked = Q(pk__in=())
    for kind, key in named:
        asked |= Q(kind=kind, key=key)
    return list(visible_entries(acting).filter(asked).select_related("dossier").order_by("id"))


def filled(acting: Acting, asked: Mapping[str, "QuerySet[Model]"]) -> frozenset[str]:
    """Which of these have any row. One statement for all; all of them where no office acts."""
    office = Office.objects.filter(organization__key=acting.office.removeprefix("organization:"))
    there = {f"there_{place}": Exists(rows) for place, rows in enumerate(asked.values())}
    for row in office.annotate(**there).values_list(*there):
        return frozenset(name for name, any_row in zip(asked, row, strict=True) if any_row)
    return frozenset(asked)


def name_of(acting: Acting, register_key: str) -> Text | None:
    """What a register key is called; None for an empty one, or one that is not there."""
    return names_of(acting, [register_key]).get(register_key) if register_key else None


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


def proposals_of(acting: Acting, record: Recorded) -> QuerySet[ProposedChange]:
    """The proposed changes of a joint record, newest first; for its sides alone."""
    if not rules.is_joint(record) or record.keeper not in acting.partnerships:
        return ProposedChange.objects.none()
    kind = kinds.of_model(type(record))
    rows = ProposedChange.objects.filter(entry__kind=kind.kind, entry__key=record.key)
    return rows.prefetch_related("fields__replies")


def silent_sides(acting: Acting) -> QuerySet[Side]:
    """The sides of the partnerships of whoever acts, with the silence procedure of each."""
    keys = [one.removeprefix("partnership:") for one in acting.partnerships]
    rows = Side.everything.filter(rules.readable(acting), partnership__key__in=keys)
    return rows.select_related("partnership", "silence").order_by("partnership__key", "position")


def planned_release_of(record: Recorded) -> PlannedRelease | None:
    """The day on which everybody is to read a record, where one is set. One statement."""
    kind = kinds.of_model(type(record)).kind
    rows = PlannedRelease.objects.filter(entry__kind=kind, entry__key=record.key, outcome="")
    return rows.select_related("user").first()


def drafts_of(user: int, office: str) -> QuerySet[Draft]:
    """The drafts of a person for an office, newest first."""
    return Draft.objects.filter(user=user, office=office).exclude(values={})


def draft_of(user: int, office: str, kind: Kind, key: str, place: str = "") -> Draft | None:
    """The draft of a person for a record, or for a new one in a place."""
    return drafts_of(user, office).filter(kind=kind.kind, key=key, place=place).first()


def contacts_of(acting: Acting) -> QuerySet[Contact]:
    """The contacts of the office acted for whose time has not passed; of no other office."""
    if not acting.office or not acting.mandates:
        return Contact.objects.none()
    return Contact.objects.filter(office=acting.office, keep_until__gte=timezone.localdate())


def others_editing(user: int, kind: Kind, key: str) -> QuerySet[Editing]:
    """Who else has the form of a record open now."""
    seen = Editing.objects.filter(kind=kind.kind, key=key, seen_at__gt=timezone.now() - SEEN_FOR)
    return seen.exclude(user=user).select_related("user").order_by("user__name")


def last_change(record: Recorded) -> int:
    """The number of the last change of a record; 0 for none."""
    newest = history(record).values_list("pk", flat=True).first()
    return newest or 0


def changes_since(record: Recorded, opened: int) -> list[list[FieldChange]]:
    """What was changed of a record since the change `opened`, the newest change first."""
    rows = history(record).filter(pk__gt=opened).values_list("paths", flat=True)
    return [[FieldChange.from_json(path) for path in paths] for paths in rows]


def change_or_404(acting: Acting, kind: Kind, key: str, number: int) -> Change:
    """A change of a record, one that was removed too, if whoever acts may read it.

    Raises Http404, the same for a change of what others keep to themselves as for none.
    """
    entries = Entry.everything.filter(kind=kind.kind)
    if not entries.filter(rules.readable(acting), key=key).exists():
        raise Http404(key)
    former = entries.filter(moved_to__key=key, removed_at=None).values("key")
    changes = Change.objects.filter(Q(key=key) | Q(key__in=former), kind=kind.kind)
    return get_object_or_404(changes, pk=number)


def others_did(acting: Acting, since: datetime) -> QuerySet[Change]:
    """What other offices did since with joint records of one's partnerships, newest first.

    Only with records that whoever acts may read, and of what is done among the sides.
    """
    if not acting.partnerships:
        return Change.objects.none()
    asked = Q(pk__in=())
    for kind in kinds.kinds():
        if kind.keeping.kept_by == KeptBy.PARTNERSHIP:
            rows = kind.model.everything.filter(
                rules.readable(acting), keeper__in=acting.partnerships
            )
            asked |= Q(kind=kind.kind, key__in=rows.values("key"))
    among_sides = ~Q(effect="") | Q(verb__in=AMONG_SIDES)
    done = Change.objects.filter(asked, among_sides, at__gt=since, part_of=None)
    return done.exclude(office=acting.office).order_by("-id")


def happened(acting: Acting) -> QuerySet[Change]:
    """What the office did with records, newest first; a load of a folder is one of them."""
    done = Change.objects.filter(office=acting.office, part_of=None)
    return done.exclude(kind="").order_by("-id")


def going_along(acting: Acting, kind: Kind, record: Recorded) -> tuple[tuple[str, int], ...]:
    """What is removed with a record, as far as whoever acts reads it: kinds, and how many."""
    touched = hanging(kind, [record.pk])
    found = []
    for other in kinds.kinds():
        numbers = [one for one in touched.of(other.kind) if (other, one) != (kind, record.pk)]
        if numbers and (count := visible_to(acting, other.model).filter(pk__in=numbers).count()):
            found.append((str(other.plural_label), count))
    return tuple(found)
