"""The network as lists."""

from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Prefetch, Q, QuerySet

from amity.foundation.pages.memo import per_version
from amity.foundation.pages.paging import ListPage, page_of
from amity.foundation.pages.public import Page
from amity.languages.text import Text
from amity.network.choices import AreaKind
from amity.network.models import (
    Agreement,
    Area,
    Membership,
    Organization,
    Partnership,
    Person,
    Side,
)
from amity.record.acting import STRANGER, Acting
from amity.record.lists.ordering import Order
from amity.record.queries import ALL_DOSSIERS, InDossiers, visible_to

from .alphabet import Alphabet, in_alphabet, page_in_alphabet
from .certainty import with_certainty


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters of the network; None is no filter. `country` is an ISO 3166-1 code, `area` the
    identifier of a city or whatever else it lies in."""

    kind: str | None = None
    stage: str | None = None
    country: str | None = None
    area: str | None = None
    theme: str | None = None
    dossiers: InDossiers = ALL_DOSSIERS

    def __bool__(self) -> bool:
        return self != Wanted()


def partnerships(wanted: Wanted, acting: Acting = STRANGER) -> QuerySet[Partnership]:
    """The partnerships wanted that whoever acts may read, by key. No statement until it is read."""
    rows = wanted.dossiers.choose(visible_to(acting, Partnership)).order_by("key")
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.stage:
        rows = rows.filter(stage=wanted.stage)
    if wanted.country:
        sides = visible_to(acting, Side).filter(area__country_code=wanted.country)
        rows = rows.filter(pk__in=sides.values("partnership"))
    if wanted.theme:
        rows = rows.filter(themes__key=wanted.theme)
    if wanted.area:
        sides = visible_to(acting, Side).filter(
            Q(area__key=wanted.area)
            | Q(area__parent__key=wanted.area)
            | Q(area__parent__parent__key=wanted.area)
        )
        rows = rows.filter(pk__in=sides.values("partnership"))
    return rows


@per_version(largest=64)
def how_many(page: Page, wanted: Wanted) -> int:
    """How many partnerships are wanted. One statement."""
    return partnerships(wanted).count()


def list_partnerships(page: Page, wanted: Wanted, number: int) -> ListPage:
    """Page `number` of the partnerships wanted, by name, each with its sides. Four statements."""
    rows = with_sides(Partnership.objects.select_related("dossier"))
    among = partnerships(wanted) if wanted else None
    return page_in_alphabet(rows, number, how_many(page, wanted), among=among)


def with_sides(rows: QuerySet[Partnership]) -> QuerySet[Partnership]:
    """Partnerships with their certainty, their sides and the areas of these. One statement more."""
    sides = Side.objects.select_related("area__dossier").order_by("position")
    return with_certainty(rows).prefetch_related(Prefetch("sides", sides))


class Country(NamedTuple):
    """A country: its code, its name, and where it is if that is known."""

    code: str
    name: Text
    longitude: float | None
    latitude: float | None


@per_version(largest=2)
def countries(page: Page) -> tuple[Country, ...]:
    """Every country that is recorded. One statement."""
    rows = Area.objects.filter(kind=AreaKind.COUNTRY).exclude(country_code="").order_by("key")
    found = rows.values_list("country_code", "name", "longitude", "latitude")
    return tuple(Country(*row) for row in found)


def list_areas(page: Page, number: int, kind: str | None, dossiers: InDossiers) -> Alphabet[Area]:
    """Page `number` of the areas by name. Three statements."""
    rows = Area.objects.select_related("parent", "dossier")
    return in_alphabet(page, rows, number, kind, dossiers)


def list_organizations(
    page: Page, number: int, kind: str | None, dossiers: InDossiers
) -> Alphabet[Organization]:
    """Page `number` of the organizations by name. Three statements."""
    rows = Organization.objects.select_related("area", "dossier")
    return in_alphabet(page, rows, number, kind, dossiers)


def list_persons(page: Page, number: int, dossiers: InDossiers) -> Alphabet[Person]:
    """Page `number` of the persons by family name, with their posts. Four statements."""
    rows = with_posts(Person.objects.select_related("dossier"))
    return in_alphabet(page, rows, number, None, dossiers)


def ordered_persons(order: Order, number: int, dossiers: InDossiers) -> ListPage[Person]:
    """Page `number` of the persons in an order of its own, with their posts. Three statements."""
    rows = dossiers.choose(with_posts(Person.objects.select_related("dossier")))
    return page_of(order.of(rows), number)


def with_posts(rows: QuerySet[Person]) -> QuerySet[Person]:
    """Persons with their posts and the organizations of these. One statement more."""
    posts = Membership.objects.select_related("organization").order_by("key")
    return rows.prefetch_related(Prefetch("memberships", posts))


def list_agreements(wanted: QuerySet[Agreement], number: int) -> ListPage:
    """Page `number` of the agreements `wanted`, the newest first. Two statements."""
    rows = wanted.select_related("place", "dossier").order_by("-signed__start", "key")
    return page_of(rows, number)
