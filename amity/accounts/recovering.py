"""What was typed is not lost when the session or the form's token ends before it is sent.

A form that arrives from somebody who is signed in no more is kept with the session, which
outlasts signing in; the form's own address then shows it as it was typed. Nothing is saved by
that: the person presses the button once more.
"""

from allauth.core import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

KEPT = "typed"
LARGEST = 500_000
FORMS = ("desk_new", "desk_edit", "desk_programme")
"""Addresses that show again what was typed there."""


def keep_typed(request: HttpRequest) -> bool:
    """Keep what was sent with the session, for the form's own address; False where none shows it.

    What a form sends by itself while it is typed, from another tab too, takes its place from none.
    Whoever sends it has not said who they are, so that from one network so much is kept in an hour
    as the people of an office would lose at once, and no more.
    """
    if not _shows_again(request):
        return False
    typed = request.POST.urlencode()
    if len(typed) <= LARGEST and ratelimit.consume(request, action="typed"):
        request.session[KEPT] = {"path": request.get_full_path(), "values": typed}
    return True


def is_typed_kept(request: HttpRequest) -> bool:
    """Whether something waits to be shown again after signing in."""
    return KEPT in request.session


def _shows_again(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and match.url_name in FORMS


def recovered(request: HttpRequest) -> QueryDict | None:
    """What was typed before, at this address; given once."""
    kept = request.session.get(KEPT)
    if not isinstance(kept, dict) or kept.get("path") != request.get_full_path():
        return None
    del request.session[KEPT]
    return QueryDict(kept["values"])


def token_ran_out(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answers a form whose token is no longer right; set as CSRF_FAILURE_VIEW.

    One that comes from a page of our own (RFC 6454) is shown again as it was typed.
    """
    from amity.foundation.pages import errors

    own = request.headers.get("Origin") in (
        settings.BASE_URL,
        f"{request.scheme}://{request.get_host()}",
    )
    own = own and request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
    if own and keep_typed(request):
        return redirect(request.get_full_path())
    return errors.form_expired(request, reason)
