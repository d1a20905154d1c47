"""The front page, what changed in the record, and the feeds of it."""

from collections.abc import Iterable

from django.http import HttpResponse
from django.utils.translation import gettext as _

from amity.following.events import Event
from amity.following.queries.changes import (
    NAMED_ALONE,
    change_or_404,
    changes,
    changes_of_gathering,
    steps_about,
    tell,
)
from amity.followup.queries.tallies import tallies
from amity.foundation.pages.context import Feed, show
from amity.foundation.pages.links import absolute, url
from amity.foundation.pages.paging import page_of
from amity.foundation.pages.public import PageRequest, public_page
from amity.record.lists.forms import DossierFilters
from amity.record.queries import InDossiers, dossiers_at_hand
from amity.site.contexts import ChangePage, ChangesPage, HomePage
from amity.site.formats.feeds import Head, events_atom, of_gathering, whole_record
from amity.site.forms import ChangeFilters
from amity.site.queries.at_hand import gathering_or_404, gatherings_at_hand

ON_A_PAGE = 20
ON_THE_FRONT_PAGE = 5
IN_FEED = 50
ATOM = "application/atom+xml"


@public_page
def home(request: PageRequest) -> HttpResponse:
    """Next gathering, state of all commitments, what changed."""
    page = request.page
    at_hand = gatherings_at_hand(page.today)
    real = any(not one.fictional for one in dossiers_at_hand(page))
    newest = changes(page, InDossiers(real=real))[:ON_THE_FRONT_PAGE]
    return show(
        request,
        HomePage(
            at_hand=at_hand,
            tallies=tallies(page),
            events=tell(page, newest),
            feeds=(_feed_of_all(),),
        ),
    )


@public_page(ChangeFilters)
def list_changes(request: PageRequest, filters: ChangeFilters) -> HttpResponse:
    """What changed in the record, the newest first."""
    filters.offer_dossiers(request.page)
    rows = changes(request.page, filters.dossiers_wanted())
    listed = page_of(rows, filters.number, size=ON_A_PAGE)
    return show(
        request,
        ChangesPage(
            listed=listed,
            events=tell(request.page, listed.items),
            filters=filters,
            feeds=(_feed_of_all(),),
        ),
    )


@public_page
def change(request: PageRequest, moment: str) -> HttpResponse:
    """One change with what it changed."""
    found = change_or_404(request.page, moment)
    (event,) = tell(request.page, [found], named=NAMED_ALONE)
    return show(request, ChangePage(event=event, fictional=event.invented, noindex=True))


@public_page(DossierFilters)
def feed(request: PageRequest, filters: DossierFilters) -> HttpResponse:
    """What changed in the record, as an Atom feed."""
    newest = changes(request.page, filters.dossiers_wanted())[:IN_FEED]
    return _atom(request, tell(request.page, newest), whole_record())


@public_page
def gathering_feed(request: PageRequest, key: str) -> HttpResponse:
    """What changed about one gathering and what was asked and promised there, as an Atom feed."""
    gathering = gathering_or_404(key)
    newest = changes_of_gathering(gathering)[:IN_FEED]
    events = tell(request.page, newest, steps_about(gathering))
    return _atom(request, events, of_gathering(gathering))


def _feed_of_all() -> Feed:
    return Feed(_("Amity: what changed"), absolute(url("site:feed")), ATOM)


def _atom(request: PageRequest, events: Iterable[Event], head: Head) -> HttpResponse:
    body = events_atom(events, head, request.page.changed_at)
    return HttpResponse(body, content_type=f"{ATOM}; charset=utf-8")
