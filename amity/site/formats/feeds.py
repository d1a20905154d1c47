"""Atom feed of what changed in the record (RFC 4287)."""

from collections.abc import Iterable
from datetime import UTC, datetime, time

from django.utils import translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from amity.foundation.links import absolute, url
from amity.languages.jinja import plain
from amity.site.jinja import event_subject, event_words
from amity.site.queries import Event


def events_atom(events: Iterable[Event]) -> str:
    """The events as an Atom feed in the page's language."""
    address = absolute(url("site:feed"))
    feed = Atom1Feed(
        title=_("Amity: what changed"),
        link=absolute(url("site:home")),
        description=None,
        subtitle=_("Reports, answers, reviews and decisions, the newest first."),
        language=translation.get_language(),
        feed_url=address,
        feed_guid=address,
    )
    for event in events:
        subject = event_subject(event)
        link = absolute(subject.address)
        feed.add_item(
            title=f"{event_words(event)}: {plain(subject.title)}",
            link=link,
            unique_id=f"{link}#{event.of.key}",
            description=plain(subject.words),
            updateddate=datetime.combine(event.day, time.min, UTC),
            author_name="Amity",
        )
    return feed.writeString("utf-8")
