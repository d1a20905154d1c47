"""What is written while `bench/crash.py` kills: the world, and one process's writes."""

import json
import os

from amity.accounts.queries import acting_by_command
from amity.foundation.actions import By
from amity.foundation.dates.as_said import DateAsSaid
from amity.gatherings.choices import GatheringKind, GatheringStatus
from amity.gatherings.models import Gathering, Organizer, Session
from amity.languages.text import Text
from amity.network.actions import open_office, vouch
from amity.network.choices import OrganizationKind
from amity.network.models import Office, Organization, Person
from amity.record.acting import Acting
from amity.record.actions import release, remove, save, undo
from amity.record.choices import Audience, Mandate
from amity.record.models import Dossier

BY = By(command="crash")


def prepare() -> None:
    """A dossier, and an office that somebody vouches for."""
    dossier = Dossier.objects.create(key="crash", title=Text.of("Crash", "en"), languages=["en"])
    founder = Acting(
        command="crash",
        office="organization:founder",
        vouched=True,
        mandates=frozenset({Mandate.OFFICER}),
    )
    union = Organization(
        dossier=dossier,
        key="union",
        kind=OrganizationKind.FRIENDSHIP_UNION,
        name=Text.of("Union", "en"),
    )
    save(founder, union, audience=Audience.PUBLIC)
    vouch(BY, open_office(BY, union))


def write(pipe: int, number: int) -> None:
    """Write and say so until killed. `number` tells this process's records from those before."""
    office = Office.objects.select_related("organization").get()
    acting, dossier = acting_by_command("crash", office), Dossier.objects.get()

    def acknowledge(change, record, there: bool = True) -> None:
        said = {
            "change": change.pk,
            "kind": change.kind,
            "key": record.key,
            "revision": record.revision,
            "there": there,
        }
        os.write(pipe, (json.dumps(said) + "\n").encode())

    for count in range(10_000):
        key = f"{number}-{count}"
        person = Person(dossier=dossier, key=f"person-{key}", name=Text.of(f"P {key}", "en"))
        acknowledge(save(acting, person), person)
        forum = Gathering(
            dossier=dossier,
            key=f"forum-{key}",
            kind=GatheringKind.FORUM,
            title=Text.of(f"Forum {key}", "en").with_translation("vi", f"Diễn đàn {key}"),
            status=GatheringStatus.HELD,
            when=DateAsSaid.parse("2025-10"),
            timezone="UTC",
        )
        organizers = [Organizer(organization=office.organization, role="organizer")]
        acknowledge(save(acting, forum, {"organizers": organizers}), forum)
        session = Session(
            dossier=dossier,
            key=f"session-{key}",
            gathering=forum,
            kind="plenary",
            position=1,
            title=Text.of(f"Session {key}", "en"),
        )
        acknowledge(save(acting, session, {"chairs": [person]}), session)
        person.name = Text.of(f"Changed {key}", "en")
        acknowledge(save(acting, person), person)
        acknowledge(release(acting, person, Audience.PUBLIC), person)
        acknowledge(release(acting, forum, Audience.PUBLIC), forum)
        if count % 2:
            removed = remove(acting, forum, "Called off")
            acknowledge(removed, forum, there=False)
            if count % 4 == 1:
                back = undo(acting, removed)
                acknowledge(back, Gathering.everything.get(key=forum.key))
