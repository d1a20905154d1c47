"""How people come in, again and again: by codes, by colleagues, by their city; and out."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from allauth.mfa.totp.internal import auth as totp
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import demonstration, environment
from tests.browser.provider import provider
from tests.browser.test_desk import NORTH, SOUTH, at_desk, begun
from tests.browser.test_every_page import DESK, PHONE, overhang, violations

pytestmark = pytest.mark.browser
PASSWORD = "a boat on two rivers"
YLVA = "ylva@lindholm.invalid"
A_DAY_LATER = """
from datetime import timedelta
from django.db.models import F
from amity.accounts.models import LostFactor
LostFactor.objects.update(effective_at=F("effective_at") - timedelta(days=1))
"""


@dataclass(frozen=True, slots=True)
class House:
    """A served installation: its address, and the folder that its commands work on."""

    address: str
    folder: Path

    def command(self, *arguments: str) -> str:
        """What a command of it prints."""
        settings = {"DJANGO_SETTINGS_MODULE": "amity.settings.demo", "AMITY_BASE_URL": self.address}
        done = subprocess.run(
            [sys.executable, "-m", "amity", *arguments],
            env=environment(self.folder) | settings,
            capture_output=True,
            text=True,
            timeout=120,
            check=True,
        )
        return done.stdout.strip()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """An installation that knows a provider of identities."""
    folder = tmp_path_factory.mktemp("house")
    with provider() as address:
        more = {"AMITY_OIDC_URL": address, "AMITY_OIDC_NAME": "City of Porto Claro"}
        for served in demonstration(folder, "localhost", **more):
            yield House(served, folder)


def faults(page: Page) -> list[object]:
    """What is wrong with a page on a telephone, and on a desk in the dark."""
    found: list[object] = []
    for size, scheme in ((PHONE, "light"), (DESK, "dark")):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found += violations(page)
        if overhang(page):
            found.append(f"{overhang(page)} pixels too wide at {size}")
    return found


def code_of(secret: str) -> str:
    """What an authenticator app shows now."""
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    return str(totp.format_hotp_value(totp.hotp_value(secret, counter)))


def secret_on(page: Page) -> str:
    """The key that a page gives for an authenticator app."""
    return page.get_by_text(re.compile("^Key: ")).inner_text().removeprefix("Key: ")


def with_password_and_app(page: Page, address: str) -> list[str]:
    """Set both for whoever is signed in; gives the recovery codes."""
    page.goto(f"{address}/en/desk/account/password/set/")
    page.get_by_label("New password", exact=True).fill(PASSWORD)
    page.get_by_label("New password, again").fill(PASSWORD)
    page.get_by_role("button", name="Choose this password").click()
    page.goto(f"{address}/en/desk/account/security/app/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Code that the app shows").fill(code_of(secret_on(page)))
    page.get_by_role("button", name="Set up").click()
    return page.locator(".codes").inner_text().split()


@contextmanager
def signing_in(browser: Browser, address: str, who: str) -> Iterator[Page]:
    """A new window in which somebody has typed address and password."""
    context = browser.new_context(viewport=DESK, locale="en")
    page = context.new_page()
    page.goto(f"{address}/en/sign-in/")
    page.get_by_label("Mail address").fill(who)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    yield page
    context.close()


@contextmanager
def invited(browser: Browser, house: House, name: str) -> Iterator[Page]:
    """A colleague of Ylva's, who takes up an invitation; at their desk."""
    who = f"{name.lower()}@lindholm.invalid"
    link = house.command("invite", who, "--office", "lindholm-friendship-union")
    context = browser.new_context(viewport=DESK)
    page = context.new_page()
    page.goto(link)
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password, again").fill(PASSWORD)
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What needs me")
    yield page
    context.close()


@pytest.mark.parametrize(
    ("device", "scripted", "clocks"),
    [
        ("Asia/Saigon", True, "Asia/Ho_Chi_Minh"),
        ("Europe/Kiev", True, "Europe/Kyiv"),
        ("Etc/GMT+3", True, "UTC"),
        ("Asia/Saigon", False, "UTC"),
    ],
)
def test_clocks_of_a_new_person_begin_as_those_of_their_device_and_stay_as_chosen(
    browser: Browser, house: House, device: str, scripted: bool, clocks: str
):
    who = f"{device.lower().replace('/', '-')}-{scripted}@lindholm.invalid"
    link = house.command("invite", who, "--office", "lindholm-friendship-union")
    context = browser.new_context(timezone_id=device, java_script_enabled=scripted)
    page = context.new_page()
    page.goto(link)
    zones = page.get_by_label("Time zone")
    expect(zones).to_have_value(clocks)
    zones.select_option("Atlantic/Azores")
    page.get_by_label("Name").fill("Ida")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password, again").fill("another")
    page.get_by_role("button", name="Accept").click()
    expect(
        page.get_by_text("Choose a password", exact=False).or_(page.get_by_role("alert"))
    ).to_be_visible()
    expect(zones).to_have_value("Atlantic/Azores")
    context.close()


