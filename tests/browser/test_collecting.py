"""A proposal in real browsers: a citizen on a phone without an account, and officers of a side."""

import re
import sqlite3

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_desk import SOUTH, at_desk
from tests.browser.test_every_page import PHONE, overhang, violations
from tests.browser.test_turns import Demonstration, demo, looked_at

__all__ = ["demo"]

pytestmark = pytest.mark.browser

GATHERING = "lpc-forum-2"
TITLE = "Trao đổi học sinh hai thành phố"
WORDS = "Mỗi năm mười học sinh của mỗi thành phố sang thăm thành phố kia."
FILED = "Cầu đi bộ giữa hai bến"
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< >>\n%%EOF\n"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>"


def mailed(demo: Demonstration) -> str:
    """The address in the last letter to somebody who proposed something."""
    with sqlite3.connect(demo.folder / "amity.sqlite3") as rows:
        (text,) = rows.execute(
            "SELECT text FROM foundation_letter WHERE kind = 'submission' ORDER BY id DESC"
        ).fetchone()
    found = re.search(r"https?://\S+/proposed/\S+", text)
    assert found is not None, text
    return found[0]


def open_form(page: Page, demo: Demonstration) -> None:
    """An officer opens the form of a gathering."""
    page.goto(f"{demo.address}/en/desk/records/gatherings/{GATHERING}/")
    page.get_by_role("link", name="Form for proposals").click()
    looked_at(page)
    page.get_by_label("Opens").fill("2026-01-05T09:00")
    page.get_by_label("Closes").fill("2099-12-31T18:00")
    page.locator("[name=introduction-en]").fill("What should both towns do together?")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("The form is kept.")).to_be_visible()
    looked_at(page)


def test_a_citizen_proposes_on_a_phone_an_officer_takes_it_up_and_the_name_goes(
    browser: Browser, demo: Demonstration
):
    with at_desk(browser, demo.address, SOUTH) as duarte:
        open_form(duarte, demo)

        context = browser.new_context(viewport=PHONE, locale="vi", has_touch=True)
        phone = context.new_page()
        phone.goto(f"{demo.address}/vi/gatherings/{GATHERING}/")
        phone.get_by_role("link", name="Đến biểu mẫu").click()
        looked_at(phone)
        phone.locator("[name=title]").fill(TITLE)
        phone.locator("[name=words]").fill(WORDS)
        phone.locator("[name=shown]").check()
        phone.wait_for_timeout(3_200)
        phone.get_by_role("button", name="Gửi đề xuất").click()
        expect(phone.get_by_role("alert")).to_be_visible()
        looked_at(phone)
        expect(phone.locator("[name=words]")).to_have_value(WORDS)
        phone.locator("[name=name]").fill("Nguyễn Thị Sen")
        phone.locator("[name=mail]").fill("sen@lindholm.invalid")
        phone.locator("[name=written_to]").check()
        phone.get_by_role("button", name="Gửi đề xuất").click()
        expect(phone.get_by_role("status")).to_contain_text("Cảm ơn bạn")
        looked_at(phone)
        own = phone.url.partition("?")[0]
        assert mailed(demo) == own
        assert context.cookies() == []

        duarte.goto(f"{demo.address}/en/desk/")
        duarte.get_by_role("link", name=TITLE).first.click()
        looked_at(duarte)
        duarte.get_by_role("button", name="We are reading it").click()
        phone.goto(own)
        expect(phone.get_by_role("main")).to_contain_text("đang được đọc")
        duarte.locator("[name=addressees]").first.check()
        duarte.get_by_role("button", name="Take it up", exact=True).click()
        expect(duarte.get_by_text("Whoever sent it in is told.")).to_be_visible()
        looked_at(duarte)
        duarte.goto(f"{demo.address}/ru/desk/submissions/")
        looked_at(duarte)

        phone.goto(own)
        looked_at(phone)
        phone.get_by_role("link", name=re.compile(r"^P-20\d\d-\d+$")).click()
        expect(phone.get_by_role("main")).to_contain_text("Nguyễn Thị Sen")
        proposal = phone.url
        phone.goto(own)
        phone.get_by_role("button", name="Xóa tên tôi ở mọi nơi").click()
        expect(phone.get_by_role("status")).to_contain_text("Tên của bạn đã được xóa")
        phone.goto(proposal)
        expect(phone.get_by_role("main")).to_contain_text(WORDS)
        assert "Nguyễn Thị Sen" not in phone.content()
        assert (violations(phone), overhang(phone)) == ([], 0)
        context.close()


