"""Reads of turns: of a side, by a link, and those whose holder is to be asked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from amity.accounts.queries import digest_of, speaking
from amity.followup.choices import ReportState
from amity.followup.models import Answer, Commitment, Proposal, Report
from amity.network.models import Office, Side
from amity.record import rules
from amity.record.acting import Acting
from amity.record.choices import Mandate
from amity.record.queries import visible_to
from amity.turns.choices import Step, TurnState
from amity.turns.models import Charge, Escalated, Escalation, Holder, Link, Turn
from amity.turns.schedule import ASKED_BEFORE, FORGOTTEN_AFTER, asked_on, told_on


def link_with(secret: str) -> Link | None:
    """The link whose address holds `secret`, whether it serves or not. One statement."""
    return _links().filter(digest=digest_of(secret)).first()


def as_it_stands(link: Link) -> Link:
    """A link as it stands now, with all that its page shows."""
    return _links().get(pk=link.pk)


def _links() -> QuerySet[Link]:
    return Link.objects.select_related(
        "holder", "turn__commitment__dossier", "turn__side__area", "turn__report", "letter"
    )


def why_not(link: Link) -> str:
    """Why a link serves no more: "ended", "expired" or "dropped"; empty where it serves.

    One of an office that speaks for the side no more, or reads the promise no more, has ended: the
    page says what stands there now.
    """
    turn = link.turn
    if link.ended_at is not None or not is_askers(turn, link.holder):
        return "ended"
    if turn.dropped_at is not None or not (turn.commitment.open or turn.answered_at):
        return "dropped"
    if link.expires_at <= timezone.now():
        return "expired"
    return ""


def to_answer(acting: Acting) -> QuerySet[Proposal]:
    """Open proposals that ask a side of whoever acts, which has not answered, newest first."""
    asked = Q(pk__in=())
    for one in sorted(acting.sides) if acting.vouched else ():
        if one.voice:
            key = one.side.removeprefix("side:")
            given = Answer.everything.filter(proposal=OuterRef("pk"), side__key=key)
            asked |= Q(Q(addressees__key=key), ~Exists(given))
    rows = visible_to(acting, Proposal).filter(asked, decided="").select_related("dossier")
    return rows.distinct().order_by("-id")


def office_of(register_key: str) -> Office | None:
    """The office of an organization by its register key."""
    rows = Office.objects.select_related("organization")
    return rows.filter(organization__key=register_key.partition(":")[2]).first()


def acting_of_holder(office: Office, side: Side) -> Acting | None:
    """As whom a holder's report is written: as an editor of the office that asked, for one side.

    None where nobody vouches for the office, or it speaks for the side no more.
    """
    spoken = {one for one in speaking(office) if one.side == f"side:{side.key}"}
    if office.vouched_at is None or not spoken:
        return None
    return Acting(
        command="turn",
        office=f"organization:{office.organization.key}",
        vouched=True,
        sides=frozenset(one._replace(voice=False) for one in spoken),
        mandates=frozenset({Mandate.EDITOR}),
    )


def is_askers(turn: Turn, holder: Holder) -> bool:
    """Whether the office that asks a holder still speaks for the turn's side and reads the promise.

    Three statements at most.
    """
    office = office_of(holder.office)
    acting = acting_of_holder(office, turn.side) if office else None
    return acting is not None and rules.may_read(acting, turn.commitment)


def charge_of(turn: Turn) -> Charge | None:
    """Who is in charge of a turn's commitment on its side."""
    rows = Charge.objects.filter(commitment=turn.commitment_id, side=turn.side_id)
    return rows.select_related("holder").first()


def holders_of(acting: Acting, side: Side) -> QuerySet[Holder]:
    """Those whom the office acted for may ask for a side."""
    return Holder.objects.filter(office=acting.office, side=side)


def never_asked(now: datetime) -> Iterator[tuple[Turn, Holder]]:
    """Turns whose time has come somewhere, with their holders, that were never asked about."""
    latest = (now + timedelta(days=1)).date() + ASKED_BEFORE
    rows = Turn.objects.filter(
        due_on__lte=latest,
        dropped_at=None,
        answered_at=None,
        asked_at=None,
        commitment__open=True,
    ).select_related("commitment", "side__area")
    charges = Charge.objects.filter(commitment=OuterRef("commitment"), side=OuterRef("side"))
    turns = list(rows.filter(Exists(charges)))
    held = {
        (one.commitment_id, one.side_id): one.holder
        for one in Charge.objects.filter(
            commitment__in={turn.commitment_id for turn in turns}
        ).select_related("holder")
    }
    for turn in turns:
        yield turn, held[(turn.commitment_id, turn.side_id)]


def is_asked_by(due: date, today: date) -> bool:
    """Whether the time to ask about a turn has come."""
    return asked_on(due) <= today


def sides_of(acting: Acting) -> list[str]:
    """Identifiers of the sides for which the office acted for speaks."""
    if not acting.vouched or not acting.mandates:
        return []
    return sorted(one.side.partition(":")[2] for one in acting.sides)


def asked_sides(acting: Acting) -> QuerySet[Side]:
    """The sides for which the office acted for speaks, with their places."""
    rows = Side.everything.filter(key__in=sides_of(acting))
    return rows.select_related("area", "partnership").order_by("key")