def test_a_recovery_code_opens_the_desk_and_then_the_device_is_lost(browser: Browser, house: House):
    with (
        at_desk(browser, house.address, NORTH) as ylva,
        invited(browser, house, "Per") as per,
        invited(browser, house, "Liv") as liv,
    ):
        codes = with_password_and_app(ylva, house.address)
        assert len(codes) == 10

        with signing_in(browser, house.address, YLVA) as page:
            expect(page.get_by_role("heading", level=1)).to_have_text("Second factor")
            page.get_by_label("Code").fill(codes[0])
            page.get_by_role("button", name="Sign in", exact=True).click()
            expect(page.get_by_role("heading", level=1)).to_have_text("What needs me")

        with signing_in(browser, house.address, YLVA) as page:
            page.get_by_label("Code").fill(codes[0])
            page.get_by_role("button", name="Sign in", exact=True).click()
            expect(page.get_by_role("alert").get_by_text("The code is not right")).to_be_visible()
            page.get_by_role("link", name="I have lost my device and codes").click()
            told = {"lost": faults(page)}
            page.get_by_role("button", name="I have lost my device and codes").click()
            expect(page.get_by_text("All of your office is told.")).to_be_visible()
            told["asked"] = faults(page)

            for colleague in (per, liv):
                colleague.goto(f"{house.address}/en/desk/")
                colleague.get_by_role("link", name="Ylva Ask").click()
                told[f"vouching {len(told)}"] = faults(colleague)
                vouching = colleague.get_by_role(
                    "button", name="I spoke with them and vouch for it"
                )
                vouching.click()
                expect(colleague.get_by_text("You have vouched for them.")).to_be_visible()
            told["vouched"] = faults(liv)

            page.reload()
            expect(page.get_by_text("Others have vouched for you.")).to_be_visible()
            told["waiting"] = faults(page)
            house.command("shell", "-c", A_DAY_LATER)
            page.reload()
            told["setting up"] = faults(page)
            page.get_by_label("Code that the app shows").fill(code_of(secret_on(page)))
            page.get_by_role("button", name="Set up and sign in").click()
            expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
            assert page.locator(".codes").inner_text().split() != codes
            page.get_by_role("link", name="To the desk").click()
            expect(page.get_by_role("heading", level=1)).to_have_text("What needs me")

        ylva.goto(f"{house.address}/en/desk/")  # the window from before
        expect(ylva.get_by_role("heading", level=1)).to_have_text("Sign in")
        assert [one for some in told.values() for one in some] == [], told


def test_somebody_signs_in_by_their_city_which_leads_on_to_another_host(
    browser: Browser, house: House
):
    context = browser.new_context(viewport=DESK)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{house.address}/fr/sign-in/")
    found = faults(page)
    page.get_by_role("button", name="Se connecter avec City of Porto Claro").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ce qui m’attend")
    page.goto(f"{house.address}/fr/desk/account/provider/")
    expect(page.get_by_text("Vous pouvez vous connecter avec City of Porto Claro")).to_be_visible()
    found += faults(page)
    assert (found, said) == ([], [])
    context.close()


def test_an_office_that_was_vouched_for_wrongly_is_undone(browser: Browser, house: House):
    title = "Visit of the coopers"
    with at_desk(browser, house.address, NORTH) as ylva:
        address = begun(ylva, house.address, title)
        with at_desk(browser, house.address, SOUTH) as duarte:
            duarte.goto(address)
            duarte.get_by_role("button", name="Confirm as it stands").click()
            ylva.reload()
            confirmed = ylva.get_by_role("listitem").filter(has_text="Porto Claro")
            expect(confirmed.get_by_text("confirmed", exact=True)).to_be_visible()

            today = datetime.now(tz=UTC).date().isoformat()
            side = ("--side", "lpc-porto-claro")
            said = house.command(
                "office", "disavow", "porto-claro-external", *side, "--since", today
            )
            assert f"void: gathering:{address.rstrip('/').rpartition('/')[2]}" in said.splitlines()

            ylva.reload()
            expect(confirmed.get_by_text("confirmed", exact=True)).to_have_count(0)
            expect(confirmed.get_by_text("confirmed without the right to")).to_be_visible()
            answer = duarte.goto(address)
            assert answer is not None
            assert answer.status == 404
        ylva.get_by_role("link", name="Change", exact=True).click()
        ylva.locator("textarea[name=title-en]").fill(f"{title}, later")
        ylva.get_by_role("button", name="Save", exact=True).click()
        expect(ylva.get_by_role("heading", level=1)).to_have_text(f"{title}, later")
        house.command("office", "vouch", "porto-claro-external", *side)
