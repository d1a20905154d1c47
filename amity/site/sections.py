"""What the site adds to the pages of records: the feed of what changes about a gathering."""

from amity.foundation.pages.links import url
from amity.foundation.pages.public import Page
from amity.gatherings.models import Gathering
from amity.record.sections import Section, register
from amity.site.contexts import FeedSection


def feed_of(gathering: Gathering, page: Page) -> FeedSection:
    """Where to follow what changes about the gathering. No statement."""
    return FeedSection(feed=url("site:gathering_feed", key=gathering.key))


def register_sections() -> None:
    """Add them; called when Django starts."""
    register("gathering", Section("feed", feed_of, 900))
