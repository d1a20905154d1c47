"""A deadline passes without a report: the office is told, then its signatories, until one comes."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import demonstration
from tests.browser.test_desk import NORTH, SOUTH, at_desk
from tests.browser.test_every_page import PHONE
from tests.browser.test_people import House
from tests.browser.test_turns import Demonstration, first_turn, looked_at

pytestmark = pytest.mark.browser

NEED = "No report, though the signatories were told"
MONTH = """
from datetime import UTC, datetime, time, timedelta
from amity.turns.actions.escalating import escalate
from amity.turns.models import Turn
due = datetime.combine(Turn.objects.get(pk={number}).due_on, time(12), UTC)
for day in range(1, 31):
    escalate(due + timedelta(days=day))
"""
"""What the loop process does at noon of the thirty days after a deadline."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    folder = tmp_path_factory.mktemp("missed")
    for address in demonstration(folder, "localhost"):
        yield Demonstration(address, folder)


def set_days(page: Page, demo: Demonstration) -> None:
    """The side wants to be told on the second day, its signatories on the ninth."""
    page.goto(f"{demo.address}/en/desk/turns/escalation/")
    looked_at(page)
    side = page.get_by_role("main").locator("section.card").first
    side.locator("[name$='-office_after']").fill("2")
    side.locator("[name$='-signatories_after']").fill("9")
    side.get_by_role("button", name="Save").click()
    expect(side.locator("[name$='-signatories_after']")).to_have_value("9")


def asked(page: Page) -> None:
    """Somebody without an account is asked for the report."""
    page.locator("[name=name]").fill("Sunniva Holt")
    page.locator("[name=mail]").fill("sunniva@lindholm.invalid")
    page.locator("[name=language]").select_option("fr")
    page.locator("[name=timezone]").select_option("Europe/Oslo")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("button", name="Ask now").click()


def reported(browser: Browser, link: str) -> None:
    """Late, by the link that was sent, on a phone."""
    context = browser.new_context(viewport=PHONE, locale="fr")
    phone = context.new_page()
    phone.goto(link)
    phone.locator("[name=completion][value=substantial]").check()
    phone.locator("[name=words]").fill("Les bancs sont posés.")
    phone.locator("button[name=act][value=send]").click()
    expect(phone.get_by_role("main")).to_contain_text("Merci")
    context.close()


def test_the_office_is_told_then_its_signatories_until_a_report_comes(
    browser: Browser, demo: Demonstration
):
    with (
        at_desk(browser, demo.address, NORTH) as ylva,
        at_desk(browser, demo.address, SOUTH) as duarte,
    ):
        set_days(ylva, demo)
        address, title = first_turn(ylva, demo)
        asked(ylva)
        link = demo.mailed()
        expect(ylva.get_by_role("main")).to_contain_text("told next: the people of the office")
        number = re.sub(r"\D", "", address.rpartition("/turns/")[2])
        House(demo.address, demo.folder).command(
            "shell", "-v", "0", "-c", MONTH.format(number=number)
        )

        ylva.goto(address)
        steps = ylva.locator("section", has=ylva.get_by_role("heading", name="If no report comes"))
        expect(steps.get_by_role("listitem")).to_have_count(2)
        expect(steps).to_contain_text("told: the people of the office")
        expect(steps).to_contain_text("told: its signatories")
        looked_at(ylva)
        ylva.goto(f"{demo.address}/en/desk/")
        need = ylva.locator("section", has=ylva.get_by_role("heading", name=NEED))
        expect(need.get_by_role("link", name=title)).to_be_visible()
        looked_at(ylva)
        ylva.goto(f"{demo.address}/en/desk/letters/")
        expect(ylva.get_by_role("main")).to_contain_text(re.compile(r"reports? (is|are) missing"))
        duarte.goto(f"{demo.address}/en/desk/")
        expect(duarte.locator(f"a[href$='/turns/{number}/']")).to_have_count(0)

        reported(browser, link)
        ylva.goto(f"{demo.address}/en/desk/")
        expect(need.get_by_role("link", name=title)).to_have_count(0)
        ylva.goto(address)
        expect(ylva.get_by_role("link", name="Read and accept the report")).to_be_visible()