def test_a_file_comes_along_from_a_phone_is_published_and_goes_with_the_consent(
    browser: Browser, demo: Demonstration
):
    with at_desk(browser, demo.address, SOUTH) as duarte:
        open_form(duarte, demo)
        context = browser.new_context(viewport=PHONE, locale="vi", has_touch=True)
        phone = context.new_page()
        phone.goto(f"{demo.address}/vi/gatherings/{GATHERING}/propose/")
        phone.locator("[name=title]").fill(FILED)
        phone.locator("[name=words]").fill(WORDS)
        phone.locator("[name=name]").fill("Lê Thị Ngân")
        phone.locator("[name=shown]").check()
        phone.get_by_label("Tệp", exact=False).first.set_input_files(
            [
                {"name": "Kế hoạch.pdf", "mimeType": "application/pdf", "buffer": PDF},
                {"name": "logo.svg", "mimeType": "image/svg+xml", "buffer": SVG},
            ]
        )
        phone.wait_for_timeout(3_200)
        phone.get_by_role("button", name="Gửi đề xuất").click()
        expect(phone.get_by_role("alert")).to_contain_text("logo.svg")
        expect(phone.get_by_role("group", name="Các tệp này đã được nhận")).to_contain_text(
            "Kế hoạch.pdf"
        )
        looked_at(phone)
        phone.get_by_role("button", name="Gửi đề xuất").click()
        expect(phone.get_by_role("status")).to_contain_text("Cảm ơn bạn")
        expect(phone.get_by_role("main")).to_contain_text("Kế hoạch.pdf")
        looked_at(phone)
        own = phone.url.partition("?")[0]
        with phone.expect_download() as given:
            phone.get_by_role("link", name="Kế hoạch.pdf").click()
        assert given.value.path().read_bytes() == PDF
        assert context.cookies() == []

        duarte.goto(f"{demo.address}/en/desk/")
        duarte.get_by_role("link", name=FILED).first.click()
        looked_at(duarte)
        duarte.locator("[name=addressees]").first.check()
        duarte.get_by_role("button", name="Take it up", exact=True).click()
        duarte.get_by_role("button", name=re.compile("^Publish Kế hoạch.pdf with P-")).click()
        expect(duarte.get_by_text("Everybody gets the file")).to_be_visible()
        looked_at(duarte)

        phone.goto(own)
        phone.get_by_role("link", name=re.compile(r"^P-20\d\d-\d+$")).click()
        proposal = phone.url
        file = phone.get_by_role("link", name="Kế hoạch.pdf").get_attribute("href") or ""
        looked_at(phone)
        assert phone.request.get(f"{demo.address}{file}").status == 200
        phone.goto(own)
        phone.get_by_role("button", name="Xóa tên tôi ở mọi nơi").click()
        expect(phone.get_by_role("status")).to_contain_text("Tên của bạn đã được xóa")
        assert "Kế hoạch.pdf" not in phone.content()
        assert phone.request.get(f"{demo.address}{file}").status == 404
        phone.goto(proposal)
        for gone in ("Kế hoạch.pdf", "Lê Thị Ngân"):
            assert gone not in phone.content()
        duarte.reload()
        assert "Kế hoạch.pdf" not in duarte.content()
        context.close()
