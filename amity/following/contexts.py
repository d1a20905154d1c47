"""What each page about following shows."""

from dataclasses import dataclass

from amity.following.forms import FollowForm
from amity.following.queries.follows import Followed, Ways
from amity.foundation.pages.context import Context, Feed, PageContext
from amity.record.models import Entry


@dataclass(frozen=True, kw_only=True)
class FollowPage(PageContext):
    """How a thing (`entry`, read at `address`) is followed: by mail (`form`), or in other `ways`.

    `state`: "open", "sent", "waits" where the letter cannot go out yet, or "limited" where too many
    asked from one place.
    """

    template = "following/follow.html"

    entry: Entry
    address: str
    form: FollowForm
    ways: Ways
    state: str


@dataclass(frozen=True, kw_only=True)
class ConfirmPage(PageContext):
    """The link of a letter: whether to follow `entry`, None where the link serves no more.

    `confirmed`: that it is followed now; `end`: where that is ended again.
    """

    template = "following/confirm.html"

    entry: Entry | None
    confirmed: bool
    end: str


@dataclass(frozen=True, kw_only=True)
class FollowingPage(PageContext):
    """What a follower `follows`, to end all of it or some.

    `known`: whether the address is one of ours. No page shows whose it is. `kept`: whether letters
    still go there, though it be of things that not everybody reads now.
    """

    template = "following/following.html"

    known: bool
    kept: bool
    follows: tuple[Followed, ...]


@dataclass(frozen=True, kw_only=True)
class FollowSection(Context):
    """The `ways` in which the thing of a page is followed.

    `feeds`: those of them that programs follow, and find in the head of the page too.
    """

    template = "following/section.html"

    ways: Ways
    feeds: tuple[Feed, ...]