def turns_of(acting: Acting) -> QuerySet[Turn]:
    """The turns of the sides of whoever acts, of commitments that they read.

    Where that is one side, as mostly, an index has its turns in the order of their days.
    """
    keys = sides_of(acting)
    sides = Side.everything.filter(key__in=keys).values("pk")
    own = Q(side=sides[:1]) if len(keys) == 1 else Q(side__in=sides)
    rows = Turn.objects.filter(own, rules.readable(acting, "commitment"))
    return rows.select_related("commitment__dossier", "side__area", "report")


def turn_or_404(acting: Acting, number: int) -> Turn:
    """A turn of a side of whoever acts. Raises Http404."""
    found = turns_of(acting).filter(pk=number).first()
    if found is None:
        raise Http404(number)
    return found


def listed(acting: Acting) -> QuerySet[Turn]:
    """The turns that a side's page lists: what is not settled, by day."""
    rows = turns_of(acting).filter(dropped_at=None)
    settled = Q(report__state=ReportState.ACCEPTED)
    return rows.exclude(settled).filter(commitment__open=True).order_by("due_on", "pk")


def settled(acting: Acting) -> QuerySet[Turn]:
    """The turns of a side that have their accepted report, the last first."""
    rows = turns_of(acting).filter(report__state=ReportState.ACCEPTED)
    return rows.order_by("-due_on", "-pk")


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


def escalations_of(sides: Iterable[Side]) -> dict[int, Escalation]:
    """When each of these sides wants to be told, by its number. One statement."""
    known = list(sides)
    set_by = {one.side_id: one for one in Escalation.objects.filter(side__in=known)}
    return {side.pk: set_by.get(side.pk) or Escalation(side=side) for side in known}


def escalated(turns: Iterable[Turn], office: str) -> dict[tuple[int, date, Step], datetime]:
    """When an office was told of which turn, by step and the day of the turn then."""
    rows = Escalated.objects.filter(turn__in=list(turns), office=office)
    return {
        (turn, due_on, Step(step)): at
        for turn, due_on, step, at in rows.values_list("turn", "due_on", "step", "at")
    }


@dataclass(frozen=True, slots=True)
class Next:
    """Who is told next that there is no report, and from which day on."""

    step: Step
    on: date


def next_step(turn: Turn, told: Iterable[Escalated], set_by: Escalation) -> Next | None:
    """Who is told next of a turn; None where it is answered or everybody was told."""
    if turn.answered_at is not None or turn.dropped_at is not None or not turn.commitment.open:
        return None
    done = {one.step for one in told if one.due_on == turn.due_on}
    for step, after in (
        (Step.OFFICE, set_by.office_after),
        (Step.SIGNATORIES, set_by.signatories_after),
    ):
        on = told_on(turn.due_on, after)
        if on is not None and step not in done:
            return Next(step, on)
    return None


def escalated_to(acting: Acting) -> QuerySet[Turn]:
    """The turns of which the signatories of the office acted for were told, without a report."""
    told = Escalated.objects.filter(
        due_on=F("turn__due_on"), step=Step.SIGNATORIES, office=acting.office
    )
    return listed(acting).filter(pk__in=told.values("turn"), answered_at=None)


def to_accept(acting: Acting) -> QuerySet[Report]:
    """Reports that were submitted for a side of whoever acts and wait to be accepted."""
    rows = visible_to(acting, Report).filter(
        state=ReportState.SUBMITTED, side__key__in=sides_of(acting)
    )
    return rows.select_related("commitment__dossier", "side__area").order_by("submitted_on", "key")


def to_reply(acting: Acting) -> QuerySet[Report]:
    """Accepted reports of another side that a side of whoever acts has not spoken to since.

    One for each other side and commitment, the last.
    """
    keys = sides_of(acting)
    rows = visible_to(acting, Report).filter(
        state=ReportState.ACCEPTED, readers=F("commitment__readers"), commitment__open=True
    )
    later = rows.filter(commitment=OuterRef("commitment"), side=OuterRef("side")).filter(
        Q(accepted_on__gt=OuterRef("accepted_on"))
        | Q(accepted_on=OuterRef("accepted_on"), pk__gt=OuterRef("pk"))
    )
    own = Report.everything.filter(commitment=OuterRef("commitment"), side__key__in=keys).exclude(
        state=ReportState.RETURNED
    )
    spoken = own.filter(submitted_on__gte=OuterRef("accepted_on")) | own.filter(
        state=ReportState.ACCEPTED, completion=OuterRef("completion")
    )
    ours = Side.everything.filter(key__in=keys, parties__commitment=OuterRef("commitment"))
    rows = rows.exclude(side__key__in=keys).filter(Exists(ours), ~Exists(later), ~Exists(spoken))
    return rows.select_related("commitment__dossier", "side__area").order_by("accepted_on", "key")


def own_side(acting: Acting, commitment: Commitment) -> Side | None:
    """The side of whoever acts that is party to a commitment."""
    rows = Side.everything.filter(key__in=sides_of(acting), parties__commitment=commitment)
    return rows.select_related("area").order_by("position").first()


def nobody_to_ask(acting: Acting, today: date) -> QuerySet[Turn]:
    """Turns due within ninety days, or late, of which nobody is in charge."""
    charges = Charge.objects.filter(commitment=OuterRef("commitment"), side=OuterRef("side"))
    rows = listed(acting).filter(due_on__lte=today + timedelta(days=90), answered_at=None)
    return rows.filter(~Exists(charges))
