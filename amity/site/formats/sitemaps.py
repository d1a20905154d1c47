"""Site maps (sitemaps.org 0.9), each page with its languages (hreflang)."""

from collections.abc import Iterable
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings

from amity.foundation.pages.links import absolute, in_language

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
MAP = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
LINKS = 'xmlns:xhtml="http://www.w3.org/1999/xhtml"'


def index(addresses: Iterable[str], changed_at: datetime | None) -> str:
    """The list of the files."""
    files = "".join(
        f"<sitemap><loc>{escape(address)}</loc>{_changed(changed_at)}</sitemap>\n"
        for address in addresses
    )
    return f"{HEAD}<sitemapindex {MAP}>\n{files}</sitemapindex>\n"


def pages(paths: Iterable[str], changed_at: datetime | None) -> str:
    """One file; `paths` are those of pages in any one language."""
    found = "".join(_page(path, _changed(changed_at)) for path in paths)
    return f"{HEAD}<urlset {MAP} {LINKS}>\n{found}</urlset>\n"


def _page(path: str, changed: str) -> str:
    versions = [(code, absolute(in_language(path, code))) for code, _ in settings.LANGUAGES]
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href={quoteattr(address)}/>'
        for code, address in [*versions, ("x-default", absolute(in_language(path, "")))]
    )
    return "".join(
        f"<url><loc>{escape(address)}</loc>{changed}{links}</url>\n" for _, address in versions
    )


def _changed(at: datetime | None) -> str:
    return f"<lastmod>{at.isoformat(timespec='seconds')}</lastmod>" if at else ""
