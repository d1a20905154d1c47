"""The front page in a real browser, in every language, with the headers of the real server."""

import pytest
from django.conf import settings
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

STAND_INS = {"Inter Stand-in", "Serif Stand-in"}
"""Faces of the device in our fonts' measures, until those have come; some devices have them."""

LANGUAGES = [code for code, _ in settings.LANGUAGES]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reader_is_led_to_their_language_and_nothing_is_refused_or_fetched_elsewhere(
    browser: Browser, served: str, language: str
):
    said: list[str] = []
    elsewhere: list[str] = []
    context = browser.new_context(locale=language)
    page = context.new_page()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on(
        "request",
        lambda request: elsewhere.append(request.url) if served not in request.url else None,
    )
    page.goto(f"{served}/", wait_until="networkidle")
    assert page.url == f"{served}/{language}/"
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("h1").count() == 1
    assert said == []
    assert elsewhere == []
    context.close()


def test_headings_and_text_are_set_in_the_fonts_that_come_along(browser: Browser, served: str):
    context = browser.new_context(locale="vi")
    page = context.new_page()
    page.goto(f"{served}/vi/", wait_until="networkidle")
    loaded = page.evaluate(
        "[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family)"
    )
    ours = {name.strip('"') for name in loaded} - STAND_INS
    assert ours == {"Inter", "Source Serif 4"}
    context.close()
