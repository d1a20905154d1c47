"""A lost second factor, as whoever lost it meets it: where they sign in, and by the letter's link.

Opening either page changes nothing; only their buttons do.
"""

from allauth.account.internal.decorators import login_stage_required
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.totp.internal.auth import clear_totp_secret
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods

from amity.accounts import queries, regaining
from amity.accounts.contexts import LostPage, StopPage
from amity.accounts.forms import ActivateTOTPForm
from amity.accounts.models import LostFactor, User
from amity.foundation.actions import By
from amity.foundation.pages.context import show


@require_http_methods(["GET", "HEAD", "POST"])
@login_stage_required(stage=AuthenticateStage.key, redirect_urlname="account_login")
def lost(request: HttpRequest) -> HttpResponse:
    """For somebody who has shown the password and cannot show the second factor.

    POST asks; once it has taken effect, POST with the code of another app sets that up and signs
    them in.
    """
    user = request._login_stage.login.user  # type: ignore[attr-defined] # django-allauth's own way
    found = queries.lost_factor_of(user)
    if found is not None and regaining.is_effective(found):
        return _setting_up(request, user, found)
    if request.method == "POST":
        try:
            regaining.ask(user)
        except regaining.TooSoon as error:
            return _shown(request, user, found, refused=" ".join(error.messages), status=409)
        return redirect("lost_second_factor")
    return _shown(request, user, found)


def _setting_up(request: HttpRequest, user: User, found: LostFactor) -> HttpResponse:
    form = ActivateTOTPForm(request.POST or None, user=user)
    if not form.is_bound or not form.is_valid():
        return _shown(request, user, found, form, status=422 if form.is_bound else 200)
    try:
        made = regaining.renew(found, form.secret)
    except ValidationError as error:
        return _shown(request, user, found, refused=" ".join(error.messages), status=409)
    clear_totp_secret(request)
    post_authentication(request, made, reauthenticated=True)
    request._login_stage.exit()  # type: ignore[attr-defined] # signs in
    return redirect("mfa_view_recovery_codes" if request.user.is_authenticated else "account_login")


def _shown(
    request: HttpRequest,
    user: User,
    found: LostFactor | None,
    form: ActivateTOTPForm | None = None,
    *,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    adapter = get_adapter()
    page = LostPage(
        lost=found if found and found.is_open else None,
        vouched=found is not None and found.is_open and queries.is_vouched_for(found),
        zone=user.timezone,
        refused=refused,
        form=form,
        picture=adapter.build_totp_svg(adapter.build_totp_url(user, form.secret)) if form else "",
        noindex=True,
    )
    return show(request, page, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, signed: str) -> HttpResponse:
    """For whoever got the letter and did not ask: the button ends it."""
    found = regaining.by_link(signed)
    if found is None or not found.is_open:
        stopped = found is not None and found.stopped_at is not None
        page = StopPage(state="stopped" if stopped else "over", noindex=True)
        return _never_kept(show(request, page, status=200 if stopped else 410))
    if request.method == "POST":
        try:
            regaining.stop(By(), found)
        except regaining.Over:
            return _never_kept(show(request, StopPage(state="over", noindex=True), status=410))
        return _never_kept(show(request, StopPage(state="stopped", noindex=True)))
    return _never_kept(show(request, StopPage(state="open", noindex=True)))


def _never_kept(response: HttpResponse) -> HttpResponse:
    add_never_cache_headers(response)
    response["Referrer-Policy"] = (
        "same-origin"  # the address holds a secret; a form keeps its origin
    )
    return response
