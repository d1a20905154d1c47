"""What badges, and letters that invite people, show."""

from dataclasses import dataclass
from datetime import date

from amity.desk.invited import Invited
from amity.foundation.pages.context import Context, PageContext
from amity.gatherings.models import Gathering
from amity.languages.text import Text
from amity.network.models import Organization


@dataclass(frozen=True, slots=True)
class Badge:
    """Somebody with their `names`, each after the tag of its language."""

    one: Invited
    names: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class LetterTo:
    """Somebody who may be written to, and the `language` that is theirs."""

    one: Invited
    language: str


@dataclass(frozen=True, kw_only=True)
class BadgesPage(PageContext):
    """The `badges` of all whom delegations send to a `gathering`, called `name`, to be printed."""

    template = "desk/badges.html"

    gathering: Gathering
    name: Text | None
    badges: tuple[Badge, ...]


@dataclass(frozen=True, kw_only=True)
class InvitationsPage(PageContext):
    """All who may be invited to a `gathering`, called `name`, by `letters` of their own.

    `languages`: those in which a letter can be had, each with its name.
    """

    template = "desk/invitations.html"

    gathering: Gathering
    name: Text | None
    letters: tuple[LetterTo, ...]
    languages: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class InvitationDocument(Context):
    """A letter by which an `office` invites somebody (`one`) to a `gathering`.

    Of the day `written`; `address_as`: how its book says that they are addressed, else empty.
    `public`: the address where everybody reads of the gathering, empty where they do not.
    """

    template = "desk/documents/invitation.xml"

    office: Organization
    gathering: Gathering
    one: Invited
    written: date
    address_as: str
    public: str
