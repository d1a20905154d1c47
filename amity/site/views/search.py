"""The search page, what it suggests while one types, its feed, and its description for browsers."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.translation import gettext as _

from amity.foundation.pages.context import Feed, show
from amity.foundation.pages.links import absolute, url, with_query
from amity.foundation.pages.paging import page_of
from amity.foundation.pages.public import PageRequest, public_page
from amity.record.search.reading import search, suggest
from amity.site.contexts import OpenSearch, SearchPage, SuggestedRecords
from amity.site.formats.search_feed import found_atom
from amity.site.forms import AskedFilters, SearchFilters, SuggestionFilters
from amity.site.found import facets, results

ATOM = "application/atom+xml"
SIZE = 20
SUGGESTED = 8


@public_page(SearchFilters)
def search_page(request: PageRequest, filters: SearchFilters) -> HttpResponse:
    """What is found, what it can be narrowed by, and what to try where nothing is."""
    narrowed = filters.narrowed()
    found = search(filters.query, narrowed=narrowed)
    listed = page_of(found.ranked, filters.number, size=SIZE)
    feed = f"{url('site:search_feed')}?{urlencode({'q': filters.query})}"
    return show(
        request,
        SearchPage(
            filters=filters,
            found=found,
            listed=listed,
            results=results(found, (filters.number - 1) * SIZE, filters.number * SIZE),
            facets=facets(found, narrowed),
            narrowed=filters.aside_from_words(),
            feeds=(Feed(_("Search: %(words)s") % {"words": filters.query}, absolute(feed), ATOM),)
            if filters.query
            else (),
            feed=feed,
            noindex=True,
        ),
    )


@public_page(SuggestionFilters)
def suggestions(request: PageRequest, filters: SuggestionFilters) -> HttpResponse:
    """What begins so, for the list below the box."""
    found = suggest(filters.cleaned_data["q"])
    return show(request, SuggestedRecords(results=results(found, 0, SUGGESTED)))


@public_page(AskedFilters)
def search_feed(request: PageRequest, filters: AskedFilters) -> HttpResponse:
    """What is found, as an Atom feed."""
    found = search(filters.query, narrowed=filters.narrowed())
    body = found_atom(
        filters.query,
        results(found, 0, SIZE),
        absolute(with_query(request)),
        request.page.changed_at,
    )
    return HttpResponse(body, content_type=f"{ATOM}; charset=utf-8")


@public_page
def opensearch(request: PageRequest) -> HttpResponse:
    """How browsers and programs search here (OpenSearch 1.1)."""
    described = OpenSearch(
        page=absolute(url("site:search")),
        feed=absolute(url("site:search_feed")),
        itself=absolute(request.path),
    )
    media_type = "application/opensearchdescription+xml; charset=utf-8"
    return show(request, described, content_type=media_type)
