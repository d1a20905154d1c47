"""The front page, what changed in the record, and the feeds of it."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from amity.following.formats.feeds import IN_FEED, Head, events_atom
from amity.following.queries.changes import NAMED_ALONE, change_or_404, changes, tell
from amity.followup.queries.tallies import tallies
from amity.foundation.formats.atom import ATOM
from amity.foundation.pages.context import Feed, show
from amity.foundation.pages.links import absolute, url
from amity.foundation.pages.paging import page_of
from amity.foundation.pages.public import PageRequest, public_page
from amity.record.lists.forms import DossierFilters
from amity.record.queries import InDossiers, dossiers_at_hand
from amity.site.contexts import ChangePage, ChangesPage, HomePage
from amity.site.forms import ChangeFilters
from amity.site.queries.at_hand import gatherings_at_hand

ON_A_PAGE = 20
ON_THE_FRONT_PAGE = 5


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
    own = _feed_of_all()
    head = Head(own.title, own.address, absolute(url("site:home")))
    body = events_atom(tell(request.page, newest), head, request.page.changed_at)
    return HttpResponse(body, content_type=f"{ATOM}; charset=utf-8")


def _feed_of_all() -> Feed:
    return Feed(_("Amity: what changed"), absolute(url("site:feed")), ATOM)
