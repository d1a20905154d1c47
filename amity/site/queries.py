"""What the front page shows: gatherings at hand, and what happened last."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import TypeVar

from django.db.models import Case, F, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber

from amity.followup.choices import ReportState
from amity.followup.models import Answer, Commitment, Disposition, Proposal, Report, Review
from amity.followup.queries.tallies import tallies
from amity.foundation.dates.as_said import DateAsSaid
from amity.foundation.pages.public import Page
from amity.gatherings.choices import GatheringStatus
from amity.gatherings.models import Gathering
from amity.record.removals import one_or_404

SHOWN = 8
"""How many events the front page lists; feeds ask for more."""


Happened = Commitment | Report | Answer | Review | Disposition
Row = TypeVar("Row", Commitment, Report, Answer, Review, Disposition)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that changed in the record, on a day.

    `of` was made, given or decided then; it is `about` a commitment (itself, or another's) or a
    proposal.
    """

    day: date
    of: Happened
    about: Commitment | Proposal

    @property
    def position(self) -> int | None:
        """The position of the side that reported or answered; None of what no side does alone."""
        return self.of.side.position if isinstance(self.of, Report | Answer) else None


@dataclass(frozen=True, slots=True)
class AtHand:
    """Gatherings that a reader looks for first, real ones before those of fictional examples.

    `ahead`: announced, at most one of each sort; `awaited`: likewise, announced for a day that has
    passed while the record does not say whether it was held; `held`: held last.
    """

    ahead: tuple[Gathering, ...]
    awaited: tuple[Gathering, ...]
    held: tuple[Gathering, ...]

    def next(self) -> list[Gathering]:
        """What is ahead; of a sort of which nothing is, what is awaited."""
        sorts = {one.dossier.fictional for one in self.ahead}
        awaited = [one for one in self.awaited if one.dossier.fictional not in sorts]
        return sorted([*self.ahead, *awaited], key=lambda one: one.dossier.fictional)


def gatherings_at_hand(today: date, number: int = 3) -> AtHand:
    """What is announced, and the `number` held last of each sort. One statement."""
    announced = Q(status=GatheringStatus.ANNOUNCED, within__isnull=True)
    held = Q(
        status__in=[GatheringStatus.HELD, GatheringStatus.CLOSED],
        starts_on__lte=today.isoformat(),
        within__isnull=True,
    )
    passed = Q(ends_on__lt=today.isoformat())
    shelf = Case(
        When(announced & passed, then=Value("awaited")),
        When(announced, then=Value("ahead")),
        default=Value("held"),
    )
    # What is ahead comes first when it is nearest, all else when it is latest.
    rows = (
        Gathering.objects.filter(announced | held)
        .annotate(
            shelf=shelf,
            place_in_row=Window(
                RowNumber(),
                partition_by=[F("dossier__fictional"), shelf],
                order_by=[
                    Case(When(announced & ~passed, then=F("starts_on"))).asc(nulls_last=True),
                    F("starts_on").desc(nulls_last=True),
                    F("key").asc(),
                ],
            ),
        )
        .filter(Q(place_in_row=1) | Q(shelf="held", place_in_row__lte=number))
        .select_related("place", "dossier")
        .order_by("dossier__fictional", "place_in_row")
    )
    on: dict[str, list[Gathering]] = {"ahead": [], "awaited": [], "held": []}
    for row in rows:
        on[row.shelf].append(row)
    return AtHand(tuple(on["ahead"]), tuple(on["awaited"]), tuple(on["held"]))


def gathering_or_404(key: str) -> Gathering:
    """One gathering. One statement. Raises Http404."""
    return one_or_404(Gathering.objects.all(), key)


