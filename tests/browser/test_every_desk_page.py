"""Every page of the desk in a real browser: axe finds nothing, and nothing scrolls sideways.

The addresses are those of the access matrix, so a new one is looked at or fails the test; what
takes only what is sent to it, and what is no page (files, pieces of pages), is told by its answer.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.access.matrix import MATRIX
from tests.browser.conftest import demonstration
from tests.browser.test_desk import NORTH, at_desk
from tests.browser.test_every_page import DESK, PHONE, overhang, violations
from tests.browser.test_people import House

pytestmark = pytest.mark.browser

DESK_PAGES = sorted(
    pattern.removeprefix("<language>/")
    for pattern in MATRIX
    if pattern.startswith("<language>/desk/")
)
SAMPLES = {
    "records/<slug:plural>/<slug:key>": "records/gatherings/lpc-forum-2",
    "records/<slug:plural>": "records/gatherings",
    "confirm/<slug:plural>/<slug:key>": "confirm/gatherings/lpc-forum-3",
    "gatherings/<slug:key>": "gatherings/lpc-forum-2",
    "forms/<slug:key>": "forms/lpc-forum-3",
    "sides/<slug:key>": "sides/lpc-lindholm",
    "paste/<slug:plural>": "paste/persons",
    "records/<slug:plural>/<slug:key>/merge": "records/persons/per-aspen/merge",
}
"""Parts of addresses, and what stands there in the demonstration."""
ELSEWHERE = {
    "desk/account/provider/": "test_people",
    "desk/account/provider/link/": "test_people",
    "desk/account/security/codes/": "test_people",
    "desk/account/security/app/remove/": "test_people",
    "desk/account/security/passkeys/<int:pk>/": "test_people",
    "desk/account/security/passkeys/<int:pk>/remove/": "test_people",
    "desk/account/security/codes/new/": "test_people",
    "desk/office/lost/<int:number>/": "test_people",
    "desk/offices/": "amity/desk/tests/test_opening",
    "desk/office/webhooks/<int:number>/": "amity/webhooks/tests",
    "desk/submissions/<int:number>/": "test_collecting",
    "desk/turns/<int:number>/": "test_turns",
    "desk/turns/reports/<slug:key>/": "test_turns",
}
"""Pages that need somebody in a state which another module brings about."""
SEED = """
import json
from django.utils import timezone
from amity.accounts.queries import acting_by_command
from amity.desk.beginning import home_for
from amity.desk.models import Contact, ProposedMerge
from amity.followup.models import Answer
from amity.languages.text import Text
from amity.network.models import Office, Person
from amity.record.actions import save
from amity.record.choices import Audience
from amity.record.models import Entry

own, theirs = "lindholm-friendship-union", "porto-claro-external"
made = []
for office, key in ((own, "per-aspen"), (own, "per-aspen-2"), (theirs, "per-aspen-3")):
    acting = acting_by_command("test", Office.objects.get(organization__key=office))
    person = Person(dossier=home_for(acting), key=key, name=Text.of("Per Aspen", "en"))
    person.summary = Text.of(f"Known to {office}", "en")
    save(acting, person, audience=Audience.PUBLIC)
    made.append(person)
entries = [Entry.everything.get(kind="person", key=one.key) for one in made]
asked = ProposedMerge.objects.create(
    stays=entries[2], stays_revision=1, goes=entries[0], goes_revision=1,
    state={"key": "per-aspen-3", "name": made[0].name.to_column()},
    office=f"organization:{theirs}", answering=f"organization:{own}", at=timezone.now(),
)
contact = Contact.objects.create(
    office=f"organization:{own}", name="Per Aspen", origin="met him",
    keep_until=timezone.now().date().replace(year=2030), changed_at=timezone.now(),
)
answer = Answer.everything.filter(side__key="lpc-lindholm").first()
print(json.dumps({
    "merges/<int:number>": f"merges/{asked.pk}",
    "contacts/<int:number>": f"contacts/{contact.pk}",
    "answers/<slug:key>": f"answers/{answer.key}",
}))
"""


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


def filled(pattern: str, samples: dict[str, str]) -> str:
    """An address of the pattern; as it is where nothing stands for a part of it."""
    for part in sorted(samples, key=len, reverse=True):
        pattern = pattern.replace(part, samples[part])
    return pattern


@pytest.mark.parametrize("language", ["vi", "ru"])
def test_the_desk_is_accessible_and_fits_on_a_phone(
    browser: Browser, house: House, samples: dict[str, str], language: str
):
    looked_at: dict[str, Any] = {}
    refused, unfilled = {}, set()
    with at_desk(browser, house.address, NORTH, locale=language) as page:
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        for pattern in DESK_PAGES:
            address = filled(pattern, samples)
            if "<" in address:
                unfilled.add(pattern)
                continue
            answer = page.request.get(f"{house.address}/{language}/{address}")
            if answer.status == 405 or pattern in ELSEWHERE:
                continue
            if answer.status != 200:
                refused[pattern] = answer.status
                continue
            if "text/html" in answer.headers["content-type"] and "<main" in answer.text():
                looked_at[pattern] = look(page, f"{house.address}/{language}/{address}")
        for address in (
            "desk/records/persons/per-aspen/merge/?with=per-aspen-2",
            "desk/records/persons/per-aspen/merge/?with=per-aspen-3",
            "desk/records/commitments/new/",
        ):
            looked_at[address] = look(page, f"{house.address}/{language}/{address}")
        assert looked_at == dict.fromkeys(looked_at, ([], 0, [], 0))
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
    "desk/records/<slug:plural>/<slug:key>/history/<int:number>/",
    "desk/records/<slug:plural>/<slug:key>/proposals/<int:number>",
    "desk/turns/escalation/<slug:key>/",
)
"""What buttons of pages that are looked at send to."""


def look(page: Page, address: str) -> tuple[list[str], int, list[str], int]:
    """What is wrong with a page on a telephone in daylight, and on a desk in the dark."""
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="light")
    page.goto(address)
    told = violations(page), overhang(page)
    page.set_viewport_size(DESK)
    page.emulate_media(color_scheme="dark")
    return (*told, violations(page), overhang(page))


def test_rows_that_were_pasted_are_looked_over_on_a_phone(browser: Browser, house: House):
    with at_desk(browser, house.address, NORTH) as page:
        page.goto(f"{house.address}/en/desk/paste/persons/")
        page.locator("textarea[name=rows]").fill(
            "Name\\tName (vi)\\nNils Berg\\tNils Berg\\nPer Aspen\\tPer Aspen\\n\\t\\n"
        )
        page.get_by_role("main").get_by_role("button").first.click()
        expect(page.get_by_role("main")).to_contain_text("Nils Berg")
        page.set_viewport_size(PHONE)
        assert (violations(page), overhang(page)) == ([], 0)
        page.set_viewport_size(DESK)
        page.emulate_media(color_scheme="dark")
        assert (violations(page), overhang(page)) == ([], 0)
