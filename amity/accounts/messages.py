"""The wording of letters about signing in."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from amity.accounts import identity
from amity.foundation.letters.wording import Button, Wording
from amity.foundation.pages.formatting import day, days
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


def provider_linked(said: Said) -> Wording:
    return _notice(
        _("You can sign in with another service"),
        _("Your account at %(name)s was linked: you can sign in to Amity with it.")
        % {"name": identity.name()},
    )


def provider_unlinked(said: Said) -> Wording:
    return _notice(
        _("You no longer sign in with the other service"),
        _("Your account at %(name)s was unlinked; nobody can sign in to Amity with it.")
        % {"name": identity.name()},
    )


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
    "socialaccount/email/account_connected": provider_linked,
    "socialaccount/email/account_disconnected": provider_unlinked,
}
"""django-allauth's name of a letter -> what it says."""


def invitation(address: str, inviter: str, office: str, mandate: str, expires: datetime) -> Wording:
    """To somebody who is invited. `office` is empty for an administrator."""
    until = day(expires)
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


def _moment(at: datetime) -> str:
    """By the clocks of the recipient, whose time zone is active and named."""
    local = timezone.localtime(at)
    return f"{day(local)}, {local:%H:%M} ({timezone.get_current_timezone_name()})"


def factor_lost(stop: str) -> Wording:
    """To whoever asked to set up another second factor; `stop`: the address that ends it."""
    return Wording(
        subject=_("You asked for a new second factor"),
        body=(
            _(
                "Somebody who knows your password, most likely you, says that your device and "
                "recovery codes are lost."
            ),
            _(
                "Two others of your office, or the administrator, now have to vouch for you: call "
                "them. A day later you can set up a new second factor where you sign in."
            ),
        ),
        button=Button(_("Stop it, it was not me"), stop),
        small=(_not_you(),),
    )


def colleague_lost(who: str, address: str) -> Wording:
    """To those who may vouch for somebody, and can stop it."""
    return Wording(
        subject=_("%(who)s has lost the second factor") % {"who": who},
        body=(
            _("%(who)s asks to set up a new second factor for Amity.") % {"who": who},
            _(
                "Speak with them first, by telephone or face to face: whoever asks may have "
                "stolen their password and read their mail."
            ),
        ),
        button=Button(_("Vouch for them, or stop it"), address),
        small=(_("Once two have vouched, it takes effect a day later."),),
    )


def factor_vouched(at: datetime, stop: str) -> Wording:
    """To whoever lost a second factor: from when they can set up another."""
    return Wording(
        subject=_("You can soon set up a new second factor"),
        body=(
            _("Others have vouched for you."),
            _(
                "From %(moment)s you can set up a new second factor: sign in with your password, "
                "then choose “I have lost my device and codes”."
            )
            % {"moment": _moment(at)},
        ),
        button=Button(_("Stop it, it was not me"), stop),
        small=(_not_you(),),
    )


def colleague_vouched(who: str, by: str, at: datetime, address: str) -> Wording:
    """To all of the office: somebody can set up another second factor unless it is stopped."""
    return Wording(
        subject=_("%(who)s can soon set up a new second factor") % {"who": who},
        body=(
            _("These have vouched for %(who)s: %(by)s.") % {"who": who, "by": by},
            _("From %(moment)s %(who)s can set up a new second factor.")
            % {"moment": _moment(at), "who": who},
        ),
        button=Button(_("See it, or stop it"), address),
        small=(_("If you doubt that it was really them, stop it now and ask afterwards."),),
    )


def factor_stopped(who: str) -> Wording:
    """To all concerned: nothing comes of it."""
    return Wording(
        subject=_("The new second factor of %(who)s was stopped") % {"who": who},
        body=(
            _("No new second factor can be set up for %(who)s; the one from before still holds.")
            % {"who": who},
            _("If it was really %(who)s who asked, they can ask again after a day.") % {"who": who},
        ),
        small=(_("If it was not, they should change their password at once."),),
    )


def factor_renewed() -> Wording:
    """To whoever has set up another second factor after losing one."""
    return _notice(
        _("You have a new second factor"),
        _(
            "A new authenticator app was set up in place of what was lost. Your former passkeys, "
            "app and recovery codes work no longer, and all your other sessions are signed out."
        ),
    )


def colleague_renewed(who: str) -> Wording:
    """To all of the office: somebody has set up another second factor."""
    return Wording(
        subject=_("%(who)s has a new second factor") % {"who": who},
        body=(
            _("%(who)s has set up a new second factor in place of the one that was lost.")
            % {"who": who},
        ),
        small=(_("If you doubt that it was really them, tell the administrator at once."),),
    )


def stands_in(absent: str, office: str, first: date, last: date, address: str) -> Wording:
    """To whoever stands in for a colleague."""
    said = {"absent": absent, "office": office, "days": days(first, last)}
    return Wording(
        subject=_("You stand in for %(absent)s") % said,
        body=(
            _("%(absent)s is away and names you as deputy at %(office)s: %(days)s.") % said,
            _(
                "On these days you write and release for the office as %(absent)s does, and get "
                "the letters that they get."
            )
            % said,
        ),
        button=Button(_("To the desk"), address),
    )
