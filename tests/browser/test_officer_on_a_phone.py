"""An officer's whole act on a small phone: what needs them, an answer, a promise with it, a report.

Nothing is gone to by its address but the way in; whatever is tapped has room for a finger.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import demonstration
from tests.browser.test_desk import NORTH
from tests.browser.test_every_page import overhang, violations

pytestmark = pytest.mark.browser

SMALL = {"width": 360, "height": 740}
ASKED = "A song book for both choirs"
ANSWERED = "Yes, with the songs of both choirs."
PROMISED = "Forty songs in both languages"
REPORTED = "C-2025-116"
"""A promise of which Porto Claro alone has reported."""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from demonstration(tmp_path_factory.mktemp("phone"), "localhost")


@pytest.fixture
def phone(browser: Browser, house: str) -> Iterator[Page]:
    """Lindholm's officer, signed in on a phone that is touched."""
    context = browser.new_context(viewport=SMALL, locale="en", has_touch=True, is_mobile=True)  # type: ignore[arg-type] # a literal of two numbers
    page = context.new_page()
    page.goto(f"{house}/demonstration/{NORTH}/")
    yield page
    context.close()


def fits(page: Page) -> None:
    """Nothing is wrong with a page, it does not scroll sideways, and targets are 24 pixels or far
    enough apart (WCAG 2.2, success criterion 2.5.8)."""
    found = {"wrong": violations(page), "sideways": overhang(page), "small": small(page)}
    assert found == {"wrong": [], "sideways": 0, "small": []}, page.url


def small(page: Page) -> list[str]:
    """What is too small for a finger; axe, which is on the page by now, looks where it is told."""
    found = page.evaluate(
        "async () => (await axe.run({runOnly: {type: 'rule', values: ['target-size']}})).violations"
    )
    return [node["html"][:200] for one in found for node in one["nodes"]]


def needing(page: Page, heading: str, what: str) -> None:
    """Open something out of a group of what needs the officer."""
    page.get_by_role("link", name="Amity Desk").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("What needs me")
    group = page.locator("section", has=page.get_by_role("heading", name=heading))
    with page.expect_navigation():
        group.get_by_role("listitem").filter(has_text=what).get_by_role("link").tap()


def answer(page: Page) -> None:
    """Read what is asked, and answer it; everybody reads that at once."""
    needing(page, "Our side is asked", ASKED)
    expect(page.get_by_role("heading", level=1)).to_have_text(ASKED)
    fits(page)
    page.get_by_role("link", name="Add: answer").tap()
    page.locator("[name=verdict]").select_option("supported")
    page.locator("[name=reasons-en]").fill(ANSWERED)
    fits(page)
    page.get_by_role("button", name="Save", exact=True).tap()
    expect(page.get_by_role("main")).to_contain_text(ANSWERED)
    fits(page)


def promise(page: Page) -> None:
    """Make a commitment with the answer that is open."""
    page.get_by_role("link", name="Make a commitment with this answer").tap()
    page.locator("[name=title]").fill(PROMISED)
    page.locator("[name=words]").fill("Printed by the spring.")
    page.locator("[name=grade]").select_option("will")
    page.locator("[name=deadline-words]").fill("2027-05-01")
    expect(page.locator("[data-meant]").first).to_contain_text("Understood as")
    fits(page)
    page.get_by_role("button", name="Begin the commitment").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text(PROMISED)
    fits(page)


def confirm(page: Page) -> None:
    """See a report of the other side as it does."""
    needing(page, "Reports of the other side", REPORTED)
    fits(page)
    page.get_by_text("Substantial: most is done").tap()
    fits(page)
    page.get_by_role("button", name="Publish our report").tap()
    expect(page.get_by_role("status")).to_have_text("Confirmed: both sides say the same.")
    fits(page)


def test_an_officer_answers_promises_and_confirms_on_a_phone(phone: Page, house: str):
    fits(phone)
    answer(phone)
    promise(phone)
    confirm(phone)
    phone.goto(f"{house}/en/commitments/{REPORTED}/")
    expect(phone.get_by_role("main")).to_contain_text("Both sides: substantial")
