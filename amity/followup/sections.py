"""What follow-up adds to the pages of gatherings, and of areas, organizations and persons."""

from collections.abc import Sequence

from amity.followup.choices import Completion, ProposalStanding
from amity.followup.contexts import OutcomeSection, PromisesSection, ProposalsSection
from amity.followup.joint_state import days_overdue
from amity.followup.queries import outcomes
from amity.followup.queries.lists import CommitmentLine
from amity.foundation.pages.public import Page
from amity.gatherings.models import Gathering
from amity.network.models import Area, Organization, Partnership, Person
from amity.record.models import Recorded
from amity.record.sections import Section, register


def register_sections() -> None:
    """Register all of them."""
    register("gathering", Section("outcome", outcome_of_gathering, 40))
    register("area", Section("promises", promises_of_area, 40))
    register("organization", Section("promises", promises_of_organization, 40))
    register("partnership", Section("promises", promises_of_partnership, 40))
    register("person", Section("promises", promises_of_person, 35))
    register("person", Section("proposals", proposals_of_person, 40))


def outcome_of_gathering(gathering: Gathering, page: Page) -> OutcomeSection | None:
    """What came of it: what was asked and promised there or carried into it. Five statements."""
    proposals = outcomes.proposals_at(gathering)
    commitments = outcomes.commitments_at(gathering)
    if not proposals and not commitments:
        return None
    promised = [line.commitment for line in commitments]
    return OutcomeSection(
        gathering=gathering,
        proposals=proposals,
        commitments=commitments,
        answered=sum(line.proposal.standing != ProposalStanding.UNANSWERED for line in proposals),
        complete=sum(one.joint_completion == Completion.COMPLETE for one in promised),
        overdue=sum(days_overdue(one.due_on, one.open, page.today) is not None for one in promised),
        by_state=outcomes.by_state(promised),
    )


def promises_of_area(area: Area, page: Page) -> PromisesSection | None:
    """Commitments to which a side of this area is party. Two statements."""
    lines = outcomes.commitments_of_area(area)
    return _promises(area, lines, area if len(lines) == outcomes.SHOWN else None)


def promises_of_organization(organization: Organization, page: Page) -> PromisesSection | None:
    """Commitments in which the organization speaks for a side. Two statements."""
    return _promises(organization, outcomes.commitments_of_organization(organization))


def promises_of_partnership(partnership: Partnership, page: Page) -> PromisesSection | None:
    """Commitments between the partnership's sides. Two statements."""
    return _promises(partnership, outcomes.commitments_of_partnership(partnership))


def promises_of_person(person: Person, page: Page) -> PromisesSection | None:
    """Commitments that the person gave. Two statements."""
    return _promises(person, outcomes.commitments_said_by(person))


def proposals_of_person(person: Person, page: Page) -> ProposalsSection | None:
    """What the person has asked. One statement."""
    proposals = outcomes.proposals_of(person)
    return ProposalsSection(proposals=proposals) if proposals else None


def _promises(
    owner: Recorded, lines: Sequence[CommitmentLine], all_of: Area | None = None
) -> PromisesSection | None:
    return PromisesSection(owner=owner, lines=lines, all_of=all_of) if lines else None
