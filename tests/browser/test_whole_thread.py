"""The whole life of one promise in real browsers and four languages.

From a citizen's form to its keeping in the eyes of both sides, who differ on the way, with somebody
in charge who has no account; then the citizen takes their name back.
"""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_collecting import open_form
from tests.browser.test_desk import NORTH, SOUTH, at_desk
from tests.browser.test_every_page import PHONE
from tests.browser.test_turns import Demonstration, demo, looked_at

__all__ = ["demo"]

pytestmark = pytest.mark.browser
FORUM, NEXT = "lpc-forum-2", "lpc-forum-3"
NAME = "Nguyễn Thị Sen"
ASKED = "Trao đổi học sinh mỗi mùa xuân"
OTHERS = "Reports of the other side"
PROMISED = "Двенадцать школьников каждую весну"


def proposed(phone: Page, demo: Demonstration) -> str:
    """A citizen proposes in Vietnamese; the address of their own page."""
    phone.goto(f"{demo.address}/vi/gatherings/{FORUM}/propose/")
    phone.locator("[name=title]").fill(ASKED)
    phone.locator("[name=words]").fill("Hai mươi học sinh mỗi năm.")
    phone.locator("[name=name]").fill(NAME)
    phone.locator("[name=mail]").fill("sen@lindholm.invalid")
    phone.locator("[name=written_to]").check()
    phone.locator("[name=shown]").check()
    phone.wait_for_timeout(3_200)
    phone.get_by_role("button", name="Gửi đề xuất").click()
    expect(phone.get_by_role("status")).to_contain_text("Cảm ơn bạn")
    return phone.url.partition("?")[0]


def taken_up(duarte: Page, demo: Demonstration) -> str:
    """An officer addresses it to Lindholm and publishes it; the proposal's number."""
    duarte.goto(f"{demo.address}/en/desk/submissions/")
    duarte.get_by_role("link", name=ASKED).first.click()
    duarte.get_by_role("main").get_by_label("Lindholm", exact=True).check()
    duarte.get_by_role("button", name="Take it up", exact=True).click()
    expect(duarte.get_by_text("Whoever sent it in is told.")).to_be_visible()
    found = re.search(r"P-20\d\d-\d+", duarte.get_by_role("main").inner_text())
    assert found is not None
    return found[0]


def answered(ylva: Page, demo: Demonstration) -> None:
    """Lindholm answers in Russian, which everybody reads at once."""
    ylva.goto(f"{demo.address}/ru/desk/")
    ylva.get_by_role("link", name=ASKED).first.click()
    ylva.get_by_role("link", name="Добавить: ответ").click()
    ylva.locator("[name=verdict]").select_option("in_part")
    ylva.locator("[name=reasons-ru]").fill("Двенадцать, а не двадцать.")
    ylva.locator("button[name=act][value=save]").last.click()
    ylva.wait_for_url(re.compile(r"/ru/desk/records/answers/[\w-]+/$"))


def promised(ylva: Page) -> str:
    """Lindholm makes a commitment with its answer, which is open before it, and releases it; the
    commitment's identifier."""
    ylva.get_by_role("link", name="Дать обещание в ответ").click()
    ylva.locator("[name=title]").fill(PROMISED)
    ylva.locator("[name=words]").fill("Двенадцать школьников.")
    ylva.locator("[name=grade]").select_option("will")
    ylva.locator("[name=deadline-words]").fill("2027-06-10")
    ylva.locator("main form button[type=submit]").last.click()
    ylva.wait_for_url(re.compile(r"/ru/desk/records/commitments/[\w-]+/$"))
    number = re.search(r"/commitments/([\w-]+)/", ylva.url)
    assert number is not None
    ylva.locator("main a[href$='/release/']").click()
    ylva.locator("button[name=audience][value=public]").click()
    ylva.wait_for_url(re.compile(r"/ru/desk/records/commitments/[\w-]+/$"))
    return number[1]


