"""The front page and the feed of what changed."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from amity.followup.queries.tallies import tallies
from amity.foundation.pages.context import Feed, show
from amity.foundation.pages.links import absolute, url
from amity.foundation.pages.public import PageRequest, public_page
from amity.site.contexts import HomePage
from amity.site.formats.feeds import events_atom, of_gathering, whole_record
from amity.site.queries import gathering_or_404, gatherings_at_hand, last_events, latest

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
    return HttpResponse(
        events_atom(latest(last_events(request.page, IN_FEED), IN_FEED), whole_record()),
        content_type=f"{ATOM}; charset=utf-8",
    )


@public_page
def gathering_feed(request: PageRequest, key: str) -> HttpResponse:
    """What changed about one gathering's proposals and commitments, as an Atom feed."""
    gathering = gathering_or_404(key)
    events = latest(last_events(request.page, IN_FEED, gathering), IN_FEED)
    return HttpResponse(
        events_atom(events, of_gathering(gathering)), content_type=f"{ATOM}; charset=utf-8"
    )
