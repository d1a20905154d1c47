"""Every public page in a real browser: axe finds nothing, and nothing scrolls sideways.

Axe takes most of the time, and what it finds rarely depends on the language: it looks at each page
on a phone in daylight in some languages and on a desk in the dark in the others, by turns, so that
every page is looked at both ways, and every language too. How wide a page is, is asked each time.
"""

from collections.abc import Iterator

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page

from tests.rooms import ROOT

pytestmark = pytest.mark.browser

AXE = ROOT / "tests" / "vendor" / "axe-core" / "axe.min.js"
LANGUAGES = [code for code, _ in settings.LANGUAGES]
PHONE = {"width": 360, "height": 780}
DESK = {"width": 1280, "height": 900}

PAGES = [
    "",
    "about/",
    "gatherings/",
    "gatherings/vr-forum-1/",
    "gatherings/vr-forum-2/",
    "gatherings/lpc-forum-1/",
    "gatherings/lpc-forum-2/",
    "gatherings/lpc-forum-2/programme/",
    "gatherings/lpc-forum-2/programme/?view=grid",
    "gatherings/lpc-forum-2/people/",
    "gatherings/echo-of-dien-bien/",
    "gatherings/lpc-two-harbours/",
    "sessions/vr-forum-1-closing/",
    "sessions/lpc-2-plenary/",
    "contributions/lpc-1-closing-valmirante/",
    "commitments/",
    "commitments/?state=withdrawn&overdue=1",
    "commitments/C-2025-001/",
    "commitments/C-2025-101/",
    "proposals/",
    "proposals/P-2025-005/",
    "proposals/P-2025-101/",
    "network/",
    "areas/",
    "areas/saint-petersburg/",
    "organizations/",
    "organizations/lindholm-city/",
    "persons/",
    "persons/alexander-beglov/",
    "agreements/",
    "agreements/spb-dien-bien-2024/",
    "partnerships/viet-nam-russia/",
    "partnerships/lindholm-porto-claro/",
    "search/",
    "search/?q=forum",
    "search/?q=leningrod",
    "search/?q=xyzzy",
    "coverage/",
    "articles/vietnam-vn-forum/",
    "differences/",
    "figures/",
    "figures/?dossier=lindholm-porto-claro",
    "themes/?dossier=lindholm-porto-claro",
    "goals/14/?dossier=lindholm-porto-claro",
    "goals/1/",
    "follow/gathering/lpc-forum-2/",
    "embed/commitment/C-2025-101/",
    "embed/area/lindholm/",
]
"""One page of every kind, in different states; addresses below a language's prefix."""


@pytest.fixture(scope="module")
def contexts(browser: Browser) -> Iterator[dict[str, BrowserContext]]:
    """One window per language, on a phone in daylight."""
    opened = {
        language: browser.new_context(locale=language, viewport=PHONE, color_scheme="light")
        for language in LANGUAGES
    }
    yield opened
    for context in opened.values():
        context.close()


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_accessible_and_fits_on_a_phone(
    contexts: dict[str, BrowserContext], served: str, language: str, address: str
):
    page = contexts[language].new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    answer = page.goto(f"{served}/{language}/{address}")
    assert answer is not None
    assert answer.status == 200
    on_a_phone = in_turn(PAGES.index(address), LANGUAGES.index(language))
    found = look(page, on_a_phone=on_a_phone)
    page.close()
    assert (found, said) == (([], 0, 0), [])


def in_turn(page: int, language: int) -> bool:
    """Whether axe looks at a page in a language on a phone; otherwise on a desk in the dark."""
    return (page + language) % 2 == 0


def look(page: Page, *, on_a_phone: bool) -> tuple[list[str], int, int]:
    """What axe finds, and by how much a page that is open is too wide on a phone and on a desk."""
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="light")
    found = violations(page) if on_a_phone else []
    phone = overhang(page)
    page.set_viewport_size(DESK)
    page.emulate_media(color_scheme="dark")
    return (found if on_a_phone else violations(page)), phone, overhang(page)


def violations(page: Page) -> list[str]:
    """What axe finds, as “rule: the first place”. Best practices are asked for as well."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("async () => (await axe.run()).violations")
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]


def overhang(page: Page) -> int:
    """Pixels by which the page is wider than its window."""
    return int(
        page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    )
