"""A small gathering of two sides for tests: fictional, in several languages."""

from datetime import UTC, datetime, timedelta

from amity.foundation.dates.as_said import DateAsSaid
from amity.foundation.models import Change
from amity.gatherings.choices import (
    ContributionKind,
    GatheringKind,
    GatheringStatus,
    Occasion,
    SessionKind,
    StatementKind,
    WorkKind,
)
from amity.gatherings.models import (
    Contribution,
    Gathering,
    Organizer,
    Panel,
    Participant,
    Room,
    Session,
    Speaker,
    Statement,
    Work,
)
from amity.languages.text import Text
from amity.languages.version import Version
from amity.network.choices import AreaKind, OrganizationKind, PartnershipKind
from amity.network.models import Area, Organization, Partnership, Person, Side, Theme
from amity.record.models import Dossier, Picture

ZONE = "Asia/Ho_Chi_Minh"
NINE = datetime(2025, 9, 30, 2, 0, tzinfo=UTC)
"""Nine o'clock at the venue, on the first day."""


def words(en: str, **others: str) -> Text:
    """A text in English and, where given, in other languages."""
    return Text("en", {"en": Version(en)} | {tag: Version(said) for tag, said in others.items()})


class Edition:
    """A forum of two sides with two rooms; sessions and all else are added by the tests."""

    def __init__(self, **fields: object) -> None:
        self.dossier = Dossier.objects.create(key="sample", title=words("Sample"), fictional=True)
        self.own = {"dossier": self.dossier, "readers": "public"}
        self.city = Area.objects.create(
            **self.own, key="north", kind=AreaKind.CITY, name=words("Northtown", vi="Bắc Thành")
        )
        self.partnership = Partnership.objects.create(
            **self.own,
            key="north-south",
            kind=PartnershipKind.TWINNING,
            name=words("North – South"),
        )
        self.side = Side.objects.create(
            **self.own,
            key="north-south-north",
            partnership=self.partnership,
            position=1,
            area=self.city,
        )
        self.union = Organization.objects.create(
            **self.own, key="union", kind=OrganizationKind.FRIENDSHIP_UNION, name=words("The Union")
        )
        self.theme = Theme.objects.create(**self.own, key="culture", name=words("Culture"))
        values = {
            "key": "forum-1",
            "kind": GatheringKind.FORUM,
            "title": words("First forum", vi="Diễn đàn thứ nhất", ru="Первый форум"),
            "status": GatheringStatus.HELD,
            "when": DateAsSaid.parse("2025-09-30/2025-10-01"),
            "timezone": ZONE,
            "place": self.city,
            "partnership": self.partnership,
        } | fields
        self.gathering = Gathering.objects.create(**self.own, **values)
        Organizer.objects.create(
            gathering=self.gathering, position=1, organization=self.union, role="organizer"
        )
        self.rooms = [
            Room.objects.create(
                **self.own,
                key=f"room-{number}",
                gathering=self.gathering,
                position=number,
                name=words(f"Hall {number}", vi=f"Phòng {number}"),
            )
            for number in (1, 2)
        ]

    def changed(self) -> Change:
        """Note a change of the record, from which on pages are kept."""
        return Change.objects.create(at=datetime.now(UTC), command="test", verb="load")

    def person(self, number: int, **names: str) -> Person:
        """A person."""
        return Person.objects.create(
            **self.own, key=f"person-{number}", name=words(f"Person {number}", **names)
        )

    def session(
        self, number: int = 1, after: int | None = 0, minutes: int = 60, **fields: object
    ) -> Session:
        """A session in the first hall, `after` minutes past nine (None: no time is known)."""
        values: dict[str, object] = {
            "kind": SessionKind.SEMINAR,
            "title": words(f"Session {number}"),
            "room": self.rooms[0],
            "languages": ["vi", "ru"],
        }
        if after is not None:
            start = NINE + timedelta(minutes=after)
            values |= {"starts_at": start, "ends_at": start + timedelta(minutes=minutes)}
        made = Session.objects.create(
            **self.own,
            gathering=self.gathering,
            key=f"session-{number}",
            position=number,
            **(values | fields),
        )
        made.themes.add(self.theme)
        return made

    def contribution(self, session: Session, number: int = 1, **fields: object) -> Contribution:
        """A contribution with one speaker, in the session's first minutes."""
        values = {
            "kind": ContributionKind.PRESENTATION,
            "title": words(f"Talk {number}"),
            "language": "vi",
            "starts_at": session.starts_at,
            "ends_at": session.ends_at,
        } | fields
        made = Contribution.objects.create(
            **self.own, session=session, key=f"talk-{number}", position=number, **values
        )
        Speaker.objects.create(
            contribution=made, position=1, person=self.person(number), organization=self.union
        )
        return made

    def statement(self, number: int = 1, **fields: object) -> Statement:
        """Something said by the union."""
        values = {
            "kind": StatementKind.WISH,
            "text": words(f"Wished {number}"),
            "occasion": Occasion.SPEECH,
            "organization": self.union,
            "gathering": self.gathering,
        } | fields
        return Statement.objects.create(**self.own, key=f"said-{number}", **values)

    def participant(self, number: int) -> Participant:
        """Somebody who took part."""
        return Participant.objects.create(
            gathering=self.gathering, position=number, person=self.person(number)
        )

    def work(self, number: int = 1, panel: Panel | None = None) -> Work:
        """A work with a picture."""
        picture = Picture.objects.create(
            **self.own,
            key=f"picture-{number}",
            sha256=f"{number:064x}",
            media_type="image/png",
            width=300,
            height=200,
            alt=words(f"A boat, number {number}"),
            licence="Apache-2.0",
        )
        return Work.objects.create(
            **self.own,
            key=f"work-{number}",
            exhibition=self.gathering,
            panel=panel,
            position=number,
            kind=WorkKind.PHOTO,
            title=words(f"Work {number}"),
            picture=picture,
        )

    def panel(self, number: int = 1) -> Panel:
        """A panel of the exhibition."""
        return Panel.objects.create(
            **self.own,
            key=f"panel-{number}",
            exhibition=self.gathering,
            number=number,
            title=words(f"Part {number}"),
        )
