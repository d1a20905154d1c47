"""What a side is asked stands on its desk's first page until it has answered."""

import pytest
from django.urls import reverse

from amity.followup.models import Answer, Proposal
from amity.record.acting import STRANGER
from amity.record.actions import save
from amity.record.choices import Audience, Mandate
from amity.turns import queries
from tests.write.world import words

from .world import Thread, signed_in, thread

pytestmark = pytest.mark.django_db
HEADING = "Our side is asked"


def ask(begun: Thread, key: str, *sides: int, audience: Audience = Audience.PUBLIC) -> Proposal:
    """The north asks these sides for something."""
    world = begun.world
    forum = world.gathering(f"forum-{key.lower()}")
    save(world.north, forum, audience=Audience.PUBLIC)
    made = Proposal(
        dossier=world.dossier,
        key=key,
        kind="request",
        title=words(f"A bus {key}"),
        text=words("A bus"),
        gathering=forum,
    )
    save(world.north, made, {"addressees": [world.sides[one] for one in sides]}, audience=audience)
    return made


def listed(begun: Thread) -> list[list[str]]:
    """What each of three offices is asked, by number."""
    world = begun.world
    return [
        [one.key for one in queries.to_answer(acting)]
        for acting in (world.north, world.south, world.east)
    ]


def test_each_side_is_asked_until_it_has_answered() -> None:
    begun = thread()
    one, other = ask(begun, "P-2026-001", 0, 1), ask(begun, "P-2026-002", 1)
    ask(begun, "P-2026-003", 1, audience=Audience.CIRCLE)
    both = ["P-2026-003", "P-2026-002", "P-2026-001"]
    assert listed(begun) == [["P-2026-001"], both, []]
    assert not queries.to_answer(STRANGER)
    page = begun.south.get("/en/desk/").text.partition(HEADING)[2].partition("</section>")[0]
    addresses = [reverse("desk_record", args=["proposals", key]) for key in both]
    assert [page.find(address) > 0 for address in addresses] == [True] * 3
    assert HEADING not in begun.east.get("/en/desk/").text
    assert HEADING not in signed_in("south-office", Mandate.OBSERVER).get("/en/desk/").text
    given = Answer(
        dossier=begun.world.dossier,
        key="yes",
        proposal=one,
        side=begun.world.sides[1],
        verdict="supported",
        reasons=words("Gladly"),
    )
    save(begun.world.south, given)
    assert listed(begun) == [["P-2026-001"], both[:2], []]
    Proposal.everything.filter(pk=other.pk).update(decided="dropped")
    assert listed(begun) == [["P-2026-001"], both[:1], []]
