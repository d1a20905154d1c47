"""Two officers at their desks in real browsers, each in their language."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_every_page import DESK, PHONE, overhang, violations

pytestmark = pytest.mark.browser

NORTH, SOUTH = "lindholm", "porto-claro"


@contextmanager
def at_desk(browser: Browser, served: str, who: str, **options: Any) -> Iterator[Page]:
    """A window in which one of the demonstration's officers is signed in."""
    context = browser.new_context(viewport=DESK, **options)
    page = context.new_page()
    page.goto(f"{served}/demonstration/{who}/")
    yield page
    context.close()


@pytest.mark.parametrize("language", ["vi", "ru", "en"])
def test_the_way_in_is_accessible(browser: Browser, written: str, language: str):
    page = browser.new_context(locale=language, viewport=PHONE).new_page()
    for address in ("sign-in/", "sign-in/password/"):
        page.goto(f"{written}/{language}/{address}")
        assert (violations(page), overhang(page)) == ([], 0), address
    page.context.close()


def begun(page: Page, served: str, title: str) -> str:
    """Begin a gathering of the partnership at a desk in English; returns its address."""
    page.goto(f"{served}/en/desk/records/gatherings/new/")
    page.locator("[name=kind]").select_option("visit")
    page.locator("textarea[name=title-en]").fill(title)
    page.locator("[name=status]").select_option("announced")
    page.locator("[name=when-words]").fill("5–7 May 2027")
    expect(page.locator("[data-meant]").first).to_have_text("Understood as: 5–7 May 2027")
    page.locator("[name=place-words]").press_sequentially("Lindholm")
    page.locator(".choices [role=option]").first.click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    return page.url


def is_told(page: Page, words: str) -> None:
    """What an act did is in sight where it was done, and has the focus."""
    told = page.locator("#proposals [role=status]")
    expect(told).to_have_text(words)
    expect(told).to_be_focused()
    expect(told).to_be_in_viewport()


def is_refused(page: Page, words: str) -> None:
    """What is wrong has the focus, and leads to where it stands beside the form."""
    told = page.locator(".faults")
    expect(told).to_be_focused()
    expect(told).to_be_in_viewport()
    told.get_by_role("link", name=words).click()
    beside = page.locator("#proposals .fault")
    expect(beside).to_have_text(words)
    expect(beside).to_be_in_viewport()


def test_what_is_joint_is_begun_confirmed_changed_agreed_and_read(browser: Browser, written: str):
    title, better = "Visit of the bakers", "Visit of the bakers and millers"
    with at_desk(browser, written, NORTH) as ylva, at_desk(browser, written, SOUTH) as duarte:
        address = begun(ylva, written, title)
        stranger = browser.new_context().new_page()
        public = address.replace("/desk/records/", "/")
        assert stranger.goto(public).status == 404

        duarte.goto(f"{written}/fr/desk/confirm/")
        duarte.get_by_label(title).check()
        duarte.get_by_role("button", name="Confirmer ce qui est coché, en l’état").click()
        expect(duarte.get_by_role("main")).to_contain_text("1 fiche confirmée")

        ylva.goto(f"{address}edit/")
        ylva.locator("textarea[name=title-en]").fill(better)
        ylva.get_by_role("button", name="Save", exact=True).click()
        ylva.get_by_role("link", name="Propose it to the other side").click()
        expect(ylva.get_by_role("button", name="Propose")).to_be_in_viewport()
        ylva.get_by_role("button", name="Propose").click()
        expect(ylva.get_by_role("heading", name="Proposed changes")).to_be_visible()
        expect(ylva.get_by_role("heading", level=1)).to_have_text(title)

        duarte.goto(f"{written}/fr/desk/")
        duarte.get_by_role("link", name=title).first.click()
        expect(duarte.locator("ins").first).to_contain_text(better)
        duarte.set_viewport_size(PHONE)
        duarte.get_by_role("button", name="Envoyer notre réponse").click()
        is_refused(duarte, "Choisissez d’abord si nous sommes d’accord ou nous opposons.")
        duarte.get_by_label("Nous acceptons").check()
        duarte.get_by_role("button", name="Envoyer notre réponse").click()
        is_told(duarte, "Accepté.")
        expect(duarte.get_by_role("heading", level=1)).to_contain_text(better)

        ylva.goto(address)
        ylva.get_by_role("link", name="Release to everybody").click()
        expect(ylva.get_by_role("main")).to_contain_text("released when the others agree")
        ylva.get_by_role("button", name="Release to everybody").click()
        duarte.goto(f"{written}/fr/desk/")
        duarte.get_by_role("link", name=better).first.click()
        duarte.get_by_label("Nous acceptons").check()
        duarte.get_by_role("button", name="Envoyer notre réponse").click()
        assert stranger.goto(public).status == 200
        expect(stranger.get_by_role("heading", level=1)).to_have_text(better)
        stranger.context.close()


