"""The lists of the network as CSV and XLSX, by key."""

from typing import TypeVar

from django.db.models import QuerySet

from amity.foundation.pages.public import PageRequest
from amity.foundation.pages.tables import table_views
from amity.network import columns
from amity.network.forms import (
    AgreementFilters,
    AreaFilters,
    KindFilters,
    OrganizationFilters,
    PartnershipFilters,
    PersonFilters,
)
from amity.network.models import Agreement, Area, Organization, Partnership, Person
from amity.network.queries import lists
from amity.record.lists.ordering import ordered

OfAKind = TypeVar("OfAKind", Area, Organization)


def _partnerships(request: PageRequest, filters: PartnershipFilters) -> QuerySet[Partnership]:
    rows = lists.partnerships(filters.wanted())
    return lists.with_sides(rows.select_related("dossier", "parent"))


def _areas(request: PageRequest, filters: AreaFilters) -> QuerySet[Area]:
    return _of_kind(Area.objects.select_related("dossier", "parent"), filters)


def _organizations(request: PageRequest, filters: OrganizationFilters) -> QuerySet[Organization]:
    return _of_kind(Organization.objects.select_related("dossier", "area", "parent"), filters)


def _persons(request: PageRequest, filters: PersonFilters) -> QuerySet[Person]:
    rows = filters.dossiers_wanted().choose(Person.objects.select_related("dossier"))
    return lists.with_posts(ordered(rows.order_by("key"), filters.order()))


def _agreements(request: PageRequest, filters: AgreementFilters) -> QuerySet[Agreement]:
    rows = filters.dossiers_wanted().choose(Agreement.objects.select_related("dossier", "place"))
    return filters.among(rows).order_by("key")


def _of_kind(rows: QuerySet[OfAKind], filters: KindFilters) -> QuerySet[OfAKind]:
    kind = filters.kind_wanted()
    rows = filters.dossiers_wanted().choose(rows)
    return (rows.filter(kind=kind) if kind else rows).order_by("key")


partnerships = table_views("network", PartnershipFilters, _partnerships, columns.PARTNERSHIPS)
areas = table_views("areas", AreaFilters, _areas, columns.AREAS)
organizations = table_views(
    "organizations", OrganizationFilters, _organizations, columns.ORGANIZATIONS
)
persons = table_views("persons", PersonFilters, _persons, columns.PERSONS)
agreements = table_views("agreements", AgreementFilters, _agreements, columns.AGREEMENTS)
