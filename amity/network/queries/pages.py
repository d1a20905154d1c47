"""One area, organization, person, partnership or agreement, with what hangs on it."""

from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter

from django.db.models import Prefetch, Q

from amity.languages.listing import by_name
from amity.network.models import (
    Agreement,
    Area,
    Indicator,
    Membership,
    Organization,
    Partnership,
    PartnershipStage,
    Person,
    Side,
    Signatory,
    Theme,
)
from amity.record.removals import one_or_404
from amity.sources.queries import Evidence, evidence_about

from .certainty import with_certainty
from .lists import with_sides

SHOWN = 200
"""How many partnerships and organizations the page of an area lists."""


@dataclass(frozen=True, slots=True)
class Measure:
    """An indicator over the years: one name and unit, its values from the first year on."""

    rows: tuple[Indicator, ...]

    @property
    def newest(self) -> Indicator:
        """The last value, which names the measure."""
        return self.rows[-1]


def area_or_404(key: str) -> Area:
    """An area with its parts and figures. Three statements. Raises Http404."""
    rows = Area.objects.select_related("parent", "dossier").prefetch_related(
        Prefetch("children", Area.objects.order_by("key")),
        "indicators",
    )
    return one_or_404(rows, key)


def partnerships_of_area(area: Area) -> list[Partnership]:
    """The partnerships with a side of this area, each with its sides. Two statements."""
    rows = Partnership.objects.filter(sides__area=area).select_related("dossier")
    return list(with_sides(rows.order_by("kind", "key"))[:SHOWN])


def organizations_of_area(area: Area) -> list[Organization]:
    """The organizations of an area by name. One statement."""
    return by_name(area.organizations.order_by("key")[:SHOWN], attrgetter("name"))


def organization_or_404(key: str) -> Organization:
    """An organization with its parts, people and sides. Four statements. Raises Http404."""
    rows = Organization.objects.select_related("area", "parent", "dossier").prefetch_related(
        Prefetch("children", Organization.objects.order_by("key")),
        Prefetch("memberships", Membership.objects.select_related("person").order_by("key")),
        Prefetch(
            "sides",
            Side.objects.select_related("partnership", "area").order_by("partnership__key"),
        ),
    )
    return one_or_404(rows, key)


def person_or_404(key: str) -> Person:
    """A person with their posts. Two statements. Raises Http404."""
    posts = Membership.objects.select_related("organization").order_by("key")
    rows = Person.objects.select_related("dossier").prefetch_related(Prefetch("memberships", posts))
    return one_or_404(rows, key)


def signed_by(person: Person) -> list[Agreement]:
    """The agreements that the person signed, the newest first. One statement."""
    rows = Agreement.objects.filter(signatories__person=person).select_related("dossier", "place")
    return list(rows.distinct().order_by("-signed__start", "key")[:SHOWN])


def agreements_of_area(area: Area) -> list[Agreement]:
    """The agreements of an area: signed there or for it, or within its partnerships.

    The newest first. One statement.
    """
    concerned = Q(place=area) | Q(pk__in=Signatory.objects.filter(area=area).values("agreement"))
    within = Agreement.partnerships.through.objects.filter(partnership__sides__area=area)
    rows = Agreement.objects.filter(concerned | Q(pk__in=within.values("agreement")))
    return list(rows.select_related("dossier").order_by("-signed__start", "key")[:SHOWN])


def partnership_or_404(key: str) -> Partnership:
    """A partnership with its sides, stages, themes, agreements, parts and figures.

    Eight statements. Raises Http404.
    """
    rows = with_certainty(Partnership.objects.select_related("parent", "dossier")).prefetch_related(
        Prefetch("sides", Side.objects.select_related("area").order_by("position")),
        Prefetch("sides__organizations", Organization.objects.order_by("key")),
        Prefetch(
            "stages", PartnershipStage.objects.select_related("agreement").order_by("position")
        ),
        Prefetch("themes", Theme.objects.order_by("key")),
        Prefetch("agreements", Agreement.objects.order_by("key")),
        Prefetch("children", with_certainty(Partnership.objects.order_by("key"))),
        "indicators",
    )
    return one_or_404(rows, key)


def agreement_or_404(key: str) -> Agreement:
    """An agreement with its signatories, scopes and partnerships. Four statements.

    Raises Http404.
    """
    signatories = Signatory.objects.select_related("area", "organization", "person")
    rows = Agreement.objects.select_related("place", "dossier").prefetch_related(
        Prefetch("signatories", signatories.order_by("position")),
        Prefetch("scopes", Theme.objects.order_by("key")),
        Prefetch("partnerships", Partnership.objects.order_by("key")),
    )
    return one_or_404(rows, key)


def measures(rows: Iterable[Indicator]) -> list[Measure]:
    """Indicators grouped by what they measure, each in order of years."""
    grouped: dict[str, list[Indicator]] = {}
    for row in sorted(rows, key=lambda one: (one.measure, one.year)):
        grouped.setdefault(row.measure, []).append(row)
    return [Measure(tuple(group)) for group in grouped.values()]


def evidence_of_organization(organization: Organization) -> Evidence:
    """What was published about an organization and its people's posts. One statement."""
    posts = [one.key for one in organization.memberships.all()]
    return evidence_about({"organization": [organization.key], "membership": posts})


def evidence_of_person(person: Person) -> Evidence:
    """What was published about a person and their posts. One statement."""
    posts = [one.key for one in person.memberships.all()]
    return evidence_about({"person": [person.key], "membership": posts})


def evidence_of_partnership(partnership: Partnership) -> Evidence:
    """What was published about a partnership, its sides and its figures. One statement."""
    return evidence_about(
        {
            "partnership": [partnership.key],
            "side": [one.key for one in partnership.sides.all()],
            "indicator": [one.key for one in partnership.indicators.all()],
        }
    )