def test_the_silence_procedure_holds_once_both_have_set_it_and_its_clock_says_why_it_stands(
    browser: Browser, written: str
):
    title = "Visit of the coopers"
    with at_desk(browser, written, NORTH) as ylva, at_desk(browser, written, SOUTH) as duarte:
        for page, language, act in ((ylva, "en", "Set"), (duarte, "fr", "Fixer")):
            page.goto(f"{written}/{language}/desk/silence/")
            page.locator("[name=days]").fill("5")
            page.get_by_role("button", name=act, exact=True).click()
        expect(duarte.get_by_role("main")).to_contain_text("en vigueur")

        address = begun(ylva, written, title)
        whole = address.replace("/en/desk/records/", "/fr/desk/confirm/")
        duarte.goto(whole)
        duarte.get_by_role("checkbox", name=title).check()
        duarte.get_by_role("button", name="Confirmer ce qui est coché, en l’état").click()
        assert duarte.url == whole
        expect(duarte.get_by_role("main")).to_contain_text("Notre partie a tout confirmé.")

        ylva.goto(f"{address}edit/")
        ylva.locator("textarea[name=title-en]").fill("Visit of the coopers and smiths")
        ylva.get_by_role("button", name="Save", exact=True).click()
        ylva.get_by_role("button", name="Propose").click()
        proposed = ylva.locator("#proposals")
        expect(proposed).to_contain_text("a text is missing in the language of its people")
        assert violations(ylva) == []
        ylva.set_viewport_size(PHONE)
        assert overhang(ylva) == 0
        proposed.get_by_role("button", name="Withdraw").click()
        ylva.goto(f"{written}/en/desk/silence/")
        ylva.locator("[name=days]").fill("")
        ylva.get_by_role("button", name="Set", exact=True).click()
        expect(ylva.get_by_role("main")).to_contain_text("does not hold")


def test_the_day_of_a_release_is_set_and_taken_back(browser: Browser, written: str):
    with at_desk(browser, written, NORTH) as ylva:
        address = begun(ylva, written, "Visit of the glaziers")
        ylva.get_by_role("link", name="Release to everybody").click()
        ylva.get_by_label("Day").fill("2127-05-01")
        ylva.get_by_role("button", name="Set the day").click()
        expect(ylva.get_by_role("main")).to_contain_text("It is released on 1 May 2127, 09:00")
        assert violations(ylva) == []
        ylva.goto(f"{written}/en/desk/")
        expect(ylva.get_by_role("main")).to_contain_text("To be released on a set day")
        ylva.goto(f"{address}release/")
        ylva.get_by_role("button", name="Take the day back").click()
        expect(ylva.get_by_role("main")).not_to_contain_text("It is released on 1 May")


