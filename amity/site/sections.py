"""What the site adds to the pages of records: the feed of what changes about a gathering."""

from dataclasses import dataclass

from amity.foundation.pages.context import Context
from amity.foundation.pages.links import url
from amity.foundation.pages.public import Page
from amity.gatherings.models import Gathering
from amity.record.sections import Section, register


@dataclass(frozen=True, kw_only=True)
class FeedSection(Context):
    """Where to follow what changes about a gathering: the address of its `feed`."""

    template = "site/gathering_feed.html"

    feed: str


def feed_of(gathering: Gathering, page: Page) -> FeedSection:
    """Where to follow what changes about the gathering. No statement."""
    return FeedSection(feed=url("site:gathering_feed", key=gathering.key))


def register_sections() -> None:
    """Add them; called when Django starts."""
    register("gathering", Section("feed", feed_of, 900, 0))
