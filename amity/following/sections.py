"""What following adds to the pages of what can be followed."""

from amity.following.choices import FOLLOWABLE
from amity.following.contexts import FollowSection
from amity.foundation.pages.links import url
from amity.foundation.pages.public import Page
from amity.record import kinds
from amity.record.models import Recorded
from amity.record.sections import Section, register


def follow_of(record: Recorded, page: Page) -> FollowSection:
    """Where the record is followed. No statement."""
    kind = kinds.of_model(type(record)).kind
    return FollowSection(address=url("follow", kind=kind, key=record.key))


def register_sections() -> None:
    """Add them; called when Django starts."""
    for kind in FOLLOWABLE:
        register(kind, Section("follow", follow_of, 890))