def test_who_saves_second_chooses_between_both(browser: Browser, written: str):
    with at_desk(browser, written, NORTH) as ylva, at_desk(browser, written, NORTH) as other:
        address = begun(ylva, written, "Visit of the boatbuilders")
        for page in (ylva, other):
            page.goto(f"{address}edit/")
        ylva.locator("textarea[name=title-en]").fill("Visit of the sailmakers")
        other.locator("textarea[name=title-en]").fill("Visit of the ropemakers")
        ylva.get_by_role("button", name="Save", exact=True).click()
        expect(ylva.get_by_role("heading", level=1)).to_have_text("Visit of the sailmakers")
        other.get_by_role("button", name="Save", exact=True).click()
        body = other.get_by_role("main")
        for words in ("boatbuilders", "sailmakers", "ropemakers"):
            expect(body).to_contain_text(words)
        assert violations(other) == []
        other.get_by_role("radio", name=re.compile("ropemakers|Mine")).first.check()
        other.get_by_role("button", name=re.compile("Save")).click()
        expect(other.get_by_role("heading", level=1)).to_have_text("Visit of the ropemakers")


def test_a_form_is_filled_in_by_the_keyboard_alone(browser: Browser, written: str):
    with at_desk(browser, written, NORTH) as page:
        page.goto(f"{written}/en/desk/records/gatherings/new/")
        page.locator("[name=kind]").focus()
        page.keyboard.type("visit")
        page.keyboard.press("Tab")
        page.keyboard.type("Visit of the lamplighters")
        page.locator("[name=status]").focus()
        page.keyboard.type("announced")
        page.locator("[name=when-words]").focus()
        page.keyboard.type("May 2027")
        page.locator("[name=place-words]").focus()
        page.keyboard.type("Lindh")
        expect(page.locator(".choices [role=option]").first).to_be_visible()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(page.locator("[name=place-words]")).to_have_value("Lindholm")
        save = page.get_by_role("button", name="Save", exact=True)
        for _ in range(60):
            page.keyboard.press("Tab")
            if save.evaluate("one => one === document.activeElement"):
                break
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Visit of the lamplighters")


def test_all_of_it_works_without_scripts(browser: Browser, written: str):
    with at_desk(browser, written, NORTH, java_script_enabled=False) as page:
        page.goto(f"{written}/en/desk/records/gatherings/new/")
        page.locator("[name=kind]").select_option("visit")
        page.locator("textarea[name=title-en]").fill("Visit of the cartographers")
        page.locator("[name=status]").select_option("announced")
        page.locator("[name=when-words]").fill("end of next year")
        page.locator("[name=place-words]").fill("Lindholm")
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Visit of the cartographers")


def test_what_was_typed_outlives_the_session(browser: Browser, written: str):
    with at_desk(browser, written, NORTH) as page:
        page.goto(f"{written}/en/desk/records/persons/new/")
        page.context.clear_cookies(name="amity")  # the session is over, the form has its token
        page.locator("textarea[name=name-en]").fill("Somebody Typed")
        expect(page.locator("[data-kept]")).to_contain_text("you are signed out")
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
        expect(page.get_by_text("What you typed is kept.")).to_be_visible()
        page.goto(f"{written}/demonstration/{NORTH}/")
        page.goto(f"{written}/en/desk/records/persons/new/")
        expect(page.locator("textarea[name=name-en]")).to_have_value("Somebody Typed")


AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
}


def test_a_passkey_opens_the_desk(browser: Browser, written: str):
    with at_desk(browser, written, SOUTH) as page:
        device = page.context.new_cdp_session(page)
        device.send("WebAuthn.enable")
        device.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
        page.goto(f"{written}/en/desk/account/security/passkeys/add/")
        page.get_by_label("Name (optional)").fill("My telephone")
        page.get_by_label("Sign in with it alone").check()
        page.get_by_role("button", name="Add").click()
        expect(page.get_by_text("The passkey is added.")).to_be_visible()
        page.context.clear_cookies()
        page.goto(f"{written}/en/sign-in/")
        page.get_by_role("button", name="Sign in with a passkey").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Ce qui m’attend")


def test_who_has_no_passkey_is_told_so(browser: Browser, written: str):
    page = browser.new_context().new_page()
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    page.goto(f"{written}/en/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("alert").get_by_text("The passkey was not used.")).to_be_visible()
    page.context.close()
