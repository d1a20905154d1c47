"""The people of an office: who acts for it, who is invited, and leaving it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from amity.accounts import actions, queries
from amity.accounts.contexts import OfficePage, ProfilePage
from amity.accounts.forms import InvitationForm, ProfileForm
from amity.accounts.models import Invitation, User
from amity.accounts.signed_in import AtDesk, DeskRequest, choose_office, desk_page
from amity.foundation.actions import By
from amity.foundation.pages.context import show
from amity.network.models import Office
from amity.record.choices import Mandate


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def office(request: DeskRequest) -> HttpResponse:
    """The people of the office acted for; POST invites somebody."""
    own = _office(request.at_desk)
    form = InvitationForm(request.POST or None, initial={"language": request.at_desk.user.language})
    status = 200
    if request.method == "POST":
        _only_officers(request.at_desk)
        if form.is_valid() and _invited(request, own, form):
            return redirect("office")
        status = 422
    page = OfficePage(
        office=own,
        people=tuple(queries.people_of(own)),
        invitations=tuple(queries.invitations_of(own)),
        form=form,
        may_invite=queries.holds(request.at_desk.user, own, Mandate.OFFICER),
        own=request.at_desk.user,
        noindex=True,
    )
    return show(request, page, status=status)


def _invited(request: DeskRequest, own: Office, form: InvitationForm) -> bool:
    try:
        sent = actions.invite(
            _by(request.at_desk),
            form.cleaned_data["email"],
            form.cleaned_data["language"],
            own,
            Mandate(form.cleaned_data["mandate"]),
            request.at_desk.user,
        )
    except ValidationError as error:
        form.add_error(None, error)
        return False
    messages.success(request, actions.how_it_reaches_them(sent))
    return True


@require_POST
@desk_page
def withdraw(request: DeskRequest, number: int) -> HttpResponse:
    """Withdraw an open invitation of the office acted for."""
    _only_officers(request.at_desk)
    found = get_object_or_404(Invitation, pk=number, office=_office(request.at_desk))
    actions.withdraw_invitation(_by(request.at_desk), found)
    messages.success(request, _("The invitation is withdrawn; its link works no longer."))
    return redirect("office")


@require_POST
@desk_page
def end(request: DeskRequest, number: int) -> HttpResponse:
    """End the mandates of a person of the office: one's own, or as an officer another's."""
    at_desk = request.at_desk
    own = _office(at_desk)
    people = User.objects.filter(mandates__office=own, mandates__ended=None).distinct()
    user = get_object_or_404(people, pk=number)
    if user != at_desk.user:
        _only_officers(at_desk)
    try:
        actions.end_mandates(_by(at_desk), user, own, hand_over=True)
    except actions.LastOne as error:
        messages.error(request, " ".join(error.messages))
        return redirect("office")
    messages.success(request, _("The mandates have ended."))
    return redirect("desk" if user == at_desk.user else "office")


@require_POST
@desk_page
def choose(request: DeskRequest) -> HttpResponse:
    """Act for another of one's offices from now on."""
    number = request.POST.get("office", "")
    if not number.isascii() or not number.isdigit():
        raise PermissionDenied
    if not choose_office(request, request.at_desk, int(number)):
        raise PermissionDenied
    return redirect("desk")


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def profile(request: DeskRequest) -> HttpResponse:
    """One's own name, language and time zone."""
    user = request.at_desk.user
    form = ProfileForm(request.POST or None, instance=User.objects.get(pk=user.pk))
    if request.method == "POST" and form.is_valid():
        actions.change_profile(_by(request.at_desk), form.instance)
        messages.success(request, _("Saved."))
        return redirect(reverse("profile"))
    page = ProfilePage(form=form, own=user, noindex=True)
    return show(request, page, status=422 if form.errors else 200)


def _office(at_desk: AtDesk) -> Office:
    if at_desk.office is None:
        raise PermissionDenied
    return at_desk.office


def _only_officers(at_desk: AtDesk) -> None:
    """Raise PermissionDenied for whoever is no officer, or only stands in for one."""
    if not queries.holds(at_desk.user, _office(at_desk), Mandate.OFFICER):
        raise PermissionDenied


def _by(at_desk: AtDesk) -> By:
    return By(user=at_desk.user.pk, office=at_desk.acting.office)
