"""A dossier as its page shows it: who keeps it, and how much of each kind is in it."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q
from django.http import Http404

from amity.followup.choices import ReportState
from amity.followup.models import Report
from amity.foundation.pages.links import url
from amity.foundation.pages.public import Page
from amity.network.models import Organization
from amity.record import kinds
from amity.record.kinds import Kind
from amity.record.models import Dossier, Entry
from amity.record.queries import dossiers_at_hand

LISTS = {
    "gathering": "gatherings:gatherings",
    "commitment": "followup:commitments",
    "proposal": "followup:proposals",
    "partnership": "network:network",
    "area": "network:areas",
    "organization": "network:organizations",
    "person": "network:persons",
    "agreement": "network:agreements",
    "article": "sources:coverage",
}
"""Kind → its list, which can be had of one dossier."""


@dataclass(frozen=True, slots=True)
class Holding:
    """How many records of one kind there are, and where they are listed (empty for nowhere)."""

    kind: Kind
    count: int
    address: str


@dataclass(frozen=True, slots=True)
class KeptDossier:
    """A dossier with the office that keeps it, where that is named in the record."""

    dossier: Dossier
    office: Organization | None


def kept_dossiers(page: Page) -> list[KeptDossier]:
    """The dossiers in which the public reads something, real ones first. Two statements."""
    found = sorted(dossiers_at_hand(page), key=lambda one: (one.fictional, one.key))
    offices = Organization.objects.in_bulk([one.office for one in found], field_name="key")
    return [KeptDossier(one, offices.get(one.office)) for one in found]


def dossier_or_404(page: Page, key: str) -> KeptDossier:
    """The dossier called `key`, in which the public reads something. Raises Http404."""
    found = next((one for one in dossiers_at_hand(page) if one.key == key), None)
    if found is None:
        raise Http404(key)
    return KeptDossier(found, Organization.objects.filter(key=found.office).first())


def holdings(dossier: Dossier) -> list[Holding]:
    """What the public reads in a dossier, kind by kind; what has a list first. One statement.

    A report that no side has accepted is read by nobody else, and so is not counted either.
    """
    accepted = Report.objects.filter(key=OuterRef("key"), state=ReportState.ACCEPTED)
    read = Entry.objects.filter(~Q(kind="report") | Exists(accepted), dossier=dossier)
    counted = read.order_by().values_list("kind")
    counts = dict(counted.annotate(number=Count("pk")))
    listed = [kind for kind in LISTS if kind in counts]
    others = [one.kind for one in kinds.kinds() if one.kind in counts and one.kind not in LISTS]
    return [
        Holding(
            kinds.get(kind),
            counts[kind],
            f"{url(LISTS[kind])}?dossier={dossier.key}" if kind in LISTS else "",
        )
        for kind in listed + others
    ]
