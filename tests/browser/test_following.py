"""A reader follows a promise by mail, without an account or script, and ends it again."""

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import demonstration
from tests.browser.test_every_page import PHONE
from tests.browser.test_turns import looked_at

pytestmark = pytest.mark.browser


class Demonstration(NamedTuple):
    """A demonstration in which this module writes, and the folder of its data."""

    address: str
    folder: Path

    def asked(self, sql: str) -> list[tuple[str]]:
        """Rows of the demonstration's database."""
        with sqlite3.connect(self.folder / "amity.sqlite3") as rows:
            return rows.execute(sql).fetchall()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    folder = tmp_path_factory.mktemp("following")
    for address in demonstration(folder, "localhost"):
        yield Demonstration(address, folder)


def test_a_reader_follows_a_promise_in_their_language_and_ends_it(
    browser: Browser, demo: Demonstration
):
    context = browser.new_context(viewport=PHONE, locale="vi", has_touch=True)
    page = context.new_page()
    page.goto(f"{demo.address}/vi/commitments/C-2025-101/")
    title = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("link", name="qua thư điện tử").click()
    looked_at(page)
    page.get_by_role("button", name="Gửi liên kết cho tôi").click()
    looked_at(page)
    expect(page.get_by_role("alert")).to_be_visible()
    page.locator("[name=mail]").fill("lan@example.invalid")
    expect(page.locator("[name=language]")).to_have_value("vi")
    page.get_by_role("button", name="Gửi liên kết cho tôi").click()
    looked_at(page)
    # the demonstration has no mail server
    expect(page.get_by_role("status")).to_contain_text("chưa thiết lập máy chủ thư")

    ((letter,),) = demo.asked("SELECT text FROM foundation_letter WHERE once LIKE 'following:%'")
    assert title in letter
    address = re.search(r"https?://\S+/following/confirm/\S+", letter)
    assert address is not None, letter
    page.goto(address[0])
    looked_at(page)
    assert demo.asked("SELECT mail FROM following_follower") == []
    page.get_by_role("button", name="Có, tôi muốn theo dõi").click()
    expect(page.get_by_role("status")).to_be_visible()
    assert demo.asked("SELECT mail FROM following_follower") == [("lan@example.invalid",)]

    page.get_by_role("link", name="Bớt theo dõi hoặc ngừng nhận thư").click()
    looked_at(page)
    expect(page.get_by_text(title)).to_be_visible()
    page.get_by_role("button", name="Ngừng tất cả các thư này").click()
    expect(page.get_by_role("status")).to_be_visible()
    looked_at(page)
    assert demo.asked("SELECT mail FROM following_follower") == []
    assert demo.asked("SELECT id FROM foundation_letter WHERE once LIKE 'following:%'") == []
    assert context.cookies() == []
    context.close()
