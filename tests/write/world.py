"""Two cities, their offices and their twinning, made through the one write itself."""

from dataclasses import dataclass
from datetime import date

from amity.accounts.queries import acting_by_command
from amity.foundation.actions import By
from amity.foundation.dates.as_said import DateAsSaid
from amity.foundation.pages.public import current_page
from amity.gatherings.choices import GatheringKind, GatheringStatus
from amity.gatherings.models import Gathering, Session
from amity.languages.text import Text
from amity.network.actions import open_office, vouch
from amity.network.choices import AreaKind, OrganizationKind, PartnershipKind
from amity.network.models import Area, Organization, Partnership, Person, Side
from amity.record.acting import Acting
from amity.record.actions import save
from amity.record.choices import Audience, Mandate
from amity.record.models import Dossier, Recorded

BY = By(command="test")
FOUNDERS = Acting(
    command="test",
    office="organization:founders",
    vouched=True,
    mandates=frozenset({Mandate.OFFICER}),
)


def record_version() -> int:
    """Number of the last change that the public reads; 0 while there is none."""
    return current_page(date(2026, 1, 1), "").version


def words(first: str, **others: str) -> Text:
    """A text in English, with versions in other languages made from that."""
    text = Text.of(first, "en")
    for tag, translation in others.items():
        text = text.with_translation(tag, translation)
    return text


@dataclass
class World:
    """What there is: `north` and `south` act for the offices of the two sides, `east` for none."""

    dossier: Dossier
    cities: list[Area]
    partnership: Partnership
    sides: list[Side]
    north: Acting
    south: Acting
    east: Acting

    def gathering(self, key: str = "forum-1", **values: object) -> Gathering:
        """A forum that is not written yet."""
        return Gathering(
            dossier=self.dossier,
            key=key,
            kind=GatheringKind.FORUM,
            title=words("First forum", vi="Diễn đàn thứ nhất", ru="Первый форум"),
            partnership=self.partnership,
            status=GatheringStatus.HELD,
            when=DateAsSaid.parse("2025-09-30/2025-10-01"),
            timezone="Asia/Ho_Chi_Minh",
            **values,
        )

    def person(self, key: str = "anna") -> Person:
        """A person who is not written yet."""
        return Person(dossier=self.dossier, key=key, name=words("Anna"))


def build() -> World:
    """The world, with everything in it public and each office vouched for its side."""
    dossier = Dossier.objects.create(key="test", title=words("Test"), languages=["en"])
    public = Audience.PUBLIC

    def made(record, **lists):
        save(FOUNDERS, record, lists, audience=public)
        return record

    cities = [
        made(Area(dossier=dossier, key=key, kind=AreaKind.CITY, name=words(key.title())))
        for key in ("north", "south")
    ]
    partnership = made(
        Partnership(
            dossier=dossier, key="twins", kind=PartnershipKind.TWINNING, name=words("Twins")
        )
    )
    sides = [
        made(
            Side(
                dossier=dossier,
                key=f"twins-{city.key}",
                partnership=partnership,
                area=city,
                position=position,
            )
        )
        for position, city in enumerate(cities, 1)
    ]
    acting = []
    for key, side in (
        ("north-office", sides[0]),
        ("south-office", sides[1]),
        ("east-office", None),
    ):
        organization = made(
            Organization(
                dossier=dossier,
                key=key,
                kind=OrganizationKind.FRIENDSHIP_UNION,
                name=words(key),
            )
        )
        office = open_office(BY, organization)
        vouch(BY, office, side)
        acting.append(acting_by_command("test", office))
    return World(dossier, cities, partnership, sides, *acting)


def with_session() -> World:
    """The world, with a public forum and its opening session."""
    made = build()
    forum = made.gathering()
    save(made.north, forum, audience=Audience.PUBLIC)
    session = Session(
        dossier=made.dossier,
        key="opening",
        gathering=forum,
        kind="plenary",
        position=1,
        title=words("Opening"),
    )
    save(made.north, session)
    return made


def again(record: Recorded) -> Recorded:
    """The record as it stands."""
    return type(record).everything.get(pk=record.pk)
