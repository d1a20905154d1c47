"""The network as a map and as lists."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from amity.foundation.pages import query
from amity.foundation.pages.public import PageRequest, public_page
from amity.languages.listing import options
from amity.network.choices import AgreementKind, AreaKind, OrganizationKind, PartnershipKind, Stage
from amity.network.queries import lists
from amity.network.queries import map as maps


@public_page(
    kind=query.choice(PartnershipKind.values),
    stage=query.choice(Stage.values),
    country=query.key(),
    page=query.whole(),
)
def network(request: PageRequest, *, page: int, **filters: Any) -> HttpResponse:
    """All partnerships, on a map and as a list, with filters."""
    wanted = lists.Wanted(**filters)
    countries = options(lists.countries(request.page))
    return render(
        request,
        "network/network.html",
        {
            "listed": lists.list_partnerships(request.page, wanted, page),
            "map": maps.draw(request.page, wanted),
            "wanted": wanted,
            "fields": [
                _choice("kind", _("Kind"), wanted.kind, PartnershipKind.choices),
                _choice("stage", _("Stage"), wanted.stage, Stage.choices),
                _choice("country", _("Country"), wanted.country, countries),
            ],
        },
    )


@public_page(kind=query.choice(AreaKind.values), page=query.whole())
def areas(request: PageRequest, *, kind: str | None, page: int) -> HttpResponse:
    """All areas."""
    return _list(request, "areas", lists.list_areas(page, kind), kind, AreaKind.choices)


@public_page(kind=query.choice(OrganizationKind.values), page=query.whole())
def organizations(request: PageRequest, *, kind: str | None, page: int) -> HttpResponse:
    """All organizations."""
    listed = lists.list_organizations(page, kind)
    return _list(request, "organizations", listed, kind, OrganizationKind.choices)


@public_page(page=query.whole())
def persons(request: PageRequest, *, page: int) -> HttpResponse:
    """All persons."""
    return _list(request, "persons", lists.list_persons(page), None, ())


@public_page(kind=query.choice(AgreementKind.values), page=query.whole())
def agreements(request: PageRequest, *, kind: str | None, page: int) -> HttpResponse:
    """All agreements."""
    listed = lists.list_agreements(page, kind)
    return _list(request, "agreements", listed, kind, AgreementKind.choices)


def _list(
    request: PageRequest, name: str, listed: Any, kind: str | None, kinds: Any
) -> HttpResponse:
    fields = [_choice("kind", _("Kind"), kind, kinds)] if kinds else []
    return render(
        request,
        f"network/{name}.html",
        {"listed": listed, "fields": fields, "chosen": kind is not None},
    )


def _choice(name: str, label: str, value: str | None, listed: Any) -> dict[str, Any]:
    return {"name": name, "label": label, "value": value, "options": list(listed)}
