"""What delegations add to the pages of a gathering: who is invited, and whom the sides send."""

from amity.delegations import queries
from amity.delegations.contexts import DelegatedSection, DelegatesSection, DelegationsSection
from amity.foundation.pages.public import Page
from amity.gatherings.models import Gathering
from amity.network.models import Person
from amity.record.sections import Section, register
from amity.sources.queries import evidence_about


def register_sections() -> None:
    """Register them: with the gathering, with its people, and with each person."""
    register("gathering", Section("delegations", summary, 30))
    register("gathering_people", Section("delegates", delegates, 30))
    register("person", Section("delegated", of_person, 30))


def summary(gathering: Gathering, page: Page) -> DelegationsSection | None:
    """The groups of a gathering, and its delegations with their heads and numbers.

    Two statements, and one for what was published about the groups where there are any.
    """
    groups, delegations = queries.groups_and_delegations(gathering)
    if not groups and not delegations:
        return None
    return DelegationsSection(
        gathering=gathering,
        groups=groups,
        delegations=delegations,
        preliminary=all(one.preliminary for one, _ in groups),
        evidence=evidence_about({"group": [one.key for one, _ in groups]}),
    )


def delegates(gathering: Gathering, page: Page) -> DelegatesSection | None:
    """Everybody in the delegations to a gathering, by name. Two statements."""
    found = queries.delegations_with_people(gathering)
    return DelegatesSection(delegations=found) if found else None


def of_person(person: Person, page: Page) -> DelegatedSection | None:
    """The delegations that the person belongs to or heads. Two statements."""
    found = queries.delegations_of(person)
    return DelegatedSection(held=found) if found else None
