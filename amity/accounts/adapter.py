"""What django-allauth asks of us: letters through the outbox, words in five languages, rules."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from amity.accounts import identity
from amity.accounts.messages import LETTERS
from amity.accounts.models import User
from amity.accounts.queries import needs_second_factor
from amity.foundation.letters.writing import write_letter

WRONG = _("Address and password do not go together, or nobody signs in with this address.")
SAID = {
    "account/messages/logged_out.txt": _("You are signed out."),
    "account/messages/password_changed.txt": _("Your password is changed."),
    "account/messages/password_set.txt": _("Your password is set."),
    "account/messages/email_confirmation_sent.txt": _("A code is on its way to this address."),
    "account/messages/email_confirmed.txt": _("The address is confirmed."),
    "mfa/messages/recovery_codes_generated.txt": _("New recovery codes are made."),
    "mfa/messages/totp_activated.txt": _("The authenticator app is set up."),
    "mfa/messages/totp_deactivated.txt": _("The authenticator app is removed."),
    "mfa/messages/webauthn_added.txt": _("The passkey is added."),
    "mfa/messages/webauthn_removed.txt": _("The passkey is removed."),
    "socialaccount/messages/account_connected.txt": _("Your account there is linked."),
    "socialaccount/messages/account_connected_updated.txt": _("Your account there is linked."),
    "socialaccount/messages/account_connected_other.txt": _(
        "Somebody else signs in with that account."
    ),
    "socialaccount/messages/account_disconnected.txt": _("Your account there is unlinked."),
    "usersessions/messages/sessions_logged_out.txt": _("All other sessions are signed out."),
}
"""django-allauth's name of a message -> what the page says; what is not here is not said."""


class SignIn(DefaultAccountAdapter):
    """Passwords and sessions."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Nobody signs in with this address any more."),
        "email_password_mismatch": WRONG,
        "enter_current_password": _("Type your current password."),
        "incorrect_code": _("The code is not right."),
        "incorrect_password": _("The password is not right."),
        "invalid_or_expired_key": _("This link has been used, or is too old."),
        "invalid_login": WRONG,
        "invalid_password_reset": _("This link has been used, or is too old."),
        "too_many_login_attempts": _("Too many tries. Wait five minutes, then try again."),
        "unknown_email": WRONG,
        "rate_limited": _("Too many tries. Wait a minute, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Only who is invited comes in, by the page of the invitation."""
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        """On the host of this installation, whatever host the request named."""
        path: str = urlsplit(super().get_reset_password_from_key_url(key)).path
        return f"{settings.BASE_URL}{path}"

    def send_mail(self, template_prefix: str, email: str, context: Mapping[str, object]) -> None:
        user = User.objects.with_address(email)
        language = user.language if user else translation.get_language() or "en"
        wording = LETTERS[template_prefix]
        write_letter(email, language, lambda: wording(context))

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, object] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        words = message or SAID.get(message_template or "")
        if words:
            messages.add_message(request, level, str(words), extra_tags=extra_tags)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The desk, in the person's own language."""
        user = request.user
        if not isinstance(user, User):
            return reverse(settings.LOGIN_REDIRECT_URL)
        with translation.override(user.language):
            return reverse(settings.LOGIN_REDIRECT_URL)


class SecondFactor(DefaultMFAAdapter):
    """Codes and passkeys."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _(
            "Your mandate asks for a second factor. Add another one before you remove this."
        ),
        "cannot_generate_recovery_codes": _("Set up an authenticator app or a passkey first."),
        "incorrect_code": _("The code is not right."),
        "unverified_email": _("Confirm your mail address first."),
    }

    def get_totp_issuer(self) -> str:
        """The installation's name in the authenticator app."""
        return f"Amity {urlsplit(settings.BASE_URL).hostname or ''}".strip()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """One set of passkeys, whatever host a request names (WebAuthn Level 3, 5.4.2)."""
        return {"id": urlsplit(settings.BASE_URL).hostname or "localhost", "name": "Amity"}

    def generate_authenticator_name(self, user: AbstractBaseUser, type: object) -> str:
        """What a new passkey is called where its owner gives it no name: Passkey 1."""
        there = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return str(_("Passkey %(number)d") % {"number": there + 1})

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Whoever must have a second factor keeps one."""
        user: AbstractBaseUser = authenticator.user
        if not isinstance(user, User) or not needs_second_factor(user):
            return True
        if authenticator.type == Authenticator.Type.RECOVERY_CODES:
            return True
        others = Authenticator.objects.filter(user=user).exclude(pk=authenticator.pk)
        return others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()


class Elsewhere(DefaultSocialAccountAdapter):
    """The provider of identities: who comes from there is somebody who was invited here."""

    error_messages = {
        **DefaultSocialAccountAdapter.error_messages,
        "no_password": _("Set a password first, or you could sign in no more."),
    }

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Nobody comes in by it who was not invited."""
        return False

    def authenticate_by_email(self, sociallogin: SocialLogin) -> tuple[User, str] | None:
        """Who signs in here with the address that the provider has verified, the first time.

        Afterwards the account there counts and not its address, which may pass to somebody else.
        """
        address = identity.verified_address(sociallogin)
        user = User.objects.with_address(address) if address else None
        if user is None or SocialAccount.objects.filter(user=user).exists():
            return None
        return user, address

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        identity.note_second_factor(request, sociallogin)

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: object,
        error: object = None,
        exception: Exception | None = None,
        extra_context: object = None,
    ) -> None:
        raise ImmediateHttpResponse(identity.refused(request, exception or error))

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: object) -> str:
        return reverse("socialaccount_connections")
