"""Signing in by the provider of identities: on the way there, and back."""

from collections.abc import Callable

from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_POST, require_safe
from requests import RequestException

from amity.accounts import identity
from amity.accounts.contexts import OnwardPage
from amity.accounts.signed_in import DeskRequest, desk_page
from amity.foundation.pages.context import show

SPOKEN = "spoken_before"
"""Where the session keeps the language of whoever is at the provider now."""
STRANGE = (OAuth2Error, RequestException, ValueError, KeyError, TypeError)
"""How it shows that a provider does not answer, or answers what nobody can read."""


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """From the page on which people sign in."""
    return _led_on(request, AuthProcess.LOGIN, get_next_redirect_url(request) or "")


@require_POST
@desk_page
def link(request: DeskRequest) -> HttpResponse:
    """From the account page: whoever comes back there can sign in by it from then on."""
    return _led_on(request, AuthProcess.CONNECT, "")


def _led_on(request: HttpRequest, process: str, after: str) -> HttpResponse:
    """A page that leads on: browsers stop forms that are sent on elsewhere (`form-action`)."""
    _configured()

    def led() -> HttpResponse:
        provider = get_adapter(request).get_provider(request, identity.PROVIDER)
        answer: HttpResponse = provider.redirect(request, process, next_url=after or None)
        if "Location" not in answer or answer["Location"].startswith("/"):
            return answer
        request.session[SPOKEN] = translation.get_language()
        page = OnwardPage(name=identity.name(), address=answer["Location"], noindex=True)
        return show(request, page)

    return _kept_nowhere(_or_refused(request, led))


@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """Whoever comes back from the provider, in the language in which they left."""
    _configured()
    language = request.session.pop(SPOKEN, "")
    known = language in dict(settings.LANGUAGES)
    with translation.override(language if known else translation.get_language()):
        view = OAuth2CallbackView.adapter_view(identity.Exchange(request, identity.PROVIDER))
        return _kept_nowhere(_or_refused(request, lambda: view(request)))


def _configured() -> None:
    if not identity.name():
        raise Http404


def _or_refused(request: HttpRequest, do: Callable[[], HttpResponse]) -> HttpResponse:
    try:
        return do()
    except STRANGE as error:
        return identity.refused(request, error)


def _kept_nowhere(response: HttpResponse) -> HttpResponse:
    add_never_cache_headers(response)
    response["Referrer-Policy"] = "no-referrer"
    return response
