"""What is typed on a slow line, twice, or by an input method is what is kept, and nothing else."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.test_desk import NORTH, at_desk, begun

pytestmark = pytest.mark.browser


class Slow:
    """Holds what a page sends to keep a draft until it is let go."""

    def __init__(self, page: Page) -> None:
        self.held: list[Route] = []
        page.route("**/draft/**", self.hold)
        self.page = page

    def hold(self, route: Route) -> None:
        """Keep it back."""
        self.held.append(route)

    def wait(self, number: int) -> Route:
        """The keeping of this number, once it was sent."""
        for _try in range(100):
            if len(self.held) > number:
                return self.held[number]
            self.page.wait_for_timeout(100)
        raise AssertionError(f"{len(self.held)} were sent")


def kept(page: Page) -> Any:
    return page.locator("[data-kept]")


def test_kept_is_said_of_what_stands_there_alone_and_nothing_follows_what_was_saved(
    browser: Browser, written: str
):
    with at_desk(browser, written, NORTH) as page:
        address = begun(page, written, "Visit of the dyers")
        page.goto(f"{address}edit/")
        slow, field = Slow(page), page.locator("textarea[name=title-en]")
        said = kept(page).get_attribute("data-said-kept") or ""
        assert said
        field.fill("Visit of the dyers and weavers")
        first = slow.wait(0)
        field.fill("Visit of the dyers, weavers and spinners")
        page.wait_for_timeout(1200)
        assert len(slow.held) == 1  # one keeping at a time
        first.continue_()
        second = slow.wait(1)
        expect(kept(page)).not_to_have_text(said)
        assert "spinners" in (second.request.post_data or "")
        second.continue_()
        expect(kept(page)).to_have_text(said)

        field.fill("Visit of the dyers alone")
        third = slow.wait(2)
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Visit of the dyers alone")
        answer = page.request.fetch(
            third.request.url,
            method="POST",
            data=third.request.post_data_buffer or b"",
            headers={
                name: value
                for name, value in third.request.headers.items()
                if name in ("content-type", "x-csrftoken", "referer", "origin")
            },
        )
        assert answer.status in (200, 409)
        page.goto(address)
        expect(page.get_by_role("main")).not_to_contain_text("that is not saved")


def test_pressing_twice_saves_once(browser: Browser, written: str):
    with at_desk(browser, written, NORTH) as page:
        page.goto(f"{written}/en/desk/records/persons/new/")
        page.locator("textarea[name=name-en]").fill("Twice Pressed")
        page.get_by_role("button", name="Save", exact=True).dblclick()
        expect(page.get_by_role("heading", level=1)).to_have_text("Twice Pressed")
        page.goto(f"{written}/en/desk/records/persons/")
        expect(page.get_by_role("link", name="Twice Pressed")).to_have_count(1)


def test_a_word_that_is_being_put_together_is_neither_kept_nor_broken(
    browser: Browser, written: str
):
    with at_desk(browser, written, NORTH) as page:
        page.goto(f"{written}/en/desk/records/persons/new/")
        slow, field = Slow(page), page.locator("textarea[name=name-en]")
        keys = page.context.new_cdp_session(page)
        field.focus()
        for said in ("V", "Vi", "Viê", "Việ", "Việt"):
            keys.send(
                "Input.imeSetComposition",
                {"text": said, "selectionStart": len(said), "selectionEnd": len(said)},
            )
        page.wait_for_timeout(1500)
        assert slow.held == []
        keys.send("Input.insertText", {"text": "Việt"})
        field.press_sequentially(" Nam")
        first = slow.wait(0)
        expect(field).to_have_value("Việt Nam")
        assert "Việt Nam" in (first.request.post_data or "")
        first.continue_()
        expect(kept(page)).to_have_text(kept(page).get_attribute("data-said-kept") or "?")
