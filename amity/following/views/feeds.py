"""What can be followed as a feed and in a calendar: one address of each for every such thing."""

from datetime import UTC, datetime

from django.http import HttpResponse

from amity.following.formats.feeds import IN_FEED, Head, events_atom
from amity.following.queries import follows
from amity.following.queries.changes import tell
from amity.following.queries.concerned import changes_about, commitments_about, steps_about
from amity.following.saying import title_of_deadlines, title_of_feed
from amity.followup.formats.deadlines import deadline_events
from amity.followup.queries.lists import with_deadlines
from amity.foundation.formats.atom import ATOM
from amity.foundation.pages.links import absolute
from amity.foundation.pages.public import PageRequest, public_page
from amity.foundation.pages.speaking import page_language
from amity.gatherings.formats.icalendar import calendar
from amity.record.titles import titled


@public_page
def feed(request: PageRequest, kind: str, key: str) -> HttpResponse:
    """What changed about one thing and about what concerns it, as an Atom feed."""
    entry = follows.followable_or_404(kind, key)
    head = Head(
        title_of_feed(titled(entry.title, invented=entry.dossier.fictional)),
        absolute(follows.ways_of(kind, key).feed),
        absolute(follows.address_of(entry)),
    )
    thing = (kind, key)
    events = tell(request.page, changes_about(thing)[:IN_FEED], steps_about(thing))
    body = events_atom(events, head, request.page.changed_at)
    return HttpResponse(body, content_type=f"{ATOM}; charset=utf-8")


@public_page
def deadlines(request: PageRequest, kind: str, key: str) -> HttpResponse:
    """When the open commitments that concern one thing are due."""
    entry = follows.followable_or_404(kind, key)
    body = calendar(
        title_of_deadlines(titled(entry.title, invented=entry.dossier.fictional)),
        page_language(),
        deadline_events(with_deadlines(commitments_about((kind, key)))),
        request.page.changed_at or datetime.now(UTC),
    )
    return HttpResponse(body, content_type="text/calendar; charset=utf-8")
