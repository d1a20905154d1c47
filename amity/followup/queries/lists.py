"""The lists of commitments and proposals, with their filters and totals."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, cast

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value

from amity.followup.choices import STATES, JointState, PartyRole, ReportState
from amity.followup.models import Answer, Commitment, Party, Proposal, Report
from amity.foundation.collect import Nested, collected
from amity.foundation.pages.memo import per_version
from amity.foundation.pages.paging import ListPage, page_of
from amity.foundation.pages.public import Page
from amity.languages.fields import TextColumn
from amity.languages.text import Text
from amity.network.models import Area, Theme
from amity.record.models import Dossier

COUNTED_AT_MOST = 1_000
"""A filtered list is counted up to here, so that its cost does not grow with the record."""

FEW = 500
"""Rows that a condition names outright."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters of a list; None is no filter. `side` and `holder` are keys of areas."""

    side: str | None = None
    holder: str | None = None
    state: str | None = None
    theme: str | None = None
    gathering: str | None = None
    overdue: bool = False
    dossier: str | None = None

    def __bool__(self) -> bool:
        return self != Wanted()


class Choice(NamedTuple):
    """Something to filter by."""

    key: str
    name: Text


@dataclass(frozen=True, slots=True)
class Tally:
    """How many commitments there are in each state, on a given day, and in which dossiers."""

    total: int
    overdue: int
    by_state: tuple[tuple[str, int], ...]
    dossiers: tuple[Choice, ...] = ()

    def count(self, state: str) -> int:
        """How many are in one of `STATES`."""
        return dict(self.by_state).get(state, 0)


@dataclass(frozen=True, slots=True)
class Tallies:
    """All commitments, those of real peoples, and those of fictional examples.

    `dossiers`: the primary keys of the dossiers of each sort, with commitments or without; a sort
    of which there is none is left out.
    """

    all: Tally
    real: Tally
    fictional: Tally
    dossiers: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class PartyLine:
    """One side of a listed commitment and the completion it last reported."""

    area_name: Text
    position: int
    role: str
    completion: str | None


@dataclass(frozen=True, slots=True)
class CommitmentLine:
    """A row of the list."""

    commitment: Commitment
    themes: tuple[Text, ...]
    parties: tuple[PartyLine, ...]


def overdue(today: date) -> Q:
    """Commitments whose deadline has passed while they are not done (DESIGN: joint state)."""
    return Q(open=True, due_on__lt=today)


@per_version(largest=8)
def tallies(page: Page) -> Tallies:
    """Totals of all commitments, and which dossiers there are. One statement."""
    totals = (
        Commitment.objects.values("joint_state", "joint_completion", "dossier_id")
        .annotate(
            number=Count("pk"),
            late=Count("pk", filter=overdue(page.today)),
            key=Value(""),
            title=Value(None, TextColumn()),
            fictional=Value(False),
        )
        .order_by()
    )
    # To group by the titles of dossiers would take long, so these come along without numbers.
    every = Dossier.objects.annotate(
        dossier_id=F("pk"),
        joint_state=Value(""),
        joint_completion=Value(""),
        number=Value(0),
        late=Value(0),
    )
    columns = _Counted._fields
    found = totals.values_list(*columns).union(every.values_list(*columns), all=True)
    listed = [_Counted(*row) for row in found]
    dossiers = {row.dossier_id: row for row in listed if row.key}
    rows = [_with_dossier(row, dossiers[row.dossier_id]) for row in listed]
    real = [row for row in rows if not row.fictional]
    fictional = [row for row in rows if row.fictional]
    by_sort = [tuple(sorted({row.dossier_id for row in sort})) for sort in (real, fictional)]
    return Tallies(
        _tally(rows), _tally(real), _tally(fictional), tuple(keys for keys in by_sort if keys)
    )


class _Counted(NamedTuple):
    joint_state: str
    joint_completion: str
    dossier_id: int
    number: int
    late: int
    key: str
    title: Text | None
    fictional: bool


def _with_dossier(row: _Counted, dossier: _Counted) -> _Counted:
    return row._replace(key=dossier.key, title=dossier.title, fictional=dossier.fictional)


