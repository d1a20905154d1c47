"""What the templates of the network show."""

from collections.abc import Sequence
from dataclasses import dataclass

from amity.foundation.formats.structured import Thing
from amity.foundation.pages.context import PageContext
from amity.foundation.pages.paging import ListPage
from amity.network.forms import (
    AgreementFilters,
    AreaFilters,
    OrganizationFilters,
    PartnershipFilters,
    PersonFilters,
)
from amity.network.models import Agreement, Area, Organization, Partnership, Person
from amity.network.queries.alphabet import Alphabet
from amity.network.queries.map import Map
from amity.network.queries.pages import Measure
from amity.record.sections import Filled
from amity.sources.queries import Evidence


@dataclass(frozen=True, kw_only=True)
class RecordPage(PageContext):
    """One record of the network.

    `evidence`: what was published about it. `added`: what rooms above add to the page. `data`:
    what the page says to programs, as schema.org has it.
    """

    evidence: Evidence
    added: tuple[Filled, ...]
    data: Thing


@dataclass(frozen=True, kw_only=True)
class AreaPage(RecordPage):
    """An `area` with its parts; its `partnerships` with their sides, `organizations` by name.

    `agreements`: signed there, for it, or within its partnerships. `measures`: its figures over
    the years.
    """

    template = "network/area.html"
    area: Area
    partnerships: Sequence[Partnership]
    organizations: Sequence[Organization]
    agreements: Sequence[Agreement]
    measures: Sequence[Measure]


@dataclass(frozen=True, kw_only=True)
class OrganizationPage(RecordPage):
    """An `organization` with its parts, its people and the sides that it speaks for."""

    template = "network/organization.html"
    organization: Organization


@dataclass(frozen=True, kw_only=True)
class PersonPage(RecordPage):
    """A `person` with their posts. `signed`: the agreements that they signed."""

    template = "network/person.html"
    person: Person
    signed: Sequence[Agreement]


@dataclass(frozen=True, kw_only=True)
class PartnershipPage(RecordPage):
    """A `partnership` with its sides, stages, themes, agreements and parts.

    `measures`: its figures over the years.
    """

    template = "network/partnership.html"
    partnership: Partnership
    measures: Sequence[Measure]


@dataclass(frozen=True, kw_only=True)
class AgreementPage(RecordPage):
    """An `agreement` with its signatories, scopes and partnerships."""

    template = "network/agreement.html"
    agreement: Agreement


@dataclass(frozen=True, kw_only=True)
class NetworkPage(PageContext):
    """All partnerships, on a `map` and as a list.

    `listed`: the page of the list, each with its sides. `filters`: what was chosen, with what
    there is to choose from.
    """

    template = "network/network.html"
    listed: ListPage
    map: Map
    filters: PartnershipFilters


@dataclass(frozen=True, kw_only=True)
class AreasPage(PageContext):
    """All areas by name. `alphabet`: the page of the list. `filters`: what was chosen."""

    template = "network/areas.html"
    alphabet: Alphabet[Area]
    filters: AreaFilters


@dataclass(frozen=True, kw_only=True)
class OrganizationsPage(PageContext):
    """All organizations by name. `alphabet`: the page of the list. `filters`: what was chosen."""

    template = "network/organizations.html"
    alphabet: Alphabet[Organization]
    filters: OrganizationFilters


@dataclass(frozen=True, kw_only=True)
class PersonsPage(PageContext):
    """All persons.

    `listed`: the page of the list, each with their posts; `alphabet`: the same under its letters,
    where it stands by family name. `filters`: what was chosen.
    """

    template = "network/persons.html"
    listed: ListPage[Person]
    alphabet: Alphabet[Person] | None = None
    filters: PersonFilters


@dataclass(frozen=True, kw_only=True)
class AgreementsPage(PageContext):
    """All agreements. `listed`: the page of the list. `filters`: what was chosen."""

    template = "network/agreements.html"
    listed: ListPage
    filters: AgreementFilters
