"""How programs read the record: the interface's description, for people."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from amity.foundation.pages.public import public_page
from amity.record import kinds
from amity.site.api.filters import ListFilters, filters_of
from amity.site.api.root import ADDRESS
from amity.site.tables import TABLES


@dataclass(frozen=True, slots=True)
class Offer:
    """One kind of record: its list's address and what the list can be filtered by."""

    label: str
    path: str
    filters: tuple[tuple[str, tuple[str, ...]], ...]


@public_page
def docs(request: HttpRequest) -> HttpResponse:
    """The addresses, their filters, and how texts and dates are written."""
    offers = [
        Offer(str(kind.plural_label), f"{ADDRESS}{kind.plural}", _filters(kind.kind))
        for kind in kinds.kinds()
    ]
    return render(
        request,
        "site/api.html",
        {
            "offers": offers,
            "address": ADDRESS,
            "tables": [f"{name}.csv" for name in TABLES],
            "example": f"{ADDRESS}commitments?overdue=1&limit=10",
        },
    )


def _filters(kind: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    own = [
        (name, _values(field))
        for name, field in filters_of(kind).model_fields.items()
        if name not in ListFilters.model_fields
    ]
    return tuple(own)


def _values(field: Any) -> tuple[str, ...]:
    extra = field.json_schema_extra
    return tuple(extra["enum"]) if isinstance(extra, dict) else ()
