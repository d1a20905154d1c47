"""The first page of the desk."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from amity.accounts.signed_in import DeskRequest, desk_page
from amity.desk.contexts import StartPage
from amity.foundation.pages.context import show


@require_safe
@desk_page
def start(request: DeskRequest) -> HttpResponse:
    """What waits for the reader, and what happened."""
    page = StartPage(has_office=request.at_desk.office is not None, noindex=True)
    return show(request, page)
