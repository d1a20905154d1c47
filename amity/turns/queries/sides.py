"""Reads of the turns of the sides for which whoever acts speaks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from amity.followup.choices import ReportState
from amity.network.models import Side
from amity.record import rules
from amity.record.acting import Acting, key_of
from amity.turns.choices import TurnState
from amity.turns.models import Charge, Holder, Link, Turn
from amity.turns.schedule import FORGOTTEN_AFTER, asked_on

SETTLED = Q(report__state=ReportState.ACCEPTED)
OPEN = Q(dropped_at=None, commitment__open=True) & ~SETTLED
"""Turns that have their accepted report, and those that a side's page lists."""


def sides_of(acting: Acting) -> list[str]:
    """Identifiers of the sides for which the office acted for speaks."""
    if not acting.vouched or not acting.mandates:
        return []
    return sorted(key_of(one.side) for one in acting.sides)


def asked_sides(acting: Acting) -> QuerySet[Side]:
    """The sides for which the office acted for speaks, with their places."""
    rows = Side.everything.filter(key__in=sides_of(acting))
    return rows.select_related("area", "partnership").order_by("key")


def turns_of(acting: Acting) -> QuerySet[Turn]:
    """The turns of the sides of whoever acts, of commitments that they read."""
    sides = Side.everything.filter(key__in=sides_of(acting)).values("pk")
    rows = Turn.objects.filter(Q(side__in=sides), rules.readable(acting, "commitment"))
    return rows.select_related("commitment__dossier", "side__area", "report")


def turn_or_404(acting: Acting, number: int) -> Turn:
    """A turn of a side of whoever acts. Raises Http404."""
    found = turns_of(acting).filter(pk=number).first()
    if found is None:
        raise Http404(number)
    return found


def listed(acting: Acting) -> QuerySet[Turn]:
    """The turns that a side's page lists: what is not settled, by day."""
    return turns_of(acting).filter(OPEN).order_by("due_on", "pk")


@dataclass(frozen=True, slots=True)
class TurnLine:
    """A turn as the side's page shows it.

    `holder`: who is in charge, where the reader's office set them; `others`: that another office
    of the side did. `asked_next`: when the holder will be asked. `late`: whether its day has passed
    without a report.
    """

    turn: Turn
    state: TurnState
    holder: Holder | None
    others: bool
    late: bool
    asked_next: date | None


def lines(acting: Acting, turns: Iterable[Turn], today: date) -> tuple[TurnLine, ...]:
    """Turns with what a page says of each. Two statements."""
    rows = list(turns)
    charges = {
        (one.commitment_id, one.side_id): one.holder
        for one in Charge.objects.filter(
            commitment__in={one.commitment_id for one in rows}
        ).select_related("holder")
    }
    links: dict[int, Link] = {}
    for link in Link.objects.filter(turn__in=rows).select_related("letter").order_by("pk"):
        links[link.turn_id] = link
    found = []
    for turn in rows:
        holder = charges.get((turn.commitment_id, turn.side_id))
        state = state_of(turn, holder is not None, links.get(turn.pk), today)
        planned = state == TurnState.PLANNED
        own = holder is not None and holder.office == acting.office
        found.append(
            TurnLine(
                turn=turn,
                state=state,
                holder=holder if own else None,
                others=holder is not None and not own,
                late=turn.due_on < today and turn.answered_at is None,
                asked_next=max(asked_on(turn.due_on), today) if planned else None,
            )
        )
    return tuple(found)


def state_of(turn: Turn, held: bool, link: Link | None, today: date) -> TurnState:
    """Where a turn stands; `held`: whether anybody is in charge; `link`: the last one sent."""
    if turn.report is not None and turn.answered_at is not None:
        return {
            ReportState.ACCEPTED: TurnState.ACCEPTED,
            ReportState.RETURNED: TurnState.RETURNED,
        }.get(ReportState(turn.report.state), TurnState.SUBMITTED)
    if link is None or link.ended_at is not None:
        return TurnState.PLANNED if held else TurnState.NOBODY
    if turn.opened_at is not None:
        return TurnState.OPENED
    if link.letter is not None and link.letter.given_up_at is not None:
        return TurnState.UNREACHED
    return TurnState.SILENT if turn.due_on < today else TurnState.ASKED


def missing_reports(acting: Acting, today: date) -> list[Turn]:
    """The turns of an office's sides whose day has passed without a report, not too long ago.

    Where another office of the side has set who is in charge, it is that one's. Two statements.
    """
    rows = turns_of(acting).filter(
        dropped_at=None,
        answered_at=None,
        commitment__open=True,
        due_on__lt=today,
        due_on__gte=today - FORGOTTEN_AFTER,
    )
    charges = Charge.objects.filter(commitment=OuterRef("commitment"), side=OuterRef("side"))
    others = charges.exclude(holder__office=acting.office)
    return list(rows.filter(~Exists(others)).order_by("due_on", "pk"))


def nobody_to_ask(acting: Acting, today: date) -> QuerySet[Turn]:
    """Turns due within ninety days, or late, of which nobody is in charge."""
    charges = Charge.objects.filter(commitment=OuterRef("commitment"), side=OuterRef("side"))
    rows = listed(acting).filter(due_on__lte=today + timedelta(days=90), answered_at=None)
    return rows.filter(~Exists(charges))
