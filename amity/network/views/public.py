"""One area, organization, person, partnership or agreement."""

from django.http import HttpResponse

from amity.foundation.pages.context import show
from amity.foundation.pages.public import PageRequest, public_page
from amity.network.contexts import (
    AgreementPage,
    AreaPage,
    OrganizationPage,
    PartnershipPage,
    PersonPage,
)
from amity.network.formats import schema_org
from amity.network.queries import pages
from amity.record import sections
from amity.record.jinja import whole
from amity.sources.queries import evidence_about


@public_page
def area(request: PageRequest, key: str) -> HttpResponse:
    """A country, province or city."""
    found = pages.area_or_404(key)
    return show(
        request,
        AreaPage(
            area=found,
            partnerships=pages.partnerships_of_area(found),
            organizations=pages.organizations_of_area(found),
            agreements=pages.agreements_of_area(found),
            measures=pages.measures(found.indicators.all()),
            evidence=evidence_about({"area": [key]}),
            added=sections.fill("area", found, request.page),
            data=schema_org.area_data(found),
            fictional=found.dossier.fictional,
            whole=whole(found.dossier),
        ),
    )


@public_page
def organization(request: PageRequest, key: str) -> HttpResponse:
    """An organization."""
    found = pages.organization_or_404(key)
    return show(
        request,
        OrganizationPage(
            organization=found,
            evidence=pages.evidence_of_organization(found),
            added=sections.fill("organization", found, request.page),
            data=schema_org.organization_data(found),
            fictional=found.dossier.fictional,
            whole=whole(found.dossier),
        ),
    )


@public_page
def person(request: PageRequest, key: str) -> HttpResponse:
    """A person and their posts."""
    found = pages.person_or_404(key)
    return show(
        request,
        PersonPage(
            person=found,
            signed=pages.signed_by(found),
            evidence=pages.evidence_of_person(found),
            added=sections.fill("person", found, request.page),
            data=schema_org.person_data(found),
            fictional=found.dossier.fictional,
            whole=whole(found.dossier),
        ),
    )


@public_page
def partnership(request: PageRequest, key: str) -> HttpResponse:
    """A partnership: its sides, its life so far, its figures."""
    found = pages.partnership_or_404(key)
    return show(
        request,
        PartnershipPage(
            partnership=found,
            measures=pages.measures(found.indicators.all()),
            evidence=pages.evidence_of_partnership(found),
            added=sections.fill("partnership", found, request.page),
            data=schema_org.partnership_data(found),
            fictional=found.dossier.fictional,
            whole=whole(found.dossier),
        ),
    )


@public_page
def agreement(request: PageRequest, key: str) -> HttpResponse:
    """An agreement."""
    found = pages.agreement_or_404(key)
    return show(
        request,
        AgreementPage(
            agreement=found,
            evidence=evidence_about({"agreement": [key]}),
            added=sections.fill("agreement", found, request.page),
            data=schema_org.agreement_data(found),
            fictional=found.dossier.fictional,
            whole=whole(found.dossier),
        ),
    )
