"""The network as a map and as lists."""

from django.http import HttpResponse

from amity.foundation.pages.context import show
from amity.foundation.pages.public import PageRequest, public_page
from amity.languages.listing import options
from amity.network.contexts import (
    AgreementsPage,
    AreasPage,
    NetworkPage,
    OrganizationsPage,
    PersonsPage,
)
from amity.network.forms import (
    AgreementFilters,
    AreaFilters,
    OrganizationFilters,
    PartnershipFilters,
    PersonFilters,
)
from amity.network.models import Agreement
from amity.network.queries import lists
from amity.network.queries import map as maps
from amity.network.queries.themes import theme_options


@public_page(PartnershipFilters)
def network(request: PageRequest, filters: PartnershipFilters) -> HttpResponse:
    """All partnerships, on a map and as a list, with filters."""
    wanted = filters.wanted()
    if filters.chosen("theme"):
        filters.offer("theme", theme_options(request.page))
    filters.offer("country", options((one.code, one.name) for one in lists.countries(request.page)))
    filters.offer_dossiers(request.page)
    return show(
        request,
        NetworkPage(
            listed=lists.list_partnerships(request.page, wanted, filters.number),
            map=maps.draw(request.page, wanted),
            filters=filters,
        ),
    )


@public_page(AreaFilters)
def areas(request: PageRequest, filters: AreaFilters) -> HttpResponse:
    """All areas."""
    filters.offer_dossiers(request.page)
    alphabet = lists.list_areas(
        request.page, filters.number, filters.kind_wanted(), filters.dossiers_wanted()
    )
    return show(request, AreasPage(alphabet=alphabet, filters=filters))


@public_page(OrganizationFilters)
def organizations(request: PageRequest, filters: OrganizationFilters) -> HttpResponse:
    """All organizations."""
    filters.offer_dossiers(request.page)
    alphabet = lists.list_organizations(
        request.page, filters.number, filters.kind_wanted(), filters.dossiers_wanted()
    )
    return show(request, OrganizationsPage(alphabet=alphabet, filters=filters))


@public_page(PersonFilters)
def persons(request: PageRequest, filters: PersonFilters) -> HttpResponse:
    """All persons."""
    filters.offer_dossiers(request.page)
    dossiers = filters.dossiers_wanted()
    if order := filters.order():
        listed = lists.ordered_persons(order, filters.number, dossiers)
        return show(request, PersonsPage(listed=listed, filters=filters))
    alphabet = lists.list_persons(request.page, filters.number, dossiers)
    return show(request, PersonsPage(listed=alphabet.listed, alphabet=alphabet, filters=filters))


@public_page(AgreementFilters)
def agreements(request: PageRequest, filters: AgreementFilters) -> HttpResponse:
    """All agreements."""
    filters.offer("theme", theme_options(request.page))
    filters.offer_dossiers(request.page)
    wanted = filters.among(filters.dossiers_wanted().choose(Agreement.objects.all()))
    listed = lists.list_agreements(wanted, filters.number)
    return show(request, AgreementsPage(listed=listed, filters=filters))
