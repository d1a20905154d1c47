"""What follow-up adds to the pages of gatherings, and of series, and of the network."""

from collections.abc import Sequence

from amity.followup.choices import Completion, ProposalStanding
from amity.followup.contexts import (
    CarriedSection,
    OutcomeSection,
    PromisesSection,
    ProposalsSection,
    TimelineSection,
)
from amity.followup.joint_state import days_overdue
from amity.followup.queries import outcomes
from amity.followup.queries.carried import carried
from amity.followup.queries.lists import CommitmentLine
from amity.followup.queries.timeline import time_line
from amity.foundation.pages.public import Page
from amity.gatherings.models import Gathering, Series
from amity.network.models import Area, Organization, Partnership, Person
from amity.record.models import Recorded
from amity.record.sections import Section, register


def register_sections() -> None:
    """Register all of them."""
    register("gathering", Section("outcome", outcome_of_gathering, 40))
    register("area", Section("promises", promises_of_area, 40))
    register("organization", Section("promises", promises_of_organization, 40))
    register("partnership", Section("timeline", life_of_partnership, 10))
    register("series", Section("carried", carried_in_series, 40))
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
        all_carried=gathering.pk
        not in {
            *(one.gathering_id for one in promised),
            *(line.proposal.gathering_id for line in proposals),
        },
    )


def promises_of_area(area: Area, page: Page) -> PromisesSection | None:
    """Commitments to which a side of this area is party. Two statements."""
    lines = outcomes.commitments_of_area(area)
    return _promises(area, lines, area if len(lines) == outcomes.SHOWN else None)


def promises_of_organization(organization: Organization, page: Page) -> PromisesSection | None:
    """Commitments in which the organization speaks for a side. Two statements."""
    return _promises(organization, outcomes.commitments_of_organization(organization))


def life_of_partnership(partnership: Partnership, page: Page) -> TimelineSection:
    """Stages, agreements, gatherings and promises in order of date. Three statements."""
    return TimelineSection(partnership=partnership, points=time_line(partnership))


def carried_in_series(series: Series, page: Page) -> CarriedSection | None:
    """What was carried from edition to edition. One statement."""
    groups = carried(series)
    return CarriedSection(groups=groups) if groups else None


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
