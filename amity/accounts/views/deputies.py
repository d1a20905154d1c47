"""Who stands in for whom at the office, and naming somebody."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from amity.accounts import queries
from amity.accounts.contexts import DeputiesPage
from amity.accounts.deputies import end_deputy, name_deputy
from amity.accounts.forms import DeputyForm
from amity.accounts.models import Deputy
from amity.accounts.signed_in import DeskRequest, desk_page
from amity.foundation.pages.context import show
from amity.network.models import Office
from amity.record.choices import Mandate


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def deputies(request: DeskRequest) -> HttpResponse:
    """Who stands in for whom; POST names a colleague for oneself."""
    own, user = _office(request), request.at_desk.user
    colleagues = queries.possible_deputies(user, own)
    form = DeputyForm(colleagues, request.POST or None)
    status = 200
    if request.method == "POST":
        if form.is_valid() and _named(request, own, form):
            return redirect("deputies")
        status = 422
    page = DeputiesPage(
        standing=tuple(queries.deputies_of(own)),
        form=form,
        may_name=queries.holds(user, own, Mandate.OFFICER),
        alone=not colleagues,
        own=user,
        noindex=True,
    )
    return show(request, page, status=status)


def _named(request: DeskRequest, own: Office, form: DeputyForm) -> bool:
    said = form.cleaned_data
    try:
        name_deputy(request.at_desk.user, own, said["deputy"], said["first"], said["last"])
    except ValidationError as error:
        form.add_error(None, error.messages)
        return False
    messages.success(request, _("Named; a letter tells them."))
    return True


@require_POST
@desk_page
def end(request: DeskRequest, number: int) -> HttpResponse:
    """Let somebody stand in no more."""
    rows = Deputy.objects.select_related("office__organization")
    end_deputy(
        request.at_desk.user,
        get_object_or_404(rows, pk=number, office=_office(request), ended_at=None),
    )
    messages.success(request, _("Nobody stands in any more."))
    return redirect("deputies")


def _office(request: DeskRequest) -> Office:
    if request.at_desk.office is None:
        raise PermissionDenied
    return request.at_desk.office
