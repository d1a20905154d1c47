"""A promise followed in real browsers: a holder without an account, and officers of both sides."""

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import demonstration
from tests.browser.test_desk import NORTH, SOUTH, at_desk
from tests.browser.test_every_page import DESK, PHONE, overhang, violations

pytestmark = pytest.mark.browser


class Demonstration(NamedTuple):
    """A demonstration in which this module writes, and the folder of its data."""

    address: str
    folder: Path

    def mailed(self) -> str:
        """The address in the last letter to a holder: the demonstration sends none."""
        with sqlite3.connect(self.folder / "amity.sqlite3") as rows:
            (text,) = rows.execute(
                "SELECT text FROM foundation_letter WHERE once IS NOT NULL ORDER BY id DESC"
            ).fetchone()
        found = re.search(r"https?://\S+/turns/\S+", text)
        assert found is not None, text
        return found[0]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    folder = tmp_path_factory.mktemp("turns")
    for address in demonstration(folder, "localhost"):
        yield Demonstration(address, folder)


def looked_at(page: Page) -> None:
    """Nothing is wrong with a page on a phone in light, and on a desk in dark."""
    before = page.viewport_size
    for size, scheme in ((PHONE, "light"), (DESK, "dark")):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        assert (violations(page), overhang(page)) == ([], 0), page.url
    page.emulate_media(color_scheme="light")
    if before:
        page.set_viewport_size(before)


def first_turn(page: Page, demo: Demonstration) -> tuple[str, str]:
    """The first thing that the officer's side is to report: its address and title."""
    page.goto(f"{demo.address}/en/desk/turns/")
    looked_at(page)
    link = page.locator(".tasks a[href*='/turns/']:not([href*='/reports/'])").first
    title = link.inner_text()
    link.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    return page.url, title


def test_a_holder_reports_on_a_phone_an_officer_accepts_and_the_other_side_speaks(
    browser: Browser, demo: Demonstration
):
    with at_desk(browser, demo.address, NORTH) as ylva:
        address, title = first_turn(ylva, demo)
        ylva.locator("[name=name]").fill("Sunniva Holt")
        ylva.locator("[name=mail]").fill("sunniva@lindholm.invalid")
        ylva.locator("[name=language]").select_option("vi")
        ylva.locator("[name=timezone]").select_option("Europe/Oslo")
        ylva.get_by_role("button", name="Save", exact=True).click()
        ylva.get_by_role("button", name="Ask now").click()
        looked_at(ylva)
        expect(
            ylva.get_by_text("No mail server is configured, so the letter waits.")
        ).to_be_visible()

        context = browser.new_context(viewport=PHONE, locale="vi", has_touch=True)
        phone = context.new_page()
        phone.goto(demo.mailed())
        looked_at(phone)
        expect(phone.get_by_text("Sunniva Holt").first).to_be_visible()
        phone.get_by_label("Bước đầu").check()
        phone.locator("[name=words]").fill("Mới đặt được bốn ghế băng.")
        expect(phone.locator("[data-kept]")).to_contain_text("Đã lưu")
        phone.reload()
        expect(phone.locator("[name=words]")).to_have_value("Mới đặt được bốn ghế băng.")
        phone.get_by_role("button", name="Gửi báo cáo").click()
        expect(phone.get_by_role("alert")).to_contain_text("gây trở ngại")
        looked_at(phone)
        phone.locator("[name=obstacles]").fill("Gỗ đến muộn.")
        phone.get_by_role("button", name="Gửi báo cáo").click()
        expect(phone.get_by_role("main")).to_contain_text("Cảm ơn bạn")
        looked_at(phone)
        assert context.cookies() == []

        ylva.goto(f"{demo.address}/en/desk/")
        ylva.get_by_role("link", name=title).first.click()
        expect(ylva.get_by_role("main")).to_contain_text("Gỗ đến muộn.")
        looked_at(ylva)
        key = ylva.url.rstrip("/").rpartition("/")[2]
        ylva.get_by_role("button", name="Accept the report").click()
        expect(ylva.get_by_text("Accepted: it counts from now on.")).to_be_visible()
        ylva.goto(address)
        number = ylva.locator("a.chip").inner_text()
        phone.goto(f"{demo.address}/vi/commitments/{number}/")
        expect(phone.get_by_role("main")).to_contain_text("Mới đặt được bốn ghế băng.")

        with at_desk(browser, demo.address, SOUTH) as duarte:
            duarte.goto(f"{demo.address}/ru/desk/turns/reports/{key}/reply/")
            looked_at(duarte)
            duarte.get_by_label("В основном").check()
            duarte.locator("[name=words]").fill("We counted eight.")
            duarte.locator("form.stack button[type=submit]").click()
            looked_at(duarte)
        phone.reload()
        expect(phone.get_by_role("main")).to_contain_text("We counted eight.")
        context.close()
