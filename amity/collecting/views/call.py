"""The form by which strangers propose for a gathering, at the desk: looked at and set."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amity.accounts.signed_in import DeskRequest, desk_page
from amity.collecting import queries
from amity.collecting.actions import form as forming
from amity.collecting.contexts import CallPage
from amity.collecting.forms.call import CallForm
from amity.collecting.models import Call
from amity.foundation.pages.context import show
from amity.foundation.pages.links import absolute
from amity.gatherings.models import Gathering
from amity.record.managers import PUBLIC
from amity.record.refusals import words_of
from amity.turns.queries import term_of


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def call(request: DeskRequest, key: str) -> HttpResponse:
    """The form of a gathering: from when until when, from whom; POST sets it."""
    acting = request.at_desk.acting
    gathering = queries.gathering_or_404(acting, key)
    found = queries.call_of(gathering) or forming.new_call(gathering)
    if request.method != "POST":
        form = CallForm(None, found, gathering.timezone, term_of(gathering))
        return _call(request, gathering, found, form)
    if not forming.may_set(acting, gathering):
        raise PermissionDenied
    form = CallForm(request.POST, found, gathering.timezone, term_of(gathering))
    if form.is_valid():
        said = form.cleaned_data
        try:
            forming.keep(
                acting,
                gathering,
                form.filled(),
                closed=said["closed"],
                renew=said["new_code"],
                term=form.term(),
            )
        except ValidationError as error:
            form.add_error(None, words_of(error))
        else:
            messages.success(request, _("The form is kept. Its address stands below."))
            return redirect("desk_call", key)
    return _call(request, gathering, queries.call_of(gathering) or found, form, status=422)


def _call(
    request: DeskRequest, gathering: Gathering, found: Call, form: CallForm, status: int = 200
) -> HttpResponse:
    page = CallPage(
        gathering=gathering,
        call=found,
        form=form,
        address=_address(gathering, found) if found.pk else "",
        warns=bool(found.pk) and found.code is None and gathering.readers != PUBLIC,
        may_set=forming.may_set(request.at_desk.acting, gathering),
        fictional=gathering.dossier.fictional,
        noindex=True,
    )
    return show(request, page, status=status)


def _address(gathering: Gathering, found: Call) -> str:
    if found.code is not None:
        return absolute(reverse("propose_closed", args=[found.code]))
    return absolute(reverse("propose", args=[gathering.key]))
