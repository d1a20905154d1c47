"""How programs read the record: the interface's description, for people."""

from django.http import HttpResponse

from amity.foundation.pages.context import show
from amity.foundation.pages.links import url
from amity.foundation.pages.public import PageRequest, public_page
from amity.record import kinds
from amity.record.kinds import Kind
from amity.site.api.filters import ListFilters, filters_of
from amity.site.api.root import ADDRESS
from amity.site.api.schemas import values_of
from amity.site.contexts import ApiPage, Filter, Offer

TABLES = (
    "followup:commitments_csv",
    "followup:proposals_csv",
    "followup:subjects_csv",
    "network:network_csv",
    "gatherings:gatherings_csv",
    "network:areas_csv",
    "network:organizations_csv",
    "network:persons_csv",
    "network:agreements_csv",
    "sources:coverage_csv",
)
"""Names of the addresses at which lists are had as CSV."""


@public_page
def docs(request: PageRequest) -> HttpResponse:
    """The addresses, their filters, and how texts and dates are written."""
    return show(
        request,
        ApiPage(
            offers=[_offer(kind) for kind in kinds.kinds()],
            address=ADDRESS,
            tables=[url(name) for name in TABLES],
            example=f"{ADDRESS}commitments?overdue=1&limit=10",
        ),
    )


def _offer(kind: Kind) -> Offer:
    own = [
        Filter(name, tuple(values_of(field)))
        for name, field in filters_of(kind.kind).base_fields.items()
        if name not in ListFilters.base_fields
    ]
    return Offer(str(kind.plural_label), f"{ADDRESS}{kind.plural}", tuple(own))
