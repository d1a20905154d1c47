"""What a reader's eye trips over: torn words, points that begin a line, things on top of others."""

import re

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.test_desk import NORTH, at_desk
from tests.browser.test_every_page import DESK, PHONE

pytestmark = pytest.mark.browser

LANGUAGES = ("vi", "ru", "fr", "id")
PAGES = (
    "",
    "gatherings/",
    "gatherings/lpc-forum-2/",
    "sessions/lpc-2-plenary/",
    "contributions/lpc-1-closing-valmirante/",
    "series/lpc-forum/",
    "commitments/",
    "commitments/C-2025-101/",
    "proposals/P-2025-005/",
    "areas/lindholm/",
    "organizations/lindholm-city/",
    "agreements/",
    "articles/vietnam-vn-forum/",
    "coverage/",
)
TORN = """() => [...document.querySelectorAll('dt,th,h1,h2,h3,.chip,.mark')].flatMap((one) => {
    const torn = []
    const walker = document.createTreeWalker(one, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode())
        for (const word of node.data.matchAll(/[\\p{L}\\p{M}’]+/gu)) {
            const range = document.createRange()
            range.setStart(node, word.index)
            range.setEnd(node, word.index + word[0].length)
            const tops = new Set([...range.getClientRects()].map((rect) => Math.round(rect.top)))
            if (tops.size > 1) torn.push(word[0])
        }
    return torn
})"""
"""Words of labels, headings and marks that stand on two lines."""
BEGUN = """() => {
    const begun = []
    const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode())
        for (let at = node.data.indexOf('·'); at >= 0; at = node.data.indexOf('·', at + 1)) {
            const range = document.createRange()
            range.setStart(node, at)
            range.setEnd(node, at + 1)
            const point = range.getBoundingClientRect()
            const holder = node.parentElement.closest('p, dd, li, h1, h2, h3, div, td')
            const style = getComputedStyle(holder)
            const edge = holder.getBoundingClientRect().left
            const inner = edge + parseFloat(style.paddingLeft) + parseFloat(style.borderLeftWidth)
            if (point.width && point.left < inner + 2) begun.push(holder.textContent.trim())
        }
    return begun
}"""
"""What holds a point that stands first on its line."""
BARE = """() => [...document.querySelectorAll('.chip')].filter((chip) => {
    const style = getComputedStyle(chip)
    const bordered = style.borderLeftColor !== 'rgba(0, 0, 0, 0)'
    return chip.offsetWidth && bordered && parseFloat(style.paddingLeft) < 4
}).map((chip) => chip.textContent.trim())"""
"""Marks in a frame that their words touch."""
COVERED = """() => {
    const head = 'header :is(.mark span, .menu summary, .acting-for, .person summary)'
    const all = [...document.querySelectorAll(`.kinds a, ${head}`)].filter((one) => one.offsetWidth)
    const cards = all.map((one) => one.getBoundingClientRect())
    return cards.filter((one, n) => cards.some((other, m) => m !== n
        && one.left < other.right && other.left < one.right
        && one.top < other.bottom && other.top < one.bottom)).length
}"""
"""How many kinds of records, or parts of the head of the desk, lie on others."""
BELOW_THE_BAR = """() => {
    const [one, bar] = [document.activeElement, document.querySelector('.acts')]
    if (one === document.body || bar.contains(one)) return null
    const [held, acts] = [one.getBoundingClientRect(), bar.getBoundingClientRect()]
    return held.bottom > acts.top ? one.name || one.textContent.trim() : null
}"""
"""What has the focus, where the bar with the buttons lies over it."""
SHEET = re.compile(rb"/Type ?/Page\b")


