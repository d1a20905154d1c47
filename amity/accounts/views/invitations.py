"""Taking up an invitation. Opening the link changes nothing; only the button does."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods

from amity.accounts import actions, queries
from amity.accounts.contexts import InvitationPage
from amity.accounts.forms import JoinForm
from amity.accounts.models import Invitation, User
from amity.foundation.pages.context import show
from amity.languages.zones import NOWHERE


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """The page of an invitation, and what its button does."""
    found = queries.invitation(secret)
    if found is None or not found.is_open:
        return _never_kept(_shown(request, found, "used" if found else "unknown", status=410))
    signed_in = request.user if isinstance(request.user, User) else None
    known = User.objects.with_address(found.email)
    if request.method == "POST":
        return _never_kept(_taken_up(request, found, signed_in, known))
    form = None if known else _empty_form(found)
    return _never_kept(_shown(request, found, "open", signed_in, known, form))


def _taken_up(
    request: HttpRequest, found: Invitation, signed_in: User | None, known: User | None
) -> HttpResponse:
    if signed_in is not None or known is not None:
        if signed_in is None or signed_in != known:
            return _shown(request, found, "open", signed_in, known, status=403)
        return _accepted(request, found, signed_in)
    form = JoinForm(request.POST, instance=User(email=found.email))
    if not form.is_valid():
        return _shown(request, found, "open", None, None, form, status=422)
    return _accepted(request, found, form.instance, form.cleaned_data["password1"])


def _accepted(
    request: HttpRequest, found: Invitation, user: User, password: str = ""
) -> HttpResponse:
    is_new = user.pk is None
    try:
        with transaction.atomic():
            actions.take_up(found, user, password)
    except (actions.AlreadyUsed, PermissionDenied):
        return _shown(request, found, "used", status=410)
    if is_new:
        answer: HttpResponse = perform_login(request, user, signal_kwargs={})
        # The password was typed twice just now: setting up a second factor asks for it no more.
        record_authentication(request, user, method="password", reauthenticated=True)
        return answer
    return redirect("desk")


def _empty_form(found: Invitation) -> JoinForm:
    zone = queries.zone_for(found)
    begins = {"language": found.language, "timezone": zone or NOWHERE}
    return JoinForm(initial=begins, guesses=not zone)


def _shown(
    request: HttpRequest,
    found: Invitation | None,
    state: str,
    signed_in: User | None = None,
    known: User | None = None,
    form: JoinForm | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    page = InvitationPage(
        invitation=found,
        state=state,
        signed_in=signed_in.email if signed_in else "",
        known=known is not None,
        form=form,
        office=found.office.organization.name if found and found.office else None,
        noindex=True,
    )
    return show(request, page, status=status)


def _never_kept(response: HttpResponse) -> HttpResponse:
    add_never_cache_headers(response)
    response["Referrer-Policy"] = (
        "same-origin"  # the address holds a secret; a form keeps its origin
    )
    return response
