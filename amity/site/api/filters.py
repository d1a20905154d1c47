"""What a list of the interface can be filtered by: the same forms as its page, and pages by key."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from amity.followup.forms import CommitmentFilters, ProposalFilters
from amity.followup.queries import lists as followup
from amity.foundation.pages.filters import BadQuery, KeyField, MomentField, PageField, WholeField
from amity.foundation.pages.public import Page
from amity.gatherings.forms import GatheringFilters
from amity.gatherings.queries import lists as gatherings
from amity.network.forms import (
    AgreementFilters,
    AreaFilters,
    KindFilters,
    OrganizationFilters,
    PartnershipFilters,
    PersonFilters,
)
from amity.network.queries import lists as network
from amity.record.acting import Acting
from amity.record.kinds import Kind
from amity.record.lists.forms import DossierFilters
from amity.record.lists.ordering import Order
from amity.record.queries import changed_since
from amity.sources import queries as sources
from amity.sources.forms import ArticleFilters

LARGEST_PAGE = 200
USUAL_PAGE = 50
BY_KEY = Order("key")

Rows = QuerySet[Any]
"""Records of any kind."""


class UnknownParameterError(Exception):
    """The query names something that this address does not know."""

    def __init__(self, names: Iterable[str], known: Iterable[str]) -> None:
        super().__init__()
        self.names = sorted(names)
        self.known = sorted(known)


class ListFilters(DossierFilters):
    """What every list knows; it comes before the form of the page in the bases of each."""

    page: PageField = None  # type: ignore[assignment] # pages go by key
    changed_since = MomentField(
        help_text="Only records that changed at this moment or later, as 2025-09-30T08:00:00Z."
    )
    after = KeyField(help_text="Only records after this identifier; `next` of a page sets it.")
    limit = WholeField(
        least=1,
        most=LARGEST_PAGE,
        default=USUAL_PAGE,
        help_text="How many records a page holds at most.",
    )

    def choose(self, rows: Rows, page: Page, acting: Acting) -> Rows:
        """`rows`, or those of them that are wanted."""
        return rows


class CommitmentList(ListFilters, CommitmentFilters):
    """Commitments."""

    def choose(self, rows: Rows, page: Page, acting: Acting) -> Rows:
        return followup.commitments(self.wanted(), page.today, acting)


class ProposalList(ListFilters, ProposalFilters):
    """Proposals."""

    def choose(self, rows: Rows, page: Page, acting: Acting) -> Rows:
        return followup.proposals(self.wanted(), acting)


class PartnershipList(ListFilters, PartnershipFilters):
    """Partnerships."""

    def choose(self, rows: Rows, page: Page, acting: Acting) -> Rows:
        return network.partnerships(self.wanted(), acting)


class GatheringList(ListFilters, GatheringFilters):
    """Gatherings."""

    def choose(self, rows: Rows, page: Page, acting: Acting) -> Rows:
        return gatherings.gatherings(self.wanted(), page.today, acting)


class ArticleList(ListFilters, ArticleFilters):
    """Articles."""

    def choose(self, rows: Rows, page: Page, acting: Acting) -> Rows:
        return sources.articles(
            self.source_wanted(), self.language_wanted(), self.dossiers_wanted(), acting
        )


class AreaList(ListFilters, AreaFilters):
    """Areas."""

    def choose(self, rows: Rows, page: Page, acting: Acting) -> Rows:
        return _of_kind(rows, self)


class OrganizationList(ListFilters, OrganizationFilters):
    """Organizations."""

    def choose(self, rows: Rows, page: Page, acting: Acting) -> Rows:
        return _of_kind(rows, self)


class PersonList(ListFilters, PersonFilters):
    """Persons."""


class AgreementList(ListFilters, AgreementFilters):
    """Agreements."""

    def choose(self, rows: Rows, page: Page, acting: Acting) -> Rows:
        return self.among(rows)


def _of_kind(rows: Rows, form: KindFilters) -> Rows:
    kind = form.kind_wanted()
    return rows.filter(kind=kind) if kind else rows


LISTS: Mapping[str, type[ListFilters]] = {
    "commitment": CommitmentList,
    "proposal": ProposalList,
    "partnership": PartnershipList,
    "gathering": GatheringList,
    "article": ArticleList,
    "area": AreaList,
    "organization": OrganizationList,
    "person": PersonList,
    "agreement": AgreementList,
}
"""Kind → its list; a kind that is not named here has the filters of every list alone."""


def filters_of(kind: str) -> type[ListFilters]:
    """The form of the list of a kind."""
    return LISTS.get(kind, ListFilters)


def refuse_unknown(request: HttpRequest, known: Iterable[str]) -> None:
    """Raise UnknownParameterError where the query names what this address does not know."""
    if strange := set(request.GET) - set(known):
        raise UnknownParameterError(strange, known)


def wanted_rows(kind: Kind, rows: Rows, filters: ListFilters, page: Page, acting: Acting) -> Rows:
    """Those of `rows` that are wanted, by key or as was chosen, from where the last page ended.

    `rows` are of a `kind`, and what `acting` may read. Raises BadQuery where the last page ended
    with a record that is no more, and the order cannot say where it stood.
    """
    order = filters.order()
    chosen = filters.dossiers_wanted().choose(filters.choose(rows, page, acting))
    chosen = (order or BY_KEY).of(chosen)
    if since := filters.cleaned_data["changed_since"]:
        chosen = chosen.filter(changed_since(kind, since))
    after = filters.cleaned_data["after"]
    if not after:
        return chosen
    if order is None:
        return chosen.filter(key__gt=after)
    rest = order.after(chosen, rows, after)
    if rest is None:
        raise BadQuery({"after": "no such record any more; begin with the first page"})
    return rest
