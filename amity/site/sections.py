"""What the site adds to the pages of records: the feed of what changes about a gathering."""

from collections.abc import Mapping
from typing import Any

from amity.foundation.pages.links import url
from amity.foundation.pages.public import Page
from amity.gatherings.models import Gathering
from amity.record.sections import Section, register


def feed_of(gathering: Gathering, page: Page) -> Mapping[str, Any]:
    """Where to follow what changes about the gathering. No statement."""
    return {"feed": url("site:gathering_feed", key=gathering.key)}


def register_sections() -> None:
    """Add them; called when Django starts."""
    register("gathering", Section("feed", "site/gathering_feed.html", feed_of, 900, 0))
