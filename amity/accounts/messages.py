"""The wording of letters about signing in."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from amity.foundation.letters.wording import Button, Wording
from amity.record.choices import Mandate

Said = Mapping[str, object]
"""What django-allauth knows where it sends a letter, by its own names."""


def _not_you() -> str:
    return _("If this was not you, change your password and tell the administrator at once.")


def _notice(subject: str, what: str) -> Wording:
    return Wording(subject=subject, body=(what,), small=(_not_you(),))


def code_for_address(said: Said) -> Wording:
    """The code that shows that a letter to an address is read."""
    return Wording(
        subject=_("Your code for Amity"),
        body=(_("Type this code on the page that asked for it:"),),
        code=str(said["code"]),
        small=(_("If you did not ask for it, there is nothing to do."),),
    )


def password_link(said: Said) -> Wording:
    """The link that leads to a new password."""
    return Wording(
        subject=_("A new password for Amity"),
        body=(_("Somebody, most likely you, asked for a new password."),),
        button=Button(_("Choose a new password"), str(said["password_reset_url"])),
        small=(_("If it was not you, there is nothing to do: the old password still holds."),),
    )


def nobody_signs_in(said: Said) -> Wording:
    """To an address that nobody signs in with: so that the page need not tell."""
    return Wording(
        subject=_("A new password for Amity"),
        body=(
            _("Somebody asked for a new password for this address, but nobody signs in with it."),
            _("If it was you, try the address to which you were invited."),
        ),
    )


def password_changed(said: Said) -> Wording:
    return _notice(_("Your password was changed"), _("Your password for Amity was changed."))


def address_changed(said: Said) -> Wording:
    return _notice(
        _("Your mail address was changed"), _("The address with which you sign in was changed.")
    )


def codes_made(said: Said) -> Wording:
    return _notice(
        _("New recovery codes"),
        _("New recovery codes were made; those you had before work no longer."),
    )


def app_added(said: Said) -> Wording:
    return _notice(
        _("An authenticator app was added"),
        _("Signing in to Amity now asks for a code of your authenticator app."),
    )


def app_removed(said: Said) -> Wording:
    return _notice(
        _("The authenticator app was removed"),
        _("Signing in to Amity no longer asks for a code of your authenticator app."),
    )


def passkey_added(said: Said) -> Wording:
    return _notice(_("A passkey was added"), _("A passkey for Amity was added."))


def passkey_removed(said: Said) -> Wording:
    return _notice(_("A passkey was removed"), _("A passkey for Amity was removed."))


LETTERS: dict[str, Callable[[Said], Wording]] = {
    "account/email/email_confirmation": code_for_address,
    "account/email/email_confirmation_signup": code_for_address,
    "account/email/password_reset_key": password_link,
    "account/email/unknown_account": nobody_signs_in,
    "account/email/password_changed": password_changed,
    "account/email/password_reset": password_changed,
    "account/email/password_set": password_changed,
    "account/email/email_changed": address_changed,
    "account/email/email_deleted": address_changed,
    "mfa/email/recovery_codes_generated": codes_made,
    "mfa/email/totp_activated": app_added,
    "mfa/email/totp_deactivated": app_removed,
    "mfa/email/webauthn_added": passkey_added,
    "mfa/email/webauthn_removed": passkey_removed,
}
"""django-allauth's name of a letter -> what it says."""


def invitation(address: str, inviter: str, office: str, mandate: str, expires: datetime) -> Wording:
    """To somebody who is invited. `office` is empty for an administrator."""
    until = date_format(expires, "DATE_FORMAT")
    if office:
        what = _("%(who)s invites you to work with %(office)s in Amity, as %(mandate)s.") % {
            "who": inviter or _("The administrator"),
            "office": office,
            "mandate": str(Mandate(mandate).label),
        }
        subject = _("Invitation to work with %(office)s") % {"office": office}
    else:
        subject = _("Invitation to administer Amity")
        what = _("You are invited to administer this installation of Amity.")
    return Wording(
        subject=subject,
        body=(
            what,
            _("Amity keeps what two sides asked of each other and promised, and follows it."),
        ),
        button=Button(_("See the invitation"), address),
        small=(_("The link works once, until %(date)s.") % {"date": until},),
    )


def mandate_ended(office: str) -> Wording:
    """To somebody who no longer acts for an office."""
    return Wording(
        subject=_("You no longer act for %(office)s") % {"office": office},
        body=(
            _("Your mandates for %(office)s in Amity have ended.") % {"office": office},
            _("What you wrote keeps its place in the history of the office."),
        ),
    )
