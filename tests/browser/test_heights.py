"""On a phone pages stay short: what is long is folded away, and paper unfolds all of it."""

import pytest
from django.conf import settings
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

LANGUAGES = [code for code, _ in settings.LANGUAGES]
PHONE = {"width": 360, "height": 780}
SHORT = 6000
"""Pixels; some eight screens."""
LONGEST = (
    "commitments/",
    "proposals/",
    "persons/",
    "coverage/",
    "gatherings/vr-forum-1/",
    "gatherings/lpc-forum-1/",
    "gatherings/lpc-forum-2/",
    "gatherings/lpc-forum-2/people/",
    "gatherings/lpc-forum-2/programme/",
    "gatherings/lpc-two-harbours/",
)
"""The longest pages of the demonstration, below a language's prefix."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_longest_pages_are_short_on_a_phone(
    browser: Browser, served: str, language: str
) -> None:
    page = browser.new_page(viewport=PHONE)  # type: ignore[arg-type] # a literal of two numbers
    heights = {}
    for address in LONGEST:
        page.goto(f"{served}/{language}/{address}")
        heights[address] = page.evaluate("document.documentElement.scrollHeight")
    page.close()
    assert {address: height for address, height in heights.items() if height >= SHORT} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_promise_takes_three_lines_in_a_list(
    browser: Browser, served: str, language: str
) -> None:
    """Two of its title, one of its state; a fourth where both sides, a date or a mark speak."""
    page = browser.new_page(viewport=PHONE)  # type: ignore[arg-type] # a literal of two numbers
    page.goto(f"{served}/{language}/commitments/")
    rows = page.evaluate(
        """() => [...document.querySelectorAll('.lines > li')].map((row) => {
            const [title, state] = [row.querySelector('h2'), row.querySelector('.state')]
            const line = (one) => parseFloat(getComputedStyle(one).lineHeight)
            return [title.clientHeight / line(title), state.children.length, row.clientHeight]
        })"""
    )
    page.close()
    assert len(rows) > 30
    assert max(title for title, _, _ in rows) < 2.1
    assert max(height for _, states, height in rows if states == 1) < 120
    assert max(height for _, _, height in rows) < 140


@pytest.mark.parametrize("address", ["commitments/", "gatherings/lpc-forum-2/"])
def test_what_is_folded_away_opens_and_is_printed(
    browser: Browser, served: str, address: str
) -> None:
    page = browser.new_page(viewport=PHONE)  # type: ignore[arg-type] # a literal of two numbers
    page.goto(f"{served}/en/{address}")
    sides = page.locator(".line .sides")
    assert sides.filter(visible=True).count() == 0
    page.locator(".line summary").first.click()
    assert sides.filter(visible=True).count() == 1
    page.emulate_media(media="print")
    assert sides.filter(visible=True).count() == sides.count() > 20
    assert page.locator("main .fold > summary").filter(visible=True).count() == 0
    page.close()
