"""Reads of the desk: what waits for a side to confirm, to answer, or to keep with the others."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import (
    Case,
    CharField,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Substr

from amity.foundation.models import Change
from amity.foundation.pages.paging import ListPage, start_of
from amity.languages.text import Text
from amity.record import derived, kinds, rules
from amity.record.acting import Acting, RegisterKey, key_of
from amity.record.actions.releasing import VERB as RELEASE
from amity.record.actions.taking_effect import AUDIENCE
from amity.record.choices import Audience, KeptBy, ProposalState, StandingState
from amity.record.kinds import Kind
from amity.record.models import (
    Dispute,
    Entry,
    ProposedField,
    Recorded,
    Standing,
)
from amity.record.queries import visible_entries

LISTED_AT_MOST = 1_000
"""So many are counted, so that a list costs no more with a hundred thousand of them."""


def to_confirm(acting: Acting, *, own: bool = False) -> QuerySet[Entry]:
    """Joint records that others recorded and that a side of whoever acts has not confirmed.

    What is part of something is confirmed there, and does not wait by itself. `own`: what their
    office recorded as well; it waits for nobody's answer, yet nobody has confirmed it. A
    partnership waits whoever recorded it: the administrator begins it as one of its offices. So
    does what a side had confirmed, and was changed since.
    """
    fallen = Q(pk__in=_voided(acting).values("entry"))
    return _entries(acting).filter(fallen | _unconfirmed(acting, own=own))


@dataclass(frozen=True, slots=True)
class Waiting:
    """A `page` of what waits to be confirmed; of it what had been confirmed before it changed
    (`fallen`); `capped`: that there is more than `LISTED_AT_MOST`."""

    page: ListPage[Entry]
    fallen: Sequence[Entry]
    capped: bool


def page_to_confirm(acting: Acting, number: int, size: int) -> Waiting:
    """A page of what `to_confirm` gives: first what had been confirmed, then the newest.

    Four statements at most. Raises Http404 for a page past the end.
    """
    fallen = _entries(acting).filter(pk__in=_voided(acting).values("entry"))
    void = _voided(acting).filter(entry=OuterRef("pk"))
    others = _entries(acting).filter(_unconfirmed(acting), ~Exists(void))
    first = fallen.count()
    counted = first + others.order_by()[: LISTED_AT_MOST + 1].count()
    total = min(counted, LISTED_AT_MOST)
    start = start_of(number, total, size)
    end = min(start + size, total)
    before = list(fallen[start:end]) if start < first else []
    after = list(others[max(start - first, 0) : end - first]) if end > first else []
    page = ListPage([*before, *after], number, total, size)
    return Waiting(page, before, counted > LISTED_AT_MOST)


def _entries(acting: Acting) -> QuerySet[Entry]:
    return visible_entries(acting).select_related("dossier").order_by("-id")


def _voided(acting: Acting) -> QuerySet[Standing]:
    """What the sides that whoever acts is the voice of had confirmed, before it changed."""
    voices = [one.side for one in acting.sides if one.voice]
    return Standing.objects.filter(side__in=voices, state=StandingState.VOID)


def _unconfirmed(acting: Acting, *, own: bool = False) -> Q:
    """The joint records that such a side has not confirmed, or not as they stand."""
    asked = Q(pk__in=())
    for one in sorted(acting.sides):
        if one.voice:
            confirmed = Standing.objects.filter(
                entry=OuterRef("pk"), side=one.side, state=StandingState.CONFIRMED
            )
            asked |= Q(~Exists(confirmed), joint=one.partnership)
    others = Q() if own else ~Q(begun_by=acting.office) | Q(kind="partnership")
    return asked & others


def changed_since(acting: Acting, entries: Sequence[Entry]) -> dict[int, Text | None]:
    """Which of these a side of whoever acts had confirmed before they changed: by their numbers,
    the office that changed them, None for one that is not there for whoever acts. One statement."""
    sides = [one.side for one in acting.sides if one.voice]
    if not sides or not entries:
        return {}
    void = Standing.objects.filter(entry__in=entries, side__in=sides, state=StandingState.VOID)
    office = visible_entries(acting).filter(
        kind="organization", key=Substr(OuterRef("voided_by__office"), len("organization:") + 1)
    )
    named = void.annotate(changed_by=Subquery(office.values("title")[:1]))
    return dict(named.values_list("entry", "changed_by"))


def kept_alone(acting: Acting) -> QuerySet[Entry]:
    """Records of a partnership that the office keeps alone, though it is the voice of a side now.

    It began them before it spoke for a side; by confirming them it lets all sides keep them. One
    statement to know whether there are any.
    """
    voices = [one.partnership.removeprefix("partnership:") for one in acting.sides if one.voice]
    alone = _alone(acting) if acting.vouched and voices else []
    if not alone:
        return Entry.everything.none()
    asked = Q(pk__in=())
    for kind in alone:
        for path in kind.keeping.circle:
            rows = kind.model.everything.filter(keeper=acting.office, **{f"{path}__in": voices})
            asked |= Q(kind=kind.kind, key__in=rows.values("key"))
    first = Case(When(kind="partnership", then=0), When(kind="gathering", then=1), default=2)
    entries = visible_entries(acting).filter(asked).select_related("dossier")
    return entries.order_by(first, "kind", "id")


def _joint_kinds() -> list[Kind]:
    return [one for one in kinds.kinds() if one.keeping.kept_by == KeptBy.PARTNERSHIP]


def _alone(acting: Acting) -> list[Kind]:
    """The kinds that sides keep together and of which the office keeps any record alone.

    Mostly there is none, and to ask of which partnership each is part takes a long statement. This
    is one too.
    """
    rows = [
        kind.model.everything.filter(keeper=acting.office)
        .order_by()
        .values_list(Value(kind.kind, CharField()))
        for kind in _joint_kinds()
    ]
    found = {name for (name,) in rows[0].union(*rows[1:])}
    return [kind for kind in _joint_kinds() if kind.kind in found]


def circle_to_join(acting: Acting, record: Recorded) -> RegisterKey:
    """The partnership that keeps a record once whoever acts confirms it; empty where none will."""
    kind = kinds.of_model(type(record))
    if kind.keeping.kept_by != KeptBy.PARTNERSHIP or rules.is_joint(record):
        return ""
    circle = derived.circle_of(kind, [record.pk]).get(record.pk, "")
    return circle if rules.may_confirm(acting, circle) else ""


def proposed_to(acting: Acting) -> QuerySet[Entry]:
    """Records in which another side proposes a change that a side of whoever acts may answer."""
    voices = {one.side: one.partnership for one in acting.sides if one.voice and acting.vouched}
    if not voices:
        return Entry.objects.none()
    waiting = ProposedField.objects.filter(state=ProposalState.OPEN)
    waiting = waiting.exclude(change__side__in=voices).exclude(replies__side__in=voices)
    entries = visible_entries(acting).filter(proposals__fields__in=waiting)
    return entries.select_related("dossier").distinct().order_by("kind", "-id")


def released_by(acting: Acting, entries: Sequence[Entry]) -> list[ProposedField]:
    """What another side asks of these records, that everybody may read them, and a side of whoever
    acts has not answered. One statement."""
    voices = {one.side for one in acting.sides if one.voice and acting.vouched}
    if not voices:
        return []
    waiting = ProposedField.objects.filter(
        change__entry__in=entries, state=ProposalState.OPEN
    ).exclude(change__side__in=voices)
    rows = waiting.exclude(replies__side__in=voices).select_related("change__entry")
    return [
        one
        for one in rows.order_by("pk")
        if one.difference["path"] == [*AUDIENCE] and one.difference["after"] == Audience.PUBLIC
    ]


def asked_beside(acting: Acting, kind: Kind, key: str, known: Sequence[int]) -> list[Entry]:
    """What another office asks to release with a record, though it does not hang on it: what that
    names, such as the congress at which it is held. One statement.

    `known`: the numbers of the entries that stand there anyway.
    """
    acts = Change.objects.filter(kind=kind.kind, key=key, verb=RELEASE, part_of=None)
    numbers = [one for asked in acts.values_list("details__asked", flat=True) for one in asked]
    open_still = ProposedField.objects.filter(change__in=numbers, state=ProposalState.OPEN)
    entries = visible_entries(acting).filter(proposals__fields__in=open_still)
    return list(entries.exclude(pk__in=known).select_related("dossier").distinct().order_by("id"))


def objected_of(acting: Acting) -> QuerySet[Entry]:
    """Records in which another side has objected to what a side of whoever acts proposed."""
    sides = [one.side for one in acting.sides] if acting.vouched else []
    stopped = ProposedField.objects.filter(state=ProposalState.OBJECTED, change__side__in=sides)
    stopped = stopped.exclude(change__answered_by__isnull=False)
    entries = visible_entries(acting).filter(proposals__fields__in=stopped)
    return entries.select_related("dossier").distinct().order_by("kind", "-id")


def disputed_by_others(acting: Acting) -> QuerySet[Entry]:
    """Joint records of one's partnerships that another side disputes, the newest first."""
    if not acting.partnerships:
        return Entry.objects.none()
    own = {one.side.removeprefix("side:") for one in acting.sides}
    others = {key_of(one) for one in acting.partnerships}
    standing = Dispute.objects.filter(
        ended_at=None,
        side__kind="side",
        side__page_kind="partnership",
        side__page_key__in=others,
    ).exclude(side__key__in=own)
    entries = visible_entries(acting).filter(disputes__in=standing)
    return entries.select_related("dossier").distinct().order_by("-id")