def _tally(rows: Iterable[_Counted]) -> Tally:
    by_state: dict[str, int] = defaultdict(int)
    dossiers: dict[str, Choice] = {}
    late = 0
    for row in rows:
        if not row.number:
            continue
        by_state[row.joint_completion or row.joint_state] += row.number
        late += row.late
        dossiers[row.key] = Choice(row.key, cast(Text, row.title))
    listed = tuple((state, by_state[state]) for state in STATES)
    return Tally(
        sum(by_state.values()), late, listed, tuple(dossiers[key] for key in sorted(dossiers))
    )


@per_version(largest=4)
def dossiers_with_proposals(page: Page) -> tuple[Choice, ...]:
    """Dossiers in which something is proposed. One statement."""
    proposed = Proposal.objects.filter(dossier=OuterRef("pk"))
    return _choices(Dossier.objects.filter(Exists(proposed)), "title")


@per_version(largest=4)
def areas_with_commitments(page: Page) -> tuple[Choice, ...]:
    """Areas whose sides are party to a commitment. One statement."""
    parties = Party.objects.filter(side__area=OuterRef("pk"))
    return _choices(Area.objects.filter(Exists(parties)))


@per_version(largest=4)
def areas_asked(page: Page) -> tuple[Choice, ...]:
    """Areas whose sides have been asked something. One statement."""
    asked = Proposal.addressees.through.objects.filter(side__area=OuterRef("pk"))
    return _choices(Area.objects.filter(Exists(asked)))


@per_version(largest=4)
def themes(page: Page) -> tuple[Choice, ...]:
    """All themes. One statement."""
    return _choices(Theme.objects.all())


def list_commitments(
    page: Page, wanted: Wanted, number: int
) -> tuple[ListPage, list[CommitmentLine]]:
    """Page `number` of the commitments wanted: newest first, or longest overdue first.

    Four statements (three without a filter once the tally is known).
    """
    rows = commitments(page, wanted).select_related("gathering", "dossier")
    total = _counted(rows) if wanted else tallies(page).all.total
    listed = page_of(
        rows.annotate(theme_names=_theme_names(Commitment.themes.through, "commitment")),
        number,
        total=total,
    )
    return listed, _with_parties(listed.items)


def list_proposals(page: Page, wanted: Wanted, number: int) -> ListPage:
    """Page `number` of the proposals wanted, newest first. Two statements."""
    rows = proposals(wanted)
    total = _counted(rows)
    return page_of(
        rows.select_related("gathering", "dossier", "proposer").annotate(
            theme_names=_theme_names(Proposal.themes.through, "proposal"),
            asked=collected(
                Proposal.addressees.through.objects.all(),
                by="proposal",
                position="side__position",
                name=Nested("side__area__name"),
                side="side_id",
            ),
            replies=collected(
                Answer.objects.all(),
                by="proposal",
                side="side_id",
                verdict="verdict",
                position="side__position",
                name=Nested("side__area__name"),
            ),
        ),
        number,
        total=total,
    )


def texts(rows: Iterable[dict[str, Any]] | None, field: str = "name") -> tuple[Text, ...]:
    """The texts in a collected list."""
    return tuple(Text.from_json(row[field]) for row in rows or ())


def commitments(page: Page, wanted: Wanted) -> QuerySet[Commitment]:
    """The commitments wanted, newest first or longest overdue first.

    One statement for each of side, holder and theme; no other until they are read.
    """
    rows = Commitment.objects.order_by("-key")
    if wanted.state in JointState.values:
        # Without confirmation there is no joint completion; said here, the index gives the order.
        rows = rows.filter(joint_state=wanted.state, joint_completion="")
    elif wanted.state:
        rows = rows.filter(joint_state=JointState.CONFIRMED, joint_completion=wanted.state)
    if wanted.side:
        rows = rows.filter(_among(_parties(wanted.side), "commitment"))
    if wanted.holder:
        holders = _parties(wanted.holder).filter(role=PartyRole.HOLDER)
        rows = rows.filter(_among(holders, "commitment"))
    if wanted.theme:
        themes = Commitment.themes.through.objects.filter(theme__key=wanted.theme)
        rows = rows.filter(_among(themes, "commitment"))
    if wanted.gathering:
        rows = rows.filter(gathering__key=wanted.gathering)
    if wanted.dossier:
        rows = rows.filter(dossier__key=wanted.dossier)
    if wanted.overdue:
        rows = rows.filter(overdue(page.today)).order_by("due_on", "key")
    return rows


