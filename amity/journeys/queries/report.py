"""What a closing report says: what was promised and asked, carried in, decided and carried on."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from amity.followup.choices import Outcome
from amity.followup.models import Commitment, Disposition, Proposal
from amity.followup.queries.lists import (
    CommitmentLine,
    ProposalLine,
    commitment_line,
    proposal_line,
    with_answers,
)
from amity.followup.queries.parties import with_parties
from amity.gatherings.choices import GatheringStatus
from amity.gatherings.models import Gathering
from amity.journeys.queries.items import Thing
from amity.journeys.queries.standing import (
    SideOf,
    closed_at,
    unconfirmed_by,
)
from amity.languages.text import Text
from amity.record.acting import Acting
from amity.record.queries import visible_to

MOST = 500
"""How many commitments, and how many proposals, a report lists; the lists have them all."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A commitment or proposal of a report, with what was decided of it.

    `number`: its place among what was made there; 0 for what was carried in. `earlier`: the
    edition it was carried from. `waiting`: the sides that have not confirmed the decision.
    """

    number: int
    line: CommitmentLine | ProposalLine
    decision: Disposition | None
    earlier: Gathering | None
    waiting: tuple[SideOf, ...]

    @property
    def thing(self) -> Commitment | Proposal:
        """The commitment or proposal."""
        line = self.line
        return line.commitment if isinstance(line, CommitmentLine) else line.proposal


@dataclass(frozen=True, slots=True)
class Report:
    """The closing report of a gathering.

    `commitments` and `proposals` made there, `carried_in` from earlier editions, and `carried_on`
    of all these. `outcomes`: how often each was decided. `closed`: when, as far as the history
    tells. `more`: whether there is more than is listed.
    """

    gathering: Gathering
    sides: tuple[SideOf, ...]
    commitments: tuple[Entry, ...]
    proposals: tuple[Entry, ...]
    carried_in: tuple[Entry, ...]
    carried_on: tuple[Entry, ...]
    outcomes: tuple[tuple[Outcome, int], ...]
    closed: datetime | None
    more: bool

    @property
    def undertaken(self) -> tuple[Entry, ...]:
        """Commitments that were made there and are still to be kept."""
        return tuple(filter(_to_be_kept, self.commitments))

    @property
    def going_on(self) -> tuple[Entry, ...]:
        """Commitments that were carried in and are still to be kept."""
        return tuple(filter(_to_be_kept, self.carried_in))


def _to_be_kept(one: Entry) -> bool:
    decided = one.decision.outcome if one.decision else Outcome.CARRIED
    return isinstance(one.thing, Commitment) and decided == Outcome.CARRIED


def is_closed_by_all(gathering: Gathering, sides: Sequence[SideOf]) -> bool:
    """Whether the gathering is closed, and every side that keeps it has confirmed that."""
    return gathering.status == GatheringStatus.CLOSED and all(one.confirmed for one in sides)


def report(acting: Acting, gathering: Gathering, sides: tuple[SideOf, ...]) -> Report:
    """The report, of what whoever acts may read. Eight statements."""
    decided, earlier = _decisions(acting, gathering)
    commitments = list(
        with_parties(_at(acting, gathering, Commitment, "commitment"), acting)[: MOST + 1]
    )
    proposals = list(with_answers(_at(acting, gathering, Proposal, "proposal"), acting)[: MOST + 1])
    waiting = unconfirmed_by(sides, list(decided.values()))
    made: dict[str, list[Entry]] = {"commitment": [], "proposal": []}
    carried_in: list[Entry] = []
    lines: list[tuple[str, int, bool, CommitmentLine | ProposalLine]] = [
        ("commitment", one.pk, one.gathering_id == gathering.pk, commitment_line(one))
        for one in commitments[:MOST]
    ]
    lines += [
        ("proposal", one.pk, one.gathering_id == gathering.pk, proposal_line(one))
        for one in proposals[:MOST]
    ]
    for kind, number, here, line in lines:
        decision = decided.get((kind, number))
        entry = Entry(
            len(made[kind]) + 1 if here else 0,
            line,
            decision,
            earlier.get((kind, number)),
            waiting.get(decision.pk, ()) if decision else (),
        )
        (made[kind] if here else carried_in).append(entry)
    everything = [*made["commitment"], *made["proposal"], *carried_in]
    counts = Counter(one.decision.outcome for one in everything if one.decision)
    return Report(
        gathering=gathering,
        sides=sides,
        commitments=tuple(made["commitment"]),
        proposals=tuple(made["proposal"]),
        carried_in=tuple(carried_in),
        carried_on=tuple(one for one in everything if one.decision and one.decision.into),
        outcomes=tuple((one, counts[one]) for one in Outcome if counts[one]),
        closed=closed_at(gathering) if gathering.status == GatheringStatus.CLOSED else None,
        more=max(len(commitments), len(proposals)) > MOST,
    )


@dataclass(frozen=True, slots=True)
class Passed:
    """How many items went from one edition into another, of which this is the other one."""

    key: str
    title: Text
    count: int


def passed_on(gathering: Gathering) -> tuple[tuple[Passed, ...], tuple[Passed, ...]]:
    """What came into an edition from others, and went on from it, as the public reads it.

    One statement, whatever was carried.
    """
    rows = Disposition.objects.filter(
        Q(gathering=gathering, into__isnull=False) | Q(into=gathering)
    ).order_by("gathering__number", "into__number", "gathering__key", "into__key")
    of_both = ("gathering__number", "into__number", "gathering__key", "into__key")
    counted = rows.values(*of_both, "gathering__title", "into__title").annotate(count=Count("pk"))
    came, went = [], []
    for one in counted:
        if one["into__key"] == gathering.key:
            title = one["gathering__title"]
            came.append(Passed(one["gathering__key"], title, one["count"]))
        else:
            went.append(Passed(one["into__key"], one["into__title"], one["count"]))
    return tuple(came), tuple(went)


def _at(acting: Acting, gathering: Gathering, model: type[Thing], name: str) -> "QuerySet[Thing]":
    """What whoever acts may read of what was made at an edition or carried into it."""
    carried = visible_to(acting, Disposition).filter(into=gathering, **{f"{name}__isnull": False})
    rows = visible_to(acting, model)
    return rows.filter(Q(gathering=gathering) | Q(pk__in=carried.values(name))).order_by("key")


def _decisions(
    acting: Acting, gathering: Gathering
) -> tuple[dict[tuple[str, int], Disposition], dict[tuple[str, int], Gathering]]:
    """What the edition decided, and from where things were carried into it. One statement."""
    rows = visible_to(acting, Disposition).filter(Q(gathering=gathering) | Q(into=gathering))
    decided: dict[tuple[str, int], Disposition] = {}
    earlier: dict[tuple[str, int], Gathering] = {}
    for one in rows.select_related("gathering", "into").order_by("decided_on", "key"):
        if number := one.commitment_id or one.proposal_id:
            at = ("commitment" if one.commitment_id else "proposal", number)
            if one.gathering_id == gathering.pk:
                decided[at] = one
            else:
                earlier[at] = one.gathering
    return decided, earlier
