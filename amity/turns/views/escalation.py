"""When the sides of an office are told that a report is missing."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from amity.accounts.models import User
from amity.accounts.signed_in import DeskRequest, desk_page
from amity.foundation.pages.context import show
from amity.turns import queries
from amity.turns.actions import asking, escalating
from amity.turns.contexts import EscalationPage, SideEscalation
from amity.turns.forms import EscalationForm


@require_safe
@desk_page
def escalation(request: DeskRequest) -> HttpResponse:
    """The sides that the reader asks for, each with its form."""
    return _shown(request, None)


@require_POST
@desk_page
def of_side(request: DeskRequest, key: str) -> HttpResponse:
    """Say for one side when it is told, and whom."""
    acting = request.at_desk.acting
    side = get_object_or_404(queries.asked_sides(acting), key=key)
    if not asking.may_ask(acting, f"side:{side.key}"):
        raise PermissionDenied
    set_by = queries.escalations_of([side])[side.pk]
    form = EscalationForm(_colleagues(request), request.POST, instance=set_by, prefix=side.key)
    if not form.is_valid():
        return _shown(request, SideEscalation(side, form))
    escalating.set_escalation(acting, form.instance)
    messages.success(request, _("Saved."))
    return redirect("desk_escalation")


def _shown(request: DeskRequest, typed: SideEscalation | None) -> HttpResponse:
    acting = request.at_desk.acting
    if not any(asking.may_ask(acting, one.side) for one in acting.sides):
        raise PermissionDenied
    sides = list(queries.asked_sides(acting))
    set_by, colleagues = queries.escalations_of(sides), _colleagues(request)
    shown = tuple(
        typed
        if typed is not None and typed.side.pk == side.pk
        else SideEscalation(
            side, EscalationForm(colleagues, instance=set_by[side.pk], prefix=side.key)
        )
        for side in sides
    )
    page = EscalationPage(sides=shown, noindex=True)
    return show(request, page, status=422 if typed is not None else 200)


def _colleagues(request: DeskRequest) -> QuerySet[User]:
    """The people of the office acted for, the reader among them."""
    office = request.at_desk.office
    held = User.objects.filter(mandates__office=office, mandates__ended=None, is_active=True)
    return held.distinct().order_by("name")
