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
from amity.foundation.actions import By
from amity.foundation.models import Change
from amity.languages.text import Text
from amity.network.models import Office, Person
from amity.record.actions import confirm, save
from amity.record.choices import Audience, Mandate
from amity.record.models import ProposedField
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


def prepare(officers: int) -> list[Place]:
    """Make both sides with so many officers together, each with records; gives their places."""
    world = build()
    for number in range(PEOPLE - officers):
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
    login(request, user, backend="allauth.account.auth_backends.AuthenticationBackend")
    request.session.save()
    return {"amity": str(request.session.session_key)}


@dataclass(frozen=True, slots=True)
class Said:
    """What an officer was told is kept: `what`, where, and by which word.

    What: draft, save, share, propose or agree.
    """

    what: str
    user: int
    kind: str
    key: str
    word: str


def lost(acknowledged: Iterable[Said]) -> list[Said]:
    """What was acknowledged and is not there: each word in the trail, and the last one of a record
    in it; each draft, unless it was saved since; each proposed field, and what was agreed to."""
    words: dict[tuple[str, str], str] = defaultdict(str)
    for change in Change.objects.exclude(paths=[]).values("kind", "key", "paths"):
        words[change["kind"], change["key"]] += str(change["paths"])
    proposed = str(list(ProposedField.objects.values_list("difference", flat=True)))
    drafts = str(list(Draft.objects.values_list("user", "values")))
    listed = list(acknowledged)
    last: dict[tuple[int, str, str], Said] = {}
    for one in listed:
        if one.what in ("draft", "save"):
            last[one.user, one.kind, one.key] = one
    missing = []
    for one in listed:
        there = {
            "save": one.word in words[one.kind, one.key],
            "share": one.word in words[one.kind, one.key],
            "agree": one.word in words[one.kind, one.key],
            "propose": one.word in proposed,
            "draft": one is not last.get((one.user, one.kind, one.key)) or one.word in drafts,
        }
        if not there[one.what]:
            missing.append(one)
    people = dict(Person.everything.values_list("key", "summary"))
    missing += [
        one
        for one in last.values()
        if one.what == "save" and one.kind == "person" and one.word not in str(people.get(one.key))
    ]
    return missing


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
