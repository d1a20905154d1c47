"""What came of a gathering, and what hangs on an area, an organization or a partnership."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from amity.followup.models import Commitment, Disposition, Party, Proposal
from amity.gatherings.models import Gathering
from amity.network.models import Area, Organization, Partnership, Person

from .lists import CommitmentLine, ProposalLine, commitment_line, proposal_line, with_answers
from .parties import with_parties

SHOWN = 100
"""How many items a section lists; the lists under Commitments and Proposals have them all."""


def proposals_at(gathering: Gathering) -> list[ProposalLine]:
    """What was asked there or carried into it. Three statements."""
    carried = Disposition.objects.filter(into=gathering, proposal__isnull=False)
    rows = Proposal.objects.filter(
        Q(gathering=gathering) | Q(pk__in=carried.values("proposal"))
    ).order_by("key")
    return [proposal_line(row) for row in with_answers(rows)[:SHOWN]]


def commitments_at(gathering: Gathering) -> list[CommitmentLine]:
    """What was promised there or carried into it. Two statements."""
    carried = Disposition.objects.filter(into=gathering, commitment__isnull=False)
    rows = Commitment.objects.filter(
        Q(gathering=gathering) | Q(pk__in=carried.values("commitment"))
    ).order_by("key")
    return [commitment_line(row) for row in with_parties(rows)[:SHOWN]]


def commitments_of_area(area: Area) -> list[CommitmentLine]:
    """Commitments to which a side of this area is party. Two statements."""
    return _with_party(Party.objects.filter(side__area=area))


def commitments_of_organization(organization: Organization) -> list[CommitmentLine]:
    """Commitments in which the organization speaks for a side. Two statements."""
    return _with_party(Party.objects.filter(organization=organization))


def commitments_of_partnership(partnership: Partnership) -> list[CommitmentLine]:
    """Commitments between the partnership's sides. Two statements."""
    return _with_party(Party.objects.filter(side__partnership=partnership))


def commitments_said_by(person: Person) -> list[CommitmentLine]:
    """Commitments that the person gave in words of their own. Two statements."""
    rows = Commitment.objects.filter(
        pk__in=Commitment.statements.through.objects.filter(statement__person=person).values(
            "commitment"
        )
    )
    return [commitment_line(row) for row in with_parties(rows.order_by("-key"))[:SHOWN]]


def proposals_of(person: Person) -> list[Proposal]:
    """What the person has asked, the newest first. One statement."""
    return list(person.proposals.select_related("gathering").order_by("-key")[:SHOWN])


def by_state(commitments: Iterable[Commitment]) -> tuple[tuple[str, int], ...]:
    """How many of the commitments are in each state, without those that none is in."""
    counts = Counter(one.joint_completion or one.joint_state for one in commitments)
    return tuple(sorted(counts.items()))


def _with_party(parties: QuerySet[Party]) -> list[CommitmentLine]:
    rows = Commitment.objects.filter(pk__in=parties.values("commitment"))
    return [commitment_line(row) for row in with_parties(rows.order_by("-key"))[:SHOWN]]
