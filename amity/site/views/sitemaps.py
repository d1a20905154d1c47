"""What search engines ask for first."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from amity.foundation.pages.context import show
from amity.foundation.pages.links import absolute
from amity.foundation.pages.public import PageRequest, public_page
from amity.site import sitemap
from amity.site.contexts import Sitemap, SitemapIndex
from amity.site.sitemap import ListedPage

XML = "application/xml; charset=utf-8"


@public_page
def index(request: PageRequest) -> HttpResponse:
    """The files of the site map. Their pages changed when the record last did, at the latest."""
    addresses = [
        reverse("sitemap_of_pages"),
        *(
            reverse("sitemap", kwargs={"kind": file.kind, "number": file.number})
            for file in sitemap.files()
        ),
    ]
    context = SitemapIndex(addresses=[*map(absolute, addresses)], changed=_changed(request))
    return show(request, context, content_type=XML)


@public_page
def general(request: PageRequest) -> HttpResponse:
    """Pages about no record in particular."""
    return _pages(request, sitemap.general_pages())


@public_page
def records(request: PageRequest, kind: str, number: int) -> HttpResponse:
    """Pages of the records of one kind."""
    return _pages(request, sitemap.pages_in(sitemap.File(kind, number)))


@public_page
def robots(request: HttpRequest) -> HttpResponse:
    """Everybody may read everything."""
    words = f"User-agent: *\nAllow: /\nSitemap: {absolute(reverse('sitemaps'))}\n"
    return HttpResponse(words, content_type="text/plain; charset=utf-8")


def _pages(request: PageRequest, pages: Sequence[ListedPage]) -> HttpResponse:
    return show(request, Sitemap(pages=pages, changed=_changed(request)), content_type=XML)


def _changed(request: PageRequest) -> str:
    at = request.page.changed_at
    return at.isoformat(timespec="seconds") if at else ""
