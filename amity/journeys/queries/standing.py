"""How far the closing of an edition is, and what every side has said to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import CharField, Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Concat
from django.http import Http404

from amity.followup.models import Disposition
from amity.foundation.dates.as_said import DateAsSaid
from amity.foundation.differences import FieldChange
from amity.gatherings.agreement import state_on
from amity.gatherings.choices import DayState, GatheringStatus
from amity.gatherings.models import Gathering
from amity.journeys.choices import ClosingState
from amity.languages.text import Text
from amity.record import rules
from amity.record.acting import Acting, RegisterKey
from amity.record.choices import ProposalState, StandingState
from amity.record.models import Entry, ProposedField, Standing
from amity.record.queries import history, visible_to

STATUS = ("status",)
"""The path of what closing changes in a gathering."""
OVER = (GatheringStatus.HELD, GatheringStatus.CLOSED, DayState.PASSED)
NOT_HELD = (GatheringStatus.CANCELLED, GatheringStatus.POSTPONED)


def gathering_or_404(acting: Acting, key: str) -> Gathering:
    """A gathering that whoever acts may read. One statement. Raises Http404."""
    rows = visible_to(acting, Gathering).filter(key=key)
    found = rows.select_related("dossier", "series", "partnership", "place").first()
    if found is None:
        raise Http404(key)
    return found


def is_over(gathering: Gathering, today: date) -> bool:
    """Whether the gathering was held, as far as is known, and its days have passed."""
    return state_on(gathering.status, gathering.when, today) in OVER and not _is_to_come(
        gathering.when, today
    )


def may_be_decided(gathering: Gathering, today: date) -> bool:
    """Whether decisions may be made: once it has begun, or will not be."""
    status = GatheringStatus(gathering.status)
    return status in NOT_HELD or not _is_to_come(gathering.when, today)


def may_be_changed(gathering: Gathering, today: date) -> bool:
    """Whether a gathering can be called off or postponed, or held after all: it was not held."""
    state = state_on(gathering.status, gathering.when, today)
    return state in (GatheringStatus.ANNOUNCED, *NOT_HELD, DayState.PASSED)


def _is_to_come(when: DateAsSaid | None, today: date) -> bool:
    return when is not None and when.start is not None and when.start > today


def later_editions(acting: Acting, gathering: Gathering) -> list[Gathering]:
    """Into which editions something may be carried, the next first. One statement."""
    if gathering.series_id is None:
        return []
    rows = visible_to(acting, Gathering).filter(series=gathering.series_id)
    if gathering.number is not None:
        rows = rows.filter(number__gt=gathering.number)
    return list(rows.exclude(pk=gathering.pk).order_by("number", "starts_on", "key")[:50])


@dataclass(frozen=True, slots=True)
class SideOf:
    """A side of the partnership that keeps a gathering: its register key and name.

    `confirmed`: whether it has confirmed the gathering as it stands. `proposed`: the status that
    it proposes and others have not answered, since `at`.
    """

    key: RegisterKey
    name: Text
    confirmed: bool
    proposed: str
    at: datetime | None


def sides_of(gathering: Gathering) -> tuple[SideOf, ...]:
    """The sides that keep a joint gathering, with what they say; none of another. One statement."""
    if not rules.is_joint(gathering):
        return ()
    side = Concat(Value("side:"), OuterRef("key"), output_field=CharField())
    said = Standing.objects.filter(
        entry__kind="gathering",
        entry__key=gathering.key,
        side=side,
        state=StandingState.CONFIRMED,
    )
    asked = _open_proposals(gathering).filter(change__side=side)
    entries = Entry.everything.filter(
        kind="side",
        page_kind="partnership",
        page_key=gathering.keeper.removeprefix("partnership:"),
        removed_at=None,
        moved_to=None,
    )
    rows = entries.annotate(
        confirmed=Exists(said),
        proposed=Subquery(asked.values(after=KT("difference__after"))[:1]),
        since=Subquery(asked.values("change__at")[:1]),
    ).order_by("key")
    return tuple(
        SideOf(f"side:{key}", name, confirmed, proposed or "", since)
        for key, name, confirmed, proposed, since in rows.values_list(
            "key", "title", "confirmed", "proposed", "since"
        )
    )


def _open_proposals(gathering: Gathering) -> QuerySet[ProposedField]:
    """What is proposed for the status of a gathering and not answered, the last first."""
    rows = ProposedField.objects.filter(
        change__entry__kind="gathering",
        change__entry__key=gathering.key,
        state=ProposalState.OPEN,
        difference__path=list(STATUS),
    )
    return rows.order_by("-pk")


@dataclass(frozen=True, slots=True)
class Pending:
    """A change of the status that a side has proposed and others have not answered."""

    field: ProposedField
    side: RegisterKey


def pending(gathering: Gathering, status: str) -> Pending | None:
    """What was proposed last to bring a gathering into a status, and is open. One statement."""
    rows = _open_proposals(gathering).filter(difference__after=status).select_related("change")
    field = rows.first()
    return Pending(field, field.change.side) if field else None


def unconfirmed_by(
    sides: Sequence[SideOf], decisions: Sequence[Disposition]
) -> dict[int, tuple[SideOf, ...]]:
    """By decision: the sides that have not confirmed it. One statement.

    What no sides keep together waits for nobody.
    """
    joint = {one.key: one.pk for one in decisions if rules.is_joint(one)}
    said: dict[int, set[str]] = {number: set() for number in joint.values()}
    confirmed = Standing.objects.filter(
        entry__kind="disposition", entry__key__in=joint, state=StandingState.CONFIRMED
    )
    for key, side in confirmed.values_list("entry__key", "side"):
        said[joint[key]].add(side)
    return {
        number: tuple(side for side in sides if side.key not in names)
        for number, names in said.items()
    }


def state_of(
    acting: Acting, gathering: Gathering, today: date, missing: int, sides: Sequence[SideOf]
) -> ClosingState:
    """How far the closing is. Asks nothing."""
    closed = GatheringStatus.CLOSED
    if gathering.status == closed:
        if back := [one for one in sides if one.proposed not in ("", closed)]:
            own = any(acting.speaks_for(one.key) for one in back)
            return ClosingState.REOPENING if own else ClosingState.ASKED_BACK
        waits = any(not one.confirmed for one in sides)
        return ClosingState.UNCONFIRMED if waits else ClosingState.CLOSED
    if GatheringStatus(gathering.status) in NOT_HELD:
        return ClosingState.NOT_HELD
    if not is_over(gathering, today):
        return ClosingState.NOT_YET
    if asking := [one for one in sides if one.proposed == closed]:
        own = any(acting.speaks_for(one.key) for one in asking)
        return ClosingState.PROPOSED if own else ClosingState.ASKED
    return ClosingState.MISSING if missing else ClosingState.READY


def closed_at(gathering: Gathering) -> datetime | None:
    """When the gathering was closed last; None where the history does not say. One statement."""
    for at, paths in history(gathering).values_list("at", "paths"):
        for path in paths:
            change = FieldChange.from_json(path)
            if change.path == STATUS and change.after == GatheringStatus.CLOSED:
                return at
    return None


def status_before(gathering: Gathering) -> GatheringStatus:
    """The status that a gathering had before it was called off or postponed. One statement.

    Where the history does not tell, it was announced.
    """
    for paths in history(gathering).values_list("paths", flat=True):
        for path in paths:
            change = FieldChange.from_json(path)
            was = str(change.before)
            if change.path == STATUS and was in GatheringStatus.values and was not in NOT_HELD:
                return GatheringStatus(was)
    return GatheringStatus.ANNOUNCED
