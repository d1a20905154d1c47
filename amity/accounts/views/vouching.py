"""A colleague's lost second factor, as those who may vouch for them meet it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from amity.accounts import queries, regaining
from amity.accounts.contexts import LostFactorPage
from amity.accounts.models import LostFactor
from amity.accounts.signed_in import DeskRequest, desk_page, way_to_prove_again
from amity.foundation.actions import By
from amity.foundation.pages.context import show


@require_safe
@desk_page
def lost_factor(request: DeskRequest, number: int) -> HttpResponse:
    """Who asks, who has vouched, and from when it takes effect."""
    found = _found(request, number)
    user = request.at_desk.user
    vouchings = tuple(found.vouchings.select_related("by"))
    page = LostFactorPage(
        lost=found,
        vouchings=vouchings,
        vouched=queries.is_vouched_for(found),
        may_vouch=queries.may_vouch(user, found)
        and user.pk not in {one.by_id for one in vouchings},
        own=found.user == user,
        zone=user.timezone,
        noindex=True,
    )
    return show(request, page)


@require_POST
@desk_page
def vouch(request: DeskRequest, number: int) -> HttpResponse:
    """Vouch for them, as somebody who has just shown who they are."""
    found = _found(request, number)
    if not queries.may_vouch(request.at_desk.user, found):
        raise PermissionDenied
    if way := way_to_prove_again(request, request.at_desk.user, "lost_factor", number):
        messages.info(request, _("Show once more that it is you, then vouch."))
        return redirect(way)
    try:
        regaining.vouch(_by(request), found)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("lost_factor", number)
    messages.success(request, _("You have vouched for them."))
    return redirect("lost_factor", number)


@require_POST
@desk_page
def stop(request: DeskRequest, number: int) -> HttpResponse:
    """Let nothing come of it."""
    found = _found(request, number)
    try:
        regaining.stop(_by(request), found)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("desk")
    messages.success(request, _("It is stopped. All concerned are told."))
    return redirect("desk")


def _found(request: DeskRequest, number: int) -> LostFactor:
    seen = queries.lost_factors_seen_by(request.at_desk.acting, timezone.now())
    return get_object_or_404(seen, pk=number)


def _by(request: DeskRequest) -> By:
    return By(user=request.at_desk.user.pk, office=request.at_desk.acting.office)
