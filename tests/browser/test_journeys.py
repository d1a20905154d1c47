"""Three readers follow one promise from the front page to its sources, each in their language."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

PROMISE = "C-2025-001"
"""Saint Petersburg to host the second forum in October 2026."""


@dataclass(frozen=True)
class Reader:
    """Who reads, from where, and by which words they find their way."""

    language: str
    locale: str
    timezone: str
    commitments: str
    promise: str
    deadline: str
    publisher: str
    quotation: str


READERS = [
    Reader(
        language="vi",
        locale="vi-VN",
        timezone="Asia/Ho_Chi_Minh",
        commitments="Cam kết",
        promise="Saint Petersburg sẽ đăng cai Diễn đàn lần thứ hai",
        deadline="tháng 10/2026",
        publisher="Vietnam.vn",
        quotation="pada bulan Oktober 2026",
    ),
    Reader(
        language="ru",
        locale="ru-RU",
        timezone="Europe/Moscow",
        commitments="Обязательства",
        promise="Санкт-Петербург обязуется принять второй форум",
        deadline="октябрь 2026",
        publisher="Vietnam.vn",
        quotation="pada bulan Oktober 2026",
    ),
    Reader(
        language="id",
        locale="id-ID",
        timezone="Asia/Jakarta",
        commitments="Komitmen",
        promise="Saint Petersburg akan menjadi tuan rumah forum kedua",
        deadline="Oktober 2026",
        publisher="Vietnam.vn",
        quotation="pada bulan Oktober 2026",
    ),
]


@pytest.fixture(params=READERS, ids=lambda reader: reader.language)
def reader(request: pytest.FixtureRequest) -> Reader:
    return request.param


@pytest.fixture
def page(browser: Browser, reader: Reader):
    context = browser.new_context(
        locale=reader.locale,
        timezone_id=reader.timezone,
        viewport={"width": 1280, "height": 900},
    )
    yield context.new_page()
    context.close()


def test_from_the_front_page_to_the_sources_of_a_promise(page: Page, served: str, reader: Reader):
    page.goto(f"{served}/")
    expect(page).to_have_url(f"{served}/{reader.language}/")
    page.get_by_role("navigation").get_by_role("link", name=reader.commitments, exact=True).click()
    page.get_by_role("main").get_by_role("link", name=reader.promise).click()
    expect(page).to_have_url(f"{served}/{reader.language}/commitments/{PROMISE}/")
    expect(page.get_by_role("heading", level=1)).to_have_text(reader.promise)
    expect(page.get_by_role("main")).to_contain_text(reader.deadline)
    source = page.get_by_role("complementary").get_by_role("listitem")
    source.filter(has_text=reader.publisher).get_by_role("link").first.click()
    expect(page).to_have_url(re.compile(f"{served}/{reader.language}/articles/[a-z0-9-]+/"))
    expect(page.get_by_role("main")).to_contain_text(reader.quotation)
    assert page.locator("html").get_attribute("lang") == reader.language


def test_the_same_way_by_keyboard_alone(page: Page, served: str, reader: Reader):
    page.goto(f"{served}/{reader.language}/commitments/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    link = page.get_by_role("main").get_by_role("link", name=reader.promise)
    for _ in range(120):
        page.keyboard.press("Tab")
        if link.evaluate("link => link === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{served}/{reader.language}/commitments/{PROMISE}/")


def test_a_reader_changes_the_language_and_stays_on_the_page(
    page: Page, served: str, reader: Reader
):
    page.goto(f"{served}/{reader.language}/commitments/{PROMISE}/")
    page.get_by_role("banner").get_by_role("link", name="Français").click()
    expect(page).to_have_url(f"{served}/fr/commitments/{PROMISE}/")


def test_filters_work_without_scripts(browser: Browser, served: str, reader: Reader):
    context = browser.new_context(java_script_enabled=False, locale=reader.locale)
    page = context.new_page()
    page.goto(f"{served}/{reader.language}/commitments/")
    page.locator("select[name=state]").select_option("silent")
    page.locator("form.filters button[type=submit]").click()
    expect(page).to_have_url(re.compile(r"[?&]state=silent"))
    expect(page.locator("select[name=state]")).to_have_value("silent")
    expect(page.get_by_role("main").get_by_role("link", name=reader.promise)).to_have_count(1)
    context.close()
