"""The webhooks of an office: all of its people read them, its officers keep them."""

from allauth.core import ratelimit
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from amity.accounts.queries import holds
from amity.accounts.signed_in import DeskRequest, desk_page
from amity.foundation.actions import By
from amity.foundation.pages.context import show
from amity.network.models import Office
from amity.record.choices import Mandate
from amity.webhooks import queries
from amity.webhooks.actions import registering
from amity.webhooks.actions.registering import Heard
from amity.webhooks.contexts import HookPage, HooksPage
from amity.webhooks.forms import HeardForm, RegisterForm
from amity.webhooks.models import Hook


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def hooks(request: DeskRequest) -> HttpResponse:
    """The webhooks of the office acted for; POST registers one, and shows its secret once."""
    own = _office(request)
    form = RegisterForm(queries.dossiers_to_choose(), request.POST or None)
    status = 200
    if request.method == "POST":
        _only_officers(request)
        made = _registered(request, own, form) if form.is_valid() else None
        if made is not None:
            messages.success(request, _("The address is registered."))
            return _shown(request, made, secret=made.secret)
        status = 422
    page = HooksPage(
        own=own.organization.name,
        hooks=tuple(queries.hooks_of(own)),
        form=form,
        vouched=own.vouched_at is not None,
        may=_may(request),
        noindex=True,
    )
    return show(request, page, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def hook(request: DeskRequest, number: int) -> HttpResponse:
    """One webhook; POST says anew of what it hears."""
    found = _hook(request, number)
    if request.method != "POST":
        return _shown(request, found)
    _only_officers(request)
    form = HeardForm(queries.dossiers_to_choose(), request.POST)
    if not form.is_valid():
        return _shown(request, found, form=form, status=422)
    registering.choose(_by(request), found, _heard(form))
    messages.success(request, _("Saved."))
    return redirect("webhook", number)


@require_POST
@desk_page
def secret(request: DeskRequest, number: int) -> HttpResponse:
    """Make another secret, and show it once."""
    found = _kept_by_reader(request, number)
    made = registering.renew_secret(_by(request), found, timezone.now())
    return _shown(request, _hook(request, number), secret=made)


@require_POST
@desk_page
def test(request: DeskRequest, number: int) -> HttpResponse:
    """Send a test."""
    found = _kept_by_reader(request, number)
    if _within_limit(request):
        registering.try_out(found)
        messages.success(request, _("The test is on its way; look again in a few seconds."))
    return redirect("webhook", number)


@require_POST
@desk_page
def pause(request: DeskRequest, number: int) -> HttpResponse:
    """Tell it nothing for a while."""
    registering.pause(_by(request), _kept_by_reader(request, number))
    messages.success(request, _("Paused: it is told nothing until you take it up again."))
    return redirect("webhook", number)


@require_POST
@desk_page
def resume(request: DeskRequest, number: int) -> HttpResponse:
    """Tell it again."""
    registering.resume(_by(request), _kept_by_reader(request, number))
    messages.success(request, _("It is told again what changes from now on."))
    return redirect("webhook", number)


@require_POST
@desk_page
def remove(request: DeskRequest, number: int) -> HttpResponse:
    """Forget it."""
    registering.remove(_by(request), _kept_by_reader(request, number))
    messages.success(request, _("The webhook is removed."))
    return redirect("webhooks")


@require_POST
@desk_page
def again(request: DeskRequest, number: int, delivery: int) -> HttpResponse:
    """Send something once more."""
    found = _kept_by_reader(request, number)
    if _within_limit(request) and registering.send_again(found, delivery):
        messages.success(request, _("It is sent again now."))
    return redirect("webhook", number)


def _within_limit(request: DeskRequest) -> bool:
    """Whether the office may send something by hand now; says so where it may not.

    An address may be anybody's, and whoever stands there has not asked for all these requests.
    """
    own = str(_office(request).pk)
    if ratelimit.consume(request, action="webhook_by_hand", key=own):
        return True
    messages.error(request, _("Your office has sent very much by hand. Try again in an hour."))
    return False


def _registered(request: DeskRequest, own: Office, form: RegisterForm) -> Hook | None:
    try:
        return registering.register(_by(request), own, form.cleaned_data["address"], _heard(form))
    except ValidationError as error:
        named = hasattr(error, "error_dict") and set(error.error_dict) <= set(form.fields)
        form.add_error(None if named else "address", error if named else error.messages)
        return None


def _heard(form: HeardForm) -> Heard:
    said = form.cleaned_data
    return Heard(tuple(said["topics"]), said["dossier"], said["partnership"])


def _shown(
    request: DeskRequest,
    found: Hook,
    *,
    form: HeardForm | None = None,
    secret: str = "",
    status: int = 200,
) -> HttpResponse:
    until = found.earlier_until
    page = HookPage(
        hook=found,
        secret=secret,
        overlaps=until is not None and until > timezone.now(),
        deliveries=tuple(queries.deliveries_of(found)),
        form=form or HeardForm(queries.dossiers_to_choose(), hook=found),
        may=_may(request),
        zone=request.at_desk.user.timezone,
        noindex=True,
    )
    return show(request, page, status=status)


def _hook(request: DeskRequest, number: int) -> Hook:
    """A webhook of the office acted for. Raises Http404."""
    return get_object_or_404(queries.hooks_of(_office(request)), pk=number)


def _kept_by_reader(request: DeskRequest, number: int) -> Hook:
    """The same, for an officer. Raises Http404, PermissionDenied."""
    found = _hook(request, number)
    _only_officers(request)
    return found


def _office(request: DeskRequest) -> Office:
    if request.at_desk.office is None:
        raise PermissionDenied
    return request.at_desk.office


def _may(request: DeskRequest) -> bool:
    """Whether the reader is an officer, and not for somebody absent, of an office vouched for."""
    own = _office(request)
    return own.vouched_at is not None and holds(request.at_desk.user, own, Mandate.OFFICER)


def _only_officers(request: DeskRequest) -> None:
    if not _may(request):
        raise PermissionDenied


def _by(request: DeskRequest) -> By:
    return By(user=request.at_desk.user.pk, office=request.at_desk.acting.office)
