"""Setting up a second factor: whoever has just shown it is not asked for it again at once."""

from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.forms import Form
from django.http import HttpRequest, HttpResponse


class SetUpApp(ActivateTOTPView):
    """An authenticator app, by its first code."""

    def form_valid(self, form: Form) -> HttpResponse:
        """Let the session be one with a second factor: the code was right."""
        answer: HttpResponse = super().form_valid(form)
        _shown(self.request, Authenticator.Type.TOTP)
        return answer


class AddPasskey(AddWebAuthnView):
    """A passkey, which its device has just shown."""

    def form_valid(self, form: Form) -> HttpResponse:
        """Let the session be one with a second factor: the passkey was there."""
        answer: HttpResponse = super().form_valid(form)
        _shown(self.request, Authenticator.Type.WEBAUTHN)
        return answer


def _shown(request: HttpRequest, kind: str) -> None:
    added = Authenticator.objects.filter(user=request.user.pk, type=kind).latest("created_at")
    post_authentication(request, added, reauthenticated=True)


set_up_app = SetUpApp.as_view()
add_passkey = AddPasskey.as_view()
