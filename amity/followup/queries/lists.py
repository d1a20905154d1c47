"""The lists of commitments and proposals, with their filters and totals."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from amity.followup.choices import (
    ANSWERED,
    NOT_ANSWERED,
    REPORTED,
    JointState,
    PartyRole,
)
from amity.followup.models import Answer, Commitment, Party, Proposal
from amity.foundation.pages.paging import ListPage, page_of
from amity.foundation.pages.public import Page
from amity.network.models import Side, Theme
from amity.record.acting import STRANGER, Acting
from amity.record.lists.ordering import Order, ordered
from amity.record.queries import ALL_DOSSIERS, InDossiers, visible_to

from .parties import PartyLine, party_lines, with_parties
from .tallies import overdue, tallies

COUNTED_AT_MOST = 1_000
"""A filtered list is counted up to here, so that its cost does not grow with the record."""
IN_A_CALENDAR = 1_000
"""Deadlines in one calendar; who wants more narrows it."""
NO_YEAR = "none"
"""The year of what nobody said when it was made."""
FEW = 500
"""Rows that a condition names outright."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters of a list; None is no filter. `side` and `holder` are keys of areas.

    `outside`: only what belongs to no gathering. `year`: in which it was made, or `NO_YEAR`.
    """

    side: str | None = None
    holder: str | None = None
    state: str | None = None
    theme: str | None = None
    goal: int | None = None
    gathering: str | None = None
    outside: bool = False
    year: str | None = None
    overdue: bool = False
    dossiers: InDossiers = ALL_DOSSIERS

    def __bool__(self) -> bool:
        return self != Wanted()


@dataclass(frozen=True, slots=True)
class CommitmentLine:
    """A row of the list: a commitment and its sides."""

    commitment: Commitment
    parties: tuple[PartyLine, ...]


@dataclass(frozen=True, slots=True)
class AskedLine:
    """A side that was asked, and what it answered; None where it has not."""

    side: Side
    answer: Answer | None


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """A row of the list: a proposal and the sides that were asked."""

    proposal: Proposal
    asked: tuple[AskedLine, ...]


def list_commitments(
    page: Page, wanted: Wanted, number: int, order: Order | None = None
) -> ListPage[Commitment]:
    """Page `number` of the commitments wanted: newest first, or longest overdue first.

    Four statements (three without a filter once the tally is known).
    """
    rows = ordered(commitments(wanted, page.today), order)
    total = _counted(rows) if wanted else tallies(page).all.total
    return page_of(with_what_is_listed(rows), number, total=total)


def with_deadlines(rows: QuerySet[Commitment]) -> QuerySet[Commitment]:
    """Those of some commitments that are open and due on a day, the first due first. No
    statement."""
    rows = rows.filter(open=True, due_on__isnull=False)
    return rows.select_related("dossier").order_by("due_on", "key")[:IN_A_CALENDAR]


def list_proposals(wanted: Wanted, number: int, order: Order | None = None) -> ListPage[Proposal]:
    """Page `number` of the proposals wanted, newest first. Five statements."""
    rows = ordered(proposals(wanted), order)
    return page_of(with_themes_and_answers(rows), number, total=_counted(rows))


def with_what_is_listed(rows: QuerySet[Commitment]) -> QuerySet[Commitment]:
    """Commitments with what a list shows of each. Two statements more."""
    return with_parties(
        rows.select_related("gathering", "dossier").prefetch_related(
            Prefetch("themes", Theme.objects.order_by("key"))
        )
    )


def with_themes_and_answers(rows: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """Proposals with what a list shows of each. Three statements more."""
    themes = Prefetch("themes", Theme.objects.order_by("key"))
    return with_answers(rows).prefetch_related(themes)


def with_answers(rows: QuerySet[Proposal], acting: Acting = STRANGER) -> QuerySet[Proposal]:
    """Proposals with who is asked and what they answered, for whoever acts. Two statements more."""
    answers = visible_to(acting, Answer).select_related("side__area").defer("reasons")
    return rows.select_related(
        "gathering", "dossier", "proposer", "proposer_organization", "proposer_side__area"
    ).prefetch_related(
        Prefetch(
            "addressees", visible_to(acting, Side).select_related("area").order_by("position")
        ),
        Prefetch("answers", answers.order_by("side__position")),
    )


def commitment_line(commitment: Commitment) -> CommitmentLine:
    """A row of a commitment that was read with its parties."""
    return CommitmentLine(commitment, party_lines(commitment))


def proposal_line(proposal: Proposal) -> ProposalLine:
    """A row of a proposal that was read with its answers."""
    answers = {answer.side_id: answer for answer in proposal.answers.all()}
    asked = tuple(AskedLine(side, answers.get(side.pk)) for side in proposal.addressees.all())
    return ProposalLine(proposal, asked)


def commitments(wanted: Wanted, today: date, acting: Acting = STRANGER) -> QuerySet[Commitment]:
    """The commitments wanted that whoever acts may read, newest first or longest overdue first.

    One statement each for side and holder; no other until they are read.
    """
    rows = visible_to(acting, Commitment).order_by("-key")
    if wanted.state == REPORTED:
        rows = rows.exclude(joint_state=JointState.SILENT)
    elif wanted.state == JointState.CONFIRMED:
        rows = rows.filter(joint_state=JointState.CONFIRMED)
    elif wanted.state in JointState.values:
        # Without confirmation there is no joint completion; said here, the index gives the order.
        rows = rows.filter(joint_state=wanted.state, joint_completion="")
    elif wanted.state:
        rows = rows.filter(joint_state=JointState.CONFIRMED, joint_completion=wanted.state)
    if wanted.side:
        rows = rows.filter(_with_one_of(_parties(wanted.side, acting)))
    if wanted.holder:
        held = _parties(wanted.holder, acting).filter(role=PartyRole.HOLDER)
        rows = rows.filter(_with_one_of(held))
    rows = wanted.dossiers.choose(rows.filter(_about(wanted)))
    if wanted.overdue:
        rows = rows.filter(overdue(today)).order_by("due_on", "key")
    return rows


def proposals(wanted: Wanted, acting: Acting = STRANGER) -> QuerySet[Proposal]:
    """The proposals wanted that whoever acts may read, newest first.

    One statement for a side, until they are read.
    """
    rows = visible_to(acting, Proposal).order_by("-key")
    if wanted.state == ANSWERED:
        rows = rows.exclude(standing__in=NOT_ANSWERED)
    elif wanted.state:
        rows = rows.filter(standing=wanted.state)
    if wanted.side:
        rows = rows.filter(_asked(wanted.side, acting))
    return wanted.dossiers.choose(rows.filter(_about(wanted)))


def _about(wanted: Wanted) -> Q:
    """The conditions that commitments and proposals have in common."""
    found = Q()
    if wanted.theme:
        found &= Q(themes__key=wanted.theme)
    if wanted.goal:
        found &= Q(goals__has=wanted.goal)
    if wanted.gathering:
        found &= Q(gathering__key=wanted.gathering)
    if wanted.outside:
        found &= Q(gathering=None)
    if wanted.year == NO_YEAR:
        found &= Q(made_on=None)
    elif wanted.year:
        found &= Q(made_on__startswith=wanted.year)
    return found


def _parties(area: str, acting: Acting) -> QuerySet[Party]:
    """The parties of an area's sides in the commitments that whoever acts may read."""
    return Party.everything.filter(side__area__key=area, commitment__readers__in=acting.readers)


