"""One area, organization, person, partnership or agreement."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from amity.foundation.pages.public import PageRequest, public_page
from amity.network.formats import schema_org
from amity.network.queries import pages
from amity.record import sections

Data = Callable[[dict[str, Any]], dict[str, Any]]
"""From what a page shows to what it says to machines."""


@public_page
def area(request: PageRequest, key: str) -> HttpResponse:
    """A country, province or city."""
    return _page(request, "area", pages.area_page(key), schema_org.area_data)


@public_page
def organization(request: PageRequest, key: str) -> HttpResponse:
    """An organization."""
    return _page(
        request, "organization", pages.organization_page(key), schema_org.organization_data
    )


@public_page
def person(request: PageRequest, key: str) -> HttpResponse:
    """A person and their posts."""
    return _page(request, "person", pages.person_page(key), schema_org.person_data)


@public_page
def partnership(request: PageRequest, key: str) -> HttpResponse:
    """A partnership: its sides, its life so far, its figures."""
    return _page(request, "partnership", pages.partnership_page(key), schema_org.partnership_data)


@public_page
def agreement(request: PageRequest, key: str) -> HttpResponse:
    """An agreement."""
    return _page(request, "agreement", pages.agreement_page(key), schema_org.agreement_data)


def _page(request: PageRequest, kind: str, shown: dict[str, Any], data: Data) -> HttpResponse:
    record = shown[kind]
    return render(
        request,
        f"network/{kind}.html",
        {
            **shown,
            "record": record,
            "fictional": record.dossier.fictional,
            "added": sections.fill(kind, record, request.page),
            "data": data(shown),
        },
    )
