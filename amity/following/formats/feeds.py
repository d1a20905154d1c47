"""Atom feed of what changed in the record (RFC 4287)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from amity.following.events import Event
from amity.following.saying import (
    counted_words,
    event_day,
    event_title,
    fields_words,
    group_title,
    told_line,
)
from amity.foundation.formats.atom import Atom
from amity.foundation.pages.formatting import number
from amity.foundation.pages.links import absolute, url
from amity.foundation.words.typography import labelled
from amity.languages.jinja import plain
from amity.record.kinds import shown_at

IN_FEED = 50
"""The entries of a feed: the newest."""


@dataclass(frozen=True, slots=True)
class Head:
    """What a feed is called, its own address and that of the page it follows."""

    title: str
    address: str
    page: str


def events_atom(events: Iterable[Event], head: Head, changed_at: datetime | None) -> str:
    """What changed as an Atom feed in the page's language; a load of a folder is one entry.

    An entry is as old as the change itself; the day of what it tells of stands in words.
    `changed_at`: when the record changed.
    """
    feed = Atom(
        title=head.title,
        subtitle=_("What was added, changed and removed in the record, the newest first."),
        page=head.page,
        address=head.address,
        changed_at=changed_at,
    )
    for event in events:
        own = absolute(url("site:change", moment=event.name))
        feed.add_item(
            title=_marked(event_title(event), invented=event.invented),
            link=_link(event) or own,
            unique_id=own,
            description="\n".join(_lines(event)),
            pubdate=event.change.at,
            updateddate=event.change.at,
            author_name=plain(event.office) if event.office else "Amity",
        )
    return feed.writeString("utf-8")


def _link(event: Event) -> str:
    """The page of the one record that changed."""
    address = shown_at(event.only.entry) if event.only else None
    return absolute(address) if address else ""


def _lines(event: Event) -> Iterator[str]:
    if (only := event.only) is not None:
        gone = only.removal.words if only.removal else ""
        known = plain(only.known.words)
        yield from filter(None, [event_day(only), fields_words(only), known, gone])
    else:
        yield counted_words(event)
        for group in event.groups:
            if not group.told:
                yield labelled(group_title(group), number(group.total))
                continue
            yield f"{group_title(group)}:"
            for told in group.told:
                yield f"– {told.removal.words if told.removal else told_line(told)}"
                if words := plain(told.known.words):
                    yield words
            if group.left_out:
                more = _("and %(count)s more") % {"count": number(group.left_out)}
                yield f"– {more}"
    if event.change.reason:
        yield _("Reason: %(reason)s") % {"reason": event.change.reason}


def _marked(title: str, *, invented: bool) -> str:
    mark = _("fictional")
    return f"{title} ({mark})" if invented else title
