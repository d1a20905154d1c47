"""A confirmation that was given without the right to is called so, and not what it is not."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from amity.accounts.actions import end_mandates
from amity.accounts.models import User
from amity.followup.models import Proposal
from amity.foundation.actions import By
from amity.network.actions import withdraw_vouching
from amity.network.models import Office
from amity.record.actions import save
from amity.record.choices import Audience
from tests.write.world import words

from .test_desk import Desk, desk
from .test_merging import said

__all__ = ["desk"]
pytestmark = pytest.mark.django_db

BY = By(command="test")
WORDS = {
    "en": (
        "confirmed without the right to",
        "Confirmed without the right to, which is void",
    ),
    "vi": (
        "xác nhận khi không có thẩm quyền",
        "Xác nhận khi không có thẩm quyền nên không có hiệu lực",
    ),
    "ru": (
        "подтверждено без права на это",
        "Подтверждено без права на это и потому недействительно",
    ),
    "fr": ("confirmé sans en avoir le droit", "Confirmé sans en avoir le droit, donc nul "),
    "id": ("dikonfirmasi tanpa hak", "Dikonfirmasi tanpa hak, sehingga tidak berlaku"),
}


@pytest.fixture
def agreed(desk) -> Desk:
    """A proposal that the northern side recorded and the southern one confirmed."""
    proposal = Proposal(
        dossier=desk.world.dossier,
        key="P-2026-001",
        kind="proposal",
        title=words("A ferry"),
        proposer_side=desk.world.sides[0],
    )
    save(desk.world.north, proposal, audience=Audience.PUBLIC)
    address = reverse("desk_confirm", args=["proposals", "P-2026-001"])
    answer = desk.south.post(address, {"revision": "1", "language": "en"})
    assert answer.status_code == 302
    return desk


def shown(desk: Desk, tag: str) -> tuple[str, str]:
    """What an officer of the other side and a stranger read."""
    User.objects.update(language=tag)
    with translation.override(tag):
        at_desk = reverse("desk_record", args=["proposals", "P-2026-001"])
        public = reverse("followup:proposal", args=["P-2026-001"])
    return said(desk.north.get(at_desk)), said(Client().get(public))


@pytest.mark.parametrize("tag", WORDS)
@pytest.mark.parametrize("what", ["vouching", "mandate"])
def test_it_has_words_of_its_own_on_each_page_that_shows_it(agreed, tag, what):
    before = shown(agreed, tag)
    assert [any(said in page for said in WORDS[tag]) for page in before] == [False, False]
    since = timezone.now().replace(year=2020)
    office = Office.objects.get(organization__key="south-office")
    if what == "vouching":
        withdraw_vouching(BY, office, agreed.world.sides[1], since=since)
    else:
        user = User.objects.get(email="south-office@example.org")
        end_mandates(BY, user, office, since=since)
    at_desk, public = shown(agreed, tag)
    assert WORDS[tag][0] in at_desk
    assert WORDS[tag][1] in public
    with translation.override(tag):
        assert translation.gettext("confirmed before it changed") not in at_desk
