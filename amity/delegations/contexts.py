"""What the templates of delegations show."""

from dataclasses import dataclass

from amity.delegations.models import Delegate, Delegation, Group
from amity.delegations.queries import PartInDelegation
from amity.foundation.pages.context import Context
from amity.gatherings.models import Gathering
from amity.sources.queries import Evidence


@dataclass(frozen=True, kw_only=True)
class DelegationsSection(Context):
    """Who takes part in `gathering`: `groups` and `delegations`, each with its number of delegates.

    `preliminary`: no side has settled a group yet. `evidence`: what was published of the groups.
    """

    template = "delegations/sections/delegations.html"
    gathering: Gathering
    groups: tuple[tuple[Group, int], ...]
    delegations: tuple[tuple[Delegation, int], ...]
    preliminary: bool
    evidence: Evidence


@dataclass(frozen=True, kw_only=True)
class DelegatesSection(Context):
    """Everybody in the `delegations` to a gathering, each with its people: the head, then by name.

    Persons, their organizations and groups are loaded.
    """

    template = "delegations/sections/delegates.html"
    delegations: tuple[tuple[Delegation, tuple[Delegate, ...]], ...]


@dataclass(frozen=True, kw_only=True)
class DelegatedSection(Context):
    """What a person is in delegations (`held`), the newest gathering first."""

    template = "delegations/sections/delegated.html"
    held: tuple[PartInDelegation, ...]
