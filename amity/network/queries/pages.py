"""One area, organization, person, partnership or agreement, with what hangs on it."""

from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet

from amity.foundation.collect import Nested, collected
from amity.foundation.prepared import prepared
from amity.languages.listing import by_name
from amity.network.models import (
    Agreement,
    Area,
    Indicator,
    Organization,
    Partnership,
    PartnershipStage,
    Person,
    Side,
    Signatory,
)
from amity.sources.queries import Evidence, evidence_about

from .lists import sides_of


@dataclass(frozen=True, slots=True)
class Measure:
    """An indicator over the years: one name and unit, its values from the first year on."""

    rows: tuple[Indicator, ...]

    @property
    def newest(self) -> Indicator:
        """The last value, which names the measure."""
        return self.rows[-1]


def area_page(key: str) -> dict[str, Any]:
    """An area. Five statements. Raises Http404."""
    area = _areas.one_or_404(key)
    return {
        "area": area,
        "partnerships": list(
            Partnership.objects.filter(sides__area=area)
            .annotate(side_rows=sides_of())
            .order_by("kind", "key")[:200]
        ),
        "organizations": by_name(area.organizations.order_by("key")[:200], attrgetter("name")),
        "measures": measures(area.indicators.all()),
        "evidence": evidence_about({"area": [key]}),
    }


def organization_page(key: str) -> dict[str, Any]:
    """An organization. Four statements. Raises Http404."""
    organization = _organizations.one_or_404(key)
    members = list(organization.memberships.select_related("person").order_by("key"))
    return {
        "organization": organization,
        "members": members,
        "sides": list(
            organization.sides.select_related("partnership", "area").order_by("partnership__key")
        ),
        "evidence": evidence_about(
            {"organization": [key], "membership": [one.key for one in members]}
        ),
    }


def person_page(key: str) -> dict[str, Any]:
    """A person. Three statements. Raises Http404."""
    person = _persons.one_or_404(key)
    posts = list(person.memberships.select_related("organization").order_by("key"))
    return {
        "person": person,
        "posts": posts,
        "evidence": evidence_about({"person": [key], "membership": [one.key for one in posts]}),
    }


def partnership_page(key: str) -> dict[str, Any]:
    """A partnership. Five statements. Raises Http404."""
    partnership = _partnerships.one_or_404(key)
    sides = list(
        partnership.sides.select_related("area")
        .annotate(
            organization_rows=collected(
                Side.organizations.through.objects.all(),
                by="side",
                key="organization__key",
                name=Nested("organization__name"),
            )
        )
        .order_by("position")
    )
    indicators = list(partnership.indicators.all())
    return {
        "partnership": partnership,
        "sides": sides,
        "stages": list(
            PartnershipStage.objects.filter(partnership=partnership)
            .select_related("agreement")
            .order_by("position")
        ),
        "measures": measures(indicators),
        "evidence": _evidence_of_partnership(key, sides, indicators),
    }


def agreement_page(key: str) -> dict[str, Any]:
    """An agreement. Three statements. Raises Http404."""
    agreement = _agreements.one_or_404(key)
    return {
        "agreement": agreement,
        "signatories": list(
            Signatory.objects.filter(agreement=agreement)
            .select_related("area", "organization", "person")
            .order_by("position")
        ),
        "evidence": evidence_about({"agreement": [key]}),
    }


@prepared
def _areas(key: str) -> QuerySet[Any]:
    return (
        Area.objects.filter(key=key)
        .select_related("parent", "dossier")
        .annotate(parts=collected(Area.objects.all(), by="parent", key="key", name=Nested("name")))
    )


@prepared
def _organizations(key: str) -> QuerySet[Any]:
    return (
        Organization.objects.filter(key=key)
        .select_related("area", "parent", "dossier")
        .annotate(
            parts=collected(Organization.objects.all(), by="parent", key="key", name=Nested("name"))
        )
    )


@prepared
def _persons(key: str) -> QuerySet[Any]:
    return Person.objects.filter(key=key).select_related("dossier")


@prepared
def _partnerships(key: str) -> QuerySet[Any]:
    return (
        Partnership.objects.filter(key=key)
        .select_related("parent", "dossier")
        .annotate(
            parts=collected(Partnership.objects.all(), by="parent", key="key", name=Nested("name")),
            theme_rows=collected(
                Partnership.themes.through.objects.all(),
                by="partnership",
                key="theme__key",
                name=Nested("theme__name"),
            ),
            agreement_rows=collected(
                Agreement.partnerships.through.objects.all(),
                by="partnership",
                key="agreement__key",
                title=Nested("agreement__title"),
                status="agreement__status",
            ),
        )
    )


@prepared
def _agreements(key: str) -> QuerySet[Any]:
    return (
        Agreement.objects.filter(key=key)
        .select_related("place", "dossier")
        .annotate(
            scope_rows=collected(
                Agreement.scopes.through.objects.all(),
                by="agreement",
                key="theme__key",
                name=Nested("theme__name"),
            ),
            partnership_rows=collected(
                Agreement.partnerships.through.objects.all(),
                by="agreement",
                key="partnership__key",
                name=Nested("partnership__name"),
            ),
        )
    )


def measures(rows: Any) -> list[Measure]:
    """Indicators grouped by what they measure, each in order of years."""
    grouped: dict[str, list[Indicator]] = {}
    for row in sorted(rows, key=lambda one: (one.measure, one.year)):
        grouped.setdefault(row.measure, []).append(row)
    return [Measure(tuple(group)) for group in grouped.values()]


def _evidence_of_partnership(key: str, sides: list[Side], indicators: list[Indicator]) -> Evidence:
    return evidence_about(
        {
            "partnership": [key],
            "side": [one.key for one in sides],
            "indicator": [one.key for one in indicators],
        }
    )
