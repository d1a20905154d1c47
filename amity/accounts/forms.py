"""What people fill in to sign in, in the interface's own words.

The forms do what django-allauth's do; it has no Vietnamese, so labels and complaints are ours.
"""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.contrib.auth.password_validation import (
    validate_password,
)
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from amity.accounts.models import User
from amity.foundation.fields.typed import LineField
from amity.languages.interface import interface_languages
from amity.languages.zones import ZoneField, other_names
from amity.record.choices import Mandate

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

NOT_THE_SAME = _("The two passwords are not the same.")


REQUIREMENTS = _("At least ten characters; several words are easier to remember than signs.")
A_CODE = _("From your authenticator app, or a recovery code.")


class InOurWords(forms.Form):
    """A form of another package with labels and hints of ours: `labels` and `hints` by field."""

    labels: ClassVar["Mapping[str, StrOrPromise]"] = {}
    hints: ClassVar["Mapping[str, StrOrPromise]"] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")
            field.widget.attrs.pop("placeholder", None)


class LoginForm(InOurWords, account.LoginForm):
    """Address and password."""

    labels = {"login": _("Mail address"), "password": _("Password")}


class TwoPasswords(InOurWords):
    """A new password, typed twice."""

    labels = {
        "oldpassword": _("Current password"),
        "password1": _("New password"),
        "password2": _("New password, again"),
    }
    hints = {"password1": REQUIREMENTS}

    def clean(self) -> dict[str, object]:
        """Without django-allauth's own complaint, which knows no Vietnamese."""
        cleaned: dict[str, object] = super(account.PasswordVerificationMixin, self).clean() or {}
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", str(NOT_THE_SAME))
        return cleaned


class ChangePasswordForm(TwoPasswords, account.ChangePasswordForm):
    """A new password, with the old one."""


class SetPasswordForm(TwoPasswords, account.SetPasswordForm):
    """A first password, of somebody who has none yet."""


class ResetPasswordKeyForm(TwoPasswords, account.ResetPasswordKeyForm):
    """A new password, after the link in a letter."""


class ResetPasswordForm(InOurWords, account.ResetPasswordForm):
    """The address to which a link is sent."""

    labels = {"email": _("Mail address")}

    def clean_email(self) -> str:
        """The address; whether somebody signs in with it is asked once, and told to nobody."""
        address: str = self.cleaned_data["email"]
        user = User.objects.with_address(address)
        self.users = [user] if user is not None and user.is_active else []
        return address


class ReauthenticateForm(InOurWords, account.ReauthenticateForm):
    """The password once more, before something weighty."""

    labels = {"password": _("Password")}


class AuthenticateForm(InOurWords, mfa.AuthenticateForm):
    """The second factor as a code."""

    labels = {"code": _("Code")}
    hints = {"code": A_CODE}


class ReauthenticateByCodeForm(InOurWords, mfa.ReauthenticateForm):
    """The second factor once more, before something weighty."""

    labels = {"code": _("Code")}
    hints = {"code": A_CODE}


class ActivateTOTPForm(InOurWords, totp.ActivateTOTPForm):
    """The first code of an authenticator app."""

    labels = {"code": _("Code that the app shows")}


class AddPasskeyForm(InOurWords, webauthn.AddWebAuthnForm):
    """A passkey and the name it gets."""

    labels = {"name": _("Name"), "passwordless": _("Sign in with it alone")}
    hints = {
        "name": _("So that you know it again, such as the device."),
        "passwordless": _("It then asks for your finger, face or PIN, and needs no password."),
    }


class RenamePasskeyForm(InOurWords, webauthn.EditWebAuthnForm):
    """Another name for a passkey."""

    labels = {"name": _("Name")}


class ProfileForm(forms.ModelForm):
    """A person's own name, language and time zone."""

    timezone = ZoneField()

    class Meta:
        model = User
        fields = ["name", "language", "timezone", "digest_day"]
        field_classes = {"name": LineField}
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}


class JoinForm(ProfileForm):
    """What somebody says of themselves when they take up an invitation."""

    class Meta(ProfileForm.Meta):
        fields = ["name", "language", "timezone"]

    password1 = forms.CharField(
        label=_("Password"),
        help_text=REQUIREMENTS,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("Password, again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, guesses: bool = False, **kwargs: Any) -> None:
        """`guesses`: nothing tells where they are, so the clocks of their device are taken."""
        super().__init__(*args, **kwargs)
        if guesses:
            names = json.dumps(other_names(), separators=(",", ":"), sort_keys=True)
            self.fields["timezone"].widget.attrs["data-own-zone"] = names

    def clean(self) -> dict[str, object]:
        """The password twice the same, and one that is not easily guessed."""
        cleaned: dict[str, object] = super().clean() or {}
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", str(NOT_THE_SAME))
        elif first:
            try:
                validate_password(str(first), self.instance)
            except ValidationError as error:
                self.add_error("password1", error)
        return cleaned


class InvitationForm(forms.Form):
    """Whom an office invites, in which language, to do what."""

    email = forms.EmailField(label=_("Mail address"), max_length=254)
    language = forms.ChoiceField(label=_("Language of the invitation"), choices=interface_languages)
    mandate = forms.ChoiceField(
        label=_("Mandate"),
        choices=Mandate.choices,
        initial=Mandate.OFFICER.value,
        help_text=_(
            "Officers write, release, confirm and invite. Editors write. Signatories confirm and "
            "agree. Reviewers assess commitments. Observers read."
        ),
    )


class ColleagueField(forms.ModelChoiceField):
    """A choice of people by name."""

    def label_from_instance(self, obj: User) -> str:
        """What somebody is called among colleagues."""
        return obj.name


class DeputyForm(forms.Form):
    """Which colleague stands in for the reader, from one day to another."""

    deputy = ColleagueField(label=_("Who stands in"), queryset=User.objects.none(), empty_label="—")
    first = forms.DateField(
        label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last = forms.DateField(
        label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(
        self, colleagues: QuerySet[User], data: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(data)
        field = self.fields["deputy"]
        if isinstance(field, ColleagueField):
            field.queryset = colleagues
