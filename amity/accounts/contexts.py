"""What each page of the accounts shows."""

from dataclasses import dataclass

from django import forms

from amity.accounts.models import Invitation, MandateHeld, User
from amity.foundation.pages.context import PageContext
from amity.languages.text import Text
from amity.network.models import Office


@dataclass(frozen=True, kw_only=True)
class InvitationPage(PageContext):
    """An invitation as the person invited sees it.

    `invitation`: None where the link leads to none. `state`: `open`, `used`, or `unknown`.
    `signed_in`: the address of whoever is signed in here now, empty for nobody. `known`: whether
    somebody signs in with the address invited already. `form`: what a new person fills in.
    `office`: the name of the office, None for an administrator.
    """

    template = "accounts/invitation.html"

    invitation: Invitation | None
    state: str
    signed_in: str = ""
    known: bool = False
    form: forms.BaseForm | None = None
    office: Text | None = None


@dataclass(frozen=True, kw_only=True)
class OfficePage(PageContext):
    """The people of the office acted for, those invited, and the form to invite.

    `office`, `people` by mandate, `invitations` that are open, `form`; `may_invite`: whether the
    reader may; `own`: the reader.
    """

    template = "accounts/office.html"

    office: Office
    people: tuple[MandateHeld, ...]
    invitations: tuple[Invitation, ...]
    form: forms.BaseForm
    may_invite: bool
    own: User


@dataclass(frozen=True, kw_only=True)
class ProfilePage(PageContext):
    """The reader's own name, language and time zone, in a `form`; `own`: who it is."""

    template = "accounts/profile.html"

    form: forms.BaseForm
    own: User
