"""The closing report of an edition: for everybody once it is closed, at the desk before."""

from django.http import Http404, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from amity.accounts.signed_in import DeskRequest, desk_page
from amity.foundation.pages.context import show
from amity.foundation.pages.public import PageRequest, public_page
from amity.gatherings.models import Gathering
from amity.journeys.contexts import DeskReportPage, ReportPage
from amity.journeys.formats.document import MEDIA_TYPE, document
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
def public_document(request: PageRequest, key: str) -> HttpResponse:
    """The same as a document for word processors."""
    return _document(_public(key))


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
def desk_document(request: DeskRequest, key: str) -> HttpResponse:
    """The same as a document for word processors."""
    return _document(_at_desk(request, key))


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


def _document(found: Report) -> HttpResponse:
    name = f"{found.gathering.key}.closing.{get_language()}.docx"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-cache",
    }
    return HttpResponse(document(found), content_type=MEDIA_TYPE, headers=headers)
