"""Atom feed of what changed in the record (RFC 4287)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time

from django.utils.translation import gettext as _

from amity.foundation.formats.atom import Atom
from amity.foundation.pages.links import absolute, url
from amity.gatherings.models import Gathering
from amity.languages.jinja import plain
from amity.record.kinds import entry_url
from amity.record.removals import Removal
from amity.site.jinja import event_subject, event_words
from amity.site.queries import Event


@dataclass(frozen=True, slots=True)
class Head:
    """What a feed is called, its own address and that of the page it follows."""

    title: str
    address: str
    page: str


def whole_record() -> Head:
    """The feed of all that changes."""
    return Head(_("Amity: what changed"), absolute(url("site:feed")), absolute(url("site:home")))


def of_gathering(gathering: Gathering) -> Head:
    """The feed of what changes about one gathering."""
    return Head(
        _("Amity: what changed about “%(title)s”") % {"title": plain(gathering.title)},
        absolute(url("site:gathering_feed", key=gathering.key)),
        absolute(url("gatherings:gathering", key=gathering.key)),
    )


def events_atom(
    events: Iterable[Event], removed: Iterable[Removal], head: Head, changed_at: datetime | None
) -> str:
    """The events as an Atom feed in the page's language, with what was `removed` last.

    `changed_at`: when the record changed.
    """
    feed = Atom(
        title=head.title,
        subtitle=_("Reports, answers, reviews and decisions, the newest first."),
        page=head.page,
        address=head.address,
        changed_at=changed_at,
    )
    for event in events:
        subject = event_subject(event)
        link = absolute(subject.address)
        feed.add_item(
            title=f"{event_words(event)}: {plain(subject.title)}",
            link=link,
            unique_id=f"{link}#{event.of._meta.model_name}-{event.of.key}",
            description=plain(subject.words),
            updateddate=datetime.combine(event.day, time.min, UTC),
            author_name="Amity",
        )
    for removal in removed:
        link = absolute(entry_url(removal.entry.kind, removal.entry.key) or "/")
        feed.add_item(
            title=removal.words,
            link=link,
            unique_id=f"{link}#removed",
            description=removal.all_words,
            updateddate=removal.entry.removed_at,
            author_name="Amity",
        )
    return feed.writeString("utf-8")
