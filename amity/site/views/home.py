"""The front page and the feed of what changed."""

from collections.abc import Iterable

from django.http import HttpResponse
from django.utils.translation import gettext as _

from amity.followup.queries.tallies import tallies
from amity.foundation.pages.context import Feed, show
from amity.foundation.pages.links import absolute, url
from amity.foundation.pages.public import PageRequest, public_page
from amity.record.removals import Removal, removed
from amity.site.contexts import HomePage
from amity.site.formats.feeds import Head, events_atom, of_gathering, whole_record
from amity.site.queries import Event, gathering_or_404, gatherings_at_hand, last_events, latest

IN_FEED = 50
ATOM = "application/atom+xml"


@public_page
def home(request: PageRequest) -> HttpResponse:
    """Next gathering, state of all commitments, what changed."""
    at_hand = gatherings_at_hand(request.page.today)
    events = last_events(request.page)
    return show(
        request,
        HomePage(
            next=at_hand.next(),
            at_hand=at_hand,
            tallies=tallies(request.page),
            real_events=latest(events, fictional=False),
            fictional_events=latest(events, fictional=True),
            feeds=(Feed(_("Amity: what changed"), absolute(url("site:feed")), ATOM),),
        ),
    )


@public_page
def feed(request: PageRequest) -> HttpResponse:
    """What changed in the record, as an Atom feed."""
    events = latest(last_events(request.page, IN_FEED), IN_FEED)
    return _atom(request, events, removed(["commitment", "proposal"]), whole_record())


@public_page
def gathering_feed(request: PageRequest, key: str) -> HttpResponse:
    """What changed about one gathering's proposals and commitments, as an Atom feed."""
    gathering = gathering_or_404(key)
    events = latest(last_events(request.page, IN_FEED, gathering), IN_FEED)
    return _atom(request, events, (), of_gathering(gathering))


def _atom(
    request: PageRequest, events: Iterable[Event], gone: Iterable[Removal], head: Head
) -> HttpResponse:
    body = events_atom(events, gone, head, request.page.changed_at)
    return HttpResponse(body, content_type=f"{ATOM}; charset=utf-8")
