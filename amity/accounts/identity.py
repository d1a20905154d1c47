"""The one provider of identities (OpenID Connect) by which people can sign in, where one is set.

django-allauth speaks with it; here is what it does not ask of a provider. See OpenID Connect Core
1.0 and Discovery 1.0.
"""

import logging
from collections.abc import Mapping

from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)

PROVIDER = "provider"
"""What the one provider is called where accounts name theirs."""
PROVED = "proved_elsewhere"
"""Where the session keeps for whom the provider said that it asked for a second factor."""


def name() -> str:
    """What the provider is called on buttons; empty where none is set."""
    return str(settings.PROVIDER_NAME)


class Exchange(OpenIDConnectOAuth2Adapter):
    """How codes become identities."""

    @property
    def openid_config(self) -> Mapping[str, str]:
        """What the provider says of itself; it must be who was asked (Discovery, 4.3)."""
        said: Mapping[str, str] = super().openid_config
        if said.get("issuer") != settings.PROVIDER_ISSUER:
            raise OAuth2Error("the provider calls itself by another name")
        return said

    def get_callback_url(self, request: HttpRequest, app: object) -> str:
        """One address for all languages, on the host of this installation."""
        return f"{settings.BASE_URL}{reverse('provider_back')}"

    def complete_login(
        self, request: HttpRequest, app: object, token: object, **kwargs: object
    ) -> SocialLogin:
        """The identity, which both answers of the provider must agree on (Core, 5.3.2)."""
        found = super().complete_login(request, app, token, **kwargs)
        signed, said = (_claims(found.account, part) for part in ("id_token", "userinfo"))
        if not signed.get("sub") or signed.get("sub") != said.get("sub"):
            raise OAuth2Error("the provider names two people, or none")
        return found


class Provider(OpenIDConnectProvider):
    """The provider, as django-allauth asks for it."""

    oauth2_adapter_class = Exchange


def verified_address(login: SocialLogin) -> str:
    """The mail address that the provider says it has verified; empty without that word.

    The word is `true` and nothing like it.
    """
    said = _claims(login.account, "userinfo")
    return str(said.get("email", "")) if said.get("email_verified") is True else ""


def note_second_factor(request: HttpRequest, login: SocialLogin) -> None:
    """Keep whether the provider says, in what it signed, that it asked for a second factor."""
    signed = _claims(login.account, "id_token")
    methods = signed.get("amr")
    said = {str(one) for one in methods} if isinstance(methods, list) else set()
    said.add(str(signed.get("acr", "")))
    if said & set(settings.PROVIDER_SECOND_FACTOR):
        request.session[PROVED] = login.account.uid
    else:
        request.session.pop(PROVED, None)


def refused(request: HttpRequest, reason: object) -> HttpResponse:
    """Back to where people sign in, with a word about it; the reason is for the log alone."""
    logger.warning("signing in with %s failed: %s", name(), reason)
    words = _("Signing in with %(name)s did not work. Try again, or use your password.")
    messages.error(request, words % {"name": name()})
    return redirect("account_login")


def _claims(account: SocialAccount, part: str) -> Mapping[str, object]:
    found = account.extra_data.get(part)
    return found if isinstance(found, dict) else {}
