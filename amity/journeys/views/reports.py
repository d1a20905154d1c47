"""The closing report of an edition: for everybody once it is closed, at the desk before."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from amity.accounts.signed_in import DeskRequest, desk_page
from amity.foundation.formats.documents import Form, answer
from amity.foundation.pages.context import show
from amity.foundation.pages.public import PageRequest, public_page
from amity.gatherings.models import Gathering
from amity.journeys.contexts import DeskReportPage, OutcomeDocument, ReportDocument, ReportPage
from amity.journeys.queries import standing
from amity.journeys.queries.report import Report, is_closed_by_all, report
from amity.record.acting import STRANGER
from amity.record.jinja import whole
from amity.record.managers import PUBLIC
from amity.record.removals import missing


@public_page
def public(request: PageRequest, key: str) -> HttpResponse:
    """The report of an edition that every side has closed."""
    found = _public(key)
    dossier = found.gathering.dossier
    page = ReportPage(report=found, fictional=dossier.fictional, whole=whole(dossier))
    return show(request, page)


@public_page
def public_document(request: PageRequest, key: str, form: Form) -> HttpResponse:
    """The same as a document for word processors, or for paper."""
    return answer(ReportDocument(report=_public(key)), form, f"{key}.closing")


@require_safe
@desk_page
def desk(request: DeskRequest, key: str) -> HttpResponse:
    """The report as it stands, for who keeps the gathering."""
    found = _at_desk(request, key)
    public = found.gathering.readers == PUBLIC and is_closed_by_all(found.gathering, found.sides)
    page = DeskReportPage(
        report=found,
        public=public,
        fictional=found.gathering.dossier.fictional,
        noindex=True,
    )
    return show(request, page)


@require_safe
@desk_page
def desk_document(request: DeskRequest, key: str, form: Form) -> HttpResponse:
    """The same as a document for word processors, or for paper."""
    return answer(ReportDocument(report=_at_desk(request, key)), form, f"{key}.closing")


@require_safe
@desk_page
def outcome_document(request: DeskRequest, key: str, form: Form) -> HttpResponse:
    """What the sides undertake, as a draft for them to agree on."""
    return answer(OutcomeDocument(report=_at_desk(request, key)), form, f"{key}.outcome")


def _public(key: str) -> Report:
    """Raises Http404 while the edition is not closed by every side, Removed and Moved."""
    try:
        gathering = standing.gathering_or_404(STRANGER, key)
    except Http404:
        raise missing(Gathering, key) from None
    sides = standing.sides_of(gathering)
    if not is_closed_by_all(gathering, sides):
        raise Http404(key)
    return report(STRANGER, gathering, sides)


def _at_desk(request: DeskRequest, key: str) -> Report:
    acting = request.at_desk.acting
    gathering = standing.gathering_or_404(acting, key)
    return report(acting, gathering, standing.sides_of(gathering))
