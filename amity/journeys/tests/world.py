"""Two editions of a forum that two sides keep, with what was promised and asked at the first."""

from dataclasses import dataclass

from django.test import Client
from django.urls import reverse
from django.utils import translation

from amity.followup.models import Commitment, Disposition, Party, Proposal
from amity.gatherings.models import Gathering, Series
from amity.record.actions import confirm, save
from amity.record.choices import Audience
from amity.turns.tests.world import signed_in
from tests.write.world import World, build, words


@dataclass
class Editions:
    """A `world` with the `first` edition, which is over, and the `second`; clients of offices."""

    world: World
    first: Gathering
    second: Gathering
    north: Client
    south: Client
    east: Client

    def promise(
        self,
        key: str,
        at: Gathering | None = None,
        audience: Audience = Audience.PUBLIC,
        **values: object,
    ) -> Commitment:
        """A promise of the south to the north, made at the first edition."""
        made = Commitment(
            dossier=self.world.dossier,
            key=key,
            kind="commitment",
            grade="will",
            title=words(f"Promise {key}"),
            gathering=at or self.first,
            **values,
        )
        parties = [
            Party(position=1, side=self.world.sides[1], role="holder"),
            Party(position=2, side=self.world.sides[0], role="counterpart"),
        ]
        save(self.world.north, made, {"parties": parties}, audience=audience)
        return made

    def hidden(self, key: str) -> Commitment:
        """A promise that the two sides alone read."""
        return self.promise(key, audience=Audience.CIRCLE)

    def ask(self, key: str, at: Gathering | None = None) -> Proposal:
        """A public proposal to the south, made at the first edition."""
        made = Proposal(
            dossier=self.world.dossier,
            key=key,
            kind="proposal",
            title=words(f"Proposal {key}"),
            gathering=at or self.first,
        )
        save(
            self.world.north, made, {"addressees": [self.world.sides[1]]}, audience=Audience.PUBLIC
        )
        return made

    def decide(self, item: Commitment | Proposal, outcome: str, **values: object) -> Disposition:
        """Let the north decide of an item at the first edition, past the page."""
        made = Disposition(
            dossier=self.world.dossier,
            key=f"d-{item.key.lower()}",
            gathering=self.first,
            outcome=outcome,
            decided_on="2025-10-02",
            **{type(item).__name__.lower(): item},
            **values,
        )
        save(self.world.north, made)
        return made

    def confirmed(self) -> None:
        """Let the south confirm the first edition as it stands."""
        confirm(self.world.south, Gathering.everything.get(pk=self.first.pk))

    @property
    def status(self) -> str:
        """The status of the first edition as it stands."""
        return Gathering.everything.get(pk=self.first.pk).status

    def read(self) -> dict[str, int]:
        """What a form of the first edition carries of what was read."""
        return {"revision": Gathering.everything.get(pk=self.first.pk).revision}


def editions() -> Editions:
    """The two editions, public, as the north recorded them."""
    world = build()
    series = Series(
        dossier=world.dossier, key="forums", name=words("Forums"), partnership=world.partnership
    )
    save(world.north, series, audience=Audience.PUBLIC)
    first = world.gathering("forum-1", series=series, number=1)
    second = world.gathering("forum-2", series=series, number=2)
    second.title = words("Second forum")
    for one in (first, second):
        save(world.north, one, audience=Audience.PUBLIC)
    offices = ("north-office", "south-office", "east-office")
    return Editions(world, first, second, *(signed_in(one) for one in offices))


def at(name: str, *named: object) -> str:
    """An address in English, whichever language was spoken last."""
    with translation.override("en"):
        return reverse(name, args=named)
