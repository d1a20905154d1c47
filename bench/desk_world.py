"""The installation that `bench/desk.py` drives: two sides, their officers and records; what it
holds afterwards of what was acknowledged; and what its pages ask for."""

import re
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from django.contrib.auth import login
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from amity.accounts.actions import add_user, give_mandate
from amity.accounts.models import User
from amity.desk.models import Draft
from amity.followup.models import Disposition
from amity.foundation.actions import By
from amity.foundation.differences import ABSENT, FieldChange, put
from amity.foundation.models import Change, Letter
from amity.gatherings.choices import GatheringStatus
from amity.gatherings.models import Gathering
from amity.languages.text import Text
from amity.network.models import Office, Person
from amity.record.actions import confirm, rebuild, save
from amity.record.choices import Audience, Mandate
from amity.record.managers import PUBLIC
from amity.record.models import ProposedField
from amity.record.plain.states import plain_rows
from amity.record.queries import history
from bench.cores import loop_ms, reckoned
from tests.write.world import World, build

BY = By(command="bench")
PEOPLE = 500
TIMES = 31
MARKING = re.compile("BEGIN|COMMIT|SAVEPOINT|RELEASE")
"""Statements that ask for nothing and only mark a place in a transaction."""


@dataclass(frozen=True, slots=True)
class Place:
    """An officer's own person, and the gathering that they share with one of the other side."""

    cookies: dict[str, str]
    user: int
    person: str
    gathering: str


