"""Two sides, a promise of the south to the north, and people at both desks."""

import re
from dataclasses import dataclass

from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from amity.accounts.actions import add_user, give_mandate
from amity.followup.models import Commitment, Party
from amity.foundation.actions import By
from amity.foundation.dates.as_said import DateAsSaid
from amity.foundation.models import Letter
from amity.network.models import Office
from amity.record.actions import save
from amity.record.choices import Audience, Mandate
from amity.turns.actions.asking import keep_holder, put_in_charge
from amity.turns.actions.deriving import follow
from amity.turns.models import Holder, Turn
from tests.write.world import World, build, words

BY = By(command="test")
ADDRESS = re.compile(r"http://testserver(/\w\w/turns/[\w-]+/)")
REPORT = {
    "completion": "substantial",
    "words": "Mười hai thuyền đã được đóng.",
    "obstacles": "",
    "links": "https://example.org/thuyen",
    "language": "vi",
    "act": "send",
}
"""What a holder sends."""


@dataclass
class Thread:
    """A world with a public promise, its turn, and clients of four offices."""

    world: World
    commitment: Commitment
    north: Client
    south: Client
    east: Client

    @property
    def turn(self) -> Turn:
        """The first turn of the promise."""
        return Turn.objects.select_related("commitment", "side__area").order_by("due_on")[0]

    def charge(self, **fields: str) -> Holder:
        """Put somebody in charge of the promise at the southern office."""
        values = {
            "name": "Lan",
            "mail": "lan@example.org",
            "language": "vi",
            "timezone": "Asia/Ho_Chi_Minh",
        }
        turn = self.turn
        holder = Holder(side=turn.side, **(values | fields))
        put_in_charge(self.world.south, turn, keep_holder(self.world.south, holder))
        return holder


def signed_in(office: str, *mandates: Mandate) -> Client:
    """A client signed in as somebody who acts for an office."""
    address = f"{office}-{'-'.join(mandates)}@example.org"
    user = add_user(BY, address, office.title(), "en")
    for mandate in mandates or (Mandate.OFFICER,):
        give_mandate(BY, user, Office.objects.get(organization__key=office), mandate)
    client = Client()
    client.force_login(user)
    return client


def thread(deadline: DateAsSaid | None = None, audience: Audience = Audience.PUBLIC) -> Thread:
    """The south promises something to the north, which everybody reads."""
    world = build()
    made = Commitment(
        dossier=world.dossier,
        key="C-2026-001",
        kind="commitment",
        grade="will",
        title=words("Twelve boats", vi="Mười hai con thuyền"),
        deadline=deadline or DateAsSaid.parse("2026-12-10"),
    )
    parties = [
        Party(position=1, side=world.sides[1], role="holder"),
        Party(position=2, side=world.sides[0], role="counterpart"),
    ]
    save(world.north, made, {"parties": parties}, audience=audience)
    follow(timezone.now())
    offices = ("north-office", "south-office", "east-office")
    return Thread(world, made, *(signed_in(one) for one in offices))


def link() -> str:
    """The address in the last letter that was written to a holder."""
    letter = Letter.objects.exclude(once=None).latest("pk")
    found = ADDRESS.search(letter.text)
    assert found is not None, letter.text
    return found[1]


def at(name: str, *named: object) -> str:
    """An address of the desk in English, whichever language was spoken last."""
    with translation.override("en"):
        return reverse(name, args=named)