def asked_and_reported(browser: Browser, ylva: Page, demo: Demonstration) -> None:
    """Somebody in charge who reads Indonesian is asked by mail and reports on a phone."""
    ylva.goto(f"{demo.address}/en/desk/turns/")
    ylva.get_by_role("link", name=PROMISED).first.click()
    ylva.locator("[name=name]").fill("Dewi Lestari")
    ylva.locator("[name=mail]").fill("dewi@lindholm.invalid")
    ylva.locator("[name=language]").select_option("id")
    ylva.locator("[name=timezone]").select_option("Asia/Jakarta")
    ylva.get_by_role("button", name="Save", exact=True).click()
    ylva.get_by_role("button", name="Ask now").click()
    expect(ylva.get_by_text("so the letter waits.")).to_be_visible()
    context = browser.new_context(viewport=PHONE, locale="id", has_touch=True)
    phone = context.new_page()
    phone.goto(demo.mailed())
    expect(phone.get_by_role("main")).to_contain_text("Dewi Lestari")
    phone.locator("[name=completion][value=limited]").check()
    phone.locator("[name=words]").fill("Lima siswa sudah berangkat.")
    phone.locator("[name=obstacles]").fill("Visa terlambat.")
    phone.locator("button[name=act][value=send]").click()
    expect(phone.get_by_role("main")).to_contain_text("Terima kasih")
    assert context.cookies() == []
    context.close()


def differed(ylva: Page, duarte: Page, demo: Demonstration) -> None:
    """The report is accepted, and the other side sees it otherwise and says why."""
    ylva.goto(f"{demo.address}/en/desk/turns/")
    ylva.locator("a[href*='/turns/reports/']").filter(has_text=PROMISED).click()
    ylva.get_by_role("button", name="Accept the report").click()
    expect(ylva.get_by_text("Accepted: it counts from now on.")).to_be_visible()
    duarte.goto(f"{demo.address}/en/desk/turns/")
    duarte.locator("a[href*='/reply/']").filter(has_text=PROMISED).click()
    duarte.locator("[name=completion][value=substantial]").check()
    duarte.locator("[name=words]").fill("Nine came; we met them.")
    duarte.get_by_role("button", name="Publish our report").click()
    expect(duarte).not_to_have_url(re.compile("/reply/"))


def closed_and_carried(ylva: Page, duarte: Page, demo: Demonstration) -> None:
    """Both sides close the edition; all that is open is carried into the next."""
    for page in (ylva, duarte):
        page.goto(f"{demo.address}/en/desk/records/gatherings/{FORUM}/")
        page.get_by_role("button", name="Confirm as it stands").click()
        expect(page.get_by_text("Confirmed as it stands.")).to_be_visible()
    address = f"{demo.address}/en/desk/gatherings/{FORUM}/closing/"
    ylva.goto(address)
    expect(ylva.get_by_role("button", name="Close the edition")).to_have_count(0)
    while ylva.get_by_label("Tick all on this page").is_visible():
        ylva.get_by_label("Tick all on this page").check()
        ylva.get_by_label("All that are ticked become").select_option("carried")
        with ylva.expect_navigation():
            ylva.get_by_role("button", name="Decide", exact=True).click()
    expect(ylva.get_by_role("main")).to_contain_text("Everything has its decision.")
    ylva.get_by_role("button", name="Close the edition").click()
    duarte.goto(address)
    duarte.get_by_role("button", name="Agree and close").click()
    expect(duarte.get_by_text("Agreed by every side.")).to_be_visible()


def settled(ylva: Page, duarte: Page) -> None:
    """What differed is settled: each side finds the last word of the other among what needs it."""
    seen_otherwise(ylva, "Nine came; we met them.", "All twelve came.")
    expect(ylva.get_by_role("status")).to_contain_text("the page shows that the sides differ")
    seen_otherwise(duarte, "All twelve came.", "")
    expect(duarte.get_by_role("status")).to_contain_text("Confirmed: both sides say the same.")
    for page in (ylva, duarte):
        page.get_by_role("link", name="Amity Desk").click()
        expect(page.locator("a[href*='/reply/']").filter(has_text=PROMISED)).to_have_count(0)


