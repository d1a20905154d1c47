"""A person's own tokens for the office acted for: nobody else sees them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from amity.accounts.signed_in import DeskRequest, desk_page, way_to_prove_again
from amity.foundation.actions import By
from amity.foundation.pages.context import show
from amity.network.models import Office
from amity.tokens import actions, queries
from amity.tokens.contexts import TokensPage
from amity.tokens.forms import TokenForm


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def tokens(request: DeskRequest) -> HttpResponse:
    """The reader's tokens; POST makes one, after the reader has shown who they are."""
    own, user = _office(request), request.at_desk.user
    form, secret, status = TokenForm(request.POST or None), "", 200
    if request.method == "POST":
        if way := way_to_prove_again(request, user, "tokens"):
            messages.info(request, _("Show once more that it is you, then make the token."))
            return redirect(way)
        secret = _made(request, own, form) if form.is_valid() else ""
        status = 200 if secret else 422
    page = TokensPage(
        own=own.organization.name,
        tokens=tuple(queries.tokens_of(user, own)),
        form=TokenForm() if secret else form,
        secret=secret,
        zone=user.timezone,
        noindex=True,
    )
    return show(request, page, status=status)


@require_POST
@desk_page
def revoke(request: DeskRequest, number: int) -> HttpResponse:
    """Let one of the reader's tokens serve no more."""
    rows = queries.tokens_of(request.at_desk.user, _office(request))
    actions.revoke(_by(request), get_object_or_404(rows, pk=number))
    messages.success(request, _("The token serves no more."))
    return redirect("tokens")


def _made(request: DeskRequest, own: Office, form: TokenForm) -> str:
    """The secret of a new token; empty where it was refused, which the form then says."""
    said = form.cleaned_data
    try:
        made = actions.make(
            _by(request),
            request.at_desk.user,
            own,
            said["name"],
            said["purposes"],
            int(said["days"]),
        )
    except ValidationError as error:
        form.add_error("name", error.messages)
        return ""
    return made.secret


def _office(request: DeskRequest) -> Office:
    if request.at_desk.office is None:
        raise PermissionDenied
    return request.at_desk.office


def _by(request: DeskRequest) -> By:
    return By(user=request.at_desk.user.pk, office=request.at_desk.acting.office)
