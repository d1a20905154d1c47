"""An edition is closed in real browsers: refused, decided, closed, agreed to, carried on."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import demonstration
from tests.browser.test_desk import NORTH, SOUTH, at_desk
from tests.browser.test_every_page import DESK, PHONE
from tests.browser.test_heights import SHORT
from tests.browser.test_turns import looked_at

pytestmark = pytest.mark.browser
SECOND = "gatherings/lpc-forum-2"
THIRD = "gatherings/lpc-forum-3"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A demonstration in which this module writes."""
    yield from demonstration(tmp_path_factory.mktemp("closing"), "localhost")


def confirm_the_edition(page: Page, demo: str) -> None:
    """Confirm the second edition as it stands, for the side of whoever is there."""
    page.goto(f"{demo}/en/desk/records/{SECOND}/")
    page.get_by_role("button", name="Confirm as it stands").click()
    expect(page.get_by_text("Confirmed as it stands.")).to_be_visible()


def refused_elsewhere(page: Page, demo: str) -> None:
    """The form of the gathering closes nothing either, and names what is missing."""
    page.goto(f"{demo}/en/desk/records/{SECOND}/edit/")
    page.locator("[name=status]").select_option("closed")
    page.get_by_role("button", name="Save", exact=True).last.click()
    page.get_by_role("button", name="Propose", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("have no decision yet: C-2025-101")


def is_short_on_a_phone(page: Page) -> None:
    """The list is no longer there than other pages."""
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollHeight") < SHORT
    page.set_viewport_size(DESK)


def carry_all_on(page: Page, told: str) -> None:
    """Carry on what stands on the page of the list, but for what was decided by itself."""
    page.get_by_label("Tick all on this page").check()
    page.get_by_label("All that are ticked become").select_option("carried")
    page.get_by_role("button", name="Decide", exact=True).click()
    expect(page.get_by_text(told)).to_be_visible()


def carried_on(reader: Page, demo: str) -> None:
    """The next edition opens with what was carried, four of it before, and leads back."""
    reader.goto(f"{demo}/en/{THIRD}/")
    passed = reader.locator("section#passed")
    expect(passed).to_contain_text("24 items carried in from")
    passed.get_by_role("link", name="Second Lindholm").click()
    expect(reader.locator("section#passed")).to_contain_text("24 items carried on to")


def test_an_edition_is_refused_with_its_list_decided_closed_and_carried_on(
    browser: Browser, demo: str
):
    with (
        at_desk(browser, demo, NORTH) as ylva,
        at_desk(browser, demo, SOUTH) as duarte,
    ):
        for page in (ylva, duarte):
            confirm_the_edition(page, demo)

        refused_elsewhere(ylva, demo)
        ylva.goto(f"{demo}/en/desk/")
        ylva.get_by_role("main").get_by_role("link", name="Second Lindholm").first.click()
        expect(ylva.get_by_role("heading", level=1)).to_have_text("Closing the edition")
        expect(ylva.get_by_role("button", name="Close the edition")).to_have_count(0)
        looked_at(ylva)
        is_short_on_a_phone(ylva)

        # One by itself, without its reason: nothing is decided, and the row says why.
        first = ylva.locator("fieldset.rows").first
        first.get_by_label("What becomes of it").select_option("dropped")
        ylva.get_by_role("button", name="Decide", exact=True).click()
        expect(ylva.locator(".fault")).to_contain_text("what is dropped has a reason")
        looked_at(ylva)
        first.get_by_label("Reason", exact=True).fill("It was held; nothing is left to do.")

        # The others together.
        carry_all_on(ylva, "12 decisions made.")
        carry_all_on(ylva, "9 decisions made.")
        expect(ylva.get_by_role("main")).to_contain_text("Everything has its decision.")
        looked_at(ylva)
        ylva.get_by_role("link", name="Decided", exact=True).click()
        expect(ylva.get_by_text("It was held; nothing is left to do.")).to_be_visible()
        looked_at(ylva)
        ylva.goto(f"{demo}/en/desk/{SECOND}/closing/")
        ylva.get_by_role("button", name="Close the edition").click()
        expect(
            ylva.get_by_text("Proposed. It takes effect when every side agrees.")
        ).to_be_visible()

        # Nobody outside reads the report before the other side agrees.
        reader = browser.new_page()
        answer = reader.goto(f"{demo}/en/{SECOND}/closing/")
        assert answer is not None
        assert answer.status == 404

        duarte.goto(f"{demo}/fr/desk/{SECOND}/closing/")
        looked_at(duarte)
        duarte.get_by_role("button", name="Accepter et clore l’édition").click()
        expect(duarte.get_by_text("Toutes les parties sont d’accord.")).to_be_visible()

        answer = reader.goto(f"{demo}/vi/{SECOND}/closing/")
        assert answer is not None
        assert answer.status == 200
        looked_at(reader)
        expect(reader.get_by_role("heading", level=1)).to_contain_text("Báo cáo khép lại")
        with reader.expect_download() as downloaded:
            reader.get_by_role("link", name="DOCX").click()
        assert downloaded.value.suggested_filename == "lpc-forum-2.closing.vi.docx"

        carried_on(reader, demo)
        ylva.goto(f"{demo}/en/desk/{THIRD}/closing/")
        expect(ylva.get_by_role("main")).to_contain_text("carried from: Second Lindholm")
        reader.close()
