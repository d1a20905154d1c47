"""What the pages of the record as a whole show."""

from collections.abc import Sequence
from dataclasses import dataclass

from amity.followup.queries.lists import Tallies
from amity.foundation.pages.context import Context, PageContext
from amity.gatherings.models import Gathering
from amity.site.queries import AtHand, Event
from amity.site.register import ListedPage


@dataclass(frozen=True, kw_only=True)
class HomePage(PageContext):
    """The front page.

    `next`: the gatherings to come, real ones first; those that are only awaited are in `at_hand`,
    as those held last are. `tallies`: the states of all commitments. `real_events`,
    `fictional_events`: what changed last, the newest first.
    """

    template = "site/home.html"
    next: Sequence[Gathering]
    at_hand: AtHand
    tallies: Tallies
    real_events: Sequence[Event]
    fictional_events: Sequence[Event]


@dataclass(frozen=True, kw_only=True)
class AboutPage(PageContext):
    """How to read the record."""

    template = "site/about.html"


@dataclass(frozen=True, kw_only=True)
class FeedSection(Context):
    """Where to follow what changes about a gathering: the address of its `feed`."""

    template = "site/gathering_feed.html"
    feed: str


@dataclass(frozen=True, kw_only=True)
class SitemapIndex(Context):
    """The files of the site map: their `addresses`, and when they `changed` (ISO 8601, or "")."""

    template = "site/sitemaps.xml"
    addresses: Sequence[str]
    changed: str


@dataclass(frozen=True, kw_only=True)
class Sitemap(Context):
    """A file of the site map: its `pages`, and when they `changed` (ISO 8601, or "")."""

    template = "site/sitemap.xml"
    pages: Sequence[ListedPage]
    changed: str
