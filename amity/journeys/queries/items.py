"""What an edition's closing is about: proposals and commitments made at it or carried into it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value

from amity.followup.choices import ProposalStanding
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


def undecided(
    gathering: Gathering, keys: Collection[str] | None = None
) -> "QuerySet[Commitment, Found]":
    """What is open and has no decision of this edition: commitments first, each by its number.

    `keys`: of these alone.
    """
    commitments = _at(gathering, Commitment, "commitment").filter(open=True)
    proposals = _at(gathering, Proposal, "proposal").filter(decided="")
    proposals = proposals.exclude(standing=ProposalStanding.DECLINED)
    if keys is not None:
        commitments, proposals = commitments.filter(key__in=keys), proposals.filter(key__in=keys)
    return _together(
        commitments.filter(~_decided(gathering, "commitment")),
        proposals.filter(~_decided(gathering, "proposal")),
    )


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


def _at(gathering: Gathering, model: type[Thing], name: str) -> "QuerySet[Thing]":
    """What was made there or carried into it; asked by number, so that no other row is read."""
    made = model.everything.filter(gathering=gathering).values("pk")
    carried = Disposition.everything.filter(into=gathering, **{f"{name}__isnull": False})
    here = made.union(carried.values(name))
    return model.everything.filter(pk__in=here, readers__in=readers_of(gathering))


def _decided(gathering: Gathering, name: str) -> Exists:
    return Exists(Disposition.everything.filter(gathering=gathering, **{name: OuterRef("pk")}))


def _together(
    commitments: "QuerySet[Commitment]", proposals: "QuerySet[Proposal]"
) -> "QuerySet[Commitment, Found]":
    columns = ("of", "pk", "key")
    first = commitments.annotate(of=_named("commitment")).values_list(*columns)
    second = proposals.annotate(of=_named("proposal")).values_list(*columns)
    return first.union(second, all=True).order_by("of", "key")


def _named(kind: str) -> Value:
    return Value(kind, output_field=CharField())


def _numbered(model: type[Thing], kind: str, found: Sequence[Found]) -> "QuerySet[Thing]":
    return model.everything.filter(pk__in=[one[1] for one in found if one[0] == kind])
