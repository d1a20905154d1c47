"""What people fill in to sign in, in the interface's own words.

The forms do what django-allauth's do; it has no Vietnamese, so labels and complaints are ours.
"""

import zoneinfo
from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.contrib.auth.password_validation import (
    validate_password,
)
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amity.accounts.models import User, interface_languages

NOT_THE_SAME = _("The two passwords are not the same.")


def _requirements() -> str:
    return gettext("At least ten characters; several words are easier to remember than signs.")


requirements = lazy(_requirements, str)


def _label(form: forms.Form, name: str, label: object, help_text: object = "") -> None:
    if name in form.fields:
        form.fields[name].label = label  # type: ignore[assignment] # a lazy text is one
        form.fields[name].help_text = help_text  # type: ignore[assignment]
        form.fields[name].widget.attrs.pop("placeholder", None)


class LoginForm(account.LoginForm):
    """Address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, "login", _("Mail address"))
        _label(self, "password", _("Password"))


class _TwoPasswords(forms.Form):
    def _say_again(self) -> None:
        _label(self, "oldpassword", _("Current password"))
        _label(self, "password1", _("New password"), requirements())
        _label(self, "password2", _("New password, again"))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super(account.PasswordVerificationMixin, self).clean() or {}
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", str(NOT_THE_SAME))
        return cleaned


class ChangePasswordForm(_TwoPasswords, account.ChangePasswordForm):
    """A new password, with the old one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._say_again()


class ResetPasswordKeyForm(_TwoPasswords, account.ResetPasswordKeyForm):
    """A new password, after the link in a letter."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._say_again()


class ResetPasswordForm(account.ResetPasswordForm):
    """The address to which a link is sent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, "email", _("Mail address"))


class ReauthenticateForm(account.ReauthenticateForm):
    """The password once more, before something weighty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, "password", _("Password"))


class AuthenticateForm(mfa.AuthenticateForm):
    """The second factor as a code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, "code", _("Code"), _("From your authenticator app, or a recovery code."))


class ReauthenticateByCodeForm(mfa.ReauthenticateForm):
    """The second factor once more, before something weighty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, "code", _("Code"), _("From your authenticator app, or a recovery code."))


class ActivateTOTPForm(totp.ActivateTOTPForm):
    """The first code of an authenticator app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, "code", _("Code that the app shows"))


class AddPasskeyForm(webauthn.AddWebAuthnForm):
    """A passkey and the name it gets."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, "name", _("Name"), _("So that you know it again, such as the device."))
        _label(
            self,
            "passwordless",
            _("Sign in with it alone"),
            _("It then asks for your finger, face or PIN, and needs no password."),
        )


class RenamePasskeyForm(webauthn.EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, "name", _("Name"))


class ProfileForm(forms.ModelForm):
    """A person's own name, language and time zone."""

    class Meta:
        model = User
        fields = ["name", "language", "timezone"]
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zones = sorted(one for one in zoneinfo.available_timezones() if "/" in one)
        self.fields["timezone"] = forms.ChoiceField(
            label=_("Time zone"), choices=[("UTC", "UTC"), *((one, one) for one in zones)]
        )


class JoinForm(ProfileForm):
    """What somebody says of themselves when they take up an invitation."""

    password1 = forms.CharField(
        label=_("Password"),
        help_text=requirements(),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("Password, again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", str(NOT_THE_SAME))
        elif first:
            try:
                validate_password(first, self.instance)
            except ValidationError as error:
                self.add_error("password1", error)
        return cleaned


class InvitationForm(forms.Form):
    """Whom an office invites, in which language, to do what."""

    email = forms.EmailField(label=_("Mail address"), max_length=254)
    language = forms.ChoiceField(label=_("Language of the invitation"), choices=interface_languages)
    mandate = forms.ChoiceField(label=_("Mandate"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        from amity.record.choices import Mandate

        super().__init__(*args, **kwargs)
        self.fields["mandate"] = forms.ChoiceField(
            label=_("Mandate"), choices=Mandate.choices, initial=Mandate.OFFICER
        )
