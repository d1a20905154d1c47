"""Three sides at their desks, each in their language: one objects, one joins late, one is wrong."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import demonstration
from tests.browser.test_desk import NORTH, SOUTH, at_desk, begun
from tests.browser.test_every_page import DESK, PHONE, overhang, violations
from tests.browser.test_people import PASSWORD, House

pytestmark = pytest.mark.browser

THIRD = "tallhamn-harbour-union"
SIDE = "lpc-tallhamn-3"
A_THIRD_SIDE = f"""
from amity.accounts.queries import acting_by_command
from amity.languages.text import Text
from amity.network.models import Area, Office, Organization, Partnership, Side
from amity.record.actions import save
from amity.record.choices import Audience

office = Office.objects.get(organization__key="lindholm-friendship-union")
acting = acting_by_command("test", office)
partnership = Partnership.everything.get(key="lindholm-porto-claro")
city = Area.everything.get(key="tallhamn")
save(
    acting,
    Organization(
        dossier=city.dossier,
        key="{THIRD}",
        kind="friendship_union",
        area=city,
        name=Text.of("Tallhamn Harbour Union", "en"),
    ),
    audience=Audience.PUBLIC,
)
side = Side(
    dossier=city.dossier, key="{SIDE}", partnership=partnership, area=city, position=3
)
save(acting, side)
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """An installation in whose twinning a third city takes part, without a desk at first."""
    folder = tmp_path_factory.mktemp("three")
    for served in demonstration(folder, "localhost"):
        made = House(served, folder)
        made.command("shell", "-v", "0", "-c", A_THIRD_SIDE)
        yield made


@contextmanager
def third(browser: Browser, house: House, name: str) -> Iterator[Page]:
    """Somebody of the third side, who was vouched for and invited just now; at their desk."""
    house.command("office", "vouch", THIRD, "--side", SIDE)
    who = f"{name.lower()}@tallhamn.invalid"
    link = house.command("invite", who, "--office", THIRD, "--language", "ru")
    context = browser.new_context(viewport=DESK, locale="ru")
    page = context.new_page()
    page.goto(link)
    page.get_by_label("Имя").fill(name)
    page.get_by_label("Пароль", exact=True).fill(PASSWORD)
    page.get_by_label("Пароль ещё раз").fill(PASSWORD)
    page.get_by_role("button", name="Принять").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ждёт меня")
    yield page
    context.close()


def in_language(address: str, language: str) -> str:
    return address.replace("/en/", f"/{language}/", 1)


def sound(page: Page) -> None:
    """Nothing is wrong with the page on a telephone in daylight, and on a desk in the dark."""
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="light")
    assert (violations(page), overhang(page)) == ([], 0)
    page.set_viewport_size(DESK)
    page.emulate_media(color_scheme="dark")
    assert (violations(page), overhang(page)) == ([], 0)


def test_of_three_sides_one_joins_late_and_disputes_and_one_objects_to_a_part(
    browser: Browser, house: House
):
    title, better = "Visit of the net makers", "Visit of the net makers and divers"
    with at_desk(browser, house.address, NORTH) as ylva:
        address = begun(ylva, house.address, title)
        with at_desk(browser, house.address, SOUTH) as duarte:
            duarte.goto(in_language(address, "fr"))
            duarte.get_by_role("button", name="Confirmer tel quel").click()
            with third(browser, house, "Astrid") as astrid:
                joins_late(astrid, address, title)
                ylva.goto(address)
                disputed = ylva.locator("#disputes")
                expect(disputed).to_contain_text("Tallhamn")
                expect(disputed).to_contain_text("Мы слышали другое число.")
                sound(ylva)
                objects_to_a_part(ylva, duarte, astrid, address, better)
                stranger = browser.new_context(locale="vi").new_page()
                public = in_language(address.replace("/desk/records/", "/"), "vi")
                assert stranger.goto(public).status == 404
                released_by_all(ylva, duarte, astrid, address)
                assert stranger.goto(public).status == 200
                expect(stranger.get_by_role("heading", level=1)).to_contain_text(better)
                expect(stranger.get_by_role("main")).to_contain_text("5–7/5/2027")
                stranger.context.close()


def joins_late(astrid: Page, address: str, title: str) -> None:
    """Whoever joins later has what was written on a list, and disputes a field of it."""
    expect(astrid.get_by_role("heading", name="Ждёт подтверждения нашей стороны")).to_be_visible()
    astrid.get_by_role("link", name=title).first.click()
    sound(astrid)
    astrid.locator("#disputes summary").click()
    astrid.locator("#dispute-place").select_option("when")
    astrid.locator("#dispute-reasons").fill("Мы слышали другое число.")
    astrid.locator("#disputes form button").click()
    expect(astrid.locator("#disputes article")).to_contain_text("Мы слышали другое число.")
    sound(astrid)
    astrid.goto(in_language(address.replace("/desk/records/", "/desk/confirm/"), "ru"))
    sound(astrid)


def objects_to_a_part(ylva: Page, duarte: Page, astrid: Page, address: str, better: str) -> None:
    """Once all have confirmed, a change of two fields is agreed to by all in one of them alone."""
    astrid.goto(in_language(address, "ru"))
    astrid.locator("#disputes article button").click()
    expect(astrid.locator("#disputes article")).to_have_count(0)
    astrid.get_by_role("button", name="Подтвердить как есть").click()
    expect(astrid.get_by_role("button", name="Подтвердить как есть")).to_have_count(0)

    ylva.goto(f"{address}edit/")
    ylva.locator("textarea[name=title-en]").fill(better)
    ylva.locator("[name=when-words]").fill("9–11 May 2027")
    ylva.get_by_role("button", name="Save", exact=True).click()
    ylva.get_by_role("button", name="Propose").click()
    expect(ylva.locator("#proposals fieldset")).to_have_count(2)
    sound(ylva)

    duarte.goto(in_language(address, "fr"))
    for field in duarte.locator("#proposals fieldset").all():
        field.get_by_label("Nous acceptons").check()
    duarte.get_by_role("button", name="Envoyer notre réponse").click()
    expect(duarte.get_by_role("heading", level=1)).not_to_contain_text(better)

    astrid.goto(in_language(address, "ru"))
    fields = astrid.locator("#proposals fieldset")
    fields.filter(has_text=better).get_by_label("Мы согласны").check()
    dates = fields.filter(has_not_text=better)
    dates.get_by_label("Мы возражаем").check()
    dates.get_by_label("Причины").fill("В эти дни у нас праздник.")
    astrid.get_by_role("button", name="Отправить наш ответ").click()
    expect(astrid.get_by_role("heading", level=1)).to_contain_text(better)
    sound(astrid)

    ylva.goto(address)
    expect(ylva.get_by_role("heading", level=1)).to_have_text(better)
    expect(ylva.locator("#proposals")).to_contain_text(
        "Tallhamn objects: В эти дни у нас праздник."
    )
    sound(ylva)


def released_by_all(ylva: Page, duarte: Page, astrid: Page, address: str) -> None:
    """What all have confirmed is released when all agree."""
    ylva.goto(f"{address}release/")
    ylva.get_by_role("button", name="Release to everybody").click()
    for page, language, agrees, send in (
        (duarte, "fr", "Nous acceptons", "Envoyer notre réponse"),
        (astrid, "ru", "Мы согласны", "Отправить наш ответ"),
    ):
        page.goto(in_language(address, language))
        page.get_by_label(agrees).check()
        page.get_by_role("button", name=send).click()