def prepare(officers: int, people: int = PEOPLE) -> list[Place]:
    """Make both sides with so many officers together, each with records; gives their places."""
    world = build()
    for number in range(people - officers):
        save(world.north, _person(world, f"somebody-{number}"), audience=Audience.PUBLIC)
    for pair in range((officers + 1) // 2):
        forum = world.gathering(f"forum-{pair}")
        save(world.north, forum)
        confirm(world.south, forum, ["en", "vi", "ru"])
    for side in ("north", "south"):
        save(getattr(world, side), _person(world, f"all-of-{side}"))
    places = []
    for number in range(officers):
        side = ("north", "south")[number % 2]
        acting = getattr(world, side)
        person = _person(world, f"person-{number}")
        save(acting, person, audience=Audience.PUBLIC)
        office = Office.objects.get(organization__key=f"{side}-office")
        user = add_user(BY, f"officer-{number}@example.org", f"Officer {number}", "en")
        give_mandate(BY, user, office, Mandate.OFFICER)
        places.append(Place(_session(user), user.pk, person.key, f"forum-{number // 2}"))
    return places


def _person(world: World, key: str) -> Person:
    return Person(dossier=world.dossier, key=key, name=Text.of(f"Anna {key}", "en"))


def _session(user: User) -> dict[str, str]:
    """The cookies of somebody who has signed in."""
    request = HttpRequest()
    request.session = SessionStore()
    login(request, user, backend="amity.accounts.by_address.ByAddress")
    request.session.save()
    return {"amity": str(request.session.session_key)}


@dataclass(frozen=True, slots=True)
class Said:
    """What an officer was told is kept: `what`, where, and by which word.

    What: draft, save (one's own person), share (what others write too), propose, agree, release,
    remove, split (all promises of an edition), close (an edition, agreed by both) or invite.
    """

    what: str
    user: int
    kind: str
    key: str
    word: str


WORD = re.compile(r"w(\d+)x(\d+)x")
"""A word of an officer: their number, and how many they had written before."""


def lost(acknowledged: Iterable[Said], since: int = 0) -> list[Said]:
    """What was acknowledged and is not there.

    Each word that was saved stands in the trail after the change `since`, and the last of them in
    the person; a draft is there, or something that its writer sent later; what was removed is
    gone, what was released is public, an edition that was closed is, with all its promises split,
    whom an invitation asks for has a letter.
    """
    held = Held(since)
    return [one for one in acknowledged if not held.has(one)]


class Held:
    """What the record, the drafts and the outbox hold, and the trail since a change."""

    def __init__(self, since: int) -> None:
        self.trail: dict[tuple[str, str], str] = defaultdict(str)
        changes = Change.objects.filter(pk__gt=since).order_by("pk")
        for kind, key, paths, reason in changes.values_list("kind", "key", "paths", "reason"):
            after = [FieldChange.from_json(path).after for path in paths]
            self.trail[kind, key] += f"{after}{reason}"
        self.proposed = str(list(ProposedField.objects.values_list("difference", flat=True)))
        self.drafts = str(list(Draft.objects.values_list("values", flat=True)))
        self.people = {one.key: one for one in Person.everything.all()}
        self.status = dict(Gathering.everything.values_list("key", "status"))
        self.split = set(
            Disposition.everything.filter(outcome="split").values_list("gathering__key", flat=True)
        )
        self.letters = set(Letter.objects.values_list("to", flat=True))

    def has(self, said: Said) -> bool:
        """Whether what was acknowledged is there."""
        trail, person = self.trail[said.kind, said.key], self.people.get(said.key)
        if said.what == "invite":
            return said.word in self.letters
        if said.what == "close":
            return self.status[said.key] == GatheringStatus.CLOSED
        if said.what == "split":
            return said.key in self.split
        if said.what == "propose":
            return said.word in self.proposed
        if said.what == "draft":
            return _latest(said.word, trail + self.drafts) >= int(WORD.findall(said.word)[0][1])
        if said.what == "remove":
            return person is None and f"Gone {said.word}" in trail
        if said.what == "release":
            return person is None or person.readers == PUBLIC
        if said.what == "save":
            stands = WORD.findall(str(person.summary)) if person else []
            return said.word in trail and stands == WORD.findall(trail)[-1:]
        return said.word in trail


def _latest(word: str, among: str) -> int:
    """The highest count among the words of whoever wrote `word`."""
    ((number, _own),) = WORD.findall(word)
    return max((int(count) for by, count in WORD.findall(among) if by == number), default=-1)


def last_change() -> int:
    """The number of the newest change; 0 for none."""
    return Change.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def torn() -> int:
    """Records that are not what their audit trail leads to, and what a rebuild would write."""
    wrong = sum(one.rows for one in rebuild(BY, only_check=True))
    for model in (Gathering, Person):
        records = model.everything.in_bulk()
        for number, state in plain_rows(model.everything.order_by("-pk")):
            told = ABSENT
            for change in reversed(history(records[number])):
                for path in map(FieldChange.from_json, change.paths):
                    told = put(told, path.path, path.after)
            wrong += told != state
    return wrong


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the desk: CPU milliseconds (as measured, and on a quick core) and statements."""

    name: str
    ms: float
    quick_ms: float
    statements: int


def pages(place: Place) -> list[Page]:
    """What the list of 500 people, the form of a record and other pages cost in this process."""
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(User.objects.get(pk=place.user))
    addresses = {
        "list of 500": reverse("desk_list", args=["persons"]),
        "list of 500, searched": reverse("desk_list", args=["persons"]) + "?q=anna",
        "form of a gathering": reverse("desk_edit", args=["gatherings", place.gathering]),
        "form of a person": reverse("desk_edit", args=["persons", place.person]),
        "gathering": reverse("desk_record", args=["gatherings", place.gathering]),
        "start": reverse("desk"),
    }
    return [_page(client, name, address) for name, address in addresses.items()]


def _page(client: Client, name: str, address: str) -> Page:
    times, loops = [], []
    client.get(address)
    for _ in range(TIMES):
        loops.append(loop_ms())
        began = time.process_time()
        answer = client.get(address)
        times.append(1000 * (time.process_time() - began))
        if answer.status_code != 200:
            raise RuntimeError(f"{address}: {answer.status_code}")
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    asked = [one for one in captured if not MARKING.match(one["sql"])]
    return Page(name, median(times), reckoned(times, loops), len(asked))
