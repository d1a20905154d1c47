"""What an edition's closing is about: proposals and commitments made at it or carried into it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import CharField, Count, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from amity.followup.models import Commitment, Disposition, Proposal
from amity.followup.queries.lists import (
    CommitmentLine,
    ProposalLine,
    commitment_line,
    proposal_line,
    with_answers,
)
from amity.followup.queries.parties import with_parties
from amity.gatherings.models import Gathering
from amity.record.acting import Acting
from amity.record.managers import PUBLIC

Thing = TypeVar("Thing", Commitment, Proposal)
IN_ORDER = ("of", "key")
Found = tuple[str, int, str]
"""Kind, number and identifier of an item."""


@dataclass(frozen=True, slots=True)
class Item:
    """An open item of a closing list, as a `line` of a list.

    `earlier`: the edition from which it was carried into this one.
    """

    line: CommitmentLine | ProposalLine
    earlier: Gathering | None

    @property
    def thing(self) -> Commitment | Proposal:
        """The commitment or proposal."""
        line = self.line
        return line.commitment if isinstance(line, CommitmentLine) else line.proposal

    @property
    def kind(self) -> str:
        """The kind of the record."""
        return "commitment" if isinstance(self.line, CommitmentLine) else "proposal"

    @property
    def name(self) -> str:
        """By what a form names it."""
        return f"{self.kind}:{self.thing.key}"


def readers_of(gathering: Gathering) -> tuple[str, ...]:
    """Of whose records the closing speaks: what is public, and what all who keep it read.

    What one side alone reads is none of the others' business, and stops no closing.
    """
    return tuple(sorted({PUBLIC, gathering.keeper, gathering.readers} - {""}))


@dataclass(frozen=True, slots=True)
class Undecided:
    """What is open and has no decision of an edition: commitments first, each by its number.

    Each kind is asked by an index in its order, so that a page takes as long whether there are
    thirty or a hundred thousand.
    """

    gathering: Gathering
    commitments: "QuerySet[Commitment]"
    proposals: "QuerySet[Proposal]"

    def counts(self) -> tuple[int, int]:
        """How many commitments there are, and how many proposals. One statement."""
        here = Gathering.everything.filter(pk=self.gathering.pk)
        return here.values_list(_counted(self.commitments), _counted(self.proposals)).get()

    def some(self, start: int, end: int, counts: tuple[int, int]) -> list[Found]:
        """Those from place `start` (from 0) up to before `end`. One statement."""
        before = counts[0]
        first = _named("commitment", self.commitments, start, end)
        second = _named("proposal", self.proposals, max(start - before, 0), max(end - before, 0))
        return list(first.union(second, all=True).order_by(*IN_ORDER))


def undecided(gathering: Gathering, keys: Collection[str] | None = None) -> Undecided:
    """What the edition has still to decide of. Asks nothing. `keys`: of these alone."""
    readers = readers_of(gathering)
    commitments = Commitment.everything.filter(waits_at=gathering, readers__in=readers)
    proposals = Proposal.everything.filter(waits_at=gathering, readers__in=readers)
    if keys is not None:
        commitments, proposals = commitments.filter(key__in=keys), proposals.filter(key__in=keys)
    return Undecided(gathering, commitments, proposals)


def _counted(rows: "QuerySet[Thing]") -> Coalesce:
    """How many rows there are, none too, as a value of a statement."""
    counted = rows.order_by().values("waits_at").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


def _named(kind: str, rows: "QuerySet[Thing]", start: int, end: int) -> "QuerySet[Thing, Found]":
    """Some of the rows, by their numbers; the index gives them in order."""
    chosen = rows.model.everything.filter(pk__in=rows.order_by("key").values("pk")[start:end])
    of = Value(kind, output_field=CharField())
    return chosen.annotate(of=of).values_list("of", "pk", "key")


def decided(gathering: Gathering) -> "QuerySet[Disposition]":
    """What the edition decided, in the order of the numbers of what it decided of."""
    rows = Disposition.everything.filter(
        gathering=gathering, readers__in=readers_of(gathering)
    ).select_related("commitment__dossier", "proposal__dossier", "into")
    return rows.order_by("commitment__key", "proposal__key", "key")


def items(acting: Acting, gathering: Gathering, found: Sequence[Found]) -> tuple[Item, ...]:
    """Items with what a list shows of each, for whoever acts. Six statements."""
    commitments = {
        one.pk: commitment_line(one)
        for one in with_parties(_numbered(Commitment, "commitment", found), acting)
    }
    proposals = {
        one.pk: proposal_line(one)
        for one in with_answers(_numbered(Proposal, "proposal", found), acting)
    }
    earlier: dict[tuple[str, int], Gathering] = {}
    carried = Disposition.everything.filter(
        Q(commitment__in=commitments) | Q(proposal__in=proposals),
        into=gathering,
        readers__in=readers_of(gathering),
    )
    for one in carried.select_related("gathering").order_by("decided_on", "key"):
        if number := one.commitment_id or one.proposal_id:
            earlier["commitment" if one.commitment_id else "proposal", number] = one.gathering
    listed = []
    for kind, number, _key in found:
        line = commitments.get(number) if kind == "commitment" else proposals.get(number)
        if line is not None:
            listed.append(Item(line, earlier.get((kind, number))))
    return tuple(listed)


def _numbered(model: type[Thing], kind: str, found: Sequence[Found]) -> "QuerySet[Thing]":
    return model.everything.filter(pk__in=[one[1] for one in found if one[0] == kind])
