"""What the site adds to the pages of records: feeds of gatherings, boxes for other sites."""

from amity.foundation.pages.links import absolute, url
from amity.foundation.pages.public import Page
from amity.gatherings.models import Gathering
from amity.languages.jinja import plain
from amity.record import kinds
from amity.record.models import Recorded
from amity.record.sections import Section, register
from amity.site.contexts import EmbedSection, FeedSection
from amity.site.queries.embedded import EMBEDDED


def feed_of(gathering: Gathering, page: Page) -> FeedSection:
    """Where to follow what changes about the gathering. No statement."""
    return FeedSection(feed=url("site:gathering_feed", key=gathering.key))


def embed_of(record: Recorded, page: Page) -> EmbedSection:
    """How another site shows the record. No statement."""
    kind = kinds.of_model(type(record))
    return EmbedSection(
        box=absolute(url("site:embed", kind=kind.kind, key=record.key)),
        badge=absolute(url("site:badge", kind=kind.kind, key=record.key)),
        title=plain(getattr(record, kind.name[0])),
        address=absolute(kinds.entry_url(kind.kind, record.key) or ""),
    )


def register_sections() -> None:
    """Add them; called when Django starts."""
    register("gathering", Section("feed", feed_of, 900))
    for kind in EMBEDDED:
        register(kind, Section("embed", embed_of, 895))
