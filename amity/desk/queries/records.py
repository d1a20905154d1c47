"""Reads of records that whoever acts may read: one, lists, their names, where they stand."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import (
    CharField,
    Exists,
    ForeignKey,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Concat
from django.http import Http404

from amity.desk.models import PlannedRelease, SilenceDays
from amity.languages.text import Text
from amity.network.models import Office, Side
from amity.record import kinds, rules
from amity.record.acting import Acting
from amity.record.choices import StandingState
from amity.record.kinds import Kind
from amity.record.models import (
    Entry,
    ProposedChange,
    Recorded,
    Standing,
)
from amity.record.plain.layout import layout
from amity.record.queries import is_key, visible_entries, visible_to
from amity.record.standing import silent_in


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
    office = Office.objects.filter(organization__key=acting.organization)
    there = {f"there_{place}": Exists(rows) for place, rows in enumerate(asked.values())}
    for row in office.annotate(**there).values_list(*there):
        return frozenset(name for name, any_row in zip(asked, row, strict=True) if any_row)
    return frozenset(asked)


def name_of(acting: Acting, register_key: str) -> Text | None:
    """What a register key is called; None for an empty one, or one that is not there."""
    return names_of(acting, [register_key]).get(register_key) if register_key else None


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
