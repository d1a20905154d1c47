"""What each page of the accounts shows."""

from dataclasses import dataclass

from django import forms

from amity.accounts.models import Deputy, Invitation, LostFactor, MandateHeld, User, Vouching
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


@dataclass(frozen=True, kw_only=True)
class LostPage(PageContext):
    """A lost second factor where its owner signs in.

    `lost`: what is open, None where nothing is; `vouched`: enough others vouch for it. `zone`: by
    whose clocks. `refused`: why it cannot be asked now. `form` and `picture`: how another app is
    set up, once that may be.
    """

    template = "accounts/lost.html"

    lost: LostFactor | None
    vouched: bool
    zone: str
    refused: str
    form: forms.BaseForm | None
    picture: str


@dataclass(frozen=True, kw_only=True)
class LostFactorPage(PageContext):
    """A second factor that a colleague has `lost`: what was asked, and who vouched (`vouchings`).

    `vouched`: enough have. `may_vouch`: the reader may and has not yet; `own`: it is the reader's.
    `zone`: that of the reader.
    """

    template = "accounts/lost_factor.html"

    lost: LostFactor
    vouchings: tuple[Vouching, ...]
    vouched: bool
    may_vouch: bool
    own: bool
    zone: str


@dataclass(frozen=True, kw_only=True)
class OnwardPage(PageContext):
    """The way on to the provider of identities: its `name`, and the `address` there."""

    template = "accounts/onward.html"

    name: str
    address: str


@dataclass(frozen=True, kw_only=True)
class StopPage(PageContext):
    """What the link in the letter stops. `state`: `open`, `stopped`, or `over`."""

    template = "accounts/stop.html"

    state: str


@dataclass(frozen=True, kw_only=True)
class DeputiesPage(PageContext):
    """Who stands in for whom at the office (`standing`), and the `form` to name somebody.

    `may_name`: the reader is an officer; `alone`: nobody else writes for the office; `own`: the
    reader.
    """

    template = "accounts/deputies.html"

    standing: tuple[Deputy, ...]
    form: forms.BaseForm
    may_name: bool
    alone: bool
    own: User
