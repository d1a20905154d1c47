"""Long words on narrow screens, and the first sheet of a print."""

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page

from amity.foundation.dates.as_said import DateAsSaid
from amity.gatherings.tests.factory import Edition, words

from .rendered import rendered

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

NARROW = 320
"""Pixels (WCAG 2.2, success criterion 1.4.10)."""
LONG = "Высококвалифицированноспециализированный"
ADDRESS = "https://example.org/very/long/address/that/has/no/spaces/at/all/2027/programme.pdf"
ADDRESSES = (
    "/ru/",
    "/ru/gatherings/",
    "/ru/gatherings/forum-1/",
    "/ru/gatherings/forum-1/programme/",
    "/ru/gatherings/forum-1/programme/?view=grid",
    "/ru/gatherings/forum-1/people/",
    "/ru/sessions/session-1/",
    "/ru/contributions/talk-1/",
    "/ru/network/",
    "/ru/areas/north/",
    "/ru/organizations/union/",
    "/ru/partnerships/north-south/",
    "/ru/persons/person-1/",
)
SHEET = (794, 1123)
"""A4 at 96 pixels an inch."""


@pytest.fixture
def edition() -> Edition:
    made = Edition(
        title=words("x", ru=f"{LONG} форум"),
        summary=words("x", ru=f"Материалы: {ADDRESS}"),
        venue=words("x", ru=LONG),
        url=ADDRESS,
        when=DateAsSaid.parse("2025-09-30"),
    )
    for record in (made.city, made.union, made.partnership):
        record.name = words("x", ru=LONG)
        record.save()
    for number in range(1, 9):
        session = made.session(number, after=90 * number, title=words("x", ru=f"{LONG} стол"))
        made.contribution(session, number, title=words("x", ru=LONG), abstract=words("x", ru=LONG))
    return made


def wider(page: Page) -> int:
    """By how many pixels the page is wider than the screen."""
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_long_word_never_widens_a_page(
    client: Client, edition: Edition, browser: Browser, address: str
) -> None:
    response = client.get(address)
    assert response.status_code == 200
    page = rendered(browser, response.content.decode(), NARROW)
    assert wider(page) == 0
    page.close()


def test_a_print_begins_on_its_first_sheet_and_leaves_out_controls(
    client: Client, edition: Edition, browser: Browser
) -> None:
    html = client.get("/en/gatherings/forum-1/programme/").content.decode()
    page = rendered(browser, html, *SHEET)
    page.emulate_media(media="print")
    first = page.locator(".programme-list > li").first
    box = first.bounding_box()
    assert box is not None
    assert box["y"] < SHEET[1] / 2
    kept_whole = page.evaluate(
        """() => [...document.querySelectorAll('main section, main ol, main .table-frame')]
        .filter((one) => getComputedStyle(one).breakInside !== 'auto').length"""
    )
    assert kept_whole == 0
    for control in ("form.filters", ".no-print", "nav.sections", ".tabs", "button"):
        shown = page.locator(control).filter(visible=True)
        assert shown.count() == 0, control
    assert page.pdf(format="A4", prefer_css_page_size=True).startswith(b"%PDF")
    page.close()