def seen_otherwise(page: Page, theirs: str, words: str) -> None:
    """An officer opens what needs them, reads what the other side says, and says: complete."""
    page.get_by_role("link", name="Amity Desk").click()
    need = page.locator("section", has=page.get_by_role("heading", name=OTHERS))
    need.get_by_role("link", name=PROMISED).click()
    expect(page.get_by_role("main")).to_contain_text(theirs)
    page.get_by_label("Complete: all of it is done").check()
    page.get_by_label("Our words").fill(words)
    page.get_by_role("button", name="Publish our report").click()
    expect(page).not_to_have_url(re.compile("/reply/"))


def naming(citizen: Page, demo: Demonstration, proposal: str) -> list[str]:
    """Which of the pages that everybody reads say who proposed it."""
    said = []
    for place in (f"proposals/{proposal}/", f"gatherings/{FORUM}/", "proposals/", "feed.atom"):
        answer = citizen.request.get(f"{demo.address}/vi/{place}")
        assert answer.ok, place
        if NAME in answer.text():
            said.append(place)
    return said


def name_taken_back(citizen: Page, demo: Demonstration, own: str, proposal: str) -> None:
    """Whoever proposed it takes their name out: no page says it any more."""
    named = [f"proposals/{proposal}/", f"gatherings/{FORUM}/", "proposals/"]
    assert naming(citizen, demo, proposal) == named
    citizen.goto(own)
    looked_at(citizen)
    citizen.get_by_role("button", name="Xóa tên tôi ở mọi nơi").click()
    expect(citizen.get_by_role("status")).to_contain_text("Tên của bạn đã được xóa")
    assert naming(citizen, demo, proposal) == []


def test_a_promise_from_a_citizens_form_to_its_keeping_in_the_next_edition(
    browser: Browser, demo: Demonstration
):
    context = browser.new_context(viewport=PHONE, locale="vi", has_touch=True)
    citizen = context.new_page()
    with (
        at_desk(browser, demo.address, NORTH, locale="ru") as ylva,
        at_desk(browser, demo.address, SOUTH) as duarte,
    ):
        open_form(duarte, demo)
        own = proposed(citizen, demo)
        proposal = taken_up(duarte, demo)
        citizen.goto(own)
        expect(citizen.get_by_role("main")).to_contain_text(proposal)
        answered(ylva, demo)
        key = promised(ylva)
        number = re.sub(r"^(c-\d+-\d+).*", r"\1", key).upper()
        citizen.goto(own)
        expect(citizen.get_by_role("main")).to_contain_text("Двенадцать, а не двадцать.")
        expect(citizen.locator(f"main a[href='/vi/commitments/{key}/']")).to_be_visible()
        duarte.goto(f"{demo.address}/en/desk/records/commitments/{key}/")
        duarte.get_by_role("button", name="Confirm as it stands").click()
        asked_and_reported(browser, ylva, demo)
        differed(ylva, duarte, demo)
        citizen.goto(f"{demo.address}/id/commitments/{key}/")
        for said in ("Lima siswa sudah berangkat.", "Nine came; we met them.", "berbeda laporan"):
            expect(citizen.get_by_role("main")).to_contain_text(said)
        looked_at(citizen)
        closed_and_carried(ylva, duarte, demo)
        citizen.goto(f"{demo.address}/vi/gatherings/{NEXT}/")
        expect(citizen.get_by_role("main")).to_contain_text(number)
        settled(ylva, duarte)
        citizen.goto(f"{demo.address}/en/commitments/{key}/")
        expect(citizen.get_by_role("main")).to_contain_text("Both sides: complete")
        name_taken_back(citizen, demo, own, proposal)
        assert context.cookies() == []
    context.close()
