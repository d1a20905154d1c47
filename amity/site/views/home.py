"""The front page and the feed of what changed."""

from django.http import HttpResponse
from django.shortcuts import render

from amity.followup.queries.lists import tally
from amity.foundation.pages import PageRequest, public_page
from amity.site.formats.feeds import events_atom
from amity.site.queries import last_events, last_gatherings, next_gathering

IN_FEED = 50


@public_page
def home(request: PageRequest) -> HttpResponse:
    """Next gathering, state of all commitments, what changed."""
    today = request.page.today
    return render(
        request,
        "site/home.html",
        {
            "next": next_gathering(today),
            "held": last_gatherings(today),
            "tally": tally(request.page),
            "events": last_events(today),
        },
    )


@public_page
def feed(request: PageRequest) -> HttpResponse:
    """What changed in the record, as an Atom feed."""
    return HttpResponse(
        events_atom(last_events(request.page.today, IN_FEED)),
        content_type="application/atom+xml; charset=utf-8",
    )