def _with_one_of(parties: QuerySet[Party]) -> Q | Exists:
    """The condition that a commitment has one of `parties`. One statement.

    Few commitments are named outright; among many the database soon finds a page of the newest,
    looking each up. Where the one is right, the other takes ten times as long.
    """
    found = set(parties.values_list("commitment", flat=True)[: FEW + 1])
    if len(found) <= FEW:
        return Q(pk__in=found)
    return Exists(parties.filter(commitment=OuterRef("pk")))


def _asked(area: str, acting: Acting) -> Q | Exists:
    """The condition that a proposal was addressed to a side of an area; as `_with_one_of`."""
    asked = visible_to(acting, Proposal).filter(addressees__area__key=area)
    found = set(asked.values_list("pk", flat=True)[: FEW + 1])
    if len(found) <= FEW:
        return Q(pk__in=found)
    sides = visible_to(acting, Side).filter(area__key=area)
    return Exists(sides.filter(asked=OuterRef("pk")))


def _counted(rows: QuerySet[Commitment] | QuerySet[Proposal]) -> int:
    return rows.order_by()[:COUNTED_AT_MOST].count()


def past_the_cap(total: int, wanted: Wanted) -> bool:
    """Whether there may be more than were counted."""
    return bool(wanted) and total >= COUNTED_AT_MOST
