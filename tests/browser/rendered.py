"""A page of the tests' own record in a real browser, without a server: the page was made before."""

import mimetypes
import re
from pathlib import Path
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from playwright.sync_api import Browser, Page, Route

STATIC = "/static/"
BY_CONTENT = re.compile(r"\.[0-9a-f]{12}(?=\.\w+$)")
"""What a file's name has where static files are named by content."""


def rendered(browser: Browser, html: str, width: int, height: int = 800) -> Page:
    """The page as Chromium shows it, with its own styles and scripts."""

    def answer(route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path == "/":
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
            return
        found = finders.find(BY_CONTENT.sub("", path.removeprefix(STATIC)))
        if not isinstance(found, str):
            route.abort()
            return
        kind, _ = mimetypes.guess_type(found)
        route.fulfill(body=Path(found).read_bytes(), content_type=kind or "text/plain")

    page = browser.new_page(viewport={"width": width, "height": height})
    page.route("**/*", answer)
    page.goto("http://testserver/")
    return page
