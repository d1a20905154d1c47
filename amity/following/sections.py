"""What following adds to the pages of what can be followed."""

from collections.abc import Iterator

from amity.following.choices import FOLLOWABLE
from amity.following.contexts import FollowSection
from amity.following.queries.follows import Ways, ways_of
from amity.following.saying import title_of_deadlines, title_of_feed
from amity.foundation.formats.atom import ATOM
from amity.foundation.pages.context import Feed
from amity.foundation.pages.links import absolute
from amity.foundation.pages.public import Page
from amity.languages.jinja import plain
from amity.record import kinds
from amity.record.models import Recorded
from amity.record.sections import Section, register


def follow_of(record: Recorded, page: Page) -> FollowSection:
    """Where the record is followed. No statement."""
    kind = kinds.of_model(type(record))
    ways = ways_of(kind.kind, record.key)
    title = plain(getattr(record, kind.name[0]))
    return FollowSection(ways=ways, feeds=tuple(_feeds(kind.kind, title, ways)))


def _feeds(kind: str, title: str, ways: Ways) -> Iterator[Feed]:
    yield Feed(title_of_feed(title), absolute(ways.feed), ATOM)
    if ways.calendar:
        named = title if kind == "gathering" else title_of_deadlines(title)
        yield Feed(named, absolute(ways.calendar), "text/calendar")


def register_sections() -> None:
    """Add them; called when Django starts."""
    for kind in FOLLOWABLE:
        register(kind, Section("follow", follow_of, 890))
