"""Pages for those who are signed in: who they are, for which office, and nobody keeps the page."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from time import time
from urllib.parse import urlsplit

from allauth.account import app_settings
from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from amity.accounts import queries
from amity.accounts.identity import PROVED
from amity.accounts.models import User
from amity.accounts.recovering import keep_typed
from amity.foundation.actions import asked_in_turn
from amity.languages.text import Text
from amity.network.models import Office
from amity.record.acting import Acting
from amity.record.choices import Mandate
from amity.record.refusals import NotAllowed

OFFICE = "office"
"""Where the session keeps the number of the office that a person acts for."""


@dataclass(frozen=True, slots=True)
class AtDesk:
    """Who is at the desk: the `user`, their `offices`, the one acted for, and hence `acting`.

    `names`: what records are called for them, by register key, as far as it was asked already.
    """

    user: User
    offices: tuple[Office, ...]
    office: Office | None
    acting: Acting
    names: dict[str, Text | None] = field(default_factory=dict)


class DeskRequest(HttpRequest):
    """A request as a view of the desk gets it."""

    at_desk: AtDesk


View = Callable[..., HttpResponseBase]


def desk_page(view: View) -> View:
    """Make a view one for people who are signed in and, where their mandate asks, doubly so.

    A stranger is sent to sign in and comes back. `request.at_desk` says who it is. The answer is
    kept nowhere. Four statements, and four in the transaction of what is written.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        user = request.user
        if not isinstance(user, User):
            return _never_kept(redirect_to_login(_way_back(request)))
        at_desk = who_is_at_desk(request, user)
        request.at_desk = at_desk  # type: ignore[attr-defined] # for the view and its template
        if way := _way_to_prove_more(request, at_desk):
            return _never_kept(redirect(way))
        with timezone.override(user.timezone), asked_in_turn(lambda: _refuse_ended(at_desk)):
            return _never_kept(view(request, *args, **kwargs))

    return answer


def _way_back(request: HttpRequest) -> str:
    """Where a stranger goes on after signing in: to the form as it was typed, or to the page from
    which something was sent that no page shows again."""
    if request.method != "POST" or keep_typed(request):
        return request.get_full_path()
    came = urlsplit(request.headers.get("Referer", ""))
    if came.netloc != request.get_host():
        return reverse("desk")
    return f"{came.path}?{came.query}" if came.query else came.path


def who_is_at_desk(request: HttpRequest, user: User) -> AtDesk:
    """The person, the offices they may act for, and the one of the session or else the first."""
    offices = tuple(queries.offices_of(user))
    chosen = request.session.get(OFFICE)
    office = next((one for one in offices if one.pk == chosen), offices[0] if offices else None)
    return AtDesk(user, offices, office, queries.acting(user, office))


def choose_office(request: HttpRequest, at_desk: AtDesk, number: int) -> bool:
    """Act for another of the person's offices from now on; False where it is none of theirs."""
    if number not in {one.pk for one in at_desk.offices}:
        return False
    request.session[OFFICE] = number
    return True


def signed_in_with_second_factor(request: HttpRequest) -> bool:
    """Whether this session began with a code, a passkey or a recovery code.

    Or by the provider of identities, where it says that it asked for one and is believed.
    """
    user = request.user
    if not isinstance(user, User):
        return False
    records = get_authentication_records(request, user)
    if any(one.get("method") == "mfa" for one in records):
        return True
    proved = request.session.get(PROVED)
    elsewhere = [one.get("uid") for one in records if one.get("method") == "socialaccount"]
    return bool(elsewhere) and elsewhere[-1] == proved


def way_to_prove_again(request: HttpRequest, user: User, page: str, *args: object) -> str:
    """Where somebody goes who did not show lately that it is them, and then on to a page.

    By their second factor where they have one, or else by the password, which somebody who signs in
    by a provider chooses first. Empty where they did.
    """
    wanted = "mfa" if is_mfa_enabled(user) else "password"
    since = time() - app_settings.REAUTHENTICATION_TIMEOUT
    records = get_authentication_records(request, user)
    if any(one["method"] == wanted and one["at"] > since for one in records):
        return ""
    if wanted == "password" and not user.has_usable_password():
        way = "account_set_password"
    else:
        way = "mfa_reauthenticate" if wanted == "mfa" else "account_reauthenticate"
    return f"{reverse(way)}?{urlencode({'next': reverse(page, args=args)})}"


def _way_to_prove_more(request: HttpRequest, at_desk: AtDesk) -> str:
    """Where somebody goes who must show a second factor first; empty where nothing is missing."""
    weighty = at_desk.acting.administrator or Mandate.SIGNATORY in at_desk.acting.mandates
    if not weighty or signed_in_with_second_factor(request):
        return ""
    if is_mfa_enabled(at_desk.user):
        return f"{reverse('mfa_reauthenticate')}?{urlencode({'next': request.get_full_path()})}"
    return reverse("mfa_index")


def _refuse_ended(at_desk: AtDesk) -> None:
    """Raise NotAllowed where somebody may not do all any more that they might when they came.

    Their mandate, or what the office speaks for, may have ended while others were writing.
    """
    was, user = at_desk.acting, User.objects.get(pk=at_desk.user.pk)
    offices = Office.objects.select_related("organization")
    office = offices.filter(pk=at_desk.office.pk).first() if at_desk.office else None
    now = queries.acting(user, office)
    if not (
        now.office == was.office
        and now.vouched >= was.vouched
        and now.administrator >= was.administrator
        and now.mandates >= was.mandates
        and now.sides >= was.sides
    ):
        words = _("What you may do here changed while this waited, so it was not done.")
        raise NotAllowed(f"{was.user} {was.office}", words=words)


def _never_kept(response: HttpResponseBase) -> HttpResponseBase:
    add_never_cache_headers(response)
    return response
