"""A public gathering of two sides with a form, a citizen who sends something, officers of both."""

import re
from dataclasses import dataclass
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from amity.collecting.actions.form import keep, new_call
from amity.collecting.models import Call, Submission
from amity.foundation.models import Letter
from amity.gatherings.models import Gathering
from amity.record.actions import save
from amity.record.choices import Audience
from amity.turns.tests.world import at, signed_in
from tests.write.world import World, build, words

__all__ = ["ADDRESS", "FORM", "SENT", "Collecting", "at", "collecting", "mailed", "signed_in"]

FORM = "/vi/gatherings/forum-1/propose/"
ADDRESS = re.compile(r"http://testserver(/\w\w/proposed/[\w-]+/)")
TOKEN = re.compile(r'name="token" value="([^"]+)"')
SENT = {
    "kind": "proposal",
    "title": "Trao đổi học sinh",
    "words": "Mỗi năm mười học sinh của mỗi thành phố.",
    "language": "vi",
    "name": "Nguyễn Thị Lan",
    "organization": "Hội Hoa Sen",
    "others": "Trần Văn Minh\nLê Thu",
    "mail": "lan@example.org",
    "shown": "on",
    "written_to": "on",
}
"""What a citizen sends."""


@dataclass
class Collecting:
    """A world with a gathering and its form, and clients of three offices."""

    world: World
    gathering: Gathering
    call: Call
    north: Client
    south: Client
    east: Client

    def send(self, address: str = FORM, **typed: str) -> str:
        """Send something through the form; gives the address of its page."""
        answer = post(address, **typed)
        assert answer.status_code == 303, answer.text
        location: str = answer["Location"]
        return location.partition("?")[0]

    @property
    def submission(self) -> Submission:
        """What was sent last."""
        return Submission.objects.latest("pk")


def token(address: str = FORM) -> str:
    """The token of a form that is opened now."""
    found = TOKEN.search(Client().get(address).text)
    assert found is not None
    return found[1]


def post(address: str = FORM, **typed: str):
    """The answer to a form with these words in place of the usual ones."""
    values = SENT | {"token": typed.pop("token", "") or token(address)} | typed
    return Client().post(address, {name: value for name, value in values.items() if value})


def collecting(audience: Audience = Audience.PUBLIC, *, closed: bool = False) -> Collecting:
    """A form that is open since yesterday, for a week."""
    world = build()
    gathering = world.gathering()
    save(world.north, gathering, audience=audience)
    call = new_call(gathering)
    now = timezone.now()
    call.opens_at, call.closes_at = now - timedelta(days=1), now + timedelta(days=7)
    call.introduction = words("What should we do together?", vi="Chúng ta nên cùng làm gì?")
    call.who = words("Everybody of both cities.")
    keep(world.north, gathering, call, closed=closed, renew=False)
    clients = [signed_in(one) for one in ("north-office", "south-office", "east-office")]
    return Collecting(world, gathering, call, *clients)


def mailed() -> list[Letter]:
    """The letters to whoever sent something, in their order."""
    return list(Letter.objects.filter(kind="submission").order_by("pk"))
