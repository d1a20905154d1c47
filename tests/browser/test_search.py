"""Searching as readers do: in five languages, by keyboard, on a phone, and without scripts."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_every_page import DESK, PHONE, overhang, violations

pytestmark = pytest.mark.browser

LANGUAGES = [code for code, _ in settings.LANGUAGES]
TYPED = {"vi": "phan anh", "ru": "Фан Ань", "fr": "Phan Anh S", "id": "phan anh s", "en": "phan an"}
PERSON = re.compile(r"/persons/phan-anh-son/$")


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(params=[DESK, PHONE], ids=["desk", "phone"])
def page(request: pytest.FixtureRequest, browser: Browser, language: str):
    context = browser.new_context(locale=language, viewport=request.param)
    yield context.new_page()
    context.close()


def test_a_person_is_found_while_one_types_by_keyboard_alone(
    page: Page, served: str, language: str
):
    page.goto(f"{served}/{language}/about/")
    box = page.get_by_role("banner").get_by_role("combobox")
    for _ in range(12):
        page.keyboard.press("Tab")
        if box.evaluate("box => box === document.activeElement"):
            break
    page.keyboard.type(TYPED[language], delay=20)
    options = page.get_by_role("banner").get_by_role("option")
    expect(options.first).to_have_attribute("href", PERSON)
    expect(box).to_have_attribute("aria-expanded", "true")
    assert (violations(page), overhang(page)) == ([], 0)
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page).to_have_url(PERSON)


def test_a_search_has_an_address_and_is_narrowed_and_taken_back(
    page: Page, served: str, language: str
):
    page.goto(f"{served}/{language}/")
    page.get_by_role("banner").get_by_role("combobox").fill("leningrad")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{served}/{language}/search/?q=leningrad")
    found = page.get_by_role("main").locator("ol.records > li")
    expect(found.first.get_by_role("link")).to_have_attribute(
        "href", f"/{language}/areas/saint-petersburg/"
    )
    count = found.count()
    fold = page.locator("details.narrowing > summary")
    if fold.is_visible():
        fold.click()
    page.locator(".facet a[href*='kind=partnership']").click()
    expect(page).to_have_url(f"{served}/{language}/search/?q=leningrad&kind=partnership")
    assert 0 < found.count() < count
    page.locator(".facet a[aria-current]").click()
    expect(page).to_have_url(f"{served}/{language}/search/?q=leningrad")


def test_searching_works_without_scripts(browser: Browser, served: str, language: str):
    context = browser.new_context(java_script_enabled=False, locale=language, viewport=PHONE)
    page = context.new_page()
    page.goto(f"{served}/{language}/commitments/")
    page.get_by_role("banner").get_by_role("searchbox").fill("hanoi")
    page.get_by_role("banner").get_by_role("search").get_by_role("button").click()
    expect(page).to_have_url(f"{served}/{language}/search/?q=hanoi")
    first = page.get_by_role("main").locator("ol.records > li a").first
    expect(first).to_have_attribute("href", re.compile(r"/areas/"))
    context.close()