def proposals(wanted: Wanted) -> QuerySet[Proposal]:
    """The proposals wanted, newest first. One statement each for side and theme."""
    rows = Proposal.objects.order_by("-key")
    if wanted.state:
        rows = rows.filter(standing=wanted.state)
    if wanted.side:
        asked = Proposal.addressees.through.objects.filter(side__area__key=wanted.side)
        rows = rows.filter(_among(asked, "proposal"))
    if wanted.theme:
        themes = Proposal.themes.through.objects.filter(theme__key=wanted.theme)
        rows = rows.filter(_among(themes, "proposal"))
    if wanted.gathering:
        rows = rows.filter(gathering__key=wanted.gathering)
    if wanted.dossier:
        rows = rows.filter(dossier__key=wanted.dossier)
    return rows


def _parties(area: str) -> QuerySet[Party]:
    return Party.objects.filter(side__area__key=area)


def _among(links: QuerySet[Any], owner: str) -> Q | Exists:
    """The condition that one of `links` points to the row as its `owner`. One statement.

    Few rows are named outright; among many the database soon finds a page of the newest, looking
    each up. Where the one is right, the other takes ten times as long.
    """
    found = list(links.values_list(owner, flat=True)[: FEW + 1])
    if len(found) <= FEW:
        return Q(pk__in=set(found))
    return Exists(links.filter(**{owner: OuterRef("pk")}))


def _theme_names(through: Any, owner: str) -> Any:
    return collected(through.objects.all(), by=owner, key="theme__key", name=Nested("theme__name"))


def _counted(rows: QuerySet[Any]) -> int:
    return rows.order_by()[:COUNTED_AT_MOST].count()


def _choices(rows: QuerySet[Any], named: str = "name") -> tuple[Choice, ...]:
    return tuple(Choice(key, name) for key, name in rows.order_by("key").values_list("key", named))


def _with_parties(commitments: Any) -> list[CommitmentLine]:
    """Two statements: the parties, and what each side last reported."""
    ids = [commitment.pk for commitment in commitments]
    reported = latest_completions(ids)
    parties: dict[int, list[PartyLine]] = defaultdict(list)
    for owner, side, position, role, name in (
        Party.objects.filter(commitment__in=ids)
        .order_by("side__position", "position")
        .values_list("commitment_id", "side_id", "side__position", "role", "side__area__name")
    ):
        parties[owner].append(PartyLine(name, position, role, reported.get((owner, side))))
    return [
        CommitmentLine(one, texts(one.theme_names), tuple(parties[one.pk])) for one in commitments
    ]


def latest_completions(commitments: list[int]) -> dict[tuple[int, int], str]:
    """(commitment, side) → completion of the side's latest accepted report. One statement."""
    rows = (
        Report.objects.filter(commitment__in=commitments, state=ReportState.ACCEPTED)
        .order_by("accepted_on", "submitted_on", "key")
        .values_list("commitment_id", "side_id", "completion")
    )
    return {(commitment, side): completion for commitment, side, completion in rows}


def past_the_cap(listed: ListPage, wanted: Wanted) -> bool:
    """Whether there may be more than were counted."""
    return bool(wanted) and listed.total >= COUNTED_AT_MOST


def newest_commitments(number: int = 100) -> list[tuple[Commitment, date]]:
    """The commitments last promised or reported on, each with that day. One statement."""
    reported = (
        Report.objects.filter(commitment=OuterRef("pk"), state=ReportState.ACCEPTED)
        .order_by("-accepted_on")
        .values("accepted_on")[:1]
    )
    rows: Iterable[Commitment] = Commitment.objects.order_by("-key").annotate(
        reported_on=Subquery(reported)
    )[: 2 * number]
    dated = [(row, last) for row in rows if (last := _last_day(row))]
    return sorted(dated, key=lambda pair: (pair[1], pair[0].key), reverse=True)[:number]


def _last_day(row: Any) -> date | None:
    made = row.made.end if row.made else None
    days = [day for day in (made, row.reported_on) if day]
    return max(days) if days else None
