"""What gatherings add to the pages of the network: what happened there, and who said what."""

from typing import Literal

from django.db.models import F, Q, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce

from amity.foundation.pages.public import Page
from amity.gatherings.contexts import (
    ArticlesSection,
    GatheringsSection,
    PersonSection,
    SeriesSection,
)
from amity.gatherings.models import Gathering, Participant, Session, Speaker, Statement, Work
from amity.network.models import Agreement, Area, Organization, Partnership, Person
from amity.record.sections import Section, register
from amity.sources.queries import articles_on, evidence_about

SHOWN = 100
"""How many a section lists, the newest first."""


def register_sections() -> None:
    """Register all of them."""
    register("area", Section("gatherings", held_in_area, 20))
    register("area", Section("articles", articles_about, 60))
    register("organization", Section("gatherings", organized_by, 20))
    register("partnership", Section("series", series_of_partnership, 20))
    register("agreement", Section("gatherings", of_agreement, 20))
    register("person", Section("said", of_person, 20))


def held_in_area(area: Area, page: Page) -> GatheringsSection | None:
    """Gatherings held there. One statement."""
    return _listed("held", area.gatherings.all())


def articles_about(area: Area, page: Page) -> ArticlesSection | None:
    """What was published of what stands or happened there, and not of the place: one statement.

    What was published of the place itself stands among the sources of its page.
    """
    things = {
        "organization": area.organizations.all(),
        "partnership": Partnership.objects.filter(sides__area=area),
        "agreement": Agreement.objects.filter(Q(place=area) | Q(signatories__area=area)),
        "gathering": area.gatherings.all(),
    }
    found = articles_on(things, but_not=("area", area.key))[:SHOWN]
    return ArticlesSection(articles=found) if found else None


def organized_by(organization: Organization, page: Page) -> GatheringsSection | None:
    """Gatherings that the organization holds. One statement."""
    return _listed("organized", Gathering.objects.filter(organizers__organization=organization))


def series_of_partnership(partnership: Partnership, page: Page) -> SeriesSection | None:
    """The series that the partnership holds. One statement."""
    found = list(partnership.series.order_by("key")[:SHOWN])
    return SeriesSection(series=found) if found else None


def of_agreement(agreement: Agreement, page: Page) -> GatheringsSection | None:
    """Gatherings at which the agreement was signed, or which it is linked to. One statement."""
    return _listed("linked", agreement.gatherings.all(), agreement)


def of_person(person: Person, page: Page) -> PersonSection | None:
    """What the person said, gave, chaired, made and took part in. Six statements."""
    statements = list(statements_by(person)[:SHOWN])
    speaks = list(given_by(person)[:SHOWN])
    took_part = list(attended_by(person)[:SHOWN])
    chaired = list(chaired_by(person)[:SHOWN])
    works = list(made_by(person)[:SHOWN])
    if not (statements or speaks or took_part or chaired or works):
        return None
    return PersonSection(
        statements=statements,
        evidence=evidence_about({"statement": [one.key for one in statements]}),
        speaks=speaks,
        took_part=took_part,
        chaired=chaired,
        works=works,
    )


def statements_by(person: Person) -> QuerySet[Statement]:
    """The person's statements, the newest first, each with its side and gathering."""
    said_on = Coalesce(KT("when__start"), "gathering__starts_on")
    return (
        Statement.objects.filter(person=person)
        .select_related("side", "gathering__dossier", "noted_by")
        .order_by(said_on.desc(nulls_last=True), "key")
    )


def given_by(person: Person) -> QuerySet[Speaker]:
    """The person's parts in contributions, those of the newest gathering first."""
    return (
        Speaker.objects.filter(person=person)
        .select_related("contribution__session__gathering__dossier")
        .order_by(
            F("contribution__session__gathering__starts_on").desc(nulls_last=True),
            "contribution__key",
        )
    )


def chaired_by(person: Person) -> QuerySet[Session]:
    """The sessions that the person chaired, those of the newest gathering first."""
    return (
        Session.objects.filter(chairs=person)
        .select_related("gathering__dossier")
        .order_by(F("gathering__starts_on").desc(nulls_last=True), "key")
    )


def made_by(person: Person) -> QuerySet[Work]:
    """The person's works that were shown, those of the newest exhibition first."""
    return (
        Work.objects.filter(creator=person)
        .select_related("exhibition__dossier")
        .order_by(F("exhibition__starts_on").desc(nulls_last=True), "position", "key")
    )


def attended_by(person: Person) -> QuerySet[Participant]:
    """The gatherings that the person took part in, the newest first, and as what."""
    return (
        Participant.objects.filter(person=person)
        .select_related("gathering__dossier")
        .order_by(F("gathering__starts_on").desc(nulls_last=True), "gathering__key")
    )


def _listed(
    how: Literal["held", "organized", "linked"],
    rows: QuerySet[Gathering],
    agreement: Agreement | None = None,
) -> GatheringsSection | None:
    found = list(rows.select_related("place", "dossier").order_by("-starts_on", "key")[:SHOWN])
    return GatheringsSection(how=how, gatherings=found, agreement=agreement) if found else None
