"""Every page of the desk in a real browser: axe finds nothing, and nothing scrolls sideways.

The addresses are those of the access matrix, so a new one is looked at or fails the test; what
takes only what is sent to it, and what is no page (files, pieces of pages), is told by its answer.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import demonstration
from tests.browser.test_desk import NORTH, at_desk
from tests.browser.test_every_page import DESK, PHONE, in_turn, look, overhang, violations
from tests.browser.test_people import House
from tests.desk_pages import MORE, PATTERNS, SAMPLES, filled

pytestmark = pytest.mark.browser

ELSEWHERE = {
    "desk/account/provider/": "test_people",
    "desk/account/provider/link/": "test_people",
    "desk/account/security/codes/": "test_people",
    "desk/account/security/app/remove/": "test_people",
    "desk/account/security/passkeys/<int:pk>/": "test_people",
    "desk/account/security/passkeys/<int:pk>/remove/": "test_people",
    "desk/account/security/codes/new/": "test_people",
    "desk/offices/": "amity/desk/tests/test_opening",
}
"""Pages that need somebody in a state which another module brings about."""
LANGUAGES = ["vi", "ru"]
SEED = "import json; from tests.desk_pages import seed; print(json.dumps(seed()))"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A demonstration with something on every page."""
    folder = tmp_path_factory.mktemp("desk")
    for served in demonstration(folder, "localhost"):
        yield House(served, folder)


@pytest.fixture(scope="module")
def samples(house: House) -> dict[str, str]:
    """Parts of addresses, and what stands there."""
    made = house.command("shell", "-v", "0", "-c", SEED)
    return SAMPLES | json.loads(made.splitlines()[-1])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_desk_is_accessible_and_fits_on_a_phone(
    browser: Browser, house: House, samples: dict[str, str], language: str
):
    looked_at: dict[str, Any] = {}
    refused, unfilled = {}, set()
    with at_desk(browser, house.address, NORTH, locale=language) as page:

        def looked(address: str) -> tuple[list[str], int, int]:
            page.goto(f"{house.address}/{language}/{address}")
            turn = in_turn(len(looked_at), LANGUAGES.index(language))
            return look(page, on_a_phone=turn)

        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        for pattern in PATTERNS:
            address = filled(pattern, samples)
            if "<" in address:
                unfilled.add(pattern)
                continue
            answer = page.request.get(f"{house.address}/{language}/{address}")
            asked = f"{house.address}/{language}/{address}"
            forms_alone = answer.url != asked and asked.startswith(answer.url)
            if forms_alone or pattern in ELSEWHERE:
                continue
            if answer.status != 200:
                refused[pattern] = answer.status
                continue
            if "text/html" in answer.headers["content-type"] and "<main" in answer.text():
                looked_at[pattern] = looked(address)
        for address in MORE:
            looked_at[address] = looked(address)
        assert looked_at == dict.fromkeys(looked_at, ([], 0, 0))
        assert said == []
    assert refused == {}
    assert {one for one in unfilled if one not in ELSEWHERE and not below(one)} == set()
    assert len(looked_at) >= 40


def below(pattern: str) -> bool:
    """Whether it takes what is sent by a page that is looked at, here or elsewhere."""
    return pattern.startswith((*ELSEWHERE, *POSTED))


POSTED = (
    "desk/account/tokens/<int:number>/",
    "desk/files/<int:number>",
    "desk/history/<int:number>/",
    "desk/letters/<int:number>/",
    "desk/office/deputies/<int:number>/",
    "desk/office/invitations/<int:number>/",
    "desk/office/people/<int:number>/",
    "desk/office/webhooks/<int:number>/deliveries/",
    "desk/records/gatherings/<slug:key>/invitations/<slug:person>.",
    "desk/records/<slug:plural>/<slug:key>/history/<int:number>/",
    "desk/records/<slug:plural>/<slug:key>/proposals/<int:number>",
    "desk/submissions/<int:number>/files/",
    "desk/submissions/decline/<int:number>/back/",
)
"""What buttons of pages that are looked at send to, and files that they give."""


def test_rows_that_were_pasted_are_looked_over_on_a_phone(browser: Browser, house: House):
    with at_desk(browser, house.address, NORTH) as page:
        page.goto(f"{house.address}/en/desk/paste/persons/")
        page.locator("textarea[name=rows]").fill(
            "Name\tName (vi)\nNils Berg\tNils Berg\nPer Aspen\tPer Aspen\n\t\n"
        )
        page.get_by_role("main").get_by_role("button").first.click()
        expect(page.get_by_role("main")).to_contain_text("Nils Berg")
        page.set_viewport_size(PHONE)
        assert (violations(page), overhang(page)) == ([], 0)
        page.set_viewport_size(DESK)
        page.emulate_media(color_scheme="dark")
        assert (violations(page), overhang(page)) == ([], 0)
