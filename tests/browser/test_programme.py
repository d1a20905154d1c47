"""A programme typed into its table by keyboard alone, in a real browser."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_desk import NORTH, at_desk, begun
from tests.browser.test_every_page import DESK, PHONE, overhang, violations

pytestmark = pytest.mark.browser

ROWS = (
    ("opening", "2027-05-05", "09:00", "10:00", "Opening", "", "Great Hall"),
    ("speech", "", "9:00", "9:20", "Welcome", "Nils Vasegård", ""),
    ("speech", "", "9:20", "9:40", "Reply", "Clara Ventomar", ""),
    ("seminar", "5 May 2027", "9:30", "11:00", "Bread", "", "Great Hall"),
    ("presentation", "", "9:30", "9:50", "Rye", "Clara Ventomar", ""),
    ("presentation", "", "9:50", "10:10", "Wheat", "Nils Vasegård; Sofia Lagoalta", ""),
    ("closing", "2027-05-07", "11:00", "12:00", "Closing", "", "Great Hall"),
    ("speech", "", "11:00", "11:20", "Thanks", "Clara Ventomar", ""),
    ("speech", "", "11:20", "11:40", "Farewell", "Nils Vasegård", ""),
)


def typed(page: Page, row: tuple[str, ...]) -> None:
    """Type a row from its first cell on; Tab goes to the next cell."""
    for place, words in enumerate(row):
        if place:
            page.keyboard.press("Tab")
        if words:
            page.keyboard.type(words)


def at(page: Page, row: int, name: str) -> None:
    """Go to a cell of a row by the arrow keys, from wherever the focus is in the table."""
    place = (
        "[...document.querySelectorAll('tbody tr')].indexOf(document.activeElement.closest('tr'))"
    )
    column = "document.activeElement.name"
    names = ["day", "starts", "ends", "title", "speakers", "room"]
    for _step in range(40):
        here, now = page.evaluate(place) + 1, page.evaluate(column)
        if (here, now) == (row, name):
            return
        if now == "kind":
            page.keyboard.press("Tab")
        elif here != row:
            page.keyboard.press("ArrowUp" if here > row else "ArrowDown")
        else:
            later = names.index(name) > names.index(now)
            page.keyboard.press("End" if later else "Home")
            page.keyboard.press("ArrowRight" if later else "ArrowLeft")
    raise AssertionError(f"never at {name} of row {row}")


def put(page: Page, row: int, name: str, words: str) -> None:
    at(page, row, name)
    page.keyboard.press("Control+a")
    page.keyboard.type(words)


def test_a_programme_is_typed_mended_saved_and_read(browser: Browser, written: str):
    with at_desk(browser, written, NORTH) as page:
        said: list[str] = []
        page.on("pageerror", lambda error: said.append(str(error)))
        address = begun(page, written, "Meeting of the bakers")
        page.goto(f"{address}programme/")
        page.locator("select[name=kind]").first.focus()
        for row in ROWS:
            typed(page, row)
            page.keyboard.press("Enter")
        clashes = page.locator("#clashes")
        expect(clashes).to_contain_text("Rows 1 and 4: both are in “Great Hall” at the same time.")
        expect(clashes).to_contain_text("Rows 3 and 5: Clara Ventomar is in both at the same time.")
        times = (6, "10:50", "11:10"), (5, "10:30", "10:50"), (4, "10:30", "11:30")
        for row, starts, ends in times:
            put(page, row, "starts", starts)
            put(page, row, "ends", ends)
        expect(clashes).to_contain_text("Nothing clashes")
        page.set_viewport_size(PHONE)
        assert (violations(page), overhang(page)) == ([], 0)
        page.set_viewport_size(DESK)
        assert violations(page) == []
        page.keyboard.press("Control+Enter")
        expect(page.get_by_role("status").first).to_have_text("10 records were saved.")
        assert [one.input_value() for one in page.locator("tbody [name=title]").all()][:9] == [
            row[4] for row in ROWS
        ]
        expect(page.locator("#row-3 [name=ends]")).to_have_value("09:40")

        page.goto(address)
        page.get_by_role("link", name="Release to everybody").click()
        page.get_by_role("button", name="Release to everybody").click()
        reader = browser.new_context(locale="en").new_page()
        public = address.replace("/desk/records/", "/")
        reader.goto(f"{public}programme/")
        for row in ROWS:
            expect(reader.get_by_role("main")).to_contain_text(row[4])
        expect(reader.get_by_role("main")).to_contain_text("Sofia Lagoalta")
        reader.context.close()
        assert said == []


def test_rows_copied_from_a_sheet_fill_the_cells(browser: Browser, written: str):
    with at_desk(
        browser, written, NORTH, permissions=["clipboard-read", "clipboard-write"]
    ) as page:
        address = begun(page, written, "Meeting of the millers")
        page.goto(f"{address}programme/")
        sheet = "\n".join("\t".join(row) for row in ROWS)
        page.evaluate("words => navigator.clipboard.writeText(words)", sheet)
        page.locator("input[name=day]").first.focus()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Control+v")
        expect(page.locator("tbody tr")).to_have_count(len(ROWS))
        expect(page.locator("tbody [name=title]").nth(8)).to_have_value("Farewell")
        assert page.locator("tbody [name=kind]").nth(3).input_value() == "session:seminar"


def test_a_cell_that_cannot_be_read_is_marked_and_nothing_is_lost(browser: Browser, written: str):
    with at_desk(browser, written, NORTH, java_script_enabled=False) as page:
        page.goto(f"{written}/en/desk/records/gatherings/lpc-forum-2/programme/")
        row = page.locator("tbody tr").nth(-3)
        row.locator("[name=title]").fill("A new part")
        row.locator("[name=ends]").fill("soon")
        page.get_by_role("button", name="More rows").click()
        expect(page.locator("tbody [name=title]").nth(-13)).to_have_value("A new part")
        page.get_by_role("button", name="Save", exact=True).last.click()
        expect(page.get_by_role("alert")).to_have_text(re.compile("Nothing was saved yet"))
        wrong = page.locator("tbody tr").nth(-13)
        expect(wrong.locator(".fault")).to_have_text(re.compile("^Expected a time"))
        expect(wrong.locator("[name=title]")).to_have_value("A new part")
        assert page.locator("[aria-invalid=true]").count() == 1