CUT = """() => [
    ...document.querySelectorAll('.filters :is([name=sort], [name=state], [name=when])')
].flatMap((one) => {
    const style = getComputedStyle(one)
    const room = one.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight)
    const drawn = document.createElement('canvas').getContext('2d')
    drawn.font = style.font
    const words = [...one.options].map((option) => option.text)
    return words.filter((some) => drawn.measureText(some).width + 20 > room)
})"""
"""Words to choose from that their list has no room for beside its arrow; names may be longer."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_torn_or_begins_with_a_point_on_a_phone(
    browser: Browser, served: str, language: str
) -> None:
    page = browser.new_page(viewport=PHONE)  # type: ignore[arg-type] # a literal of two numbers
    found = {}
    for address in PAGES:
        page.goto(f"{served}/{language}/{address}")
        found[address] = [*page.evaluate(TORN), *page.evaluate(BEGUN), *page.evaluate(BARE)]
    page.close()
    assert {address: words for address, words in found.items() if words} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_head_of_the_desk_leaves_a_phone_to_the_work(
    browser: Browser, served: str, language: str
) -> None:
    with at_desk(browser, served, NORTH) as page:
        page.set_viewport_size(PHONE)
        page.goto(f"{served}/{language}/desk/records/")
        head = page.locator("header.top").bounding_box()
        assert head is not None
        assert head["height"] < 140
        assert page.evaluate(TORN) == []
        assert page.evaluate(COVERED) == 0
        assert menu(page) == 8
        page.set_viewport_size(DESK)
        assert page.locator("header nav.sections a:visible").count() == 8


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_kinds_of_records_lie_beside_each_other(
    browser: Browser, served: str, size: dict[str, int]
) -> None:
    with at_desk(browser, served, NORTH) as page:
        page.set_viewport_size(size)  # type: ignore[arg-type] # two numbers
        page.goto(f"{served}/ru/desk/records/")
        assert page.locator(".kinds a").count() > 25
        assert page.evaluate(COVERED) == 0


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_bar_of_a_form_never_lies_over_what_has_the_focus(
    browser: Browser, served: str, size: dict[str, int]
) -> None:
    with at_desk(browser, served, NORTH, reduced_motion="reduce") as page:
        page.set_viewport_size(size)  # type: ignore[arg-type] # two numbers
        page.goto(f"{served}/en/desk/records/gatherings/lpc-forum-2/edit/")
        covered = []
        for _press in range(60):
            page.keyboard.press("Tab")
            covered.append(page.evaluate(BELOW_THE_BAR))
        assert [one for one in covered if one] == []


def test_paper_is_spared_what_is_of_use_on_a_screen_alone(browser: Browser, served: str) -> None:
    page = browser.new_page()
    sheets = {}
    for address in ("gatherings/lpc-forum-2/programme/", "commitments/C-2025-101/"):
        page.goto(f"{served}/en/{address}")
        sheets[address] = len(SHEET.findall(page.pdf(format="A4", prefer_css_page_size=True)))
    page.emulate_media(media="print")
    words = page.inner_text("main")
    page.goto(f"{served}/en/gatherings/lpc-forum-2/")
    words += page.inner_text("main")
    page.close()
    assert sheets == {"gatherings/lpc-forum-2/programme/": 4, "commitments/C-2025-101/": 3}
    unwanted = ("iframe", "JSON", "Follow", "Trois jours", "Whole programme")
    assert [one for one in unwanted if one in words] == []


def menu(page: Page) -> int:
    """How many places of the desk the menu leads to, once it is opened."""
    links = page.locator("header nav.sections a:visible")
    assert links.count() == 0
    page.locator("header .menu summary").click()
    return links.count()


@pytest.mark.parametrize("language", [*LANGUAGES, "en"])
def test_lists_to_choose_from_have_room_for_their_words(
    browser: Browser, served: str, language: str
) -> None:
    page = browser.new_page(viewport=DESK)
    for path in ("gatherings/", "commitments/", "proposals/"):
        page.goto(f"{served}/{language}/{path}")
        assert page.evaluate(CUT) == [], path
    page.close()