@dataclass(frozen=True, slots=True)
class Last:
    """Picks the last `number` of each of the `sorts` of dossiers.

    Each sort is asked for by its dossiers, so that an index finds its rows: real peoples' may be
    a handful among a hundred thousand, and an example's may not be there at all.
    """

    today: date
    number: int
    sorts: tuple[tuple[int, ...], ...]

    def of(self, rows: QuerySet[Row]) -> QuerySet[Row]:
        """The first `number` of the ordered `rows` of each sort."""
        picked = [
            Q(pk__in=rows.filter(dossier__in=sort).values("pk")[: self.number])
            for sort in self.sorts
        ]
        found = rows.model.objects.filter(reduce(or_, picked, Q(pk__in=())))
        return found.order_by("key")  # so that those of one day stand in one order


def last_events(page: Page, number: int = SHOWN, gathering: Gathering | None = None) -> list[Event]:
    """What was promised, reported, answered, reviewed and decided last. Five statements.

    At least the last `number` of real peoples and of fictional examples, in no order (see
    `latest`). Only accepted reports; nothing dated after today. With a `gathering`, what is about
    the proposals and commitments made there, and what was decided there or carried into it: all
    in its own dossier, as a dossier is closed. Without one, `tallies` may add a statement.
    """
    made_there = Q(commitment__gathering=gathering) if gathering else Q()
    asked_there = Q(proposal__gathering=gathering) if gathering else Q()
    decided = Q(gathering=gathering) | Q(into=gathering) if gathering else Q()
    last = Last(
        page.today, number, ((gathering.dossier_id,),) if gathering else tallies(page).dossiers
    )
    return [
        *_promises(last, Q(gathering=gathering) if gathering else Q()),
        *_reports(last, made_there),
        *_answers(last, asked_there),
        *_reviews(last, made_there),
        *_decisions(last, decided | made_there | asked_there),
    ]


def latest(
    events: Iterable[Event], number: int = SHOWN, *, fictional: bool | None = None
) -> list[Event]:
    """The last `number` of `events`, the newest first; of one sort where `fictional` says so."""
    wanted = [one for one in events if fictional in (None, one.of.dossier.fictional)]
    return sorted(wanted, key=lambda event: event.day, reverse=True)[:number]


def _promises(last: Last, about: Q) -> Iterator[Event]:
    rows = Commitment.objects.filter(about, made_on__lte=last.today.isoformat())
    for row in last.of(rows.order_by("-made_on", "key")).select_related("dossier"):
        yield Event(_day(row.made), row, row)


def _reports(last: Last, about: Q) -> Iterator[Event]:
    rows = Report.objects.filter(about, state=ReportState.ACCEPTED, accepted_on__lte=last.today)
    for row in last.of(rows.order_by("-accepted_on", "key")).select_related(
        "commitment", "side__area", "dossier"
    ):
        if row.accepted_on:
            yield Event(row.accepted_on, row, row.commitment)


def _answers(last: Last, about: Q) -> Iterator[Event]:
    rows = Answer.objects.filter(about, given_on__lte=last.today.isoformat())
    for row in last.of(rows.order_by("-given_on", "key")).select_related(
        "proposal", "side__area", "dossier"
    ):
        yield Event(_day(row.given), row, row.proposal)


def _reviews(last: Last, about: Q) -> Iterator[Event]:
    rows = Review.objects.filter(about, reviewed_on__lte=last.today)
    for row in last.of(rows.order_by("-reviewed_on", "key")).select_related(
        "commitment", "reviewer", "organization", "dossier"
    ):
        yield Event(row.reviewed_on, row, row.commitment)


def _decisions(last: Last, about: Q) -> Iterator[Event]:
    rows = Disposition.objects.filter(about, decided_on__lte=last.today)
    for row in last.of(rows.order_by("-decided_on", "key")).select_related(
        "commitment", "proposal", "gathering", "into", "dossier"
    ):
        if item := row.commitment or row.proposal:
            yield Event(row.decided_on, row, item)


def _day(said: DateAsSaid | None) -> date:
    if said is None or said.end is None:
        raise LookupError("the query asks for those with an end")
    return said.end
