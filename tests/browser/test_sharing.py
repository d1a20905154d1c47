"""The link of a page in a real browser: copied, given to other programs, or there as text."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.test_every_page import PHONE, overhang, violations

pytestmark = pytest.mark.browser

PATH = "/vi/commitments/C-2025-101/"
SHARING = """
window.passed = [];
navigator.share = async (what) => {
  window.passed.push(what.url);
  throw new Error("no");
};
"""
"""A device that shares things, whose owner changes their mind."""


def test_the_link_is_copied_and_passed_on(browser: Browser, served: str):
    context = browser.new_context(viewport=PHONE, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.add_init_script(SHARING)
    page.goto(served + PATH)
    page.get_by_role("button", name="Sao chép liên kết").click()
    expect(page.get_by_text("Đã sao chép liên kết.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == served + PATH
    page.get_by_role("button", name="Chia sẻ").click()
    assert page.evaluate("window.passed") == [served + PATH]
    assert (violations(page), overhang(page), faults) == ([], 0, [])
    context.close()


def test_without_scripts_the_address_stands_there(browser: Browser, served: str):
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(served + PATH)
    expect(page.get_by_role("link", name=served + PATH)).to_be_visible()
    expect(page.get_by_role("button", name="Sao chép liên kết")).to_have_count(0)
    expect(page.get_by_role("button", name="Chia sẻ")).to_have_count(0)
    context.close()
